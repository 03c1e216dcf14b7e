/**
 * Solves "this term's element is the free element" for a family's loop variables.
 *
 * A family changes X[m(c)] for counters c in a box. The change of X[f] is the sum over all c with m(c) = f: as many loop
 * variables as possible are expressed through f (each with the condition that it stays in its range), the others remain
 * sums. Index maps are affine, so X[i+1] gives i = f − 1 for f ≥ 2, and X[1] gives the condition f = 1. Rails are products of
 * signs, a group in which every element is its own inverse: r·s = q gives s = q·r.
 */
import type { AxisIndex, LoopVariable } from '../network.ts';
import type { AffineForm, Condition } from './ode.ts';
import { addForms, affine, substituteAffine, substituteRail } from './substitute.ts';
import type { RailForm } from './substitute.ts';

export interface Solution {
  /** Each family variable's counter over the new variables: free ones first, then the sums. */
  readonly forms: readonly (AffineForm | RailForm)[];
  /** Family variables that remain sums, in order; sum n is new variable free.length + n. */
  readonly sums: readonly LoopVariable[];
  readonly conditions: readonly Condition[];
}

/**
 * @param index index maps of the term, one an axis
 * @param goal what each axis must equal: a form over the free variables, or a constant
 * @returns undefined when no counters satisfy it
 */
export function solve(index: readonly AxisIndex[], goal: readonly (AffineForm | RailForm)[], variables: readonly LoopVariable[], free: readonly LoopVariable[]): Solution | undefined {
  // While solving, family variable v is numbered free.length + v; afterwards sums are renumbered.
  const shift = free.length;
  const forms = variables.map((variable, v) => (variable.kind === 'index' && variable.extent === 1 ? affine(0) : itself(variable, shift + v)));
  const solved = variables.map((variable) => variable.kind === 'index' && variable.extent === 1);
  const all = [...free, ...variables];
  const conditions: Condition[] = [];

  // Rails first, then index axes until no further variable can be expressed.
  const open: AffineForm[] = [];
  index.forEach((map, axis) => {
    const target = goal[axis];
    if (target === undefined) return;
    const rail = asRail(map, variables);
    if (rail !== undefined && target.kind === 'rail') railEquation(rail, target);
    else if (map.kind === 'affine') open.push(addForms(affine(map.constant, map.terms.map((t) => ({ variable: shift + t.variable, coefficient: t.coefficient }))), -1, asAffine(target)));
  });

  function railEquation(rail: RailForm, target: RailForm): void {
    const left = substituteRail(rail, { forms });
    const odd = new Set(left.variables);
    for (const v of target.variables) if (!odd.delete(v)) odd.add(v);
    const parity = ((left.parity + target.parity) & 1) as 0 | 1;
    const unknown = [...odd].filter((v) => v >= shift).pop();
    if (unknown === undefined) {
      conditions.push({ kind: 'even', parity, variables: [...odd] });
      return;
    }
    odd.delete(unknown);
    replace(unknown, { kind: 'rail', parity, variables: [...odd] });
    solved[unknown - shift] = true;
  }

  /** Puts a form in the place of a variable everywhere. */
  function replace(unknown: number, by: AffineForm | RailForm): void {
    const list = all.map((variable, v) => (v === unknown ? by : itself(variable, v)));
    forms.forEach((form, v) => {
      forms[v] = substituteForm(form, list);
    });
    if (by.kind === 'affine') open.forEach((form, e) => { open[e] = substituteAffine(form, { forms: list }); });
  }

  for (let again = true; again; ) {
    again = false;
    for (let e = 0; e < open.length; e++) {
      const equation = open[e] as AffineForm;
      const pick = equation.terms.find((t) => t.variable >= shift && all[t.variable]?.kind === 'index' && (Math.abs(t.coefficient) === 1 || equation.terms.length === 1));
      if (pick === undefined) continue;
      const rest = addForms(equation, -pick.coefficient, affine(0, [{ variable: pick.variable, coefficient: 1 }]));
      const value = addForms(affine(0), -1 / pick.coefficient, rest);
      if (value.terms.length === 0 && !Number.isInteger(value.constant)) return undefined;
      open.splice(e, 1);
      replace(pick.variable, value);
      solved[pick.variable - shift] = true;
      again = true;
      break;
    }
  }
  for (const form of open) conditions.push({ kind: 'equal', form });
  variables.forEach((variable, v) => {
    const form = forms[v];
    if (variable.kind === 'index' && solved[v] === true && form?.kind === 'affine') conditions.push({ kind: 'range', form, low: 0, high: variable.extent - 1 });
  });
  return finish(forms, solved, conditions, variables, free);
}

/** Renumbers the remaining sums and drops what always holds; undefined when something never does. */
function finish(forms: readonly (AffineForm | RailForm)[], solved: readonly boolean[], conditions: readonly Condition[], variables: readonly LoopVariable[], free: readonly LoopVariable[]): Solution | undefined {
  const sums = variables.filter((_, v) => solved[v] !== true);
  let next = free.length;
  const renumber = [...free.map(itself), ...variables.map((variable, v) => (solved[v] === true ? affine(NaN) : itself(variable, next++)))];
  const newVariables = [...free, ...sums];
  const kept: Condition[] = [];
  for (const condition of conditions) {
    const simple = simplify(renumberCondition(condition, renumber), newVariables);
    if (simple === false) return undefined;
    if (simple !== true) kept.push(simple);
  }
  return { forms: forms.map((form) => substituteForm(form, renumber)), sums, conditions: kept };
}

/** The form that is just a variable's own counter. */
export function itself(variable: Pick<LoopVariable, 'kind'>, number: number): AffineForm | RailForm {
  return variable.kind === 'sign' ? { kind: 'rail', parity: 0, variables: [number] } : affine(0, [{ variable: number, coefficient: 1 }]);
}

function substituteForm(form: AffineForm | RailForm, forms: readonly (AffineForm | RailForm)[]): AffineForm | RailForm {
  return form.kind === 'rail' ? substituteRail(form, { forms }) : substituteAffine(form, { forms });
}

/** A solution over renumbered variables: forms[v] is what variable v becomes. */
export function renumberSolution(solution: Solution, sums: readonly LoopVariable[], forms: readonly (AffineForm | RailForm)[]): Solution {
  return {
    forms: solution.forms.map((form) => substituteForm(form, forms)),
    sums,
    conditions: solution.conditions.map((condition) => renumberCondition(condition, forms)),
  };
}

function renumberCondition(condition: Condition, forms: readonly (AffineForm | RailForm)[]): Condition {
  if (condition.kind === 'even') {
    const rail = substituteRail({ kind: 'rail', parity: condition.parity, variables: condition.variables }, { forms });
    return { kind: 'even', parity: rail.parity, variables: rail.variables };
  }
  return { ...condition, form: substituteAffine(condition.form, { forms }) };
}

/** Smallest and largest value of a form over its variables' ranges. */
function bounds(form: AffineForm, variables: readonly LoopVariable[]): [number, number] {
  let low = form.constant;
  let high = form.constant;
  for (const { variable, coefficient } of form.terms) {
    const reach = coefficient * ((variables[variable]?.extent ?? 1) - 1);
    if (reach > 0) high += reach;
    else low += reach;
  }
  return [low, high];
}

/** true: always holds; false: never; otherwise the condition with the bounds that matter. */
function simplify(condition: Condition, variables: readonly LoopVariable[]): Condition | boolean {
  if (condition.kind === 'even') return condition.variables.length === 0 ? condition.parity === 0 : condition;
  const [least, most] = bounds(condition.form, variables);
  if (condition.kind === 'equal') {
    if (least > 0 || most < 0) return false;
    return condition.form.terms.length === 0 ? true : condition;
  }
  const { low = -Infinity, high = Infinity, form } = condition;
  if (most < low || least > high) return false;
  const needsLow = least < low;
  const needsHigh = most > high;
  if (!needsLow && !needsHigh) return true;
  if (low === high && needsLow && needsHigh) return { kind: 'equal', form: addForms(form, -1, affine(low)) };
  return { kind: 'range', form, ...(needsLow ? { low } : {}), ...(needsHigh ? { high } : {}) };
}

function asRail(map: AxisIndex, variables: readonly LoopVariable[]): RailForm | undefined {
  if (map.kind === 'rail') return map;
  if (map.terms.every((t) => variables[t.variable]?.kind === 'sign' && Math.abs(t.coefficient) === 1)) {
    return { kind: 'rail', parity: (map.constant & 1) as 0 | 1, variables: map.terms.map((t) => t.variable) };
  }
  return undefined;
}

function asAffine(form: AffineForm | RailForm): AffineForm {
  return form.kind === 'affine' ? form : affine(form.parity, form.variables.map((variable) => ({ variable, coefficient: 1 })));
}

/** Replaces a family's loop variables by forms over other variables, in index maps and expressions. */
import type { AxisIndex, LoopVariable, Operand, Scalar } from '../network.ts';
import type { AffineForm } from './ode.ts';
import { leftSpine } from '../spine.ts';

/** A sign as a product: 0-based counter (parity + Σ c_v) mod 2. */
export type RailForm = Extract<AxisIndex, { kind: 'rail' }>;

export interface Substitution {
  /** What each old variable's counter becomes: affine for an index, a product of signs for a sign. */
  readonly forms: readonly (AffineForm | RailForm)[];
  readonly oldVariables: readonly LoopVariable[];
  readonly newVariables: readonly LoopVariable[];
}

export const affine = (constant: number, terms: AffineForm['terms'] = []): AffineForm => ({ kind: 'affine', constant, terms });

/** left + factor·right with like terms collected. */
export function addForms(left: AffineForm, factor: number, right: AffineForm): AffineForm {
  const coefficients = new Map<number, number>();
  for (const { variable, coefficient } of left.terms) coefficients.set(variable, (coefficients.get(variable) ?? 0) + coefficient);
  for (const { variable, coefficient } of right.terms) coefficients.set(variable, (coefficients.get(variable) ?? 0) + factor * coefficient);
  const terms = [...coefficients].filter(([, c]) => c !== 0).map(([variable, coefficient]) => ({ variable, coefficient }));
  return affine(left.constant + factor * right.constant, terms);
}

export function substituteIndex(index: AxisIndex, substitution: Substitution): AxisIndex {
  return index.kind === 'affine' ? substituteAffine(index, substitution) : substituteRail(index, substitution);
}

export function substituteAffine(form: AffineForm, { forms }: Pick<Substitution, 'forms'>): AffineForm {
  let result = affine(form.constant);
  for (const { variable, coefficient } of form.terms) {
    const by = forms[variable];
    if (by?.kind === 'affine') result = addForms(result, coefficient, by);
    // A sign that stands for itself can be part of an affine map; a product of signs cannot, and is never put there.
    else if (by !== undefined) result = addForms(result, coefficient, affine(by.parity, by.variables.map((v) => ({ variable: v, coefficient: by.parity === 1 ? -1 : 1 }))));
  }
  return result;
}

export function substituteRail(index: RailForm, { forms }: Pick<Substitution, 'forms'>): RailForm {
  let parity: number = index.parity;
  const odd = new Set<number>();
  const flip = (variable: number): void => {
    if (!odd.delete(variable)) odd.add(variable);
  };
  for (const variable of index.variables) {
    const by = forms[variable];
    if (by?.kind === 'rail') {
      parity += by.parity;
      by.variables.forEach(flip);
    } else if (by !== undefined) {
      parity += by.constant;
      by.terms.forEach((term) => { flip(term.variable); });
    }
  }
  return { kind: 'rail', parity: (parity & 1) as 0 | 1, variables: [...odd] };
}

export function substituteOperand(operand: Operand, substitution: Substitution): Operand {
  return { block: operand.block, index: operand.index.map((index) => substituteIndex(index, substitution)) };
}

/** The expression over the new variables. Parts without loop variables are kept by identity. */
export function substituteScalar(scalar: Scalar, substitution: Substitution): Scalar {
  switch (scalar.kind) {
    case 'number':
    case 'time':
      return scalar;
    case 'parameter':
      return scalar.index.length === 0 ? scalar : { ...scalar, index: scalar.index.map((index) => substituteIndex(index, substitution)) };
    case 'species':
      return scalar.operand.index.length === 0 ? scalar : { kind: 'species', operand: substituteOperand(scalar.operand, substitution) };
    case 'counter':
      return counterScalar(scalar.variable, substitution);
    case 'negate': {
      const of = substituteScalar(scalar.of, substitution);
      return of === scalar.of ? scalar : { kind: 'negate', of };
    }
    case 'binary': {
      const { first, steps } = leftSpine(scalar);
      let left = substituteScalar(first, substitution);
      for (const step of steps) {
        const right = substituteScalar(step.right, substitution);
        left = left === step.left && right === step.right ? step : { kind: 'binary', operator: step.operator, left, right };
      }
      return left;
    }
    case 'call': {
      const list = scalar.arguments.map((argument) => substituteScalar(argument, substitution));
      return list.every((argument, i) => argument === scalar.arguments[i]) ? scalar : { ...scalar, arguments: list };
    }
  }
}

/** A loop variable used as a number: its value over the new variables' values. */
function counterScalar(variable: number, { forms, oldVariables, newVariables }: Substitution): Scalar {
  const form = forms[variable];
  const old = oldVariables[variable];
  if (form === undefined || old === undefined) return { kind: 'counter', variable };
  if (form.kind === 'rail' || old.kind === 'sign') {
    const rail = form.kind === 'rail' ? form : substituteRail({ kind: 'rail', parity: 0, variables: [variable] }, { forms });
    let product: Scalar | undefined;
    for (const v of rail.variables) {
      const factor: Scalar = { kind: 'counter', variable: v };
      product = product === undefined ? factor : { kind: 'binary', operator: '*', left: product, right: factor };
    }
    if (product === undefined) return { kind: 'number', value: 1 - 2 * rail.parity };
    return rail.parity === 1 ? { kind: 'negate', of: product } : product;
  }
  let constant = old.from + form.constant;
  let result: Scalar | undefined;
  for (const { variable: v, coefficient } of form.terms) {
    constant -= coefficient * (newVariables[v]?.from ?? 0);
    const counter: Scalar = { kind: 'counter', variable: v };
    const size: Scalar = Math.abs(coefficient) === 1 ? counter : { kind: 'binary', operator: '*', left: { kind: 'number', value: Math.abs(coefficient) }, right: counter };
    if (result === undefined) result = coefficient < 0 ? { kind: 'negate', of: size } : size;
    else result = { kind: 'binary', operator: coefficient < 0 ? '-' : '+', left: result, right: size };
  }
  if (result === undefined) return { kind: 'number', value: constant };
  if (constant === 0) return result;
  return { kind: 'binary', operator: constant < 0 ? '-' : '+', left: result, right: { kind: 'number', value: Math.abs(constant) } };
}

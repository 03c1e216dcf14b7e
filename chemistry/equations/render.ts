/** ODEs as Unicode text and as LaTeX; sums stay sums. */
import { t } from '../../l10n/index.ts';
import type { LoopVariable, Scalar } from '../network.ts';
import { monomial, termScalar } from '../polynomial/index.ts';
import type { Power } from '../polynomial/index.ts';
import { formText, railText } from './expression-text.ts';
import { LATEX, latexLoops, latexOperand } from './latex.ts';
import type { AffineForm, Condition, Ode, OdeTerm } from './ode.ts';
import { variablesOf } from './ode.ts';
import { Level, atLevel, printScalar } from './style.ts';
import type { LoopScope, Names, Style } from './style.ts';
import { UNICODE } from './unicode.ts';
import { latexName } from './latex-names.ts';

/** How an ODE's own parts (sums, conditions, the left-hand side) are written in a style. */
interface OdeStyle extends Style {
  left(network: Names, ode: Ode): string;
  sum(variables: readonly { readonly variable: LoopVariable; readonly whole: boolean }[]): string;
  where(conditions: readonly string[]): string;
  relation(left: string, sign: '=' | '≤' | '≥', right: string): string;
  form(constant: number, form: AffineForm, scope: LoopScope): string;
}

const UNICODE_ODE: OdeStyle = {
  ...UNICODE,
  left: (network, ode) => `${UNICODE.species(network, ode.target, { variables: ode.free }).text}′`,
  sum(list) {
    const whole = list.filter((entry) => entry.whole).map((entry) => entry.variable.name);
    const ranges = list.filter((entry) => !entry.whole).map(({ variable: v }) => `Σ_{${v.name}=${v.from}..${v.from + v.extent - 1}} `);
    return (whole.length === 0 ? '' : `Σ_${whole.length === 1 ? (whole[0] ?? '') : `{${whole.join(',')}}`} `) + ranges.join('');
  },
  where: (conditions) => ` (${conditions.join(', ')})`,
  relation: (left, sign, right) => `${left} ${sign} ${right}`,
  form: (constant, form, scope) => formText(constant, form.terms, scope, '·', '−'),
};

const LATEX_ODE: OdeStyle = {
  ...LATEX,
  left(network, ode) {
    const block = network.blocks[ode.target.block];
    const scope: LoopScope = { variables: ode.free };
    if (block !== undefined && latexName(block.name).single) return latexOperand(network, ode.target, scope, (base) => `\\dot{${base}}`).text;
    return `\\frac{\\mathrm{d}\\,${latexOperand(network, ode.target, scope).text}}{\\mathrm{d}t}`;
  },
  sum: (list) =>
    list.map(({ variable: v }) => (v.kind === 'sign' ? `\\sum_{${latexLoops(v.name)} \\in \\{+,-\\}} ` : `\\sum_{${latexLoops(v.name)}=${v.from}}^{${v.from + v.extent - 1}} `)).join(''),
  where: (conditions) => ` \\quad \\left(${conditions.join(',\\ ')}\\right)`,
  relation: (left, sign, right) => `${left} ${sign === '=' ? '=' : sign === '≤' ? '\\le' : '\\ge'} ${right}`,
  form: (constant, form, scope) => latexLoops(formText(constant, form.terms, scope, ' ')),
};

export interface RenderOptions {
  /** Terms beyond this number are left out with "… (n more terms)". Default: all. */
  readonly maxTerms?: number;
}

/** `H′ = h + y·H − H²` */
export function odeUnicode(network: Names, ode: Ode, options: RenderOptions = {}): string {
  return `${UNICODE_ODE.left(network, ode)} = ${rightHandSide(UNICODE_ODE, network, ode, options)}`;
}

/** The right-hand side only, as Unicode text. */
export function odeUnicodeRight(network: Names, ode: Ode, options: RenderOptions = {}): string {
  return rightHandSide(UNICODE_ODE, network, ode, options);
}

/** `\dot{H} = h + y \, H - H^{2}` */
export function odeLatex(network: Names, ode: Ode, options: RenderOptions = {}): string {
  return `${LATEX_ODE.left(network, ode)} = ${rightHandSide(LATEX_ODE, network, ode, options)}`;
}

function rightHandSide(style: OdeStyle, network: Names, ode: Ode, { maxTerms = Infinity }: RenderOptions): string {
  let text = '';
  for (const term of ode.terms.slice(0, maxTerms)) {
    const piece = termText(style, network, ode, term);
    if (text === '') text = (term.coefficient < 0 ? style.minus : '') + piece;
    else text += ` ${term.coefficient < 0 ? style.minus : '+'} ${piece}`;
  }
  const rest = ode.terms.length - maxTerms;
  if (rest > 0) text += style === LATEX_ODE ? ` + \\cdots \\text{ (${rest} more terms)}` : t(' + … ({0} more terms)', rest);
  return text === '' ? '0' : text;
}

/** A term without its sign: factors that the sums do not touch, the sums, the rest, the conditions. */
function termText(style: OdeStyle, network: Names, ode: Ode, term: OdeTerm): string {
  const variables = variablesOf(ode, term);
  const scope: LoopScope = { variables };
  const size = Math.abs(term.coefficient);
  const onSums = (condition: Condition): boolean => conditionVariables(condition).some((v) => v >= ode.free.length);
  let text: string;
  if (term.sums.length === 0) text = product(style, network, size, term.monomial.powers, scope);
  else {
    const inside = term.monomial.powers.filter((power) => dependsOn(power.atom.scalar, ode.free.length));
    const outside = term.monomial.powers.filter((power) => !inside.includes(power));
    const front = outside.length === 0 && size === 1 ? '' : product(style, network, size, outside, scope) + style.times;
    const sums = term.sums.map((variable, n) => ({ variable, whole: variable.kind === 'sign' || coversAxis(network, term, variable, ode.free.length + n) }));
    const inner = conditionsText(style, term.conditions.filter(onSums), scope);
    text = front + style.sum(sums) + product(style, network, 1, inside, scope) + inner;
  }
  return text + conditionsText(style, term.conditions.filter((condition) => !onSums(condition)), scope);
}

function product(style: OdeStyle, network: Names, size: number, powers: readonly Power[], scope: LoopScope): string {
  const piece = printScalar(style, network, termScalar(size, monomial(powers)), scope);
  return atLevel(style, piece, Level.product);
}

function conditionVariables(condition: Condition): readonly number[] {
  return condition.kind === 'even' ? condition.variables : condition.form.terms.map((t) => t.variable);
}

/** Whether an expression uses one of the sums (variables from `first` on). */
function dependsOn(scalar: Scalar, first: number): boolean {
  const stack: Scalar[] = [scalar];
  for (;;) {
    const node = stack.pop();
    if (node === undefined) return false;
    if (node.kind === 'negate') stack.push(node.of);
    else if (node.kind === 'binary') stack.push(node.left, node.right);
    else if (node.kind === 'call') stack.push(...node.arguments);
    else if (node.kind === 'counter' && node.variable >= first) return true;
    else if (node.kind === 'species' || node.kind === 'parameter') {
      const index = node.kind === 'species' ? node.operand.index : node.index;
      if (index.some((axis) => (axis.kind === 'affine' ? axis.terms.some((t) => t.variable >= first) : axis.variables.some((v) => v >= first)))) return true;
    }
  }
}

/** Whether a sum runs over the whole of an axis it indexes, so that its range goes without saying. */
function coversAxis(network: Names, term: OdeTerm, loop: LoopVariable, number: number): boolean {
  return term.monomial.powers.some(({ atom: { scalar } }) => {
    const index = scalar.kind === 'species' ? scalar.operand.index : scalar.kind === 'parameter' ? scalar.index : [];
    const axes = scalar.kind === 'species' ? network.blocks[scalar.operand.block]?.axes : scalar.kind === 'parameter' ? network.parameters[scalar.parameter]?.shape : undefined;
    return index.some((axis, a) => {
      const [only] = axis.kind === 'affine' ? axis.terms : [];
      return axis.kind === 'affine' && axis.constant === 0 && axis.terms.length === 1 && only?.variable === number && only.coefficient === 1 && axes?.[a] === loop.extent;
    });
  });
}

function conditionsText(style: OdeStyle, conditions: readonly Condition[], scope: LoopScope): string {
  return conditions.length === 0 ? '' : style.where(conditions.map((condition) => conditionText(style, condition, scope)));
}

/** `i ≥ 2`, `i = 1`, `s = +`: over the values as written. */
function conditionText(style: OdeStyle, condition: Condition, scope: LoopScope): string {
  if (condition.kind === 'even') {
    const [first, ...others] = condition.variables;
    if (first === undefined) return '';
    const right = railText({ kind: 'rail', parity: condition.parity, variables: others }, scope, style.minus, style.times);
    return style.relation(style.name(scope.variables[first]?.name ?? '?'), '=', right);
  }
  // One variable with coefficient ±1 is put on the left: f + constant ≥ low becomes f ≥ low − constant.
  const [only] = condition.form.terms;
  const form = condition.form;
  const single = form.terms.length === 1 && only !== undefined && Math.abs(only.coefficient) === 1 ? only : undefined;
  if (single === undefined) {
    const text = style.form(form.constant, form, scope);
    if (condition.kind === 'equal') return style.relation(text, '=', '0');
    return [condition.low === undefined ? '' : style.relation(text, '≥', String(condition.low)), condition.high === undefined ? '' : style.relation(text, '≤', String(condition.high))].filter((part) => part !== '').join(', ');
  }
  const loop = scope.variables[single.variable];
  const name = style.form(loop?.from ?? 0, { kind: 'affine', constant: 0, terms: [{ variable: single.variable, coefficient: 1 }] }, scope);
  const shifted = (bound: number): string => {
    const value = (bound - form.constant) * single.coefficient + (loop?.from ?? 0);
    return value < 0 ? style.minus + String(-value) : String(value);
  };
  if (condition.kind === 'equal') return style.relation(name, '=', shifted(0));
  const rising = single.coefficient > 0;
  return [
    condition.low === undefined ? '' : style.relation(name, rising ? '≥' : '≤', shifted(condition.low)),
    condition.high === undefined ? '' : style.relation(name, rising ? '≤' : '≥', shifted(condition.high)),
  ].filter((part) => part !== '').join(', ');
}

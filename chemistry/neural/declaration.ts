/** From the text of an activation to its polynomials; what keeps a text from being one. */
import { t } from '../../l10n/index.ts';
import type { Expression, OdeEquation, Span } from '../../grammar/index.ts';
import { FUNCTIONS } from '../names/builtins.ts';
import type { Scalar, SpeciesBlock, Parameter } from '../network.ts';
import { monomial, subtract, sum, tryPolynomial } from '../polynomial/index.ts';
import type { Polynomial } from '../polynomial/index.ts';
import { applyFunction } from '../unroll/index.ts';
import { SPECIES_KEYS, Y_KEY } from './model.ts';
import type { ActivationModel } from './model.ts';

/** The text of an activation: what the syntax tree says of it. */
export interface ActivationText {
  readonly name: { readonly text: string };
  readonly parameters: readonly { readonly name: { readonly text: string }; readonly value?: Expression }[];
  readonly equations: readonly OdeEquation[];
  readonly totals: readonly (Span & { readonly left: Expression; readonly right: Expression })[];
  readonly output?: Expression;
  readonly doc?: string;
}

/** Why a text is no activation. Spans are relative to its unit. */
export type ActivationProblem =
  | { readonly kind: 'no equation'; readonly span: Span }
  | { readonly kind: 'equations'; readonly span: Span }
  | { readonly kind: 'not affine'; readonly span: Span; readonly power: string }
  | { readonly kind: 'not algebraic'; readonly span: Span; readonly function?: string }
  | { readonly kind: 'unknown'; readonly span: Span; readonly name: string }
  | { readonly kind: 'total'; readonly span: Span }
  | { readonly kind: 'output'; readonly span: Span }
  | { readonly kind: 'default'; readonly span: Span; readonly name: string }
  | { readonly kind: 'no y'; readonly span: Span }
  | { readonly kind: 'silent' };

export type ModelResult = { readonly model: ActivationModel } | { readonly problem: ActivationProblem };

class Refusal extends Error {
  readonly problem: ActivationProblem;
  constructor(problem: ActivationProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** Reads an activation. `file` is not looked at: an activation knows its own names only. */
export function readActivation(text: ActivationText): ModelResult {
  try {
    return { model: read(text) };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.problem };
    throw error;
  }
}

const ORIGIN = { start: 0, end: 0, unit: { start: 0, text: '', statement: { kind: 'Bad', names: [], start: 0, end: 0 }, problems: [] } } as const;
const ZERO = { kind: 'expression', expression: { kind: 'number', value: 0 } } as const;

function read(text: ActivationText): ActivationModel {
  const [equation, second] = text.equations;
  if (equation === undefined) throw new Refusal({ kind: 'no equation', span: { start: 0, end: 0 } });
  if (second !== undefined) throw new Refusal({ kind: 'equations', span: second });
  const x = plainName(equation.species) ?? '';
  if (equation.species.indices !== undefined || equation.species.rail !== undefined) throw new Refusal({ kind: 'unknown', span: equation.species, name: t('an indexed species') });
  const species = [x];
  const total = text.totals[0];
  if (text.totals[1] !== undefined) throw new Refusal({ kind: 'total', span: text.totals[1] });
  if (total !== undefined) {
    const pair = total.left.kind === 'Binary' && total.left.operator === '+' ? [plainName(total.left.left), plainName(total.left.right)] : [];
    const other = pair.find((name) => name !== undefined && name !== x);
    if (pair.length !== 2 || !pair.includes(x) || other === undefined) throw new Refusal({ kind: 'total', span: total });
    species.push(other);
  }
  const blocks = species.map((name, id): SpeciesBlock => ({ id, name, kind: 'species', shape: [], axes: [], size: 1, offset: id, initial: ZERO, origin: ORIGIN }));
  const parameters = ['y', ...text.parameters.map(({ name }) => name.text)].map((name, id): Parameter => ({ id, name, shape: [], value: ZERO, origin: ORIGIN }));
  const names = { blocks, parameters };
  const scalars = scalarsOf(names);
  const right = polynomialOf(equation.right, scalars);
  const affine = splitByY(right, equation.right);
  if (affine.b.length === 0) throw new Refusal({ kind: 'no y', span: equation.right });
  const sumTo = total === undefined ? undefined : polynomialOf(total.right, scalars);
  if (sumTo !== undefined && total !== undefined && sumTo.some((term) => term.monomial.powers.some(({ atom }) => !/^p[1-9]/.test(atom.key)))) throw new Refusal({ kind: 'total', span: total });
  const output = text.output === undefined ? 'species' : readOutput(text.output, scalars, species.length);
  return {
    name: text.name.text, species, names, ...affine, output,
    parameters: text.parameters.map(({ name, value }) => ({ name: name.text, ...(value === undefined ? {} : { default: numberOf(value, name.text) }) })),
    ...(sumTo === undefined ? {} : { total: sumTo }), ...(text.doc === undefined ? {} : { doc: text.doc }),
  };
}

/**
 * Where a term of the equation is written: the summand that holds it, for underlining. `powers` are those of the two species, `y`
 * whether it has y. The whole right side where no single summand does.
 */
export function termSpan(text: ActivationText, model: ActivationModel, term: { readonly powers: readonly [number, number]; readonly sign: 1 | -1; readonly y?: true }): Span | undefined {
  const right = text.equations[0]?.right;
  if (right === undefined) return undefined;
  const scalars = scalarsOf(model.names);
  const found = summandsOf(right, 1).filter(({ expression, sign }) => polynomialOf(expression, scalars).some(({ coefficient, monomial: { powers } }) => {
    const exponent = (key: string): number => powers.find(({ atom }) => atom.key === key)?.exponent ?? 0;
    const same = exponent(SPECIES_KEYS[0]) === term.powers[0] && exponent(SPECIES_KEYS[1]) === term.powers[1] && exponent(Y_KEY) === (term.y === true ? 1 : 0);
    return same && Math.sign(coefficient) * sign === term.sign;
  }));
  return found[0]?.expression ?? right;
}

/** The terms of a sum as written, each with the sign before it. */
function summandsOf(expression: Expression, sign: 1 | -1): { readonly expression: Expression; readonly sign: 1 | -1 }[] {
  const other = sign === 1 ? -1 : 1;
  if (expression.kind === 'Parenthesised') return summandsOf(expression.inner, sign);
  if (expression.kind === 'Unary') return summandsOf(expression.operand, expression.operator === '-' ? other : sign);
  if (expression.kind !== 'Binary' || (expression.operator !== '+' && expression.operator !== '-')) return [{ expression, sign }];
  return [...summandsOf(expression.left, sign), ...summandsOf(expression.right, expression.operator === '-' ? other : sign)];
}

function scalarsOf({ blocks, parameters }: ActivationModel['names']): ReadonlyMap<string, Scalar> {
  const scalars = new Map<string, Scalar>();
  for (const [id, { name }] of [...parameters.entries()].reverse()) scalars.set(name, { kind: 'parameter', parameter: id, index: [] });
  for (const [id, { name }] of blocks.entries()) scalars.set(name, { kind: 'species', operand: { block: id, index: [] } });
  return scalars;
}

function plainName(expression: Expression): string | undefined {
  if (expression.kind === 'Parenthesised') return plainName(expression.inner);
  return expression.kind === 'Reference' && expression.indices === undefined && expression.rail === undefined ? expression.name.text : undefined;
}

function numberOf(expression: Expression, name: string): number {
  const value = literal(expression);
  if (value === undefined) throw new Refusal({ kind: 'default', span: expression, name });
  return value;
}

/** The value of an expression of numbers, and of names that `lookup` knows. */
export function literal(expression: Expression, lookup: (name: string) => number | undefined = () => undefined): number | undefined {
  switch (expression.kind) {
    case 'Number':
      return expression.value;
    case 'Parenthesised':
      return literal(expression.inner, lookup);
    case 'Unary': {
      const inner = literal(expression.operand, lookup);
      return inner === undefined || expression.operator === '+' ? inner : -inner;
    }
    case 'Binary': {
      const [left, right] = [literal(expression.left, lookup), literal(expression.right, lookup)];
      if (left === undefined || right === undefined) return undefined;
      switch (expression.operator) {
        case '+': return left + right;
        case '-': return left - right;
        case '*': return left * right;
        case '/': return left / right;
        case '^': return left ** right;
      }
    }
    // eslint-disable-next-line no-fallthrough -- every operator returns
    case 'Call': {
      const spec = expression.kind === 'Call' ? FUNCTIONS.get(expression.callee.text) : undefined;
      const values = expression.kind === 'Call' ? expression.arguments.map((argument) => literal(argument, lookup)) : [];
      if (spec === undefined || values.length < spec.least || values.length > spec.most) return undefined;
      return values.every((value) => value !== undefined) ? applyFunction(spec.name, values) : undefined;
    }
    case 'Reference':
      return expression.indices === undefined && expression.rail === undefined ? lookup(expression.name.text) : undefined;
    case 'String':
    case 'Array':
    case 'Range':
    case 'BadExpression':
      return undefined;
  }
}

function polynomialOf(expression: Expression, scalars: ReadonlyMap<string, Scalar>): Polynomial {
  const polynomial = tryPolynomial(scalarOf(expression, scalars, 0));
  if (polynomial === undefined) throw new Refusal({ kind: 'not algebraic', span: expression });
  for (const { monomial: { powers } } of polynomial) {
    for (const { atom, exponent } of powers) {
      const plain = atom.key === Y_KEY || SPECIES_KEYS.some((key) => key === atom.key);
      if (plain && (exponent < 0 || !Number.isInteger(exponent))) throw new Refusal({ kind: 'not algebraic', span: expression });
      // A function or quotient of x or y: what is in it is in its key.
      if (!plain && !/^p\d+$/.test(atom.key) && /(^|[^\w])(s[01]|p0)([^\d]|$)/.test(atom.key)) throw new Refusal({ kind: 'not algebraic', span: expression });
    }
  }
  return polynomial;
}

function scalarOf(expression: Expression, scalars: ReadonlyMap<string, Scalar>, depth: number): Scalar {
  if (depth > 200) throw new Refusal({ kind: 'silent' });
  switch (expression.kind) {
    case 'Number':
      return { kind: 'number', value: expression.value };
    case 'Parenthesised':
      return scalarOf(expression.inner, scalars, depth + 1);
    case 'Unary': {
      const of = scalarOf(expression.operand, scalars, depth + 1);
      return expression.operator === '+' ? of : { kind: 'negate', of };
    }
    case 'Binary':
      return { kind: 'binary', operator: expression.operator, left: scalarOf(expression.left, scalars, depth + 1), right: scalarOf(expression.right, scalars, depth + 1) };
    case 'Reference': {
      const found = expression.indices === undefined && expression.rail === undefined ? scalars.get(expression.name.text) : undefined;
      if (found === undefined) throw new Refusal({ kind: 'unknown', span: expression, name: expression.name.text });
      return found;
    }
    case 'Call': {
      const spec = FUNCTIONS.get(expression.callee.text);
      const list = expression.arguments.map((argument) => scalarOf(argument, scalars, depth + 1));
      const constant = list.every((argument) => tryPolynomial(argument)?.every(({ monomial: { powers } }) => powers.every(({ atom }) => /^p[1-9]\d*$/.test(atom.key))) === true);
      if (spec === undefined || !constant) throw new Refusal({ kind: 'not algebraic', span: expression, function: expression.callee.text });
      return { kind: 'call', function: spec.name, arguments: list };
    }
    case 'String':
    case 'Array':
    case 'Range':
      throw new Refusal({ kind: 'unknown', span: expression, name: 'this' });
    case 'BadExpression':
      throw new Refusal({ kind: 'silent' });
  }
}

/** x′ = a + y·b. */
function splitByY(polynomial: Polynomial, span: Span): { a: Polynomial; b: Polynomial } {
  const a: Polynomial[number][] = [];
  const b: Polynomial[number][] = [];
  for (const term of polynomial) {
    const power = term.monomial.powers.find(({ atom }) => atom.key === Y_KEY)?.exponent ?? 0;
    if (power === 0) a.push(term);
    else if (power === 1) b.push({ coefficient: term.coefficient, monomial: monomial(term.monomial.powers.filter(({ atom }) => atom.key !== Y_KEY)) });
    else throw new Refusal({ kind: 'not affine', span, power: `y^${power}` });
  }
  return { a: sum(a), b: sum(b) };
}

function readOutput(expression: Expression, scalars: ReadonlyMap<string, Scalar>, count: number): 'species' | 'difference' {
  const polynomial = polynomialOf(expression, scalars);
  const of = (n: 0 | 1): Polynomial => [{ coefficient: 1, monomial: monomial([{ atom: { key: SPECIES_KEYS[n], scalar: { kind: 'species', operand: { block: n, index: [] } } }, exponent: 1 }]) }];
  if (subtract(polynomial, of(0)).length === 0) return 'species';
  if (count === 2 && subtract(polynomial, subtract(of(0), of(1))).length === 0) return 'difference';
  throw new Refusal({ kind: 'output', span: expression });
}

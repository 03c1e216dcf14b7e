/** Numbers and closed forms of an activation: its fixed point φ(y), the slope φ′(y), how fast it settles. */
import { scalarText } from '../equations/index.ts';
import { add, constantValue, multiply, scale, toScalar } from '../polynomial/index.ts';
import type { Polynomial } from '../polynomial/index.ts';
import { speciesTerms } from './model.ts';
import type { ActivationModel, Constants } from './model.ts';
import { degreeOf, onLine, parameterValue } from './numbers.ts';
import { slopeOf } from './slope.ts';
import { derivative, positiveRoots, valueAt } from './univariate.ts';

/** An activation at one pre-activation. */
export interface ActivationPoint {
  /** The fixed point: one value a species. */
  readonly species: readonly number[];
  /** What is read out, φ(y). */
  readonly output: number;
  /** φ′(y). */
  readonly slope: number;
  /** −∂x′/∂x there: the rate at which it settles. */
  readonly rate: number;
}

/** Prepared for many evaluations with the same constants. For a domain of y ≥ 0, a negative y counts as 0. */
export function activationFunction(model: ActivationModel, constants: Constants, domain: 'all' | 'y ≥ 0' = 'all'): (y: number) => ActivationPoint {
  const { a, b, total } = onLine(model, constants);
  const degree = degreeOf(model);
  const slope = slopeOf(model);
  const prepared = (terms: typeof slope.numerator): ((p: number, q: number) => number) => {
    const list = terms.map(({ powers, coefficient }) => ({ powers, value: parameterValue(coefficient, model, constants) }));
    return (x, other) => list.reduce((sum, { powers: [p, q], value }) => sum + value * x ** p * other ** q, 0);
  };
  const [numerator, denominator] = [prepared(slope.numerator), prepared(slope.denominator)];
  return (given) => {
    const y = domain === 'all' ? given : Math.max(given, 0);
    const line = a.map((c, k) => c + y * (b[k] ?? 0));
    const u = quadraticRoot(line) ?? positiveRoots(line)[0] ?? 0;
    const x = total === undefined ? u : (total * u) / (1 + u);
    const other = total === undefined ? 0 : total / (1 + u);
    const output = model.output === 'difference' ? x - other : x;
    // On the line F(u)/(1 + u)^N is x′; dx/du = T/(1 + u)².
    const steep = valueAt(derivative(line), u);
    const rate = total === undefined ? -steep : -steep / (total * (1 + u) ** (degree - 2));
    return { species: total === undefined ? [x] : [x, other], output, slope: numerator(x, other) / denominator(x, other), rate };
  };
}

/** The positive root of c₀ + c₁u + c₂u² with c₀ > 0 > c₂, without cancellation; undefined for anything else. */
function quadraticRoot(line: readonly number[]): number | undefined {
  const [c0 = 0, c1 = 0, c2 = 0] = line;
  if (line.length !== 3 || !(c0 > 0) || !(c2 < 0)) return undefined;
  const root = Math.sqrt(c1 * c1 - 4 * c0 * c2);
  return c1 >= 0 ? (c1 + root) / (-2 * c2) : (2 * c0) / (root - c1);
}

/** Closed forms as text; undefined where the fixed point is no root of a quadratic. */
export interface ClosedForm {
  /** `x = (y + √(y² + 4h))/2` */
  readonly fixedPoint: string;
  /** `√(y² + 4h)` */
  readonly rate?: string;
  /** The slowest rate for any y: `2√h`. */
  readonly slowest?: string;
}

/** The fixed point in closed form. `y` is how the pre-activation is called. */
export function closedForm(model: ActivationModel, y = 'y'): ClosedForm | undefined {
  const degree = degreeOf(model);
  if (degree > 2) return undefined;
  if (model.total !== undefined && constantValue(model.total) !== 1) return undefined;
  const coefficients = (polynomial: Polynomial): Polynomial[] => {
    const list: Polynomial[] = [[], [], []];
    for (const { powers: [p, q], coefficient } of speciesTerms(polynomial)) {
      const free = model.total === undefined ? 0 : degree - p - q;
      const weights = free === 2 ? [1, 2, 1] : free === 1 ? [1, 1] : [1];
      weights.forEach((weight, k) => { list[p + k] = add(list[p + k] ?? [], scale(coefficient, weight)); });
    }
    return list;
  };
  const [a, b] = [coefficients(model.a), coefficients(model.b)];
  const print = (polynomial: Polynomial): string => plain(scalarText(model.names, toScalar(polynomial)));
  const total = (k: 0 | 1 | 2): { text: string; sum: boolean } => {
    const [constant = [], slope = []] = [a[k], b[k]];
    const factor = slope.length === 0 ? '' : constantValue(slope) === 1 ? y : constantValue(slope) === -1 ? `−${y}` : `${print(slope)}·${y}`;
    const parts = [factor, constant.length === 0 ? '' : print(constant)].filter((part) => part !== '');
    return { text: parts.length === 0 ? '0' : parts.join(' + ').replaceAll('+ -', '− '), sum: parts.length > 1 || constant.length > 1 };
  };
  const variable = model.total === undefined ? (model.species[0] ?? 'x') : 'u';
  const [x = 'x', other = 'x̄'] = model.species;
  const tail = model.total === undefined ? '' : model.output === 'difference' ? `, ${x} − ${other} = (u − 1)/(u + 1)` : `, ${x} = u/(1 + u)`;
  const top = a[2] ?? [];
  if ((b[2] ?? []).length > 0 || (b[0] ?? []).length > 0 || top.length === 0) {
    if (degree !== 1 || (b[1] ?? []).length > 0) return undefined;
    const below = print(scale(a[1] ?? [], -1));
    const bracketed = (text: string): string => (/[ ·]/.test(text) ? `(${text})` : text);
    return { fixedPoint: `${variable} = ${bracketed(total(0).text)}/${bracketed(below)}${tail}` };
  }
  const c1 = total(1);
  const lead = scale(top, -1);
  const product = scale(multiply(a[0] ?? [], lead), 4);
  const square = c1.sum ? `(${c1.text})²` : c1.text === '0' ? '' : `${c1.text}²`;
  const under = [square, print(product)].filter((part) => part !== '' && part !== '0').join(' + ');
  const below = constantValue(lead) === 1 ? '2' : `(${/^[\p{L}]/u.test(print(lead)) ? '2' : '2·'}${print(lead)})`;
  const fixedPoint = `${variable} = (${c1.text === '0' ? '' : `${c1.text} + `}√(${under}))/${below}${tail}`;
  const free = (a[1] ?? []).length === 0 && (b[1] ?? []).length > 0;
  const slow = free && model.total === undefined ? rootText(product, print) : undefined;
  return { fixedPoint, ...(model.total === undefined ? { rate: `√(${under})` } : {}), ...(slow === undefined ? {} : { slowest: slow }) };
}

/** √(4h) as 2√h. */
function rootText(polynomial: Polynomial, print: (polynomial: Polynomial) => string): string {
  const [only] = polynomial;
  if (polynomial.length === 1 && only !== undefined && Number.isInteger(Math.sqrt(only.coefficient))) {
    const factor = Math.sqrt(only.coefficient);
    const rest = print([{ coefficient: 1, monomial: only.monomial }]);
    return rest === '1' ? String(factor) : `${factor === 1 ? '' : factor}√${rest.length > 1 ? `(${rest})` : rest}`;
  }
  return `√(${print(polynomial)})`;
}

/** `4*h` as people write it: 4h, h², −. */
function plain(text: string): string {
  return text.replaceAll('-', '−').replace(/(\d)\*(\p{L})/gu, '$1$2').replaceAll('*', '·').replace(/\^2\b/g, '²').replace(/\^3\b/g, '³');
}

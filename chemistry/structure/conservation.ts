/**
 * Conservation laws: the vectors w with wᵀN = 0, so that Σ w_s x_s keeps its value whatever the rate constants are.
 *
 * Every reaction vector v gives one linear equation Σ v_s w_s = 0. Equations are solved by substitution: each weight that is no longer
 * free is kept as an integer combination of free ones over a common denominator, and each new equation eliminates one more free
 * weight, the one that fewest others depend on (in binding networks a complex, not its parts, so the combinations stay short). What is
 * free at the end parametrises the left null space, so the laws are a basis of it. All arithmetic is on integers and exact.
 */
import type { Network } from '../network.ts';
import { unroll } from '../unroll/index.ts';
import { exact, gcd, InexactError, lcm } from './exact.ts';
import { dynamicComponents, stoichiometricMatrix } from './stoichiometry.ts';
import type { StoichiometricMatrix } from './stoichiometry.ts';

/** Σ weight · component stays constant. Integer weights without a common factor, the first one positive; components ascend. */
export type ConservationLaw = readonly { readonly component: number; readonly weight: number }[];

/** denominator · w_s = Σ numerators[f] · w_f over free f. */
interface Expression {
  denominator: number;
  readonly numerators: Map<number, number>;
}

/**
 * A basis of the conservation laws of the components marked in `among` (default: all rows). Held species and species that no reaction
 * changes are not in N; the latter give laws of one species each.
 * @throws InexactError when an integer would exceed 2⁵³ (coefficients in the thousands over long chains).
 */
export function leftNullSpace(matrix: StoichiometricMatrix, among?: Uint8Array): ConservationLaw[] {
  const expressions = new Map<number, Expression>();
  /** For each free component the others whose expressions contain it. */
  const dependents = new Map<number, Set<number>>();
  const seen = new Set<string>();
  for (let column = 0; column < matrix.columns; column++) {
    const start = matrix.columnStart[column] ?? 0;
    const end = matrix.columnStart[column + 1] ?? 0;
    if (start === end) continue;
    const key = columnKey(matrix, start, end);
    if (seen.has(key)) continue;
    seen.add(key);
    const equation = relation(matrix, start, end, expressions);
    if (equation.size > 0) eliminate(equation, expressions, dependents);
  }
  return readLaws(matrix.rows, among, expressions);
}

/** Equal for reaction vectors that are equal up to sign. */
function columnKey(matrix: StoichiometricMatrix, start: number, end: number): string {
  const sign = (matrix.values[start] ?? 0) < 0 ? -1 : 1;
  let key = '';
  for (let p = start; p < end; p++) key += `${matrix.rowIndex[p] ?? 0}:${sign * (matrix.values[p] ?? 0)},`;
  return key;
}

/** Σ v_s w_s = 0 over the weights that are still free, without a common factor. */
function relation(matrix: StoichiometricMatrix, start: number, end: number, expressions: ReadonlyMap<number, Expression>): Map<number, number> {
  let common = 1;
  for (let p = start; p < end; p++) common = lcm(common, expressions.get(matrix.rowIndex[p] ?? 0)?.denominator ?? 1);
  const result = new Map<number, number>();
  const put = (component: number, amount: number): void => {
    const total = exact((result.get(component) ?? 0) + amount);
    if (total === 0) result.delete(component);
    else result.set(component, total);
  };
  for (let p = start; p < end; p++) {
    const component = matrix.rowIndex[p] ?? 0;
    const value = matrix.values[p] ?? 0;
    const expression = expressions.get(component);
    if (expression === undefined) put(component, exact(common * value));
    else for (const [free, numerator] of expression.numerators) put(free, exact((common / expression.denominator) * value * numerator));
  }
  return result;
}

function eliminate(equation: Map<number, number>, expressions: Map<number, Expression>, dependents: Map<number, Set<number>>): void {
  let chosen = -1;
  let best = Infinity;
  for (const [component, coefficient] of equation) {
    // A coefficient other than ±1 would bring in denominators; then fewest dependents.
    const cost = (Math.abs(coefficient) === 1 ? 0 : 1e9) + (dependents.get(component)?.size ?? 0);
    if (cost < best || (cost === best && component > chosen)) {
      best = cost;
      chosen = component;
    }
  }
  const pivot = equation.get(chosen) ?? 0;
  equation.delete(chosen);
  const numerators = new Map<number, number>();
  for (const [component, coefficient] of equation) numerators.set(component, pivot < 0 ? coefficient : -coefficient);
  const solved: Expression = { denominator: Math.abs(pivot), numerators };
  reduce(solved);
  expressions.set(chosen, solved);
  for (const component of numerators.keys()) add(dependents, component, chosen);
  for (const dependent of dependents.get(chosen) ?? []) {
    const expression = expressions.get(dependent);
    if (expression !== undefined) substitute(dependent, expression, chosen, solved, dependents);
  }
  dependents.delete(chosen);
}

/** Puts the expression of `chosen` in its place. */
function substitute(owner: number, expression: Expression, chosen: number, by: Expression, dependents: Map<number, Set<number>>): void {
  const factor = expression.numerators.get(chosen) ?? 0;
  expression.numerators.delete(chosen);
  if (by.denominator !== 1) {
    for (const [component, numerator] of expression.numerators) expression.numerators.set(component, exact(numerator * by.denominator));
    expression.denominator = exact(expression.denominator * by.denominator);
  }
  for (const [component, numerator] of by.numerators) {
    const total = exact((expression.numerators.get(component) ?? 0) + exact(factor * numerator));
    if (total === 0) {
      expression.numerators.delete(component);
      dependents.get(component)?.delete(owner);
    } else {
      expression.numerators.set(component, total);
      add(dependents, component, owner);
    }
  }
  reduce(expression);
}

function reduce(expression: Expression): void {
  let divisor = expression.denominator;
  if (divisor === 1) return;
  for (const numerator of expression.numerators.values()) divisor = gcd(divisor, numerator);
  if (divisor === 1) return;
  expression.denominator /= divisor;
  for (const [component, numerator] of expression.numerators) expression.numerators.set(component, numerator / divisor);
}

function add(map: Map<number, Set<number>>, key: number, value: number): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([value]));
  else set.add(value);
}

/** One law for each free weight: it is 1, the other free ones are 0. */
function readLaws(rows: number, among: Uint8Array | undefined, expressions: ReadonlyMap<number, Expression>): ConservationLaw[] {
  const members = new Map<number, { component: number; numerator: number; denominator: number }[]>();
  for (let component = 0; component < rows; component++) {
    if (among !== undefined && among[component] !== 1) continue;
    const expression = expressions.get(component);
    if (expression === undefined) {
      const list = members.get(component) ?? [];
      list.push({ component, numerator: 1, denominator: 1 });
      members.set(component, list);
      continue;
    }
    for (const [free, numerator] of expression.numerators) {
      const list = members.get(free) ?? [];
      list.push({ component, numerator, denominator: expression.denominator });
      members.set(free, list);
    }
  }
  return [...members.values()].map((list) => {
    const common = list.reduce((multiple, entry) => lcm(multiple, entry.denominator), 1);
    const weights = list.map((entry) => ({ component: entry.component, weight: exact((common / entry.denominator) * entry.numerator) })).sort((a, b) => a.component - b.component);
    const divisor = weights.reduce((factor, entry) => gcd(factor, entry.weight), 0) * ((weights[0]?.weight ?? 1) < 0 ? -1 : 1);
    return weights.map(({ component, weight }) => ({ component, weight: weight / divisor }));
  });
}

/**
 * A basis of the network's conservation laws; undefined when the exact computation would need integers beyond 2⁵³.
 * @throws UnrollError when the network has more reactions than `limit` (default 2·10⁶).
 */
export function conservationLaws(network: Network, options: { readonly limit?: number } = {}): ConservationLaw[] | undefined {
  const matrix = stoichiometricMatrix(network, unroll(network, options));
  try {
    return leftNullSpace(matrix, dynamicComponents(network));
  } catch (error) {
    if (error instanceof InexactError) return undefined;
    throw error;
  }
}

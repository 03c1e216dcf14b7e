/** Numbers and unrolled forms from derived ODEs. */
import { t } from '../../l10n/index.ts';
import type { Network, Scalar } from '../network.ts';
import { sum, toPolynomial } from '../polynomial/index.ts';
import type { Polynomial, PolynomialTerm } from '../polynomial/index.ts';
import { advance, evaluateScalar } from '../unroll/index.ts';
import type { ParameterValues } from '../unroll/index.ts';
import type { Condition, Ode, OdeTerm } from './ode.ts';
import { variablesOf } from './ode.ts';
import { affine, substituteScalar } from './substitute.ts';
import type { RailForm } from './substitute.ts';

/** A sum over loop variables has more terms than are written out one by one. */
export class EquationTooLongError extends Error {
  override readonly name = 'EquationTooLongError';
}

export function holds(condition: Condition, counters: ArrayLike<number>): boolean {
  if (condition.kind === 'even') {
    let parity: number = condition.parity;
    for (const v of condition.variables) parity += counters[v] ?? 0;
    return (parity & 1) === 0;
  }
  let value = condition.form.constant;
  for (const { variable, coefficient } of condition.form.terms) value += coefficient * (counters[variable] ?? 0);
  if (condition.kind === 'equal') return value === 0;
  return value >= (condition.low ?? -Infinity) && value <= (condition.high ?? Infinity);
}

/** Calls `visit` with every combination of a term's sums (behind the given free counters) at which its conditions hold. */
function forEachPoint(ode: Ode, term: OdeTerm, position: readonly number[], visit: (counters: Int32Array) => void): void {
  const counters = new Int32Array(ode.free.length + term.sums.length);
  counters.set(position);
  const sums = counters.subarray(ode.free.length);
  let points = 1;
  for (const variable of term.sums) points *= variable.extent;
  for (let n = 0; n < points; n++) {
    if (term.conditions.every((condition) => holds(condition, counters))) visit(counters);
    advance(sums, { variables: term.sums });
  }
}

/** Value of an ODE's right-hand side at a state. `position`: 0-based values of the free indices. */
export function evaluateOde(network: Network, ode: Ode, position: readonly number[], parameters: ParameterValues, state: ArrayLike<number>, time = 0): number {
  let total = 0;
  for (const term of ode.terms) {
    const variables = variablesOf(ode, term);
    forEachPoint(ode, term, position, (counters) => {
      let product = term.coefficient;
      for (const { atom, exponent } of term.monomial.powers) product *= evaluateScalar(atom.scalar, { network, parameters, state, counters, variables, time }) ** exponent;
      total += product;
    });
  }
  return total;
}

/**
 * Right-hand side of one component's ODE with its sums written out, as a polynomial over concrete species.
 * @throws EquationTooLongError when more than `limit` terms would be written.
 */
export function expandOde(ode: Ode, options: { readonly limit?: number; readonly expand?: boolean } = {}): Polynomial {
  const limit = options.limit ?? 20_000;
  const points = ode.terms.reduce((total, term) => total + term.sums.reduce((product, variable) => product * variable.extent, 1), 0);
  if (points > limit) throw new EquationTooLongError(t('Written out, this equation has {0} terms, more than {1}.', points.toLocaleString('en-US'), limit.toLocaleString('en-US')));
  const parts: PolynomialTerm[] = [];
  for (const term of ode.terms) {
    if (term.sums.length === 0 && options.expand !== true) {
      parts.push({ coefficient: term.coefficient, monomial: term.monomial });
      continue;
    }
    const variables = variablesOf(ode, term);
    const body = monomialScalar(term);
    forEachPoint(ode, term, [], (counters) => {
      const forms = variables.map((variable, v) => (variable.kind === 'sign' ? ({ kind: 'rail', parity: counters[v] === 1 ? 1 : 0, variables: [] } satisfies RailForm) : affine(counters[v] ?? 0)));
      const scalar = variables.length === 0 ? body : substituteScalar(body, { forms, oldVariables: variables, newVariables: [] });
      for (const part of toPolynomial(scalar, { expand: options.expand === true })) parts.push({ coefficient: term.coefficient * part.coefficient, monomial: part.monomial });
    });
  }
  return sum(parts);
}

/** The term's monomial as a plain product of powers. */
function monomialScalar(term: OdeTerm): Scalar {
  let product: Scalar | undefined;
  for (const { atom, exponent } of term.monomial.powers) {
    const factor: Scalar = exponent === 1 ? atom.scalar : { kind: 'binary', operator: '^', left: atom.scalar, right: { kind: 'number', value: exponent } };
    product = product === undefined ? factor : { kind: 'binary', operator: '*', left: product, right: factor };
  }
  return product ?? { kind: 'number', value: 1 };
}

/** ODEs of single components in the language's own expression syntax, sums written out. */
import { t } from '../../l10n/index.ts';
import { componentName } from '../naming.ts';
import type { Network, Scalar } from '../network.ts';
import { identicalPolynomials, toPolynomial, toScalar, PolynomialTooLargeError, scale, add } from '../polynomial/index.ts';
import type { Polynomial } from '../polynomial/index.ts';
import { odeOfComponent } from './derive.ts';
import { EquationTooLongError, expandOde } from './evaluate.ts';
import { scalarText } from './expression-text.ts';

/** Right-hand side of a component's ODE: parses again as an expression. @throws EquationTooLongError */
export function odeText(network: Network, component: number, options: { readonly limit?: number } = {}): string {
  return scalarText(network, toScalar(expandOde(odeOfComponent(network, component), options)));
}

/**
 * All ODEs, component name → right-hand side.
 * @throws EquationTooLongError when the network has more than `limit` components (default 100,000), or one equation is too long.
 */
export function odeTexts(network: Network, options: { readonly limit?: number } = {}): Record<string, string> {
  const limit = options.limit ?? 100_000;
  if (network.dimension > limit) {
    throw new EquationTooLongError(t('The network has {0} species, more than the {1} whose equations are written one by one. Ask for the equations of its families instead.', network.dimension.toLocaleString('en-US'), limit.toLocaleString('en-US')));
  }
  const result: Record<string, string> = {};
  for (let component = 0; component < network.dimension; component++) result[componentName(network, component)] = odeText(network, component);
  return result;
}

/** A signed sum of components: `W` as a whole is W^+ − W^-. */
export type Combination = readonly { readonly component: number; readonly weight: number }[];

export interface OdeIdentity {
  /** undefined: too large to decide. */
  readonly holds: boolean | undefined;
  /** What the right-hand side is, in the language's syntax; or why it could not be decided. */
  readonly found: string;
}

/**
 * Whether the ODE of a component (or of a combination of them) is identically the given expression, over all values of
 * species, parameters and time. Polynomials and rational functions are decided; a function of something counts as a quantity of its own.
 */
export function odeIdentity(network: Network, target: number | Combination, right: Scalar): OdeIdentity {
  const combination: Combination = typeof target === 'number' ? [{ component: target, weight: 1 }] : target;
  try {
    const odes = combination.map(({ component, weight }) => ({ ode: odeOfComponent(network, component), weight }));
    const expanded: Polynomial = add(...odes.map(({ ode, weight }) => scale(expandOde(ode, { expand: true }), weight)));
    const shown = add(...odes.map(({ ode, weight }) => scale(expandOde(ode), weight)));
    const found = scalarText(network, toScalar(shown));
    const holds = identicalPolynomials(expanded, toPolynomial(right));
    return { holds, found: holds === undefined ? t('{0}, too large to compare', found) : found };
  } catch (error) {
    if (error instanceof EquationTooLongError || error instanceof PolynomialTooLargeError) return { holds: undefined, found: error.message };
    throw error;
  }
}

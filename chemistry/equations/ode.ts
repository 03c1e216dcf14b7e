/** The ODE of a species block as a data structure: sums over loop variables stay sums, nothing is unrolled. */
import type { AxisIndex, LoopVariable, Operand } from '../network.ts';
import type { Monomial } from '../polynomial/index.ts';

/** constant + Σ coefficient·c_v over 0-based counters. */
export type AffineForm = Extract<AxisIndex, { kind: 'affine' }>;

/** What restricts a term to some elements, or a sum to some values; over 0-based counters. */
export type Condition =
  /** low ≤ form ≤ high; a bound that always holds is left out. */
  | { readonly kind: 'range'; readonly form: AffineForm; readonly low?: number; readonly high?: number }
  /** form = 0 */
  | { readonly kind: 'equal'; readonly form: AffineForm }
  /** parity + Σ c_v is even. */
  | { readonly kind: 'even'; readonly parity: 0 | 1; readonly variables: readonly number[] };

/**
 * coefficient · Σ_sums monomial, where the conditions hold. Variables 0 … free − 1 are the target's own indices (one an axis
 * of its block, the rail first), then come the term's sums.
 */
export interface OdeTerm {
  readonly coefficient: number;
  readonly monomial: Monomial;
  readonly sums: readonly LoopVariable[];
  readonly conditions: readonly Condition[];
}

/** target′ = Σ terms, for every value of the free indices. */
export interface Ode {
  /** The species, over the free variables; with fixed positions for the ODE of one component. */
  readonly target: Operand;
  readonly free: readonly LoopVariable[];
  /** Production first, then by the number of species that take part. */
  readonly terms: readonly OdeTerm[];
  /** True for a fixed species: the environment holds it, whatever the reactions do. */
  readonly held: boolean;
}

/** Loop variables that the terms of an ODE are over. */
export function variablesOf(ode: Ode, term: OdeTerm): readonly LoopVariable[] {
  return [...ode.free, ...term.sums];
}

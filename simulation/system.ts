/**
 * The contract between equations and integrators: an ODE system knows its right-hand side and, where it can, its
 * Jacobian; an integrator knows neither reactions nor species.
 */

import type { Poll } from './cancel.ts';
import type { Calendar } from './forcing/calendar.ts';
import type { Arena } from './kernels/arena.ts';

/** Sparsity pattern of an n×n matrix in compressed sparse columns; row indices ascend within a column. */
export interface SparsePattern {
  readonly n: number;
  /** length n + 1 */
  readonly columnStart: Int32Array;
  /** length nnz */
  readonly rowIndex: Int32Array;
}

/**
 * Linear invariants c_k·y of a system, c_k·f ≡ 0, in reduced echelon form: row k has coefficient 1 at component pivots[k],
 * no other row has one there. Rows are stored one after another: entries rowStart[k] … rowStart[k + 1] − 1.
 */
export interface ConservedTotals {
  readonly pivots: Int32Array;
  readonly rowStart: Int32Array;
  readonly component: Int32Array;
  readonly coefficient: Float64Array;
}

/** The non-zeros of ∂f/∂y for an implicit method: their pattern (diagonal always present) and a routine that fills them in an arena. */
export interface SparseJacobian {
  readonly pattern: SparsePattern;
  /** What the routine needs in the arena besides y and the values. */
  readonly bytes: number;
  /** @returns a routine for a state and values (in the pattern's order) that lie in the arena */
  readonly place: (arena: Arena) => (t: number, y: Float64Array, values: Float64Array) => void;
}

/** A system less those components that have a closed form from a given state on. */
export interface PartedSystem {
  readonly system: OdeSystem;
  /** Components of the whole system, in the order of this one's. */
  readonly components: Int32Array;
  /** Writes all other components as they are some time after the start; none of them grows. */
  readonly rest: (elapsed: number, out: Float64Array) => void;
}

/** y' = f(t, y) on Float64Arrays of length `dimension`. Implementations do not keep or resize the arrays they are given. */
export interface OdeSystem {
  readonly dimension: number;
  /** Writes f(t, y) into dy. */
  rhs(t: number, y: Float64Array, dy: Float64Array): void;
  /** ∂f/∂y: its fixed pattern (diagonal always present) and a routine that fills its non-zeros in the pattern's order. */
  readonly jacobian?: {
    readonly pattern: SparsePattern;
    fill(t: number, y: Float64Array, values: Float64Array): void;
  };
  /**
   * For systems without `jacobian`, whose non-zeros are not listed as a rule: lists them all the same, for a direct solver that turns out to be
   * cheap; undefined where they are too many. Worked out when first asked for, and left by what `poll` throws.
   */
  nonZeros?(poll?: Poll): SparseJacobian | undefined;
  /** What is left to integrate from y0 on, for so long a time, when the rest has a closed form. */
  part?(y0: Float64Array, span: number): PartedSystem | undefined;
  /** out = (∂f/∂y) v, without a matrix; for systems too large for one. */
  jacobianTimes?(t: number, y: Float64Array, v: Float64Array, out: Float64Array): void;
  /**
   * True when every component stays ≥ 0 by construction (mass action): an integrator then tries a shorter step when one
   * takes a component below −10·atol, and lifts it to 0 if that does not help. What is smaller is an error within the
   * tolerance: shown as 0 but left as it is inside, so that neither the order of the method nor conserved totals suffer.
   */
  readonly nonNegative?: boolean;
  /**
   * For large systems: the same equations for vectors that all lie in one arena of the integrator's, which saves copying them.
   * They need `bytes` there, and hold while the integration lasts.
   */
  readonly inside?: { readonly bytes: number; place(arena: Arena): OdeSystem };
  /** What f conserves: fixed points are sought among states with the same totals. */
  readonly conserved?: ConservedTotals;
  /** Where rates depend on time: when they jump, and where they have to be looked at, between two times. */
  readonly calendar?: ((t0: number, t1: number) => Calendar) | undefined;
  /** Works out what would be worked out at first use and may take long (the totals); left by what `poll` throws. */
  prepare?(poll: Poll): void;
}

/** How an integration ended, said honestly. `t` is the time actually reached. */
export type Outcome =
  | { readonly kind: 'reached'; readonly t: number }
  /** The solution came within the tolerance of a fixed point and stayed there (see `steady.ts`). `residual` is max |f_i| at the fixed point. */
  | { readonly kind: 'steady'; readonly t: number; readonly residual: number }
  /** The solution leaves every bound near t (finite-time blow-up, or growth past 1e150); `component` grows fastest. */
  | { readonly kind: 'diverged'; readonly t: number; readonly component: number }
  /**
   * The step size underflowed without growth of the solution, the step limit was met, or a rate was no number: `reason` says which.
   * `component` is the one that changes fastest beside its tolerance, or whose rate is no number; always there when the step underflowed.
   */
  | { readonly kind: 'stuck'; readonly t: number; readonly reason: 'step underflow' | 'step limit' | 'not a number'; readonly component?: number }
  | { readonly kind: 'cancelled'; readonly t: number };

export type MethodName = 'auto' | 'tsit5' | 'rkc' | 'bdf';

/** Polled between steps, and within whatever takes long in one; true stops the integration there. */
export type Cancel = () => boolean;

/** One accepted step, with its dense output. */
export interface Step {
  readonly t0: number;
  readonly t1: number;
  /** Solution at t1, no component negative where the system is `nonNegative`; valid until the next step. */
  readonly y: Float64Array;
  /** Where some components have a closed form and are not integrated: y without them. They never grow. Valid until the next step. */
  readonly integrated?: Float64Array;
  /** Writes the interpolated solution at t ∈ [t0, t1] into out; its error is of the order of the step's own. */
  at(t: number, out: Float64Array): void;
}

export interface IntegrationRequest {
  readonly t0: number;
  /** Infinity with `steady` runs to the fixed point. */
  readonly t1: number;
  readonly y0: Float64Array;
  /** Relative tolerance, default 1e-6. */
  readonly rtol?: number;
  /** Absolute tolerance: one number or one a component, default 1e-9. */
  readonly atol?: number | Float64Array;
  readonly method?: MethodName;
  /** Default 1,000,000. */
  readonly maxSteps?: number;
  readonly firstStep?: number;
  /**
   * For `auto`: something has just changed, and what follows is known to become stiff as it settles. The explicit pair takes it through
   * the change and hands over as soon as stability limits its steps.
   */
  readonly settling?: boolean;
  /** A component larger than this counts as diverged; default 1e150. */
  readonly bound?: number;
  /** Stop at the fixed point: when the solution stays within this relative distance of it (see `steady.ts`). */
  readonly steady?: {
    readonly tolerance: number;
    /** Asked at a fixed point reached, whether to go on all the same. */
    readonly goesOn?: (t: number, y: Float64Array) => boolean;
  };
  readonly cancel?: Cancel;
  /** Called after every accepted step. The steps do not depend on whether or how it samples. */
  readonly onStep?: (step: Step) => void;
}

export interface IntegrationResult {
  readonly outcome: Outcome;
  /** The solution at outcome.t, for `steady` the fixed point itself; always finite. */
  readonly y: Float64Array;
  /** What actually ran, in order, e.g. ['tsit5', 'bdf']. */
  readonly methods: readonly Exclude<MethodName, 'auto'>[];
  readonly steps: number;
  readonly rejected: number;
  readonly evaluations: number;
  readonly jacobians: number;
  readonly factorisations: number;
  /** How linear systems were solved, where there were any. */
  /** Components that were not integrated but have a closed form, where there were any. */
  readonly closedForm?: number;
  readonly linear?: 'dense LU' | 'sparse LU' | 'GMRES';
}

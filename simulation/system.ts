/**
 * The contract between equations and integrators: an ODE system knows its right-hand side and, where it can, its
 * Jacobian; an integrator knows neither reactions nor species.
 */

/** Sparsity pattern of an n×n matrix in compressed sparse columns; row indices ascend within a column. */
export interface SparsePattern {
  readonly n: number;
  /** length n + 1 */
  readonly columnStart: Int32Array;
  /** length nnz */
  readonly rowIndex: Int32Array;
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
  /** out = (∂f/∂y) v, without a matrix; for systems too large for one. */
  jacobianTimes?(t: number, y: Float64Array, v: Float64Array, out: Float64Array): void;
  /**
   * True when every component stays ≥ 0 by construction (mass action): an integrator then rejects a step that takes a
   * component below −atol and clips what is smaller.
   */
  readonly nonNegative?: boolean;
}

/** How an integration ended, said honestly. `t` is the time actually reached. */
export type Outcome =
  | { readonly kind: 'reached'; readonly t: number }
  /** ‖f‖ in the weighted norm fell under the tolerance and stayed there. `residual` is max |f_i|. */
  | { readonly kind: 'steady'; readonly t: number; readonly residual: number }
  /** The solution leaves every bound near t (finite-time blow-up, or growth past 1e150); `component` grows fastest. */
  | { readonly kind: 'diverged'; readonly t: number; readonly component: number }
  /** The step size underflowed without growth of the solution, or the step limit was met: `reason` says which. */
  | { readonly kind: 'stuck'; readonly t: number; readonly reason: 'step underflow' | 'step limit' | 'not a number' }
  | { readonly kind: 'cancelled'; readonly t: number };

export type MethodName = 'auto' | 'tsit5' | 'bdf';

/** Polled between steps; true stops the integration within one step. */
export type Cancel = () => boolean;

/** One accepted step, with its dense output. */
export interface Step {
  readonly t0: number;
  readonly t1: number;
  /** Solution at t1; valid until the next step. */
  readonly y: Float64Array;
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
  readonly maxSteps?: number;
  readonly firstStep?: number;
  /** Stop at the fixed point: when ‖f‖ is under this tolerance in the scaled norm (see `steady.ts`). */
  readonly steady?: { readonly tolerance: number };
  readonly cancel?: Cancel;
  /** Called after every accepted step. The steps do not depend on whether or how it samples. */
  readonly onStep?: (step: Step) => void;
}

export interface IntegrationResult {
  readonly outcome: Outcome;
  /** The solution at outcome.t; always finite. */
  readonly y: Float64Array;
  /** What actually ran, in order, e.g. ['tsit5', 'bdf']. */
  readonly methods: readonly Exclude<MethodName, 'auto'>[];
  readonly steps: number;
  readonly rejected: number;
  readonly evaluations: number;
  readonly jacobians: number;
  readonly factorisations: number;
}

/** What the driver asks of an integration method: one accepted step at a time, with dense output behind it. */
import type { Poll } from './cancel.ts';
import type { MethodName, OdeSystem } from './system.ts';
import type { Tolerance } from './vector.ts';

/** `failed` leaves the stepper at its last accepted point. */
export type Advance = 'accepted' | 'step underflow' | 'not a number' | 'cancelled';

export interface Counters {
  steps: number;
  rejected: number;
  evaluations: number;
  jacobians: number;
  factorisations: number;
}

/** What a step leaves for a multistep method to begin with: column j is h^j y^(j)/j! of its dense output at the step's end, j = 1, 2, … */
export interface History {
  /** h */
  readonly step: number;
  readonly columns: readonly Float64Array[];
}

export interface Stepper {
  readonly name: Exclude<MethodName, 'auto'>;
  /** End and start of the last accepted step. */
  readonly t: number;
  readonly previousT: number;
  /** Solution at t; overwritten by the next step. */
  readonly y: Float64Array;
  /** f(t, y), or for a multistep method the derivative of its polynomial at t. */
  readonly derivative: Float64Array;
  /** No step is longer than this; Infinity unless the driver sets it. */
  maxStep: number;
  /** Takes one step that ends at or before `end`; it ends there exactly when it would come close. */
  advance(end: number): Advance;
  /** Interpolated solution at a time within the last step. */
  at(t: number, out: Float64Array): void;
  /** For explicit methods: the last steps were limited by stability, not by accuracy. */
  readonly stiff: boolean;
  /** Step size it would take next: where another method may start. */
  readonly nextStep: number;
  /** The last step as a polynomial; undefined before the first. */
  history?(): History | undefined;
  /** Gives up its memory; the last thing that is asked of it. */
  release?(): void;
}

export interface StepperStart {
  readonly system: OdeSystem;
  readonly t: number;
  readonly y: Float64Array;
  readonly tolerance: Tolerance;
  /** Positive. */
  readonly firstStep: number;
  /** For explicit methods: so many steps in a row that stability limits call the system stiff; default 15. */
  readonly stiffAfter?: number;
  readonly counters: Counters;
  readonly cancel: () => boolean;
  /** Asked within what takes long in one step; what it throws passes through `advance` and leaves t and y at the last accepted point. */
  readonly poll?: Poll;
}

/** What the trainer asks of a pot, whichever equations run in it. */

import type { Cancel } from '../system.ts';

export type DwellResult =
  | { readonly kind: 'reached' }
  /** `cancel` said so; the pot is as it was before. */
  | { readonly kind: 'cancelled' }
  /** `component` of the network; `told` says what became of a species, `A has grown beyond 1000`. */
  | { readonly kind: 'lost'; readonly component: number; readonly value: number; readonly t: number; readonly told: (species: string) => string };

/** All that a pot carries from one dwell to the next. */
export interface PotMemory {
  readonly numbers: Float64Array;
  readonly method: string;
}

/** `state` of the whole network, valid until the next call. */
export type Watch = (t: number, state: Float64Array) => void;

export interface Pot {
  readonly reduction: 'differences' | 'none';
  readonly method: string;
  /** Molecule by molecule: what runs the dwells; `method` is then that of evaluations. */
  readonly molecules?: { readonly method: string } | undefined;
  /**
   * Clamps inputs and targets and lets everything react for a dwell.
   * @param place epoch and dwell, from 0: which noise is drawn
   * @param watch called after every step of the integration; the dwell is the same with and without
   * @param cancel asked all the time; true ends the dwell as if it had not begun
   */
  present(inputs: Float64Array, targets: Float64Array, place: readonly [number, number], watch?: Watch, cancel?: Cancel): DwellResult;
  /** Clamps the inputs and lets only the forward reactions run; writes the outputs. The pot stays as it was. */
  predict(inputs: Float64Array, outputs: Float64Array, cancel?: Cancel): DwellResult;
  save(): PotMemory;
  /** @param last epoch and dwell of the last presentation, if there was one: its noise is still in force */
  load(memory: PotMemory, last: readonly [number, number] | undefined): void;
  /** The state of the whole network, both rails. */
  state(): Float64Array;
}

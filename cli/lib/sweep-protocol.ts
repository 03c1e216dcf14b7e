/** What `onepot sweep` and its workers say to each other. */
import type { NoResult } from './worker-protocol.ts';

export interface SweepJob {
  readonly sweep: true;
  readonly file: string;
  readonly name?: string;
  /** One 32-bit integer; not 0 asks the run under way to stop. */
  readonly cancel: SharedArrayBuffer;
}

/** To a worker: do this run. */
export interface SweepOrder {
  readonly index: number;
}

export type FromSweep =
  | { readonly type: 'ready' }
  | { readonly type: 'row'; readonly index: number; readonly cells: readonly string[] }
  /** The run was stopped. */
  | { readonly type: 'stopped'; readonly index: number }
  | NoResult;

/** What `onepot train` and its worker say to each other. */
import type { Evaluation, GlanceReport, TrainingOutcome } from '../../simulation/index.ts';
import type { NoResult } from './worker-protocol.ts';

export interface TrainOptions {
  /** Folder for the checkpoint. */
  readonly checkpoint?: string;
  readonly resume?: boolean;
  readonly force?: boolean;
  readonly epochs?: number;
  readonly seed?: number;
  /** Presentations between two looks within an epoch; 0: none. Absent: by the clock. */
  readonly interim?: number;
  /** Nobody would see them: no looks by the clock. */
  readonly unwatched?: boolean;
  /** The families as they stand, without the exact reduction to differences. */
  readonly rails?: boolean;
}

export interface TrainingJob {
  readonly training: true;
  readonly file: string;
  /** Of a network or of a train statement. */
  readonly name?: string;
  readonly options: TrainOptions;
  /** One 32-bit integer; not 0 asks the run to stop. */
  readonly cancel: SharedArrayBuffer;
}

/** How it ended: as the trainer says, or `interrupted`. */
export type TrainingEnd = Exclude<TrainingOutcome['reason'], 'paused' | 'stopped'> | 'interrupted' | 'no fixed point';

export interface Trained {
  readonly type: 'trained';
  readonly network: string;
  readonly data: string;
  readonly where: 'pot' | 'silico';
  readonly outcome: TrainingEnd;
  /** What went wrong, where something did. */
  readonly message?: string;
  readonly epochs: number;
  readonly presentations: number;
  /** Mean square error on the rows trained on, the updates off; absent when the run did not come so far. */
  readonly loss?: number;
  readonly evaluation?: Evaluation;
  /** Which rows were evaluated. */
  readonly rows: 'held-out' | 'training';
  readonly best?: { readonly epoch: number; readonly loss: number };
  readonly classes?: readonly string[];
  /** Which equations ran: differences of rails, all rails, or the adjoint of the fixed point. */
  readonly reduction: 'differences' | 'none' | 'adjoint';
  readonly withoutReduction?: string;
  readonly method?: string;
  /** With intrinsic noise: what ran the dwells molecule by molecule. */
  readonly molecules?: string;
  readonly seed: number;
  /** CPU seconds of the training, those before a resumed checkpoint included; and from the text to ready. */
  readonly seconds: number;
  readonly buildSeconds: number;
  readonly checkpoint?: string;
}

export type FromTraining =
  | { readonly type: 'note'; readonly message: string }
  | { readonly type: 'begun'; readonly epochs: number }
  /** An epoch is over. */
  | { readonly type: 'epoch'; readonly epoch: number; readonly evaluation?: Evaluation; readonly seconds: number }
  /** Within a long epoch: how well it does, how fast it goes, and the seconds to the end of all epochs. */
  | { readonly type: 'interim'; readonly report: GlanceReport; readonly perSecond?: number; readonly secondsLeft?: number; readonly seconds: number }
  /** Within an epoch, now and then. */
  | { readonly type: 'dwell'; readonly epoch: number; readonly dwell: number; readonly dwells: number }
  | Trained
  | NoResult;

/**
 * The contract between the lab's page and the worker that trains. It runs in slices of some milliseconds, so it hears every message
 * soon; one that does not answer a stop is ended.
 */
import type { Checkpoint, EpochReport, Evaluation, TrainingReason } from '../simulation/index.ts';
import type { DataFile, DataRequest, ImportedFile, ImportRequest } from './protocol.ts';
import type { Problem, TextPlace } from './worker-protocol.ts';

export interface LayerSummary {
  readonly name: string;
  readonly units: number;
  readonly fanIn: number;
}

/** What can be moved by hand, by name: `rate`, `dwell`, `decay`, `noise`, `seed`, and constants of the activations. */
export type TrainingValues = Readonly<Record<string, number>>;

/** A `train` statement, as the page needs it. */
export interface TrainingSummary {
  /** In lists: its name, or `xor on truth_table`. */
  readonly key: string;
  readonly network: string;
  readonly data: string;
  readonly where: 'pot' | 'silico';
  readonly epochs: number;
  /** Values as the text gives them. */
  readonly values: TrainingValues;
  readonly layers: readonly LayerSummary[];
  readonly place: TextPlace;
}

export interface ModelText {
  readonly uri: string;
  readonly text: string;
  readonly imports: readonly ImportedFile[];
}

/** Where the run stands. */
export interface TrainingAt {
  /** Epochs completed, presentations completed in the present one and in all. */
  readonly epoch: number;
  readonly epochs: number;
  readonly dwell: number;
  readonly dwells: number;
  readonly presentations: number;
  /** Presentations per second of late. */
  readonly perSecond: number;
}

/** Concentrations on the rails of all weights and biases of a layer: Σ(w⁺ + w⁻), and what they stand for, Σ|w⁺ − w⁻|. */
export interface RailTotal {
  readonly total: number;
  readonly meant: number;
}
export interface RailsPoint {
  /** In epochs, with fractions. */
  readonly at: number;
  readonly layers: readonly RailTotal[];
}

/** Figures of within an epoch: an evaluation with the updates off, on a part of the rows that is the same each time. */
export interface GlancePoint extends Pick<Evaluation, 'loss' | 'samples' | 'accuracy' | 'confusion'> {
  /** Absent where the targets are all 0. */
  readonly relativeError?: number;
  /** In epochs, with fractions. */
  readonly at: number;
}

/** Weights of a layer, units × fanIn row-major, and its biases, on both rails. */
export interface LayerWeights extends LayerSummary {
  readonly plus: Float32Array;
  readonly minus: Float32Array;
  readonly biasPlus: Float32Array;
  readonly biasMinus: Float32Array;
}

/** Outputs over a grid of inputs: `values[(row * columns + column) * outputs + k]`. One row for a single input. */
export interface BoundaryView {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly columns: number;
  readonly rows: number;
  readonly outputs: number;
  readonly values: Float32Array;
}

/** Samples to draw over the boundary. */
export interface SamplePoints {
  /** count × inputs (one or two). */
  readonly inputs: Float32Array;
  /** count × outputs. */
  readonly targets: Float32Array;
  /** 1 for a held-out sample. */
  readonly heldOut: Uint8Array;
}

/** Curves of one kind in a dwell: `values[i * times + k]`. */
export interface LensGroup {
  readonly label: string;
  readonly names: readonly string[];
  readonly values: Float64Array;
}

/** One presentation, looked at closely. */
export interface LensView {
  /** Row of the data, from 0, and when it was presented. */
  readonly row: number;
  readonly epoch: number;
  readonly dwell: number;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  /** At the end of the dwell, while the updates run. */
  readonly outputs: Float32Array;
  readonly times: Float64Array;
  readonly groups: readonly LensGroup[];
}

/** What is known once the data are read. */
export interface TrainingBegun {
  readonly summary: TrainingSummary;
  readonly samples: number;
  readonly heldOut: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly inputNames?: readonly string[];
  readonly classes?: readonly string[];
  /** Whether accuracy means something. */
  readonly classified: boolean;
  readonly points?: SamplePoints;
  /** Which equations run, and why no others. */
  readonly equations: string;
}

export interface TrainingEnd {
  readonly reason: TrainingReason | 'no fixed point';
  readonly message?: string;
}

export type ToTrainer =
  | { readonly type: 'train'; readonly model: ModelText; readonly key: string; readonly values: TrainingValues; readonly checkpoint?: Checkpoint; readonly run: boolean; readonly speed: number | undefined; readonly lensRow: number | undefined }
  | { readonly type: 'edited'; readonly model: ModelText; readonly key: string; readonly values: TrainingValues }
  | { readonly type: 'data'; readonly files: readonly DataFile[] }
  | { readonly type: 'run' | 'pause' | 'step' | 'stop' }
  | { readonly type: 'values'; readonly values: TrainingValues }
  /** Presentations per second; undefined: as many as may be. */
  | { readonly type: 'speed'; readonly speed: number | undefined }
  /** Look at this row when it comes; undefined: at any. */
  | { readonly type: 'lens'; readonly row: number | undefined };

export type FromTrainer =
  | { readonly type: 'needImports'; readonly requests: readonly ImportRequest[] }
  | { readonly type: 'needData'; readonly requests: readonly DataRequest[] }
  | { readonly type: 'begun'; readonly begun: TrainingBegun; readonly history: readonly EpochReport[] }
  /** Nothing is trained: problems with their places. */
  | { readonly type: 'refused'; readonly problems: readonly Problem[] }
  | { readonly type: 'failed'; readonly message: string }
  /** The text has changed so much that the run no longer belongs to it. */
  | { readonly type: 'outdated'; readonly reason: string }
  | { readonly type: 'state'; readonly running: boolean; readonly end?: TrainingEnd }
  | { readonly type: 'progress'; readonly at: TrainingAt; readonly epochs: readonly EpochReport[]; readonly rails: readonly RailsPoint[]; readonly glances: readonly GlancePoint[] }
  | { readonly type: 'weights'; readonly layers: readonly LayerWeights[] }
  | { readonly type: 'boundary'; readonly boundary: BoundaryView }
  | { readonly type: 'lens'; readonly lens: LensView }
  | { readonly type: 'checkpoint'; readonly key: string; readonly checkpoint: Checkpoint }
  | { readonly type: 'stopped' };

/** What training is given, what it tells on the way and how it ends. */
import type { MethodName } from '../system.ts';

/** Row-major; the same shape as the data sets' matrices. */
export interface DataMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array | Float32Array;
}

/** Samples with their targets; without `train` all rows are trained on, without `test` they are also what is evaluated. */
export interface TrainingData {
  /** samples × inputs */
  readonly inputs: DataMatrix;
  /** samples × outputs */
  readonly targets: DataMatrix;
  /** Present when the targets are classes, one column each. Otherwise targets that are all 0 or 1 count as classes. */
  readonly classes?: readonly string[];
  readonly train?: Uint32Array;
  readonly test?: Uint32Array;
}

export interface RateNoise {
  /** `lognormal`: times exp(size·N(0, 1)), median 1; `normal`: times max(0, 1 + size·N(0, 1)). */
  readonly distribution: 'lognormal' | 'normal';
  readonly size: number;
  /** Drawn once for the run, or anew for every dwell. */
  readonly when: 'frozen' | 'dwell';
  /**
   * One factor for every single reaction; or one for all reactions that do the same to the same blocks, whatever their indices
   * and rails (weighted sums into Y, decay of Y, updates of W, …), so that both rails stay alike.
   */
  readonly per: 'reaction' | 'module';
  /** Only reactions of these groups; default all. */
  readonly groups?: readonly string[];
}

export interface ConcentrationNoise {
  readonly distribution: 'lognormal' | 'normal';
  readonly size: number;
  /** Which species are multiplied when a dwell begins: all but inputs and targets, or weights and biases alone, or all others. */
  readonly species: 'all' | 'weights' | 'fast';
}

/** Molecules in place of concentrations, in all reactions of the pot. An evaluation is by the rate equations: it measures the weights. */
export interface IntrinsicNoise {
  /** Event by event, in leaps, or by the chemical Langevin equation. */
  readonly method: 'ssa' | 'tau' | 'langevin';
  /** Molecules per unit of concentration; in litres where the network declares a unit. */
  readonly volume: number;
}

export interface NoiseSettings {
  readonly seed: number;
  readonly rates?: RateNoise;
  readonly concentrations?: ConcentrationNoise;
  readonly intrinsic?: IntrinsicNoise;
}

export interface TrainingSettings {
  /** Time for which a sample is held, in the network's unit. */
  readonly dwell: number;
  readonly epochs: number;
  /** Of the order of presentation. */
  readonly seed: number;
  /** Values of the plan's rate and decay parameters; default as declared. */
  readonly rate?: number;
  readonly decay?: number;
  /** Other parameters by name. */
  readonly parameters?: ReadonlyMap<string, number>;
  /** A whole state to start from (weights from elsewhere); default the network's initial state. */
  readonly initial?: Float64Array;
  /** Default true: a new order every epoch. */
  readonly shuffle?: boolean;
  /** `auto`: differences of rails where that is exact; `none`: the families as they stand. Default auto. */
  readonly reduction?: 'auto' | 'none';
  /** Default auto: the first dwell decides. */
  readonly method?: MethodName;
  /** Relative tolerance of the integration, default 1e-4. */
  readonly rtol?: number;
  /** Default rtol/1000, in differences of rails rtol/10. */
  readonly atol?: number;
  readonly noise?: NoiseSettings;
  readonly evaluation?: {
    /** Every so many epochs (and after the last); default 1. 0: never. */
    readonly every?: number;
    /** The forward reactions run to their fixed point (default), or for so long. */
    readonly until?: 'fixed point' | number;
    /** Rows to evaluate: held-out ones where there are any (default), or those trained on. */
    readonly rows?: 'test' | 'train';
  };
  readonly stop?: {
    /** Stop when the evaluated loss is at most this. */
    readonly loss?: number;
    /** Stop after so many evaluations without a new best loss. */
    readonly patience?: number;
  };
  /** A concentration above this counts as blown up; default 1e6. */
  readonly bound?: number;
}

export interface Evaluation {
  /** Mean of (output − target)² over samples and outputs. */
  readonly loss: number;
  /** √(Σ(output − target)² / Σ target²) */
  readonly relativeError: number;
  readonly samples: number;
  /** For classes: part of the samples whose largest output (for a single output: output above ½) is the right one. */
  readonly accuracy?: number;
  /** For classes: confusion[true class][class told]; for a single output the classes are 0 and 1. */
  readonly confusion?: readonly (readonly number[])[];
}

export interface EpochReport {
  /** Epochs completed. */
  readonly epoch: number;
  readonly evaluation?: Evaluation;
}

export interface DwellReport {
  /** Epochs completed before this dwell, and presentations completed in the present one. */
  readonly epoch: number;
  readonly dwell: number;
  readonly dwells: number;
  /** Row of the data that was presented. */
  readonly row: number;
}

/** Where and how the pot was lost. */
export interface BlowUp {
  /** The species that grew beyond every bound, or the largest one when no further step was possible. */
  readonly species: string;
  readonly value: number;
  /** From 1. */
  readonly epoch: number;
  /** From 1, within the epoch. */
  readonly dwell: number;
  /** Time since the beginning of the dwell. */
  readonly t: number;
  /** In words. */
  readonly message: string;
}

export type TrainingReason = 'epochs' | 'target loss' | 'patience' | 'paused' | 'stopped' | 'blown up';

export interface TrainingOutcome {
  readonly reason: TrainingReason;
  readonly epochs: number;
  /** Presentations in all. */
  readonly presentations: number;
  /** Which equations ran. */
  readonly reduction: 'differences' | 'none';
  /** Why the reduction was not used, where it was not. */
  readonly withoutReduction?: string;
  readonly method: string;
  /** With intrinsic noise: what ran the dwells molecule by molecule; `method` is then that of evaluations. */
  readonly molecules?: string;
  /** The last one. */
  readonly evaluation?: Evaluation;
  readonly best?: { readonly epoch: number; readonly loss: number };
  readonly history: readonly EpochReport[];
  readonly blowUp?: BlowUp;
  /** The state of the whole network at the end, with both rails (rebuilt where differences ran). */
  readonly state: Float64Array;
}

export interface TrainingCallbacks {
  readonly onEpoch?: (report: EpochReport) => void;
  readonly onDwell?: (report: DwellReport) => void;
  /** Called after every step of the integration with the time since the switch and the state of the whole network. It costs time. */
  readonly onState?: (t: number, state: Float64Array) => void;
  /** Asked all the time, also within dwells: one that is broken off begins anew when the run goes on. */
  readonly poll?: () => 'go' | 'pause' | 'stop';
}

/** The plan, the data and the settings do not fit together; the message says what to do. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
}

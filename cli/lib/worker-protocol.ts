/** What the command and its worker say to each other. Both come from the same build: typed, not checked. */
import type { EnsembleSums, Outcome, SimulationResult, StochasticOutcome, StochasticResult } from '../../simulation/index.ts';
import type { ExitCode } from './errors.ts';
import type { FixedPointsAnswer } from './fixed-points.ts';
import type { MoleculeSettings, RunOptions } from './settings.ts';

export const TOO_LARGE = 'The network is too large for the memory of this machine. Use smaller arrays.';

export interface Job {
  readonly file: string;
  readonly experiment?: string;
  readonly options: RunOptions;
  /** A run to the fixed point that is asked for all that can be said of it. */
  readonly fixedPoint?: { readonly sensitivities: boolean };
  /** One 32-bit integer; not 0 asks the run to stop. */
  readonly cancel: SharedArrayBuffer;
  /** Of the replicas of a run molecule by molecule: two 32-bit integers, the next one that nobody has taken and how many are done. */
  readonly replicas: SharedArrayBuffer;
  /** How many workers share them. */
  readonly threads: number;
}

export interface Finished {
  readonly type: 'finished';
  readonly outcome: Outcome;
  readonly sentence: string;
  readonly methods: SimulationResult['methods'];
  readonly steps: number;
  readonly rejected: number;
  readonly evaluations: number;
  /** CPU seconds: of the integration alone, and from the text to ready. */
  readonly seconds: number;
  readonly buildSeconds: number;
  readonly t: Float64Array;
  /** One recorded trajectory a species, as long as `t`. */
  readonly species: ReadonlyMap<string, Float64Array>;
  /** True when the network has more species than are recorded. */
  readonly partial: boolean;
  /** All species, and the state at the end. */
  readonly names: readonly string[];
  readonly final: Float64Array;
  /** max |f_i| at the end. */
  readonly residual: number;
  readonly plot: readonly string[];
  /** False when no end time was given. */
  readonly endGiven: boolean;
  /** Where they were asked for, or there were several starts. */
  readonly fixedPoints?: FixedPointsAnswer;
  readonly timeUnit?: string;
  /** What was to end the run, and when it did. */
  readonly condition?: ConditionMet;
  /** The condition never held. */
  readonly missed?: boolean;
}

export interface ConditionMet {
  readonly text: string;
  readonly t?: number;
}

/** One run molecule by molecule. */
export interface MoleculesFinished extends Pick<StochasticResult, 't' | 'species' | 'final' | 'rounded' | 'events' | 'steps' | 'seconds' | 'moleculesPerConcentration'> {
  readonly type: 'molecules';
  readonly outcome: StochasticOutcome;
  readonly sentence: string;
  readonly engine: StochasticResult['method'];
  readonly settings: MoleculeSettings;
  readonly buildSeconds: number;
  readonly partial: boolean;
  readonly names: readonly string[];
  readonly plot: readonly string[];
  readonly endGiven: boolean;
  readonly condition?: ConditionMet;
  readonly missed?: boolean;
}

/** Said at once when there are several replicas: other workers can take part. */
export interface ReplicaPlan {
  readonly type: 'plan';
  readonly replicas: number;
}

/** What one worker has summed. */
export interface ReplicasFinished {
  readonly type: 'replicas';
  readonly until: number;
  /** What ends the runs before. */
  readonly condition?: string;
  readonly sums: EnsembleSums;
  /** The first replica, by number, that ended early here. */
  readonly stopped?: { readonly replica: number; readonly outcome: StochasticOutcome; readonly sentence: string };
  readonly engine: StochasticResult['method'];
  readonly settings: MoleculeSettings;
  readonly moleculesPerConcentration: number;
  readonly rounded: readonly string[];
  readonly buildSeconds: number;
  readonly partial: boolean;
  readonly plot: readonly string[];
  readonly endGiven: boolean;
}

/** Instead of a result: an error of the user's, its sentence and the exit code, or one of ours. */
export type NoResult =
  | { readonly type: 'refused'; readonly message: string; readonly code: ExitCode }
  | { readonly type: 'crashed'; readonly message: string };

export type FromWorker =
  | { readonly type: 'progress'; readonly t: number; readonly fraction?: number; readonly steps?: number }
  | Finished
  | MoleculesFinished
  | ReplicaPlan
  | ReplicasFinished
  | NoResult;

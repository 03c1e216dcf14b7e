/**
 * The contract between the lab's page and its worker. Both come from the same build, so these messages are typed, not
 * checked. Numbers travel as typed arrays that are handed over, not copied.
 */
import type { MethodName, Outcome } from '../simulation/index.ts';
import type { ImportedFile, ImportRequest } from './protocol.ts';
import type { TrainingSummary } from './training-protocol.ts';

/** A range of the document (`uri` null) or of an imported file, in UTF-16 offsets from the start of the text. */
export interface TextPlace {
  readonly uri: string | null;
  readonly start: number;
  readonly end: number;
}

/** A diagnostic as the lab shows it; `line` is 1-based. */
export interface Problem {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  readonly place: TextPlace;
  readonly line: number;
}

/** A block of species, with the names of its elements made on demand by `elementName`. */
export interface BlockSummary {
  readonly name: string;
  readonly kind: 'species' | 'fixed' | 'dual';
  readonly shape: readonly number[];
  readonly size: number;
  /** First component of the state. */
  readonly offset: number;
  /** Of a species that stands alone: where it begins. */
  readonly initial?: number;
  readonly doc?: string;
  readonly place: TextPlace;
}

export interface ParameterSummary {
  readonly id: number;
  readonly name: string;
  /** Default value as the text gives it. */
  readonly value: number;
  /** Declared or inferred unit. */
  readonly unit?: string;
  readonly doc?: string;
  readonly place: TextPlace;
}

export interface ExperimentSummary {
  readonly name: string;
  /** End time; undefined with `until = fixed_point` or when nothing is said. */
  readonly end?: number;
  readonly untilFixedPoint: boolean;
  /** The condition that ends it, as written; `end` is then the latest end. */
  readonly condition?: string;
  readonly method?: MethodName;
  /** A run molecule by molecule. */
  readonly molecules?: MoleculeRequest;
  readonly rtol?: number;
  readonly atol?: number;
  /** Most points of the trajectory. */
  readonly points?: number;
  /** Names of species to show, as written; empty when nothing is said. */
  readonly plot: readonly string[];
  /** Groups of reactions that are switched off. */
  readonly off: readonly string[];
}

/** How a run goes molecule by molecule. */
export interface MoleculeRequest {
  readonly method: 'ssa' | 'tau' | 'langevin';
  /** Molecules per unit of concentration, or litres where concentrations have a unit. */
  readonly volume: number;
  readonly seed: number;
  readonly replicas: number;
}

/** What is told of a run molecule by molecule. */
export interface MoleculeResult extends MoleculeRequest {
  /** The algorithm that ran. */
  readonly engine: string;
  readonly events: number;
  readonly moleculesPerConcentration: number;
  /** Species whose initial value was no whole number of molecules. */
  readonly rounded: readonly string[];
  /** Why a run ended early; it is the one that is shown. */
  readonly stopped?: string;
  /** Of several runs to a condition: in how many it came true, and when on average. */
  readonly met?: { readonly replicas: number; readonly mean: number; readonly sd?: number };
  /** Of several runs: the trajectory is their mean, and nine of ten lie between these; rows as in the trajectory. */
  readonly band?: { readonly low: Float64Array; readonly high: Float64Array };
}

/** A sweep over the size of a noise. */
export interface SweepSummary {
  readonly name: string;
  readonly axis: string;
  readonly runs: number;
  /** What is trained or simulated. */
  readonly about: string;
  readonly place: TextPlace;
}

/** What the page needs to know of a checked model. No matrix of it crosses over. */
export interface ModelSummary {
  readonly blocks: readonly BlockSummary[];
  /** Scalar parameters, in order of declaration. */
  readonly parameters: readonly ParameterSummary[];
  readonly experiments: readonly ExperimentSummary[];
  readonly trainings: readonly TrainingSummary[];
  /** Sweeps over the size of a noise; absent when there is none. */
  readonly sweeps?: readonly SweepSummary[];
  readonly dimension: number;
  readonly reactions: number;
  readonly units: { readonly time?: string; readonly concentration?: string };
}

/** End time, the fixed point, or an end that the run finds by itself (see `engine/automatic-end.ts`). */
export type Until = number | 'fixed point' | 'automatic';

export interface RunRequest {
  /** Values by parameter name; the rest keep their defaults. */
  readonly overrides: Readonly<Record<string, number>>;
  readonly until: Until;
  /** Name of the experiment whose condition ends the run before: `until` is the latest end, 'fixed point' where it comes to rest. */
  readonly condition?: string;
  readonly method: MethodName;
  readonly rtol: number;
  readonly atol: number;
  readonly points: number;
  /** Groups of reactions that are left out. */
  readonly off: readonly string[];
  /** Initial values by component name, where they are not those of the text. */
  readonly initial?: Readonly<Record<string, number>>;
  /** Molecule by molecule instead of by `method`. */
  readonly molecules?: MoleculeRequest;
}

/**
 * A trajectory. `values` holds rows of `times.length` numbers, one after another; component i has row `rows[i]`, or with −1
 * never leaves `initial[i]` (a weight of a large network that only catalyses, for one).
 */
export interface Trajectory {
  readonly times: Float64Array;
  readonly rows: Int32Array;
  readonly initial: Float64Array;
  readonly values: Float64Array;
  /** max |f_i| at each time. */
  readonly residuals: Float64Array;
}

/** The reaction that makes most of what grows without bound: its label or its text, and where it stands. */
export interface Cause {
  readonly reaction: string;
  readonly place?: TextPlace;
}

export interface RunResult {
  /** What the run was sent to. */
  readonly until: Until;
  readonly trajectory: Trajectory;
  readonly outcome: Outcome;
  /** Of a run to a condition: as written, and when it came true. */
  readonly condition?: { readonly text: string; readonly t?: number };
  /** After a run that diverged, where it is known. */
  readonly cause?: Cause;
  /** After a run that came to a fixed point: the time from which on every component stays within a ten-thousandth of it. */
  readonly settled?: number;
  /** After a run with an automatic end: the end found, for the next runs of the same model. */
  readonly foundEnd?: number;
  /** State at the end, all components, and the right-hand side there. */
  readonly final: Float64Array;
  readonly finalRates: Float64Array;
  readonly methods: readonly string[];
  readonly steps: number;
  readonly evaluations: number;
  /** Milliseconds spent integrating. */
  readonly milliseconds: number;
  /** After a run molecule by molecule. */
  readonly molecules?: MoleculeResult;
}

/** The modules of a text, and lines that use one of them where one can be used as it is. */
export interface ModuleOffer {
  readonly names: readonly string[];
  readonly example?: string;
}

export type ToWorker =
  | { readonly type: 'load'; readonly id: number; readonly uri: string; readonly text: string; readonly imports: readonly ImportedFile[] }
  | { readonly type: 'run'; readonly id: number; readonly request: RunRequest };

export type FromWorker =
  | { readonly type: 'loaded'; readonly id: number; readonly model: ModelSummary; readonly problems: readonly Problem[]; readonly milliseconds: number }
  /** The text cannot be simulated: it has errors, `problems` says which, or it has no species, though it may have modules. */
  | { readonly type: 'rejected'; readonly id: number; readonly reason: 'errors' | 'empty'; readonly problems: readonly Problem[]; readonly modules?: ModuleOffer }
  | { readonly type: 'needImports'; readonly id: number; readonly requests: readonly ImportRequest[] }
  /** `fraction` of the time span, or undefined where the end is not known. `partial`: now and then, the result so far, as if it had been cancelled here. */
  | { readonly type: 'progress'; readonly id: number; readonly t: number; readonly steps: number; readonly residual: number; readonly fraction?: number; readonly partial?: RunResult }
  | { readonly type: 'finished'; readonly id: number; readonly result: RunResult }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };

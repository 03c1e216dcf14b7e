/**
 * Questions that a tab has about the model, beside its run: answered by a worker of their own, one after another, so that sliders and
 * runs go on meanwhile. Page and worker come from one build: these messages are typed, not checked.
 */
import type { Stability } from '../simulation/index.ts';
import type { ModelText } from './training-protocol.ts';
import type { TextPlace } from './worker-protocol.ts';

/** What a run is made with, beside its end. */
export interface RunSetting {
  /** Values of parameters by name. */
  readonly overrides: Readonly<Record<string, number>>;
  /** Initial values by component name, where they are not those of the text. */
  readonly initial: Readonly<Record<string, number>>;
  readonly off: readonly string[];
  readonly rtol: number;
  readonly atol: number;
}

export interface FixedPointsQuestion {
  readonly kind: 'fixed points';
  readonly setting: RunSetting;
  /** The first is that of the text, the others are random with the same conserved totals. */
  readonly starts: number;
  readonly seed: number;
}

export interface PhasePlaneQuestion {
  readonly kind: 'phase plane';
  readonly setting: RunSetting;
  readonly starts: number;
  readonly seed: number;
  /** Components. */
  readonly x: number;
  readonly y: number;
  /** Which of the fixed points the other species are held at. */
  readonly point: number;
}

export interface EquationsQuestion {
  readonly kind: 'equations';
}

export interface ReactionsQuestion {
  readonly kind: 'reactions';
  /** One by one instead of by families, where they are not too many. */
  readonly each: boolean;
}

export interface GraphQuestion {
  readonly kind: 'graph';
  /** Networks of neurons as layers. */
  readonly layers: boolean;
  /** A species whose surroundings are wanted. */
  readonly around?: string;
}

/** All sweeps over the size of a noise, which take as long as they take. */
export interface NoiseQuestion {
  readonly kind: 'noise';
}

export type Question = FixedPointsQuestion | PhasePlaneQuestion | EquationsQuestion | ReactionsQuestion | GraphQuestion | NoiseQuestion;
export type QuestionKind = Question['kind'];

export interface FixedPointFound {
  readonly values: Float64Array;
  readonly residual: number;
  readonly stability: Stability;
  /** Largest real part first. */
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
  /** False: of a large network those next to zero. */
  readonly complete: boolean;
  readonly rate?: number;
  /** How many starts came here; 0 for one that was found without. */
  readonly starts: number;
}

export interface FixedPointsAnswer {
  readonly kind: 'fixed points';
  /** The one that the text's start comes to is the first, if it comes to any. */
  readonly points: readonly FixedPointFound[];
  /** How many there are, of which not all may be listed. */
  readonly found: number;
  readonly reached: boolean;
  readonly measuredRate?: number;
  readonly starts: number;
  readonly astray: { readonly diverged: number; readonly moving: number };
  /** max |x′| along the course from the text's start. */
  readonly residuals: { readonly times: Float64Array; readonly values: Float64Array };
}

export interface PhasePlaneAnswer {
  readonly kind: 'phase plane';
  readonly x: number;
  readonly y: number;
  readonly xLimits: readonly [number, number];
  readonly yLimits: readonly [number, number];
  /** What the species beside the two do in the vector field. */
  readonly others: 'none' | 'follow' | 'held';
  /** Vectors at columns × rows places, from the lower left, row by row: (dx/dt, dy/dt) one after another. NaN where no state is. */
  readonly field: { readonly columns: number; readonly rows: number; readonly vectors: Float64Array };
  /** Line segments x₀ y₀ x₁ y₁ on which dx/dt (dy/dt) is zero. */
  readonly xNullcline: Float64Array;
  readonly yNullcline: Float64Array;
  /** Courses, the text's own first: x and y one after another. */
  readonly courses: readonly Float64Array[];
}

/** Of a network with one species that moves: its rate of change over its concentration. */
export interface PhaseLineAnswer {
  readonly kind: 'phase line';
  readonly x: number;
  readonly at: Float64Array;
  readonly rate: Float64Array;
}

/** An equation or a reaction as it is written. */
export interface Line {
  readonly text: string;
  readonly latex: string;
  /** Of the species, or the label of the reaction; may be empty. */
  readonly name: string;
  /** What it stands for, `12 reactions, for i in 1..12`; may be empty. */
  readonly note: string;
  readonly doc?: string;
  readonly groups?: readonly string[];
  /** Where it is written; absent for what the library brings along. */
  readonly place?: TextPlace;
}

export interface LinesAnswer {
  readonly kind: 'equations' | 'reactions';
  readonly lines: readonly Line[];
  /** Components or reactions that the lines stand for. */
  readonly stands: number;
}

export interface GraphNode {
  readonly kind: 'species' | 'reaction' | 'layer' | 'unit' | 'gap';
  readonly label: string;
  /** Everything about it in one line. */
  readonly title: string;
  /** Below the label. */
  readonly note?: string;
  /** Place in the list of groups, or of layers. */
  readonly group?: number;
  /** A species that the environment holds. */
  readonly held?: true;
  readonly place?: TextPlace;
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface GraphEdge {
  /** Places in the list of nodes. */
  readonly from: number;
  readonly to: number;
  /** Takes part without being changed. */
  readonly catalyst: boolean;
  readonly stoichiometry: number;
  /** x and y one after another. */
  readonly points: readonly number[];
}

export interface GraphAnswer {
  readonly kind: 'graph';
  /** Every species and reaction; blocks and families; of these what is around one species; layers of neurons. */
  readonly shows: 'each' | 'families' | 'around' | 'layers';
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly groups: readonly string[];
  /** Nodes there would be without a limit. */
  readonly whole: number;
  readonly center?: string;
  readonly width: number;
  readonly height: number;
}

/** Means over the runs so far, and between which nine of ten lie; NaN where there is none yet. */
export interface NoiseSeries {
  /** What else is varied, `h = 0.05`; empty where nothing is. */
  readonly label: string;
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Runs at each size. */
  readonly counts: readonly number[];
}

export interface SweepResult {
  readonly name: string;
  /** Name of what says how large the noise is. */
  readonly axis: string;
  /** Ascending. */
  readonly sizes: Float64Array;
  /** `accuracy`, `loss`, or a species at the end. */
  readonly measure: string;
  readonly series: readonly NoiseSeries[];
  readonly done: number;
  readonly runs: number;
}

export interface NoiseAnswer {
  readonly kind: 'noise';
  readonly sweeps: readonly SweepResult[];
  /** Sweeps that cannot be run here, and why. */
  readonly refused: readonly { readonly name: string; readonly why: string }[];
}

export interface Answers {
  readonly 'fixed points': FixedPointsAnswer;
  readonly 'phase plane': PhasePlaneAnswer | PhaseLineAnswer;
  readonly equations: LinesAnswer;
  readonly reactions: LinesAnswer;
  readonly graph: GraphAnswer;
  readonly noise: NoiseAnswer;
}

export type ToAnalyst =
  | { readonly type: 'load'; readonly model: ModelText }
  | { readonly type: 'ask'; readonly id: number; readonly question: Question };

export type FromAnalyst =
  | { readonly type: 'progress'; readonly id: number; readonly kind: QuestionKind; readonly done: number; readonly total: number; readonly partial?: Answers[QuestionKind] }
  | { readonly type: 'answer'; readonly id: number; readonly kind: QuestionKind; readonly answer: Answers[QuestionKind] }
  | { readonly type: 'failed'; readonly id: number; readonly kind: QuestionKind; readonly message: string };

/** What the checker knows about a text: its diagnostics, its network, and who every name is. */
import type { DataDeclaration, Span, SyntaxTree, Unit } from '../grammar/index.ts';
import type { Diagnostic, Place } from './diagnostic.ts';
import type { TrainingMeasure } from './names/measures.ts';
import type { Network, Scalar } from './network.ts';
import type { PotPlan } from './neural/plan.ts';
import type { NoiseSpec } from './neural/read-noise.ts';
import type { SweepAxis, SweepTarget } from './neural/read-sweep.ts';
import type { DataFacts, TrainingSettings } from './neural/read-training.ts';
import type { Variation } from './neural/variant.ts';
import type { NetworkSpec } from './neural/spec.ts';

export type SymbolKind =
  | 'param' | 'species' | 'fixed' | 'dual'
  | 'index' | 'sign'
  | 'module' | 'module parameter' | 'module constant'
  | 'group' | 'reaction' | 'experiment'
  | 'activation' | 'network' | 'data' | 'noise';

export interface CrnSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  /** For a module parameter: what it stands for. */
  readonly standsFor?: 'species' | 'fixed' | 'dual' | 'param';
  /** Extents; 0 for one that a module's parameter leaves open (`x[n]`). */
  readonly shape: readonly number[];
  /** Where it is declared (the name's span). */
  readonly declaration: Place;
  readonly doc?: string;
  /** Unit text such as `1/(uM*s)`, and whether it was inferred from use; undefined when nothing fixes it. */
  readonly unit?: { readonly text: string; readonly inferred: boolean };
  /** The module whose parameter or own name this is. */
  readonly module?: CrnSymbol;
  /** Id of the block or parameter in the network, for names outside modules. */
  readonly block?: number;
  readonly parameter?: number;
}

/** Reactant, product and rate say where in a reaction the name stands; the left side of an ODE is a product. */
export type Role = 'declaration' | 'reactant' | 'product' | 'rate' | 'read';

export interface Occurrence extends Place {
  readonly symbol: CrnSymbol;
  readonly role: Role;
}

/** What of a species, over the runs of a simulation molecule by molecule: the left side is then that species. */
export type Statistic = 'mean' | 'variance';

/** A checked `expect`, ready to be tested by whoever can compute numbers. */
export interface Expectation {
  readonly place: Place;
  /** The statement as written. */
  readonly text: string;
  /** undefined: at the fixed point; otherwise at the end of the experiment of that name. */
  readonly experiment?: string;
  readonly check:
    | { readonly kind: 'near'; readonly left: Scalar; readonly statistic?: Statistic; readonly right: Scalar; readonly tolerance: number; readonly relative: boolean }
    | { readonly kind: 'compare'; readonly left: Scalar; readonly statistic?: Statistic; readonly operator: '>=' | '<=' | '>' | '<' | '='; readonly right: Scalar }
    /** Decided without numbers over time, when the text is checked. `found` says what is the case, for the report. */
    | { readonly kind: 'decided'; readonly holds: boolean; readonly found: string }
    /** Of the training at this position in `Analysis.trainings`, at its end. */
    | {
        readonly kind: 'training'; readonly measure: TrainingMeasure; readonly training: number;
        readonly compare:
          | { readonly operator: '~'; readonly value: number; readonly tolerance: number; readonly relative: boolean }
          | { readonly operator: '>=' | '<=' | '>' | '<' | '='; readonly value: number };
      };
}

/** A network of neurons and the reactions that it stands for. */
export interface NetworkInfo {
  readonly name: string;
  /** Its name in the text. */
  readonly place: Place;
  readonly spec: NetworkSpec;
  /** The text that it is compiled to, which by itself makes the same species and reactions. */
  readonly text: string;
  /** URI under which places in that text are given: `onepot:network/xor`. */
  readonly uri: string;
  /** Made when asked for; its network holds this one network of neurons and nothing else. */
  readonly plan: PotPlan;
}

export interface TrainingInfo {
  readonly name?: string;
  readonly network: string;
  readonly data: string;
  readonly settings: TrainingSettings;
  /** The statement. */
  readonly place: Place;
  /** The network compiled for this training (without update reactions for `where = silico`); undefined where something has an error. */
  readonly plan?: PotPlan;
  /** The same as text. */
  readonly text?: string;
  /** What the noise statement says that it names. */
  readonly noise?: NoiseSpec;
  /** The same training with other settings, constants or seeds; absent where something has an error. */
  vary?(variation: Variation): RunnableTraining;
}

/** A training with all that it needs to be run. */
export interface RunnableTraining {
  readonly plan: PotPlan;
  readonly settings: TrainingSettings;
  readonly noise?: NoiseSpec;
}

/** A checked `sweep` statement. */
export interface SweepInfo {
  readonly name: string;
  /** The statement. */
  readonly place: Place;
  readonly target: SweepTarget;
  /** Every value of each is combined with every value of the others, the last one changing fastest. */
  readonly axes: readonly SweepAxis[];
  readonly replicas: number;
  /** Quantities that a simulation writes down; what it plots when absent. */
  readonly plot?: readonly string[];
  /** For a training. Values of axes of the kind `declared` are part of the text, see `withValues`. */
  vary?(variation: Variation): RunnableTraining;
}

export interface DataInfo {
  readonly name: string;
  readonly place: Place;
  readonly statement: DataDeclaration;
  readonly facts: DataFacts;
}

export interface Analysis {
  readonly tree: SyntaxTree;
  /** All findings, those of the text (CRN1xx) included, in document order; those in imported files carry `file`. */
  readonly diagnostics: readonly Diagnostic[];
  /** Best effort: built from every statement that has no error of its own. Check `hasErrors` before trusting numbers. */
  readonly network: Network;
  readonly hasErrors: boolean;
  readonly expectations: readonly Expectation[];
  /** Networks of neurons declared in the text, in document order; those with an error are left out. */
  readonly networks: readonly NetworkInfo[];
  /** `train` statements, in document order. */
  readonly trainings: readonly TrainingInfo[];
  /** `data` statements: what the text says of them. */
  readonly data: readonly DataInfo[];
  /** `sweep` statements without an error, in document order. */
  readonly sweeps: readonly SweepInfo[];
  /** All symbols declared in the text, in document order (module parameters and loop variables included). */
  readonly symbols: readonly CrnSymbol[];
  /** Occurrences inside a unit, by position. */
  occurrencesIn(unit: Unit): readonly Occurrence[];
  /** Every occurrence of a symbol, its declaration first. */
  occurrencesOf(symbol: CrnSymbol): readonly Occurrence[];
  /** What may be written at a position: symbols in scope there, innermost first. */
  visibleAt(unit: Unit | undefined, offset: number): readonly CrnSymbol[];
  /** Ids of the families that the text at a span of a unit produced (several for a module body used several times). */
  familiesAt(unit: Unit, span: Span): readonly number[];
}

/** Imported texts are handed in by the host; a core room opens no files. */
export type ImportResolver = (path: string, from: string | undefined) =>
  | { readonly uri: string; readonly tree: SyntaxTree }
  | { readonly error: string };

export interface AnalyseOptions {
  readonly resolveImport?: ImportResolver;
  /** URI of the text, for imports relative to it and for cycles. */
  readonly uri?: string;
  /** The analysis of the text before an edit: what the edit does not touch is taken over. */
  readonly previous?: Analysis;
}

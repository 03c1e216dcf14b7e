/**
 * The network: what a checked text means. A list of species blocks (dense arrays) and reaction families (index ranges
 * with index maps); a plain reaction is a family of rank 0. Nothing here is unrolled: a 784-100-10 pot is forty families.
 */
import type { Span, Unit } from '../grammar/index.ts';

/** Where something was written. `file` is the URI of an imported text, undefined for the main one. */
export interface Origin extends Span {
  readonly unit: Unit;
  readonly file?: string;
}

export type BlockKind = 'species' | 'fixed' | 'dual';

/**
 * A dense array of species. Its elements are state components offset … offset + size − 1 in row-major order. A dual
 * block has the rail as an extra FIRST axis of extent 2 (0 is +, 1 is −): dual M[3,4] has axes [2,3,4].
 */
export interface SpeciesBlock {
  readonly id: number;
  /** As users see it: `X`, or `m1.tmp` for a module's own species. */
  readonly name: string;
  readonly kind: BlockKind;
  /** Extents as declared, without the rail axis. */
  readonly shape: readonly number[];
  /** Extents in memory: `shape`, preceded by 2 for a dual. */
  readonly axes: readonly number[];
  readonly size: number;
  readonly offset: number;
  readonly initial: InitialValue;
  readonly doc?: string;
  readonly origin: Origin;
}

/**
 * How initial values are made: an expression (over parameters) fills every element, an array fills the block in row-major
 * order of `shape`. A dual's value v is split on its rails.
 */
export type InitialValue =
  | { readonly kind: 'expression'; readonly expression: Scalar }
  | { readonly kind: 'values'; readonly values: Float64Array }
  | { readonly kind: 'random'; readonly distribution: 'uniform' | 'normal'; readonly a: Scalar; readonly b: Scalar; readonly seed: number };

/** A named number or array of numbers; scalars get sliders. Row-major values. */
export interface Parameter {
  readonly id: number;
  readonly name: string;
  readonly shape: readonly number[];
  /** A scalar's default as an expression over parameters with smaller id, or the array's values. */
  readonly value: InitialValue;
  readonly unit?: string;
  /** It stands in a shape, a range or an index: another value would be another network, so it gets no slider. */
  readonly structural?: true;
  readonly doc?: string;
  readonly origin: Origin;
}

/** A loop variable of a family: inclusive range of an index, or the two signs. */
export interface LoopVariable {
  readonly name: string;
  readonly kind: 'index' | 'sign';
  /** First index value as written (1-based); 0 for signs. */
  readonly from: number;
  /** Number of values; 2 for signs. */
  readonly extent: number;
}

/**
 * Position along one axis of a block as a function of the loop counters c_v (0-based, c_v = value − from; for signs 0 is +,
 * 1 is −). `affine`: constant + Σ coefficient·c_v, 0-based. `rail`: (parity + Σ c_v) mod 2, the product of signs.
 */
export type AxisIndex =
  | { readonly kind: 'affine'; readonly constant: number; readonly terms: readonly { readonly variable: number; readonly coefficient: number }[] }
  | { readonly kind: 'rail'; readonly parity: 0 | 1; readonly variables: readonly number[] };

export interface Operand {
  readonly block: number;
  /** One entry an axis of the block (`axes`), so a dual's first is a rail index. */
  readonly index: readonly AxisIndex[];
}
export interface Term extends Operand {
  /** Positive. */
  readonly stoichiometry: number;
}

/** Real-valued expression over parameters, species, loop counters and time. Constant-folded; shared subtrees allowed. */
export type Scalar =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'parameter'; readonly parameter: number; readonly index: readonly AxisIndex[] }
  | { readonly kind: 'species'; readonly operand: Operand }
  /** The value (1-based as written, or ±1 for a sign) of a loop variable. */
  | { readonly kind: 'counter'; readonly variable: number }
  | { readonly kind: 'time' }
  | { readonly kind: 'negate'; readonly of: Scalar }
  | { readonly kind: 'binary'; readonly operator: '+' | '-' | '*' | '/' | '^'; readonly left: Scalar; readonly right: Scalar }
  | { readonly kind: 'call'; readonly function: FunctionName; readonly arguments: readonly Scalar[] };

export type FunctionName =
  | 'exp' | 'ln' | 'log10' | 'sqrt' | 'abs' | 'min' | 'max' | 'sin' | 'cos' | 'tan' | 'tanh'
  | 'floor' | 'ceil'
  /** if(condition, then, else): condition ≠ 0 */
  | 'if' | 'less' | 'lessEqual' | 'equal' | 'and' | 'or' | 'not';

export type FamilyRate =
  /** rate = constant · Π reactants^stoichiometry (no factorials). The constant has no species in it; it may have time (then the family is not autonomous). */
  | { readonly kind: 'mass action'; readonly constant: Scalar }
  /** rate = law as written */
  | { readonly kind: 'law'; readonly law: Scalar };

/** A set of reactions of one shape: one for each combination of its loop variables' values. */
export interface ReactionFamily {
  readonly id: number;
  readonly label?: string;
  /** Names of the enclosing groups, outermost first. */
  readonly groups: readonly string[];
  readonly variables: readonly LoopVariable[];
  readonly reactants: readonly Term[];
  readonly products: readonly Term[];
  readonly rate: FamilyRate;
  readonly origin: Origin;
  /** Set when the reaction was generated from an `ode` statement or is the backward half of `<->`. */
  readonly from?: 'ode' | 'backward';
}

/** Named experiment settings as written, evaluated where constant. */
export interface Experiment {
  readonly name: string;
  readonly settings: ReadonlyMap<string, ExperimentValue>;
  readonly origin: Origin;
}
export type ExperimentValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'words'; readonly items: readonly string[] }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'condition'; readonly condition: EndCondition };

/** `until = X > 0.5`: ends a run at the first time at which it holds. */
export interface EndCondition {
  /** As in the text, on one line. */
  readonly text: string;
  readonly left: Scalar;
  readonly operator: '>=' | '<=' | '>' | '<';
  readonly right: Scalar;
}

export interface Network {
  readonly blocks: readonly SpeciesBlock[];
  readonly parameters: readonly Parameter[];
  readonly families: readonly ReactionFamily[];
  readonly groups: readonly string[];
  readonly experiments: readonly Experiment[];
  /** Number of state components: the sum of block sizes. */
  readonly dimension: number;
  /** Units declared by `units`, for display: e.g. { time: 's', concentration: 'uM' }. */
  readonly units: { readonly time?: string; readonly concentration?: string };
}

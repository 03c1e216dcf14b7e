/** What elaboration carries along: where it is, what names mean there, and where results go. */
import type { Span, Unit } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import type { Factors } from '../dimensions/term.ts';
import type { NewFamily, ReactionsOfOde } from '../elaborated.ts';
import type { Parameter, LoopVariable, Scalar, SpeciesBlock } from '../network.ts';
import type { SourceFile } from '../names/files.ts';
import type { Binding, BlockBinding, ParameterBinding, Scope } from './binding.ts';
import type { ModuleTable } from './modules.ts';

/** Two units that have to be alike. */
export interface UnitConstraint {
  readonly found: Factors;
  readonly needed: Factors;
  /**
   * `firm`: reported when it fails; `declared`: reported only in a file that declares its units; `soft`: a number in it takes
   * whatever unit is needed, so it can teach a unit but never fail.
   */
  readonly strength: 'firm' | 'declared' | 'soft';
  readonly place: Place;
  readonly about:
    | { readonly kind: 'constant'; readonly order: number }
    | { readonly kind: 'law' }
    | { readonly kind: 'sum'; readonly other: Place; readonly what: 'sum' | 'choice' }
    | { readonly kind: 'argument'; readonly of: string }
    | { readonly kind: 'value'; readonly of: string };
}

/** A parameter that is, by itself, the constant of a reaction: by far the most frequent constraint. */
export interface OrderUse {
  readonly parameter: ParameterBinding;
  readonly order: number;
  readonly place: Place;
}

/** Where the statements of a `use` went: families from … to − 1 of the same sink. */
export interface UseRange {
  readonly unit: Unit;
  readonly span: Span;
  readonly from: number;
  readonly to: number;
}

export interface Sink {
  readonly families: NewFamily[];
  readonly diagnostics: Diagnostic[];
  readonly constraints: UnitConstraint[];
  readonly orders: OrderUse[];
  readonly uses: UseRange[];
  /** Parameters whose values shape the network: they stand in ranges, shapes or indices. */
  readonly structural: Set<ParameterBinding>;
}

export function createSink(): Sink {
  return { families: [], diagnostics: [], constraints: [], orders: [], uses: [], structural: new Set() };
}

/** The same findings, and none of the families: for statements that are checked and cannot be made. */
export function withoutFamilies(sink: Sink): Sink {
  return { ...sink, families: [], uses: [] };
}

/** Blocks and parameters made so far. Ids are positions. */
export interface Builder {
  readonly blocks: SpeciesBlock[];
  readonly parameters: (Omit<Parameter, 'unit'> & { unit?: string })[];
  readonly bindings: ParameterBinding[];
  /** Elements of all blocks and parameters so far; capped. */
  elements: number;
  /** State components so far: the next block's offset. */
  dimension: number;
  /** Gives back the binding of an earlier analysis where nothing has changed. */
  intern?: (binding: BlockBinding | ParameterBinding, context: Context) => Binding;
}

export interface Context {
  readonly scope: Scope;
  readonly variables: readonly LoopVariable[];
  readonly groups: readonly string[];
  /** Before names of blocks, parameters and labels: `m1.` inside an instantiated module. */
  readonly prefix: string;
  readonly unit: Unit;
  readonly file: string | undefined;
  readonly sink: Sink;
  readonly builder: Builder;
  readonly modules: ModuleTable;
  /** Modules being instantiated, outermost first. */
  readonly stack: readonly string[];
  /** Checking a module on its own, with stand-ins for its arguments; `openShapes` when extents are stand-ins too. */
  readonly formal: { readonly openShapes: boolean } | undefined;
  readonly reactionsOfOde: ReactionsOfOde | undefined;
  /** The file that the statement stands in: neurons look their activations up there. */
  readonly source: SourceFile;
}

export function placeOf(context: Context, span: Span): Place {
  const where = { start: span.start, end: span.end };
  return context.file === undefined ? { unit: context.unit, span: where } : { unit: context.unit, span: where, file: context.file };
}

export function report(context: Context, diagnostic: Diagnostic | undefined): void {
  if (diagnostic !== undefined) context.sink.diagnostics.push(diagnostic);
}

/** Two units that have to be alike; plain numbers on both sides say nothing. */
export function constrain(context: Context, constraint: UnitConstraint): void {
  if (constraint.found.size > 0 || constraint.needed.size > 0) context.sink.constraints.push(constraint);
}

const spans = new WeakMap<Scalar, Span>();
/** Remembers the text of an expression; expressions that several texts share are not remembered. */
export function remember(scalar: Scalar, span: Span): Scalar {
  spans.set(scalar, span);
  return scalar;
}
export function spanOf(scalar: Scalar): Span | undefined {
  return spans.get(scalar);
}

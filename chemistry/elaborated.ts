/**
 * What elaboration hands to the mass-action rules: statements whose names are resolved, with the places in the text that
 * their parts came from. Rules look at networks and places only, never at scopes.
 */
import type { OdeEquation, Reaction, Span, Unit } from '../grammar/index.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { LoopVariable, Network, Operand, Origin, ReactionFamily, Scalar } from './network.ts';

/** A reaction family before it has its place in a network. */
export type NewFamily = Omit<ReactionFamily, 'id'>;

/** Span of the text an expression of a rate law or an ODE was read from; undefined when several texts share the node. */
export type SpanOf = (scalar: Scalar) => Span | undefined;

/** One resolved equation `X' = …` of an `ode` statement. `target` is a species or one rail of a dual, never fixed. */
export interface ResolvedEquation {
  readonly target: Operand;
  readonly right: Scalar;
  readonly node: OdeEquation;
}

/** An `ode` statement (a block is read as one system), over the loop variables around it. */
export interface ResolvedOde {
  readonly equations: readonly ResolvedEquation[];
  readonly variables: readonly LoopVariable[];
  readonly groups: readonly string[];
  readonly origin: Origin;
  readonly spanOf: SpanOf;
  /** Blocks and parameters the equations refer to, for names in messages; families may still be missing. */
  readonly network: Pick<Network, 'blocks' | 'parameters'>;
}

/** The canonical reactions of an `ode` statement, or what keeps it from having any. */
export interface OdeOutcome {
  readonly families: readonly NewFamily[];
  readonly diagnostics: readonly Diagnostic[];
}
export type ReactionsOfOde = (ode: ResolvedOde) => OdeOutcome;

/** What is known of the text behind a family. */
export interface FamilySource {
  readonly unit: Unit;
  readonly file?: string;
  /** The statement; undefined for a family generated from an `ode`. */
  readonly reaction?: Reaction;
}

/** Everything the CRN5xx rules look at. */
export interface MassActionInput {
  readonly network: Network;
  /** The text behind a family. Families keep their `origin` object across edits that do not touch them: cache on it. */
  sourceOf(family: ReactionFamily): FamilySource;
  readonly spanOf: SpanOf;
  /** Whether text that could not be read mentions a name: then what no reaction does with it, that text may do. */
  isUnread(name: string): boolean;
}
export type CheckMassAction = (input: MassActionInput) => readonly Diagnostic[];

/** The text behind a family: the nodes of its statement, found by where they stand. */
import type { Expression, OdeEquation, Span, Statement, Unit } from '../../grammar/index.ts';
import type { Place } from '../diagnostic.ts';
import type { FamilySource, MassActionInput } from '../elaborated.ts';
import type { Network, ReactionFamily } from '../network.ts';

/** What a rule looks at: one family and its text. */
export interface FamilyText {
  readonly network: Network;
  readonly family: ReactionFamily;
  /** Looked up when asked for: most families have nothing to report. */
  readonly source: FamilySource;
}

export function textOf(input: MassActionInput, family: ReactionFamily): FamilyText {
  return new LookedUp(input, family);
}

class LookedUp implements FamilyText {
  readonly family: ReactionFamily;
  private readonly input: MassActionInput;
  private found: FamilySource | undefined;

  constructor(input: MassActionInput, family: ReactionFamily) {
    this.input = input;
    this.family = family;
  }

  get network(): Network {
    return this.input.network;
  }

  get source(): FamilySource {
    return (this.found ??= this.input.sourceOf(this.family));
  }
}

export function placeIn(source: Pick<FamilySource, 'unit' | 'file'>, span: Span): Place {
  const where = { start: span.start, end: span.end };
  return source.file === undefined ? { unit: source.unit, span: where } : { unit: source.unit, span: where, file: source.file };
}

/** The family's reaction as written, without a label; for a reaction from an ODE the monomial. */
export function wholeSpan({ family, source }: FamilyText): Span {
  const { reaction } = source;
  if (reaction === undefined) return family.origin;
  return { start: reaction.left.start, end: reaction.rate?.end ?? reaction.right.end };
}

/** From the first reactant to the last product. */
export function complexesSpan({ family, source }: FamilyText): Span {
  const { reaction } = source;
  return reaction === undefined ? family.origin : { start: reaction.left.start, end: reaction.right.end };
}

/** The complex that the family takes. */
export function reactantsSpan({ family, source }: FamilyText): Span {
  const { reaction } = source;
  if (reaction === undefined) return family.origin;
  return family.from === 'backward' ? reaction.right : reaction.left;
}

/** The expression of the family's constant or law. */
export function rateExpression({ family, source }: FamilyText): Expression | undefined {
  const rate = source.reaction?.rate;
  if (rate === undefined) return undefined;
  return family.from === 'backward' ? rate.backward : rate.kind === 'constant' ? rate.forward : rate.law;
}

export function sliceOf(unit: Unit, span: Span): string {
  return unit.text.slice(span.start, span.end);
}

/** Brackets around a text that is a sum. */
export function inBrackets(text: string): string {
  return /^[\p{L}\p{N}_.]+(\[[^[\]]*\])?$/u.test(text) ? text : `(${text})`;
}

const equations = new WeakMap<Unit, readonly OdeEquation[]>();

/** The equation of an `ode` statement inside which something stands. */
export function equationAt(unit: Unit, span: Span): OdeEquation | undefined {
  let list = equations.get(unit);
  if (list === undefined) {
    const found: OdeEquation[] = [];
    const walk = (statement: Statement): void => {
      if (statement.kind === 'Ode') found.push(...statement.equations);
      else if (statement.kind === 'For' || statement.kind === 'Group' || statement.kind === 'Module') statement.body.forEach(walk);
    };
    walk(unit.statement);
    list = found;
    equations.set(unit, list);
  }
  // Equations stand one after the other: the last that begins before the span is the only one that can hold it.
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.start ?? 0) <= span.start) low = middle + 1;
    else high = middle;
  }
  const equation = list[low - 1];
  return equation !== undefined && span.end <= equation.end ? equation : undefined;
}

/** Terms of a sum as written, in reading order. */
export function writtenAddends(expression: Expression): Expression[] {
  const result: Expression[] = [];
  const stack: Expression[] = [expression];
  for (;;) {
    const node = stack.pop();
    if (node === undefined) return result;
    if (node.kind === 'Parenthesised') stack.push(node.inner);
    else if (node.kind === 'Unary') stack.push(node.operand);
    else if (node.kind === 'Binary' && (node.operator === '+' || node.operator === '-')) stack.push(node.right, node.left);
    else result.push(node);
  }
}


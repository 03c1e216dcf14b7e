/** What in the rates of a network depends on time alone: what may jump or bend at a moment, and what may change much within a short time. */
import {
  advance, evaluateScalar, familyCount, leftSpine, type EvaluationContext, type Network, type ParameterValues, type ReactionFamily, type Scalar,
} from '../../chemistry/index.ts';
import { dependsOnCounters } from '../network/constants.ts';
import { mentions, rateExpression } from '../network/laws.ts';

/** Expressions in nothing but time. */
export interface TimeParts {
  /** Constant but for jumps: comparisons, conditions, floor and ceil, and which of several is the smallest or largest. */
  readonly steps: readonly Scalar[];
  /** The largest parts without species. */
  readonly curves: readonly Scalar[];
}

type Call = Extract<Scalar, { kind: 'call' }>;

/** Reactions of a family whose times are told apart at most. */
const MOST_REACTIONS = 10_000;

/** The parts for given parameter values, equal ones once. */
export function timeParts(network: Network, families: readonly ReactionFamily[], parameters: ParameterValues): TimeParts {
  const steps = new Map<string, Scalar>(), curves = new Map<string, Scalar>();
  for (const family of families) {
    const rate = rateExpression(family);
    if (!mentions(rate, 'time')) continue;
    const open = partsOf(rate), counters = new Int32Array(family.variables.length);
    const all = [...open.steps, ...open.curves].some(dependsOnCounters), count = all ? Math.min(familyCount(family), MOST_REACTIONS) : 1;
    for (let r = 0; r < count; r++) {
      const context: EvaluationContext = { network, parameters, counters, variables: family.variables };
      for (const [parts, to] of [[open.steps, steps], [open.curves, curves]] as const) {
        for (const part of parts) {
          const closed = withNumbers(part, context);
          if (mentions(closed, 'time')) to.set(JSON.stringify(closed), closed);
        }
      }
      advance(counters, family);
    }
  }
  return { steps: [...steps.values()], curves: [...curves.values()] };
}

function partsOf(rate: Scalar): { readonly steps: Scalar[]; readonly curves: Scalar[] } {
  const steps: Scalar[] = [], curves: Scalar[] = [], open: Scalar[] = [rate];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!mentions(node, 'time')) continue;
    const alone = !mentions(node, 'species');
    if (alone && node.kind === 'call' && STEPS.has(node.function)) steps.push(node);
    else if (alone) {
      curves.push(node);
      stepsWithin(node, steps);
    } else open.push(...childrenOf(node));
  }
  return { steps, curves };
}

const LOGIC: ReadonlySet<string> = new Set(['less', 'lessEqual', 'equal', 'and', 'or', 'not']);
const STEPS: ReadonlySet<string> = new Set([...LOGIC, 'floor', 'ceil']);

function stepsWithin(curve: Scalar, steps: Scalar[]): void {
  const open: Scalar[] = [curve];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!mentions(node, 'time')) continue;
    if (node.kind === 'call' && STEPS.has(node.function)) steps.push(node);
    else {
      if (node.kind === 'call') steps.push(...bendsOf(node));
      open.push(...childrenOf(node));
    }
  }
}

/** What tells on which side of a bend a minimum, maximum or absolute value is. */
function bendsOf({ function: name, arguments: list }: Call): Scalar[] {
  const compared = name === 'abs' ? [list[0]!, { kind: 'number', value: 0 } as const] : name === 'min' || name === 'max' ? list : [];
  return compared.flatMap((right, k) => compared.slice(0, k).map((left): Scalar => ({ kind: 'call', function: 'less', arguments: [left, right] })));
}

/** What an expression is made of; of `if` the condition as 0 or 1. */
function childrenOf(node: Scalar): readonly Scalar[] {
  switch (node.kind) {
    case 'negate': return [node.of];
    case 'binary': return [node.left, node.right];
    case 'call': return node.function === 'if' ? [truthOf(node.arguments[0]!), ...node.arguments.slice(1)] : node.arguments;
    default: return [];
  }
}

function truthOf(condition: Scalar): Scalar {
  return condition.kind === 'call' && LOGIC.has(condition.function) ? condition : { kind: 'call', function: 'not', arguments: [condition] };
}

/** The expression with numbers for parameters and counters. */
function withNumbers(scalar: Scalar, context: EvaluationContext): Scalar {
  if (!mentions(scalar, 'time')) return { kind: 'number', value: evaluateScalar(scalar, context) };
  switch (scalar.kind) {
    case 'negate': return { kind: 'negate', of: withNumbers(scalar.of, context) };
    case 'binary': {
      const { first, steps } = leftSpine(scalar);
      return steps.reduce<Scalar>((left, { operator, right }) => ({ kind: 'binary', operator, left, right: withNumbers(right, context) }), withNumbers(first, context));
    }
    case 'call': return { ...scalar, arguments: scalar.arguments.map((argument) => withNumbers(argument, context)) } satisfies Call;
    default: return scalar;
  }
}

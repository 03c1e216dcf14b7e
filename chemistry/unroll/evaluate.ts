/** Numbers from expressions: the value of a `Scalar` for given parameters, state, loop counters and time. */
import type { AxisIndex, FunctionName, Network, Scalar } from '../network.ts';
import type { ParameterValues } from './parameters.ts';
import { leftSpine } from '../spine.ts';
import type { BinaryScalar } from '../spine.ts';

/** What an expression may look at. Leave out what it cannot contain; reading what is missing gives NaN. */
export interface EvaluationContext {
  readonly network: Pick<Network, 'blocks' | 'parameters'>;
  readonly parameters?: ParameterValues;
  /** One value a state component (length `network.dimension`). */
  readonly state?: ArrayLike<number>;
  /** 0-based counters of the family's loop variables, in their order. */
  readonly counters?: ArrayLike<number>;
  /** The loop variables' first values (`from`), needed when the expression uses a counter as a number; by variable. */
  readonly variables?: readonly { readonly kind: 'index' | 'sign'; readonly from: number }[];
  readonly time?: number;
}

const NO_COUNTERS: ArrayLike<number> = [];

/** 0-based position along an axis. */
export function axisPosition(index: AxisIndex, counters: ArrayLike<number>): number {
  if (index.kind === 'affine') {
    let position = index.constant;
    for (const term of index.terms) position += term.coefficient * (counters[term.variable] ?? NaN);
    return position;
  }
  let parity: number = index.parity;
  for (const variable of index.variables) parity += counters[variable] ?? NaN;
  return parity & 1;
}

/** Row-major position of an element; −1 when an index lies outside its axis (or a counter is missing). */
export function flatPosition(index: readonly AxisIndex[], axes: readonly number[], counters: ArrayLike<number>): number {
  let flat = 0;
  for (let axis = 0; axis < axes.length; axis++) {
    const map = index[axis];
    const extent = axes[axis] ?? 0;
    const position = map === undefined ? NaN : axisPosition(map, counters);
    if (!(position >= 0 && position < extent)) return -1;
    flat = flat * extent + position;
  }
  return flat;
}

/**
 * Value of an expression. Follows IEEE arithmetic (1/0 is ∞, 0/0 is NaN); comparisons and logic give 1 or 0. Long sums
 * and products lean to the left, so that spine is walked by a loop and cannot overflow the stack.
 */
export function evaluateScalar(scalar: Scalar, context: EvaluationContext): number {
  switch (scalar.kind) {
    case 'number':
      return scalar.value;
    case 'parameter': {
      const values = context.parameters;
      const parameter = context.network.parameters[scalar.parameter];
      if (values === undefined || parameter === undefined) return NaN;
      const start = values.start[scalar.parameter] ?? 0;
      if (scalar.index.length === 0) return values.values[start] ?? NaN;
      const flat = flatPosition(scalar.index, parameter.shape, context.counters ?? NO_COUNTERS);
      return flat < 0 ? NaN : (values.values[start + flat] ?? NaN);
    }
    case 'species': {
      const block = context.network.blocks[scalar.operand.block];
      if (context.state === undefined || block === undefined) return NaN;
      const flat = flatPosition(scalar.operand.index, block.axes, context.counters ?? NO_COUNTERS);
      return flat < 0 ? NaN : (context.state[block.offset + flat] ?? NaN);
    }
    case 'counter': {
      const counter = context.counters?.[scalar.variable] ?? NaN;
      const variable = context.variables?.[scalar.variable];
      if (variable === undefined) return NaN;
      return variable.kind === 'sign' ? 1 - 2 * counter : variable.from + counter;
    }
    case 'time':
      return context.time ?? NaN;
    case 'negate':
      return -evaluateScalar(scalar.of, context);
    case 'binary':
      return evaluateBinary(scalar, context);
    case 'call':
      return evaluateCall(scalar.function, scalar.arguments, context);
  }
}

function evaluateBinary(scalar: BinaryScalar, context: EvaluationContext): number {
  if (scalar.left.kind !== 'binary') {
    return combine(scalar.operator, evaluateScalar(scalar.left, context), evaluateScalar(scalar.right, context));
  }
  const { first, steps } = leftSpine(scalar);
  let value = evaluateScalar(first, context);
  for (const step of steps) value = combine(step.operator, value, evaluateScalar(step.right, context));
  return value;
}

function combine(operator: BinaryScalar['operator'], left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '^':
      return right === 2 ? left * left : left ** right;
  }
}

function evaluateCall(name: FunctionName, list: readonly Scalar[], context: EvaluationContext): number {
  if (name === 'if') {
    const chosen = evaluateArgument(list, 0, context) !== 0 ? 1 : 2;
    return evaluateArgument(list, chosen, context);
  }
  return applyFunction(name, list.map((argument) => evaluateScalar(argument, context)));
}

function evaluateArgument(list: readonly Scalar[], position: number, context: EvaluationContext): number {
  const argument = list[position];
  return argument === undefined ? NaN : evaluateScalar(argument, context);
}

/** Value of a function of the language for given arguments; NaN when an argument is missing. */
export function applyFunction(name: FunctionName, values: readonly number[]): number {
  const [a = NaN, b = NaN, c = NaN] = values;
  switch (name) {
    case 'exp':
      return Math.exp(a);
    case 'ln':
      return Math.log(a);
    case 'log10':
      return Math.log10(a);
    case 'sqrt':
      return Math.sqrt(a);
    case 'abs':
      return Math.abs(a);
    case 'min':
      return values.length === 0 ? NaN : Math.min(...values);
    case 'max':
      return values.length === 0 ? NaN : Math.max(...values);
    case 'sin':
      return Math.sin(a);
    case 'cos':
      return Math.cos(a);
    case 'tan':
      return Math.tan(a);
    case 'tanh':
      return Math.tanh(a);
    case 'floor':
      return Math.floor(a);
    case 'ceil':
      return Math.ceil(a);
    case 'if':
      return a !== 0 ? b : c;
    case 'less':
      return a < b ? 1 : 0;
    case 'lessEqual':
      return a <= b ? 1 : 0;
    case 'equal':
      return a === b ? 1 : 0;
    case 'and':
      return values.every((value) => value !== 0) ? 1 : 0;
    case 'or':
      return values.some((value) => value !== 0) ? 1 : 0;
    case 'not':
      return a === 0 ? 1 : 0;
  }
}

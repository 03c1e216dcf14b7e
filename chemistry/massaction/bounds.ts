/**
 * Which values can an expression take? Interval arithmetic over parameters at their declared values (an array: from its smallest to
 * its largest element), loop counters over their ranges, and time ≥ 0 or within bounds that are given. Never too narrow, but for rounding.
 */
import { some } from '../polynomial/index.ts';
import type { InitialValue, LoopVariable, Network, Scalar } from '../network.ts';
import { leftSpine } from '../spine.ts';
import type { BinaryScalar } from '../spine.ts';

export type Bounds = readonly [low: number, high: number];
const ALL: Bounds = [-Infinity, Infinity];

export interface BoundsScope {
  readonly network: Pick<Network, 'parameters'>;
  readonly variables: readonly LoopVariable[];
  /** Filled as parameters are met; share it between calls for the same parameters. */
  readonly known: Map<number, Bounds>;
  /** Between which times; from 0 on when left out. */
  readonly time?: Bounds;
}

/** Bounds of an expression; a species is ≥ 0. */
export function boundsOf(scalar: Scalar, scope: BoundsScope): Bounds {
  switch (scalar.kind) {
    case 'number':
      return [scalar.value, scalar.value];
    case 'parameter':
      return parameterBounds(scalar.parameter, scope);
    case 'species':
      return [0, Infinity];
    case 'time':
      return scope.time ?? [0, Infinity];
    case 'counter': {
      const variable = scope.variables[scalar.variable];
      if (variable === undefined) return ALL;
      return variable.kind === 'sign' ? [-1, 1] : [variable.from, variable.from + variable.extent - 1];
    }
    case 'negate': {
      const [low, high] = boundsOf(scalar.of, scope);
      return [-high, -low];
    }
    case 'binary':
      return binaryBounds(scalar, scope);
    case 'call':
      return callBounds(scalar, scope);
  }
}

/** Without recursion from parameter to parameter: a chain of ten thousand is a legitimate text. Values use parameters of smaller id only. */
function parameterBounds(id: number, scope: BoundsScope): Bounds {
  const stack = [id];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const value = scope.network.parameters[top]?.value;
    const here = top;
    const missing = new Set<number>();
    if (value?.kind === 'expression' && !scope.known.has(top)) {
      some(value.expression, (leaf) => {
        if (leaf.kind === 'parameter' && leaf.parameter < here && !scope.known.has(leaf.parameter)) missing.add(leaf.parameter);
        return false;
      });
    }
    if (missing.size > 0) {
      stack.push(...missing);
      continue;
    }
    if (!scope.known.has(top)) scope.known.set(top, value === undefined ? ALL : initialBounds(value, scope));
    stack.pop();
  }
  return scope.known.get(id) ?? ALL;
}

const knownBounds = new WeakMap<object, Map<number, Bounds>>();

/** The scope of a family or an equation: what is known of the parameters is shared by all of a network. */
export function boundsScope(network: BoundsScope['network'], variables: readonly LoopVariable[]): BoundsScope {
  let known = knownBounds.get(network);
  if (known === undefined) knownBounds.set(network, (known = new Map<number, Bounds>()));
  return { network, variables, known };
}

function initialBounds(value: InitialValue, scope: BoundsScope): Bounds {
  if (value.kind === 'expression') return boundsOf(value.expression, { ...scope, variables: [] });
  if (value.kind === 'values') {
    let low = Infinity;
    let high = -Infinity;
    for (const entry of value.values) {
      low = Math.min(low, entry);
      high = Math.max(high, entry);
    }
    return low <= high ? [low, high] : ALL;
  }
  if (value.distribution === 'normal') return ALL;
  const [low] = boundsOf(value.a, scope);
  const [, high] = boundsOf(value.b, scope);
  return low <= high ? [low, high] : [high, low];
}

function binaryBounds(scalar: BinaryScalar, scope: BoundsScope): Bounds {
  const { first, steps } = leftSpine(scalar);
  let result = boundsOf(first, scope);
  for (const step of steps) result = combine(step.operator, result, boundsOf(step.right, scope));
  return result;
}

/** ±∞ · 0 counts as 0: the factor is zero, however large the other. */
function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

function combine(operator: BinaryScalar['operator'], [a, b]: Bounds, [c, d]: Bounds): Bounds {
  switch (operator) {
    case '+':
      return [a + c, b + d];
    case '-':
      return [a - d, b - c];
    case '*': {
      const corners = [times(a, c), times(a, d), times(b, c), times(b, d)];
      return [Math.min(...corners), Math.max(...corners)];
    }
    case '/':
      if (c > 0 || d < 0) return combine('*', [a, b], [1 / d, 1 / c]);
      // The denominator reaches zero only at one end: the sign is still known.
      if (c === 0 && d > 0) return combine('*', [a, b], [1 / d, Infinity]);
      if (d === 0 && c < 0) return combine('*', [a, b], [-Infinity, 1 / c]);
      return ALL;
    case '^': {
      if (c === d && Number.isInteger(c) && c % 2 === 0) {
        const corners = [a ** c, b ** c];
        return a <= 0 && b >= 0 ? (c > 0 ? [0, Math.max(...corners)] : [0, Infinity]) : [Math.min(...corners), Math.max(...corners)];
      }
      if (c === d && Number.isInteger(c) && c > 0) return [a ** c, b ** c];
      if (a >= 0) {
        const corners = [a ** c, a ** d, b ** c, b ** d].filter((value) => !Number.isNaN(value));
        return [Math.min(...corners), Math.max(...corners, a < 1 && b > 1 ? 1 : -Infinity)];
      }
      return ALL;
    }
  }
}

function callBounds(scalar: Extract<Scalar, { kind: 'call' }>, scope: BoundsScope): Bounds {
  const list = scalar.arguments.map((argument) => boundsOf(argument, scope));
  const [[a, b] = ALL, [c, d] = ALL] = list;
  switch (scalar.function) {
    case 'exp':
      return [Math.exp(a), Math.exp(b)];
    case 'sqrt':
      return [Math.sqrt(Math.max(0, a)), Math.sqrt(Math.max(0, b))];
    case 'ln':
      return a > 0 ? [Math.log(a), Math.log(b)] : [-Infinity, b > 0 ? Math.log(b) : Infinity];
    case 'log10':
      return a > 0 ? [Math.log10(a), Math.log10(b)] : [-Infinity, b > 0 ? Math.log10(b) : Infinity];
    case 'tanh':
      return [Math.tanh(a), Math.tanh(b)];
    case 'floor':
      return [Math.floor(a), Math.floor(b)];
    case 'ceil':
      return [Math.ceil(a), Math.ceil(b)];
    case 'abs':
      return a >= 0 ? [a, b] : b <= 0 ? [-b, -a] : [0, Math.max(-a, b)];
    case 'min':
      return [Math.min(...list.map(([low]) => low)), Math.min(...list.map(([, high]) => high))];
    case 'max':
      return [Math.max(...list.map(([low]) => low)), Math.max(...list.map(([, high]) => high))];
    case 'sin':
      return wave(Math.sin, [a, b], Math.PI / 2);
    case 'cos':
      return wave(Math.cos, [a, b], 0);
    case 'tan':
      return Math.floor(a / Math.PI - 0.5) === Math.floor(b / Math.PI - 0.5) ? [Math.tan(a), Math.tan(b)] : ALL;
    case 'if': {
      const [condition = ALL, yes = ALL, no = ALL] = list, known = truth(condition);
      return known === undefined ? [Math.min(yes[0], no[0]), Math.max(yes[1], no[1])] : known ? yes : no;
    }
    case 'less':
      return b < c ? TRUE : a >= d ? FALSE : OPEN;
    case 'lessEqual':
      return b <= c ? TRUE : a > d ? FALSE : OPEN;
    case 'equal':
      return b < c || a > d ? FALSE : a === b && c === d ? TRUE : OPEN;
    case 'and':
      return list.some((one) => truth(one) === false) ? FALSE : list.every((one) => truth(one) === true) ? TRUE : OPEN;
    case 'or':
      return list.some((one) => truth(one) === true) ? TRUE : list.every((one) => truth(one) === false) ? FALSE : OPEN;
    case 'not': {
      const known = truth([a, b]);
      return known === undefined ? OPEN : known ? FALSE : TRUE;
    }
  }
}

const TRUE: Bounds = [1, 1], FALSE: Bounds = [0, 0], OPEN: Bounds = [0, 1];

/** Whether a number between the bounds is not 0, where they tell. */
function truth([low, high]: Bounds): boolean | undefined {
  return low > 0 || high < 0 ? true : low === 0 && high === 0 ? false : undefined;
}

/** Bounds of a sine or cosine, whose maxima lie at `crest` and every 2π from there. */
function wave(f: (x: number) => number, [a, b]: Bounds, crest: number): Bounds {
  if (a === b) return [f(a), f(a)];
  const passes = (at: number): boolean => Math.floor((b - at) / (2 * Math.PI)) >= Math.ceil((a - at) / (2 * Math.PI));
  // Infinite or not a number: all of it.
  if (!(b - a < 2 * Math.PI)) return [-1, 1];
  return [passes(crest + Math.PI) ? -1 : Math.min(f(a), f(b)), passes(crest) ? 1 : Math.max(f(a), f(b))];
}

/** +1: never negative; −1: never positive; 0: both signs are possible. Exactly zero counts as +1. */
export function signOf(scalar: Scalar, scope: BoundsScope): 1 | -1 | 0 {
  const [low, high] = boundsOf(scalar, scope);
  return low >= 0 ? 1 : high <= 0 ? -1 : 0;
}

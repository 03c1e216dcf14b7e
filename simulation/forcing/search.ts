/**
 * When an expression in time jumps, and where it changes much within a short time. Intervals of time are halved until interval arithmetic
 * tells that nothing happens within them, so that nothing is passed over however short it is; jumps are then found to the last digit.
 */
import { boundsOf, evaluateScalar, type Bounds, type Scalar } from '../../chemistry/index.ts';
import { smallestStep } from '../vector.ts';

const NETWORK = { blocks: [], parameters: [] };

function valueAt(part: Scalar, time: number): number {
  return evaluateScalar(part, { network: NETWORK, time });
}

function boundsWithin(part: Scalar, from: number, to: number): Bounds {
  return boundsOf(part, { network: NETWORK, variables: [], known: new Map(), time: [from, to] });
}

/** Whether an expression keeps its value between two times. */
export function constantWithin(part: Scalar, from: number, to: number): boolean {
  const [low, high] = boundsWithin(part, from, to);
  return low === high;
}

/** Intervals looked at until the next jump, at most: where two curves touch for long, there is no end to the halving. */
const MOST_LOOKS = 100_000;
/** An interval so short beside its place that an expression which differs between its ends is taken to jump once. */
const THIN = 2 ** -30;

/** The first moments with another value of a step in (from, to], one after the other, worked out as they are asked for. `to` may be Infinity. */
export function* jumpsOf(step: Scalar, from: number, to: number): Generator<number, undefined> {
  const open: [number, number][] = [[from, to]];
  let looks = 0;
  for (let interval = open.pop(); interval !== undefined; interval = open.pop()) {
    const [a, b] = interval, [low, high] = boundsWithin(step, a, b);
    if (low === high) continue;
    if (++looks > MOST_LOOKS) return undefined;
    const middle = between(a, b), before = valueAt(step, a), differs = b < Infinity && !Object.is(before, valueAt(step, b));
    if (middle === undefined || (differs && b - a <= THIN * b)) {
      if (!differs) continue;
      const at = firstUnlike(step, before, a, b);
      yield at;
      looks = 0;
      if (at < b) open.push([at, b]);
    } else open.push([middle, b], [a, middle]);
  }
  return undefined;
}

/** The first number in (a, b] at which the step is not `before`, as it is at a. */
function firstUnlike(step: Scalar, before: number, a: number, b: number): number {
  for (let middle = between(a, b); middle !== undefined; middle = between(a, b)) {
    if (Object.is(valueAt(step, middle), before)) a = middle;
    else b = middle;
  }
  return b;
}

/** A number between two times, undefined where there is none. */
function between(a: number, b: number): number | undefined {
  const middle = b === Infinity ? Math.max(1, 2 * a) : a + (b - a) / 2;
  return middle > a && middle < b ? middle : undefined;
}

/** A stretch is told apart where a curve changes in it by more than this part of its whole range. */
const PART = 0.25;
/** A curve with more stretches changes all the time: it cannot be passed over. */
const MOST_STRETCHES = 400;
/** Shorter parts of the whole time are not looked for, nor what is but so many of the smallest steps. */
const SHORTEST = 2 ** -40, SMALLEST_STEPS = 1000;
/** Of stretches of one length only every so many-th ends a step. */
const EVERY = 4;

/**
 * Times in (from, to) that a step should not pass, so that it sees what a curve does: its ends of flat stretches, nearer to each other where it
 * is steep. None for a curve that changes all the time.
 * @param to finite
 */
export function turnsOf(curve: Scalar, from: number, to: number): number[] {
  const [low, high] = boundsWithin(curve, from, to);
  const range = Number.isFinite(high - low) ? high - low : sampledRange(curve, from, to);
  if (!(range > 0)) return [];
  const shortest = Math.max(SHORTEST * (to - from), SMALLEST_STEPS * smallestStep(to));
  const ends: number[] = [], open: [number, number][] = [[from, to]];
  let length = 0, alike = 0, stretches = 0;
  for (let interval = open.pop(); interval !== undefined; interval = open.pop()) {
    const [a, b] = interval, [least, most] = boundsWithin(curve, a, b), middle = between(a, b);
    if (!(most - least <= PART * range) && b - a > shortest && middle !== undefined) {
      open.push([middle, b], [a, middle]);
      continue;
    }
    if (++stretches > MOST_STRETCHES) return [];
    // Rounding: halves of one interval differ in their last digits.
    const changes = Math.abs(b - a - length) > 0.1 * length;
    if (changes && a > from && ends.at(-1) !== a) ends.push(a);
    alike = changes ? 1 : alike + 1;
    if (alike % EVERY === 0 && b < to) ends.push(b);
    length = b - a;
  }
  return ends;
}

const SAMPLES = 256;

/** The range of what is finite of it. */
function sampledRange(curve: Scalar, from: number, to: number): number {
  let low = Infinity, high = -Infinity;
  for (let k = 0; k <= SAMPLES; k++) {
    const value = valueAt(curve, from + ((to - from) * k) / SAMPLES);
    if (Number.isFinite(value)) { low = Math.min(low, value); high = Math.max(high, value); }
  }
  return high - low;
}

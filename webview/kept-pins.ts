/**
 * Runs that are kept to compare others with, as a text that outlives a reload: the curves that the legend lists, with at most
 * {@link MOST_POINTS} points each and fewer where there are very many of them, and the values at the end.
 */
import { floatsOf, floatsText } from './floats.ts';
import { isArrayOf, isCount, isObject, isOneOf, isString, type Guard } from './guards.ts';
import { entriesOf } from './series.ts';
import { MOST_PINS, type Pin } from './slices/trajectories.ts';
import type { BlockSummary } from './worker-protocol.ts';

const MOST_POINTS = 1000;
/** Numbers of one run's curves at most: 4 MB. */
const BUDGET = 500_000;
/** No model has more components; a damaged text must not ask for more memory than there is. */
const LARGEST = 10_000_000;

interface KeptPin {
  readonly number: number;
  readonly label: string;
  readonly blocks: readonly Pick<BlockSummary, 'name' | 'kind' | 'shape' | 'size' | 'offset'>[];
  /** Components with a curve, ascending; of the other ones that are listed only the beginning and the end are kept. */
  readonly moving: readonly number[];
  readonly points: number;
  readonly times: string;
  /** moving × points. */
  readonly values: string;
  /** Of all components that are listed, ascending: where they begin, where they end. */
  readonly initial: string;
  readonly final: string;
}

const isSize: Guard<number> = (value): value is number => isCount(value) && value <= LARGEST;
const isKeptPin = isObject<KeptPin>({
  number: isSize, label: isString, points: isSize, times: isString, values: isString, initial: isString, final: isString, moving: isArrayOf(isSize),
  blocks: isArrayOf(isObject<KeptPin['blocks'][number]>({ name: isString, kind: isOneOf('species', 'fixed', 'dual'), shape: isArrayOf(isSize), size: isSize, offset: isSize })),
});
const areKeptPins = isArrayOf(isKeptPin);

/** Components of the curves that can be shown, ascending. */
function listed(entries: Pin['shown']['entries']): readonly number[] {
  const components = new Set(entries.flatMap(({ members }) => members.flatMap(({ component, minus }) => (minus === undefined ? [component] : [component, minus]))));
  return [...components].sort((a, b) => a - b);
}

function kept({ number, label, shown: { entries, result: { trajectory: { times, rows, initial, values }, final } } }: Pin): KeptPin {
  const components = listed(entries), moving = components.filter((component) => rows[component]! >= 0), count = times.length;
  const points = Math.min(count, MOST_POINTS, Math.max(2, Math.floor(BUDGET / Math.max(1, moving.length))));
  // Evenly by index: the recording has its points where the curves bend. First and last stay.
  const picked = Array.from({ length: points }, (_, k) => Math.round((k * (count - 1)) / Math.max(1, points - 1)));
  const curves = new Float64Array(moving.length * points);
  for (const [m, component] of moving.entries()) for (let k = 0; k < points; k++) curves[m * points + k] = values[rows[component]! * count + picked[k]!]!;
  const of = (state: Float64Array): string => floatsText(Float64Array.from(components, (component) => state[component]!));
  return {
    number, label, blocks: entries.map(({ block: { name, kind, shape, size, offset } }) => ({ name, kind, shape, size, offset })), moving, points,
    times: floatsText(Float64Array.from(picked, (k) => times[k]!)), values: floatsText(curves), initial: of(initial), final: of(final),
  };
}

function restored({ number, label, blocks, moving, points, ...text }: KeptPin): Pin | undefined {
  const dimension = blocks.reduce((most, { offset, size }) => Math.max(most, offset + size), 0);
  if (dimension > LARGEST || points < 1) return undefined;
  const entries = entriesOf({ blocks: blocks.map((block) => ({ ...block, place: { uri: null, start: 0, end: 0 } })) }), components = listed(entries);
  const times = floatsOf(text.times, points), values = floatsOf(text.values, moving.length * points), begin = floatsOf(text.initial, components.length), end = floatsOf(text.final, components.length);
  if (times === undefined || values === undefined || begin === undefined || end === undefined || moving.some((component) => component >= dimension)) return undefined;
  const rows = new Int32Array(dimension).fill(-1), initial = new Float64Array(dimension), final = new Float64Array(dimension);
  for (const [row, component] of moving.entries()) rows[component] = row;
  for (const [k, component] of components.entries()) {
    initial[component] = begin[k]!;
    final[component] = end[k]!;
  }
  return { number, label, shown: { entries, result: { trajectory: { times, rows, initial, values }, final } } };
}

export function pinsText(pins: readonly Pin[]): string {
  return JSON.stringify(pins.map(kept));
}

/** Undefined for a text that is no such list. */
export function pinsOf(text: string): readonly Pin[] | undefined {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!areKeptPins(given)) return undefined;
  const pins = given.map(restored);
  return pins.every((pin) => pin !== undefined) ? pins.slice(0, MOST_PINS) : undefined;
}

/**
 * The curves of a model. An entry is one line of the legend: a plain species, or a bundle (an array, or a signed quantity with
 * its rails). Members are the curves that can be shown one by one.
 */
import type { BlockSummary, ModelSummary, Trajectory } from './worker-protocol.ts';

/** What a trajectory's values are read from. */
export type Courses = Pick<Trajectory, 'times' | 'rows' | 'initial' | 'values'>;

/** One curve: a component, or the difference of the two rails of a signed quantity. */
export interface Member {
  /** Name as the language writes it; unique in the model. */
  readonly key: string;
  readonly component: number;
  /** Subtracted when present: the negative rail. */
  readonly minus?: number;
}

export interface Entry {
  readonly key: string;
  readonly block: BlockSummary;
  readonly members: readonly Member[];
  /** Members the bundle shows when it is switched on: for a signed quantity its differences, not the rails. */
  readonly primary: readonly Member[];
  /** Members that exist but are not listed, because there are too many to show. */
  readonly unlisted: number;
}

/** Longest list of members a bundle offers. */
export const MOST_MEMBERS = 256;

/** Indices (1-based, row-major) of element k of an array of this shape, as `[2,3]`; nothing for a scalar. */
export function indexText(shape: readonly number[], k: number): string {
  if (shape.length === 0) return '';
  const indices: number[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const extent = shape[axis]!;
    indices.unshift((k % extent) + 1);
    k = Math.floor(k / extent);
  }
  return `[${indices.join(',')}]`;
}

/** `X`, `X[2,3]`, `W^+`, `M^-[2,3]`: the name of component `offset + k` of a block. */
export function elementName(block: BlockSummary, k: number): string {
  if (block.kind !== 'dual') return block.name + indexText(block.shape, k);
  const half = block.size / 2;
  return `${block.name}${k < half ? '^+' : '^-'}${indexText(block.shape, k % half)}`;
}

/** Name of a component of the state. */
export function componentLabel({ blocks }: ModelSummary, component: number): string {
  const block = blocks.find(({ offset, size }) => component >= offset && component < offset + size);
  return block === undefined ? String(component) : elementName(block, component - block.offset);
}

function entryOf(block: BlockSummary): Entry {
  const { name, offset } = block;
  if (block.kind !== 'dual') {
    const listed = Math.min(block.size, MOST_MEMBERS);
    const members = Array.from({ length: listed }, (_, k) => ({ key: elementName(block, k), component: offset + k }));
    return { key: name, block, members, primary: members, unlisted: block.size - listed };
  }
  const half = block.size / 2;
  const listed = Math.min(half, Math.floor(MOST_MEMBERS / 3));
  const differences = Array.from({ length: listed }, (_, k) => (
    { key: name + indexText(block.shape, k), component: offset + k, minus: offset + half + k }));
  const rails = [0, half].flatMap((rail) => Array.from({ length: listed }, (_, k) => (
    { key: elementName(block, rail + k), component: offset + rail + k })));
  return { key: name, block, members: [...differences, ...rails], primary: differences, unlisted: 3 * (half - listed) };
}

/** The legend of a model, in order of declaration. Held species (`fixed`) come last: they only change when someone moves them. */
export function entriesOf(model: Pick<ModelSummary, 'blocks'>): readonly Entry[] {
  const entries = model.blocks.filter((block) => block.size > 0).map(entryOf);
  return [...entries.filter((entry) => entry.block.kind !== 'fixed'), ...entries.filter((entry) => entry.block.kind === 'fixed')];
}

export function isBundle(entry: Entry): boolean {
  return entry.members.length > 1;
}

/** Values of a component over the trajectory's times. */
export function componentValues(trajectory: Courses, component: number): Float64Array {
  const { times, rows, initial, values } = trajectory;
  const row = rows[component]!;
  return row < 0 ? new Float64Array(times.length).fill(initial[component]!) : values.subarray(row * times.length, (row + 1) * times.length);
}

/** Values of a curve over the trajectory's times. */
export function valuesOf(trajectory: Courses, member: Member): Float64Array {
  const values = componentValues(trajectory, member.component);
  if (member.minus === undefined) return values;
  const other = componentValues(trajectory, member.minus);
  return values.map((value, i) => value - other[i]!);
}

/** Bundles of up to so many curves give each its own colour; in larger ones all curves have the bundle's. */
const TOLD_APART = 8;

/** What a curve's colour belongs to: itself, or its bundle. */
export function colourKey(entry: Entry, member: Member): string {
  return entry.primary.length > TOLD_APART ? entry.key : member.key;
}

/** Number of elements a bundle stands for. */
export function elementCount(entry: Entry): number {
  return entry.block.kind === 'dual' ? entry.block.size / 2 : entry.block.size;
}

/** Value of a curve in a full state. */
export function valueIn(state: Float64Array, member: Member): number {
  return state[member.component]! - (member.minus === undefined ? 0 : state[member.minus]!);
}

/**
 * Which fluxes change each species, in the order in which they are added up (`../kernels/assembly/gather.ts`). A row is what one species has of
 * one sort: fluxes of coefficient +1, of −1, or of any other. Conversions and bindings are not among them: they are added up as they are computed.
 */
import { ROW_KINDS } from '../kernels/layout-fluxes.ts';
import { countingSort } from '../linear/pattern.ts';
import { Shape } from './flux-shapes.ts';
import type { Fluxes } from './fluxes.ts';
import { IntList } from './interner.ts';

/** So many species are taken at a time: enough that rows of one length are many, and few enough that their fluxes stay in the nearest cache. */
export const WINDOW = 448;

/** Rows of this many fluxes or more need a loop of their own. */
const LONG = 8;

export interface FluxRows {
  /** Species of each row. */
  readonly order: Int32Array;
  /** For each window, bytes of targets of each of the kinds of rows. */
  readonly counts: Int32Array;
  /** Of long rows, and of those of other coefficients, bytes of addresses. */
  readonly lengths: Int32Array;
  /** Fluxes, row by row; and the other coefficients. */
  readonly source: Int32Array;
  readonly by: Float64Array;
  /** Where each window begins in `order`, `lengths`, `source` and `by`, and after the last where it ends. */
  readonly windows: { readonly order: Int32Array; readonly lengths: Int32Array; readonly source: Int32Array; readonly by: Int32Array };
}

const PLUS = 0, MINUS = 1, OTHER = 2;

const sortOf = (by: number): number => (by === 1 ? PLUS : by === -1 ? MINUS : OTHER);

function kindOf(sort: number, length: number): number {
  return sort === OTHER ? ROW_KINDS - 1 : sort * LONG + Math.min(length, LONG) - 1;
}

export function fluxRows(fluxes: Fluxes): FluxRows {
  const { dimension, changeStart, changeSpecies, changeBy, shapeStart } = fluxes;
  const fluxOf: number[] = [], from: number[] = [];
  for (const shape of [Shape.linear, Shape.single, Shape.inline, Shape.pair, Shape.other]) {
    for (let f = shapeStart[shape]!; f < shapeStart[shape + 1]!; f++) {
      for (let p = changeStart[f]!; p < changeStart[f + 1]!; p++) { fluxOf.push(f); from.push(p); }
    }
  }
  // Entry e of species i and sort s is in row 3i + s.
  const rowOf = Int32Array.from(from, (p) => 3 * changeSpecies[p]! + sortOf(changeBy[p]!)), entries = countingSort(3 * dimension, rowOf.length, (e) => rowOf[e]!);
  const start = new Int32Array(3 * dimension + 1);
  for (const row of rowOf) start[row + 1]!++;
  for (let row = 0; row < 3 * dimension; row++) start[row + 1] = start[row + 1]! + start[row]!;
  const lengthOf = (row: number): number => start[row + 1]! - start[row]!;

  const windows = Math.ceil(dimension / WINDOW), counts = new Int32Array(ROW_KINDS * windows);
  const order = new IntList(2 * dimension), lengths = new IntList(), source = new Int32Array(rowOf.length), by: number[] = [];
  let used = 0;
  const positions = () => new Int32Array(windows + 1), at = { order: positions(), lengths: positions(), source: positions(), by: positions() };
  const mark = (w: number): void => {
    at.order[w] = order.length;
    at.lengths[w] = lengths.length;
    at.source[w] = used;
    at.by[w] = by.length;
  };
  for (let w = 0; w < windows; w++) {
    mark(w);
    const first = w * WINDOW, species = Int32Array.from({ length: Math.min(WINDOW, dimension - first) }, (_, k) => first + k);
    for (const sort of [PLUS, MINUS, OTHER]) {
      const rows = species.map((i) => 3 * i + sort).filter((row) => lengthOf(row) > 0);
      for (const row of rows.sort((a, b) => lengthOf(a) - lengthOf(b) || a - b)) {
        const length = lengthOf(row), kind = ROW_KINDS * w + kindOf(sort, length);
        counts[kind] = counts[kind]! + Int32Array.BYTES_PER_ELEMENT;
        order.push((row - sort) / 3);
        if (sort === OTHER || length >= LONG) lengths.push(length * Int32Array.BYTES_PER_ELEMENT);
        for (let k = start[row]!; k < start[row + 1]!; k++) {
          source[used++] = fluxOf[entries[k]!]!;
          if (sort === OTHER) by.push(changeBy[from[entries[k]!]!]!);
        }
      }
    }
  }
  mark(windows);
  return { order: order.toArray(), counts, lengths: lengths.toArray(), source, by: Float64Array.from(by), windows: at };
}

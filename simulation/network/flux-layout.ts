/** How the fluxes are laid out for rates: streams of addresses for the loops of `../kernels/assembly/fluxes.ts`, stretch by stretch. */
import { Arena } from '../kernels/arena.ts';
import * as Layout from '../kernels/layout-fluxes.ts';
import { WINDOW, type FluxRows } from './flux-rows.ts';
import { Shape } from './flux-shapes.ts';
import type { SharedSums } from './flux-sums.ts';
import { STRETCH, stretchOf } from './flux-views.ts';
import type { Fluxes } from './fluxes.ts';
import { IntList } from './interner.ts';

interface Parts {
  readonly rows: FluxRows;
  readonly shared: SharedSums;
}

/** Lengths of the arrays. */
function lengthsOf({ count, left, productStart, productSum, sumStart, varying, shapeStart, views }: Fluxes, { rows, shared }: Parts) {
  const of = (shape: number): number => shapeStart[shape + 1]! - shapeStart[shape]!;
  const block = views.places(left.length) + varying + shared.sums.length, terms = shared.sums.reduce((total, g) => total + sumStart[g + 1]! - sumStart[g]!, 0);
  const others = productSum.length - productStart[shapeStart[Shape.other]!]!;
  return {
    doubles: {
      block, tangents: block, changes: views.places(0), flux: count, linear: of(Shape.conversion) + of(Shape.linear), inline: of(Shape.binding) + of(Shape.inline),
      terms, signs: others, by: rows.by.length,
    },
    words: {
      plan: Layout.RATES_FIELDS, records: Layout.RECORD * (views.stretches + 1), monomials: 2 * left.length, sumEnds: shared.sums.length, sumEntries: terms,
      linear: of(Shape.linear), single: 2 * of(Shape.single), inline: 2 * of(Shape.inline), pair: 4 * of(Shape.pair), counts: of(Shape.other), others: 2 * others,
      counted: rows.counts.length, sources: rows.source.length, targets: rows.order.length, lengths: rows.lengths.length,
    },
    halves: { conversion: 2 * of(Shape.conversion), binding: 3 * of(Shape.binding) },
  };
}

/** Bytes of all arrays in an arena. */
export function bytesOf(fluxes: Fluxes, parts: Parts): number {
  const { doubles, words, halves } = lengthsOf(fluxes, parts);
  return Arena.bytes(Object.values(doubles), Object.values(words), Object.values(halves));
}

/** Numbers written into the arena one after another. */
class Stream {
  private readonly numbers: Int32Array | Uint16Array;
  private used = 0;

  constructor(numbers: Int32Array | Uint16Array) {
    this.numbers = numbers;
  }

  push(...values: number[]): void {
    for (const value of values) this.numbers[this.used++] = value;
  }

  /** Of the number that comes next. */
  get address(): number {
    return this.numbers.byteOffset + this.numbers.BYTES_PER_ELEMENT * this.used;
  }
}

/** What is read and written when rates are evaluated, and the address of the kernels' plan. */
export type RatesMemory = ReturnType<typeof layOut>;

/** @param arena one that nothing has been laid out in */
export function layOut(fluxes: Fluxes, parts: Parts, arena: Arena) {
  const { dimension: n, left, right, productStart, productSign, productFactor, productSum, sumStart, sumEntry, varying, shapeStart, changeStart, changeSpecies, changeBy, views } = fluxes;
  const { doubles, words, halves } = lengthsOf(fluxes, parts), { rows, shared } = parts, { size, stretches } = views;
  const block = arena.doubles(doubles.block), tangents = arena.doubles(doubles.tangents), changes = arena.doubles(doubles.changes), flux = arena.doubles(doubles.flux);
  const constantSums = block.byteOffset + 8 * views.places(left.length), sums = constantSums + 8 * varying;
  if (views.short && block.byteOffset + 8 * views.places(0) > 0x10000) throw new RangeError('The species have no addresses of 16 bits.');
  block[size] = 1;
  const linearConstants = arena.doubles(doubles.linear), inlineConstants = arena.doubles(doubles.inline), sumConstants = arena.doubles(doubles.terms);
  const plan = arena.words(words.plan), records = arena.words(words.records), sumTerms = new IntList(doubles.terms);
  const monomials = new Stream(arena.words(words.monomials)), sumEnds = new Stream(arena.words(words.sumEnds)), sumEntries = new Stream(arena.words(words.sumEntries));
  const conversion = new Stream(arena.halves(halves.conversion)), binding = new Stream(arena.halves(halves.binding));
  const linear = new Stream(arena.words(words.linear)), single = new Stream(arena.words(words.single)), inline = new Stream(arena.words(words.inline));
  const pair = new Stream(arena.words(words.pair)), counts = new Stream(arena.words(words.counts)), others = new Stream(arena.words(words.others));
  const counted = arena.put(rows.counts), lengths = arena.put(rows.lengths), by = arena.put(rows.by), signs = arena.put(productSign.subarray(productStart[shapeStart[Shape.other]!]));
  const sources = arena.put(rows.source.map((f) => flux.byteOffset + 8 * f));
  // The rows of a stretch are those of its own species, which its view shows first.
  const targets = arena.put(rows.order.map((i) => changes.byteOffset + 8 * (views.moving ? i % STRETCH : i)));

  const address = (entry: number, stretch: number): number => block.byteOffset + 8 * views.place(entry, stretch);
  const pushProducts = (f: number, stretch: number, to: Stream): void => {
    for (let p = productStart[f]!; p < productStart[f + 1]!; p++) {
      to.push(address(productFactor[p]!, stretch), shared.ofProduct[p]! < 0 ? constantSums + 8 * productSum[p]! : sums + 8 * shared.ofProduct[p]!);
    }
  };
  const factor = (f: number, stretch: number): number => address(productFactor[productStart[f]!]!, stretch);
  const term = (f: number, stretch: number): number => address(sumEntry[sumStart[productSum[productStart[f]!]!]!]!, stretch);
  const given = (f: number, stretch: number): number => {
    let x = changeStart[f]!;
    while (changeBy[x] !== 1) x++;
    return address(changeSpecies[x]!, stretch);
  };
  const lay: ((f: number, stretch: number) => void)[] = [];
  lay[Shape.conversion] = (f, s) => { conversion.push(factor(f, s), given(f, s)); };
  lay[Shape.linear] = (f, s) => { linear.push(factor(f, s)); };
  lay[Shape.single] = (f, s) => { pushProducts(f, s, single); };
  lay[Shape.binding] = (f, s) => { binding.push(factor(f, s), term(f, s), given(f, s)); };
  lay[Shape.inline] = (f, s) => { inline.push(factor(f, s), term(f, s)); };
  lay[Shape.pair] = (f, s) => { pushProducts(f, s, pair); };
  lay[Shape.other] = (f, s) => {
    counts.push(productStart[f + 1]! - productStart[f]!);
    pushProducts(f, s, others);
  };

  plan[Layout.MONOMIALS] = monomials.address;
  left.forEach((entry, m) => { monomials.push(address(entry, 0), address(right[m]!, 0)); });
  plan[Layout.MONOMIALS_END] = monomials.address;
  plan[Layout.MONOMIAL_TARGET] = address(n + 1, 0);
  plan[Layout.TANGENT] = tangents.byteOffset - block.byteOffset;
  plan[Layout.CHANGE] = changes.byteOffset - block.byteOffset;
  plan[Layout.CHANGES] = changes.byteOffset;
  plan[Layout.CHANGES_END] = changes.byteOffset + 8 * size;
  plan[Layout.DONE] = 8 * STRETCH;
  plan[Layout.RECORDS] = records.byteOffset;
  plan[Layout.RECORDS_END] = records.byteOffset + 4 * Layout.RECORD * stretches;

  // Fluxes of one shape stand in the order of the first species that they change.
  const next = shapeStart.slice(0, -1), windows = STRETCH / WINDOW, last = rows.windows.order.length - 1;
  for (let s = 0; s <= stretches; s++) {
    const record = records.subarray(Layout.RECORD * s, Layout.RECORD * (s + 1)), window = Math.min(s * windows, last);
    record[Layout.NEXT_SUM] = sumEnds.address;
    record[Layout.NEXT_SUM_ENTRY] = sumEntries.address;
    record[Layout.SUM_CONSTANT] = sumConstants.byteOffset + 8 * sumTerms.length;
    record[Layout.TO_SUM] = sums + 8 * shared.start[s]!;
    record[Layout.NEXT_CONVERSION] = conversion.address;
    record[Layout.CONVERSION_CONSTANT] = linearConstants.byteOffset + 8 * next[Shape.conversion]!;
    record[Layout.NEXT_BINDING] = binding.address;
    record[Layout.BINDING_CONSTANT] = inlineConstants.byteOffset + 8 * (next[Shape.binding]! - shapeStart[Shape.binding]!);
    record[Layout.NEXT_LINEAR] = linear.address;
    record[Layout.LINEAR_CONSTANT] = linearConstants.byteOffset + 8 * next[Shape.linear]!;
    record[Layout.NEXT_SINGLE] = single.address;
    record[Layout.NEXT_INLINE] = inline.address;
    record[Layout.INLINE_CONSTANT] = inlineConstants.byteOffset + 8 * (next[Shape.inline]! - shapeStart[Shape.binding]!);
    record[Layout.NEXT_PAIR] = pair.address;
    record[Layout.NEXT_COUNT] = counts.address;
    record[Layout.NEXT_PRODUCT] = others.address;
    record[Layout.TO_LINEAR] = flux.byteOffset + 8 * next[Shape.linear]!;
    record[Layout.TO_SINGLE] = flux.byteOffset + 8 * next[Shape.single]!;
    record[Layout.TO_INLINE] = flux.byteOffset + 8 * next[Shape.inline]!;
    record[Layout.TO_PAIR] = flux.byteOffset + 8 * next[Shape.pair]!;
    record[Layout.TO_COUNT] = flux.byteOffset + 8 * next[Shape.other]!;
    record[Layout.NEXT_SIGN] = signs + 8 * (productStart[next[Shape.other]!]! - productStart[shapeStart[Shape.other]!]!);
    record[Layout.NEXT_ROWS] = counted + 4 * Layout.ROW_KINDS * window;
    record[Layout.NEXT_SOURCE] = sources + 4 * rows.windows.source[window]!;
    record[Layout.NEXT_BY] = by + 8 * rows.windows.by[window]!;
    record[Layout.NEXT_TARGET] = targets + 4 * rows.windows.order[window]!;
    record[Layout.NEXT_LENGTH] = lengths + 4 * rows.windows.lengths[window]!;
    for (let k = shared.start[s]!; k < (shared.start[s + 1] ?? 0); k++) {
      for (let q = sumStart[shared.sums[k]!]!; q < sumStart[shared.sums[k]! + 1]!; q++) {
        sumTerms.push(q);
        sumEntries.push(address(sumEntry[q]!, s));
      }
      sumEnds.push(sumEntries.address);
    }
    lay.forEach((layFlux, shape) => {
      for (; next[shape]! < shapeStart[shape + 1]! && stretchOf(fluxes, next[shape]!) === s; next[shape]!++) layFlux(next[shape]!, s);
    });
  }
  const beyond = (of: Float64Array<ArrayBuffer>): Float64Array => of.subarray(size + 1, size + 1 + views.far.length);
  return {
    plan: plan.byteOffset, records: records.byteOffset, state: block.subarray(0, size), direction: tangents.subarray(0, size), change: changes.subarray(0, size), done: changes.subarray(0, STRETCH),
    far: { state: beyond(block), direction: beyond(tangents), change: beyond(changes) },
    flux, constantSums: block.subarray(views.places(left.length), views.places(left.length) + varying), linearConstants, inlineConstants, sumConstants, sumTerms: sumTerms.toArray(),
  };
}

/** Fluxes sorted by shape, so that most of them need no loop of their own. */
import { countingSort } from '../linear/pattern.ts';
import { FluxViews } from './flux-views.ts';
import type { Fluxes } from './fluxes.ts';

/** In the order in which they stand. Fluxes of all shapes but the last two have one product each. */
export const Shape = {
  /** k·x that takes one x and gives one z. */
  conversion: 0,
  /** Any other k·x: a product with a constant sum. */
  linear: 1,
  /** One product. */
  single: 2,
  /** k·x·y that takes one of each and gives one z. */
  binding: 3,
  /** Any other k·x·y: one product whose sum is of one term and nobody else's. */
  inline: 4,
  /** A product less one with a constant sum: a reversible reaction. */
  pair: 5,
  other: 6,
} as const;
const SHAPES = 7;

/** A species that more fluxes change collects them, for one addition to it would have to wait for the one before. */
const MOST_CHANGES = 32;

type RawFluxes = Omit<Fluxes, 'shapeStart' | 'views'>;

/** Renumbers the fluxes by shape and turns them round where the product that comes first has a minus. */
export function sortByShape(raw: RawFluxes): Fluxes {
  const { count, productStart, productSign, productSum, productFactor, changeStart, changeSpecies, changeBy } = raw;
  const views = new FluxViews(raw), { shapes, swapped, turned } = shapesOf(raw, views.short);
  const order = countingSort(SHAPES, count, (f) => shapes[f]!);
  const rank = new Int32Array(count);
  order.forEach((f, k) => { rank[f] = k; });
  const starts = (old: Int32Array): Int32Array => {
    const start = new Int32Array(count + 1);
    order.forEach((f, k) => { start[k + 1] = start[k]! + old[f + 1]! - old[f]!; });
    return start;
  };
  const newProductStart = starts(productStart), newChangeStart = starts(changeStart);
  const sign = new Float64Array(productSign.length), factor = new Int32Array(productSign.length), sum = new Int32Array(productSign.length);
  const species = new Int32Array(changeSpecies.length), by = new Float64Array(species.length);
  order.forEach((f, k) => {
    const turn = turned[f] === 1 ? -1 : 1, first = productStart[f]!, products = productStart[f + 1]! - first;
    for (let x = 0; x < products; x++) {
      const from = first + (swapped[f] === 1 ? 1 - x : x), to = newProductStart[k]! + x;
      sign[to] = turn * productSign[from]!;
      factor[to] = productFactor[from]!;
      sum[to] = productSum[from]!;
    }
    for (let x = 0; x < changeStart[f + 1]! - changeStart[f]!; x++) {
      species[newChangeStart[k]! + x] = changeSpecies[changeStart[f]! + x]!;
      by[newChangeStart[k]! + x] = turn * changeBy[changeStart[f]! + x]!;
    }
  });
  return {
    ...raw, views,
    shapeStart: Array.from({ length: SHAPES + 1 }, (_, shape) => shapes.reduce((total, s) => total + (s < shape ? 1 : 0), 0)),
    productStart: newProductStart, productSign: sign, productFactor: factor, productSum: sum,
    changeStart: newChangeStart, changeSpecies: species, changeBy: by,
    lawFlux: raw.lawFlux.map((f) => (f < 0 ? -1 : rank[f]!)),
    lawSign: raw.lawSign.map((s, r) => (raw.lawFlux[r]! >= 0 && turned[raw.lawFlux[r]!] === 1 ? -s : s)),
  };
}

/** @param elementary whether there may be conversions and bindings */
function shapesOf(raw: RawFluxes, elementary: boolean): { readonly shapes: Uint8Array; readonly swapped: Uint8Array; readonly turned: Uint8Array } {
  const { count, productStart, productSign, productSum, productFactor, sumStart, sumEntry, varying, inline } = raw;
  const swapped = new Uint8Array(count), turned = new Uint8Array(count);
  const constant = (p: number): boolean => productSum[p]! < varying;
  const gives = elementary ? changesOfElementary(raw) : () => false;
  const shapeOf = (f: number): number => {
    const p = productStart[f]!, products = productStart[f + 1]! - p, g = productSum[p]!;
    if (products === 1) {
      turned[f] = productSign[p]! < 0 ? 1 : 0;
      const sign = productSign[p]!;
      if (constant(p)) return gives(f, sign, productFactor[p]!) ? Shape.conversion : Shape.linear;
      if (g < inline) return Shape.single;
      return gives(f, sign, productFactor[p]!, sumEntry[sumStart[g]!]!) ? Shape.binding : Shape.inline;
    }
    if (products !== 2 || productSign[p]! === productSign[p + 1]! || (!constant(p) && !constant(p + 1))) return Shape.other;
    swapped[f] = constant(p + 1) ? 0 : 1;
    turned[f] = productSign[p + swapped[f]]! < 0 ? 1 : 0;
    return Shape.pair;
  };
  return { shapes: Uint8Array.from({ length: count }, (_, f) => shapeOf(f)), swapped, turned };
}

/** Tells whether a flux, times `sign`, takes one of each of so many species, gives one of another, and does nothing else, and none of them is changed by many. */
function changesOfElementary({ dimension, count, changeStart, changeSpecies, changeBy, lawFlux }: RawFluxes): (f: number, sign: number, ...taken: number[]) => boolean {
  const changes = new Int32Array(dimension), lawful = new Uint8Array(count);
  for (const i of changeSpecies) changes[i]!++;
  for (const f of lawFlux) if (f >= 0) lawful[f] = 1;
  return (f, sign, ...taken) => {
    const first = changeStart[f]!, end = changeStart[f + 1]!;
    if (lawful[f] === 1 || end - first !== taken.length + 1) return false;
    let given = 0;
    for (let x = first; x < end; x++) {
      const species = changeSpecies[x]!, by = sign * changeBy[x]!;
      if (changes[species]! > MOST_CHANGES || by !== (taken.includes(species) ? -1 : 1)) return false;
      if (by === 1) given++;
    }
    return given === 1;
  };
}

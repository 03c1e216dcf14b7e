/** Which of the sums that fluxes share are formed where. */
import { Shape } from './flux-shapes.ts';
import { stretchOf } from './flux-views.ts';
import type { Fluxes } from './fluxes.ts';
import { IntList } from './interner.ts';

/** The sums that vary and that are formed: all at first, or when a view moves each by the first stretch that needs it. */
export interface SharedSums {
  /** The sums, and where each stretch's begin; after the last where they end. */
  readonly sums: Int32Array;
  readonly start: Int32Array;
  /** Which of `sums` a product uses, where its sum is one of them. */
  readonly ofProduct: Int32Array;
}

export function sharedSums(fluxes: Fluxes): SharedSums {
  const { varying, inline, productSum, productStart, shapeStart, views } = fluxes;
  const { stretches, moving } = views, ofProduct = new Int32Array(productSum.length).fill(-1), start = new Int32Array(stretches + 1);
  if (!moving) {
    productSum.forEach((g, p) => { if (g >= varying && g < inline) ofProduct[p] = g - varying; });
    return { sums: Int32Array.from({ length: inline - varying }, (_, k) => varying + k), start: start.fill(inline - varying, 1), ofProduct };
  }
  const sums = new IntList(), formed = new Int32Array(inline).fill(-1), next = shapeStart.slice(0, -1);
  for (let s = 0; s < stretches; s++) {
    for (const shape of [Shape.single, Shape.pair, Shape.other]) {
      for (; next[shape]! < shapeStart[shape + 1]! && stretchOf(fluxes, next[shape]!) === s; next[shape]!++) {
        for (let p = productStart[next[shape]!]!; p < productStart[next[shape]! + 1]!; p++) {
          const g = productSum[p]!;
          if (g < varying) continue;
          if (formed[g]! < 0) {
            formed[g] = sums.length;
            sums.push(g);
          }
          ofProduct[p] = formed[g]!;
        }
      }
    }
    start[s + 1] = sums.length;
  }
  return { sums: sums.toArray(), start, ofProduct };
}

/**
 * What of the state is at hand while the fluxes of a stretch of species are computed. Networks whose reactions tie species that are declared near each
 * other see a stretch and a margin after it: a view, which moves on over the state, lies in the processor's nearer caches and is small enough for
 * addresses of 16 bits. What some stretch needs beyond its view is taken before, and given back after, the others. All other networks see everything at once.
 */
import type { Fluxes } from './fluxes.ts';

/** Species of a stretch: few enough that its fluxes stay in the second cache until they are added up, enough that it matters little that the loops begin anew. */
export const STRETCH = 3584;
/** Species that a moving view shows beyond its stretch. */
const MARGIN = 512;
/** Species at most that are beyond the view of a stretch that needs them. */
const MOST_FAR = 2048;
/** Places that have an address of 16 bits, if they are the first in a memory. */
const SHORT = 8000;

export class FluxViews {
  readonly stretches: number;
  /** Whether a view is of a stretch and not of everything. */
  readonly moving: boolean;
  /** Species of a view. The constant 1 has the place after the last. */
  readonly size: number;
  /** Species that some stretch needs beyond its view; their places follow the constant 1. Without a moving view that is where products of entries are. */
  readonly far: Int32Array;
  private readonly dimension: number;
  private readonly farPlace: Int32Array | undefined;

  constructor(fluxes: ViewedFluxes) {
    const { dimension } = fluxes, farPlace = dimension > STRETCH + MARGIN && fluxes.left.length === 0 && fluxes.lawFlux.every((f) => f < 0) ? farSpecies(fluxes) : undefined;
    this.dimension = dimension;
    this.stretches = Math.ceil(dimension / STRETCH);
    this.moving = farPlace !== undefined;
    this.farPlace = farPlace?.place;
    this.size = this.moving ? STRETCH + MARGIN : dimension;
    this.far = farPlace?.species ?? new Int32Array();
  }

  /** Whether every species has an address of 16 bits. */
  get short(): boolean {
    return this.size + 1 + this.far.length <= SHORT;
  }

  /** Places of species, the constant 1, and what follows it. */
  places(monomials: number): number {
    return this.size + 1 + this.far.length + monomials;
  }

  /** Where an entry of the extended state is, for the fluxes of a stretch. */
  place(entry: number, stretch: number): number {
    if (!this.moving) return entry;
    if (entry === this.dimension) return this.size;
    const place = entry - stretch * STRETCH;
    return place >= 0 && place < this.size ? place : this.size + 1 + this.farPlace![entry]!;
  }
}

type ViewedFluxes = Pick<Fluxes, 'dimension' | 'count' | 'left' | 'lawFlux' | 'changeStart' | 'changeSpecies' | 'productStart' | 'productFactor' | 'productSum' | 'sumStart' | 'sumEntry'>;

/** The stretch of a flux is that of the first species it changes. */
export function stretchOf({ changeStart, changeSpecies }: Pick<Fluxes, 'changeStart' | 'changeSpecies'>, flux: number): number {
  return Math.floor(changeSpecies[changeStart[flux]!]! / STRETCH);
}

/** Those that a moving view would not show, or undefined where they are too many. */
function farSpecies(fluxes: ViewedFluxes): { readonly species: Int32Array; readonly place: Int32Array } | undefined {
  const { dimension, count, changeStart, changeSpecies, productStart, productFactor, productSum, sumStart, sumEntry } = fluxes;
  const place = new Int32Array(dimension).fill(-1), species: number[] = [];
  const need = (entry: number, first: number): void => {
    if (entry === dimension || (entry >= first && entry < first + STRETCH + MARGIN) || place[entry]! >= 0) return;
    place[entry] = species.length;
    species.push(entry);
  };
  for (let f = 0; f < count; f++) {
    const first = STRETCH * stretchOf(fluxes, f);
    for (let x = changeStart[f]!; x < changeStart[f + 1]!; x++) need(changeSpecies[x]!, first);
    for (let p = productStart[f]!; p < productStart[f + 1]!; p++) {
      const g = productSum[p]!;
      need(productFactor[p]!, first);
      for (let q = sumStart[g]!; q < sumStart[g + 1]!; q++) need(sumEntry[q]!, first);
    }
    if (species.length > MOST_FAR) return undefined;
  }
  return { species: Int32Array.from(species), place };
}

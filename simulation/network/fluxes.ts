/**
 * The network rewritten for evaluation. Reactions whose net stoichiometry is equal up to sign become one flux, and a flux is
 * a sum of products: flux_f = Σ_p ± w[s_p]·u[g_p], with sums u[g] = Σ K·w[e] that are shared by all products that need
 * them. On rule-based models this leaves a fraction of the multiplications (kernels are in `flux-system.ts`).
 *
 * w is the state extended by a constant 1 (its index is ONE = dimension) and by products of two of its own entries for
 * reactions of an order above 2.
 */
import type { UnrolledNetwork } from '../../chemistry/index.ts';
import { go, sparingly, type Poll } from '../cancel.ts';
import { countingSort } from '../linear/pattern.ts';
import { IntList, Interner } from './interner.ts';

/** Reactions, or groups of them, between two polls. */
const REACTIONS = 1000;

export interface Fluxes {
  readonly dimension: number;
  readonly count: number;
  /**
   * Fluxes are sorted by shape, so that most of them need no loop of their own: below `singles[0]` one product with a
   * constant sum, below `singles[1]` one product, below `singles[2]` one product whose sum is of one term and nobody else's (k·x·y), below
   * `pairs` a product less one with a constant sum (a reversible reaction), any others after that. Products of the first four shapes
   * follow one another accordingly.
   */
  readonly singles: readonly [number, number, number];
  readonly pairs: number;
  /** Net change of each flux by rows: species, coefficient. */
  readonly changeStart: Int32Array;
  readonly changeSpecies: Int32Array;
  readonly changeBy: Float64Array;
  /** Entry dimension + 1 + m of w is w[left[m]]·w[right[m]]. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Products by flux. */
  readonly productStart: Int32Array;
  readonly productSign: Float64Array;
  readonly productFactor: Int32Array;
  readonly productSum: Int32Array;
  /**
   * Sums u[g]; those of constants alone come first, `varying` is the first of the others, and those of fluxes k·x·y come last, from `inline` on, in
   * the order of these fluxes.
   */
  readonly sumStart: Int32Array;
  readonly sumEntry: Int32Array;
  readonly sumSlot: Int32Array;
  /** How many reactions an entry stands for. */
  readonly sumWeight: Float64Array;
  readonly varying: number;
  readonly inline: number;
  /** For reactions with a rate law (slot −1): flux and sign, 0 when the reaction changes nothing. */
  readonly lawFlux: Int32Array;
  readonly lawSign: Float64Array;
}

/**
 * @param fixed 1 for components that do not change
 * @param slots constant of each reaction, or −1 when it has a law of its own
 * @param ask what it throws ends the work
 */
export function buildFluxes(unrolled: UnrolledNetwork, dimension: number, fixed: Uint8Array, slots: Int32Array, ask: Poll = go): Fluxes {
  const poll = sparingly(ask, REACTIONS);
  const { count } = unrolled, one = dimension;
  const changes = new Interner(), monomials = new Interner();
  const termFlux = new IntList(count), termNegative = new IntList(count), termA = new IntList(count), termB = new IntList(count), termSlot = new IntList(count);
  const lawFlux = new Int32Array(count).fill(-1), lawSign = new Float64Array(count);
  const net = new NetChange();
  const pair = [0, 0];
  const product = (a: number, b: number): number => {
    pair[0] = Math.min(a, b);
    pair[1] = Math.max(a, b);
    return dimension + 1 + monomials.intern(pair, 2);
  };
  for (let r = 0; r < count; r++) {
    poll();
    net.clear();
    for (let p = unrolled.reactantStart[r]!; p < unrolled.reactantStart[r + 1]!; p++) net.add(unrolled.reactantComponent[p]!, -unrolled.reactantStoichiometry[p]!);
    for (let p = unrolled.productStart[r]!; p < unrolled.productStart[r + 1]!; p++) net.add(unrolled.productComponent[p]!, unrolled.productStoichiometry[p]!);
    const length = net.pack(fixed);
    if (length === 0) continue;
    const negative = net.sequence[1]! < 0;
    if (negative) for (let k = 1; k < length; k += 2) net.sequence[k] = -net.sequence[k]!;
    const flux = changes.intern(net.sequence, length);
    if (slots[r]! < 0) {
      lawFlux[r] = flux;
      lawSign[r] = negative ? -1 : 1;
      continue;
    }
    // Fold the reactants into two factors.
    let a = one, b = one;
    for (let p = unrolled.reactantStart[r]!; p < unrolled.reactantStart[r + 1]!; p++) {
      for (let k = unrolled.reactantStoichiometry[p]!; k > 0; k--) {
        const species = unrolled.reactantComponent[p]!;
        if (a === one) a = species;
        else if (b === one) b = species;
        else b = product(b, species);
      }
    }
    termFlux.push(flux);
    termNegative.push(negative ? 1 : 0);
    termA.push(a);
    termB.push(b);
    termSlot.push(slots[r]!);
  }
  // Fluxes that change the same species, or species that were declared near each other, follow one another: what is collected for a species lies near then.
  const near = countingSort(dimension, changes.count, (f) => changes.at(f, 0)), rank = new Int32Array(changes.count);
  near.forEach((f, k) => { rank[f] = k; });
  const products = factor(termFlux.toArray().map((f) => rank[f]!), termNegative, termA, termB, termSlot, changes.count, dimension + 1 + monomials.count, one, poll);
  ask();
  return sortByShape({
    dimension, count: changes.count, singles: [0, 0, 0], pairs: 0, ...unpackChanges(changes, near), ...products,
    left: Int32Array.from({ length: monomials.count }, (_, m) => monomials.at(m, 0)),
    right: Int32Array.from({ length: monomials.count }, (_, m) => monomials.at(m, 1)),
    lawFlux: lawFlux.map((f) => (f < 0 ? -1 : rank[f]!)), lawSign,
  });
}

/** Renumbers the fluxes by shape and turns them round where the product that comes first has a minus. */
function sortByShape(raw: Fluxes): Fluxes {
  const { count, productStart, productSign, productSum, productFactor, changeStart, varying, inline } = raw;
  const constant = (p: number): boolean => productSum[p]! < varying;
  const swapped = new Uint8Array(count), turned = new Uint8Array(count);
  const shapeOf = (f: number): number => {
    const p = productStart[f]!, products = productStart[f + 1]! - p;
    if (products === 1) {
      turned[f] = productSign[p]! < 0 ? 1 : 0;
      return constant(p) ? 0 : productSum[p]! < inline ? 1 : 2;
    }
    if (products !== 2 || productSign[p]! === productSign[p + 1]! || (!constant(p) && !constant(p + 1))) return 4;
    swapped[f] = constant(p + 1) ? 0 : 1;
    turned[f] = productSign[p + swapped[f]]! < 0 ? 1 : 0;
    return 3;
  };
  const shapes = Uint8Array.from({ length: count }, (_, f) => shapeOf(f));
  const order = countingSort(5, count, (f) => shapes[f]!);
  const rank = new Int32Array(count);
  order.forEach((f, k) => { rank[f] = k; });
  const starts = (old: Int32Array): Int32Array => {
    const start = new Int32Array(count + 1);
    order.forEach((f, k) => { start[k + 1] = start[k]! + old[f + 1]! - old[f]!; });
    return start;
  };
  const newProductStart = starts(productStart), newChangeStart = starts(changeStart);
  const sign = new Float64Array(productSign.length), factor = new Int32Array(productSign.length), sum = new Int32Array(productSign.length);
  const species = new Int32Array(raw.changeSpecies.length), by = new Float64Array(species.length);
  order.forEach((f, k) => {
    const turn = turned[f] === 1 ? -1 : 1, first = productStart[f]!, products = productStart[f + 1]! - first;
    for (let x = 0; x < products; x++) {
      const from = first + (swapped[f] === 1 ? 1 - x : x), to = newProductStart[k]! + x;
      sign[to] = turn * productSign[from]!;
      factor[to] = productFactor[from]!;
      sum[to] = productSum[from]!;
    }
    for (let x = 0; x < changeStart[f + 1]! - changeStart[f]!; x++) {
      species[newChangeStart[k]! + x] = raw.changeSpecies[changeStart[f]! + x]!;
      by[newChangeStart[k]! + x] = turn * raw.changeBy[changeStart[f]! + x]!;
    }
  });
  const upTo = (shape: number): number => shapes.reduce((total, s) => total + (s <= shape ? 1 : 0), 0);
  return {
    ...raw, singles: [upTo(0), upTo(1), upTo(2)], pairs: upTo(3),
    productStart: newProductStart, productSign: sign, productFactor: factor, productSum: sum,
    changeStart: newChangeStart, changeSpecies: species, changeBy: by,
    lawFlux: raw.lawFlux.map((f) => (f < 0 ? -1 : rank[f]!)),
    lawSign: raw.lawSign.map((s, r) => (raw.lawFlux[r]! >= 0 && turned[raw.lawFlux[r]!] === 1 ? -s : s)),
  };
}

/** The net change of one reaction, as (species, coefficient) pairs in ascending order of species. */
class NetChange {
  readonly sequence: number[] = [];
  private readonly species: number[] = [];
  private readonly by: number[] = [];

  clear(): void {
    this.species.length = this.by.length = 0;
  }

  add(species: number, by: number): void {
    let k = this.species.length;
    while (k > 0 && this.species[k - 1]! > species) k--;
    if (k > 0 && this.species[k - 1] === species) { this.by[k - 1]! += by; return; }
    this.species.splice(k, 0, species);
    this.by.splice(k, 0, by);
  }

  /** @returns the length of `sequence` that counts */
  pack(fixed: Uint8Array): number {
    let length = 0;
    for (let k = 0; k < this.species.length; k++) {
      if (this.by[k] === 0 || fixed[this.species[k]!] === 1) continue;
      this.sequence[length++] = this.species[k]!;
      this.sequence[length++] = this.by[k]!;
    }
    return length;
  }
}

/** @param order of the fluxes */
function unpackChanges(changes: Interner, order: Int32Array): Pick<Fluxes, 'changeStart' | 'changeSpecies' | 'changeBy'> {
  const changeStart = new Int32Array(changes.count + 1);
  order.forEach((f, at) => { changeStart[at + 1] = changeStart[at]! + changes.length(f) / 2; });
  const changeSpecies = new Int32Array(changeStart[changes.count]!), changeBy = new Float64Array(changeSpecies.length);
  order.forEach((f, at) => {
    for (let p = changeStart[at]!, k = 0; p < changeStart[at + 1]!; p++, k += 2) {
      changeSpecies[p] = changes.at(f, k);
      changeBy[p] = changes.at(f, k + 1);
    }
  });
  return { changeStart, changeSpecies, changeBy };
}

/**
 * Terms ± K·w[a]·w[b] of each flux become products: within a flux and sign, the factor that most terms share is taken out
 * of each, and what remains are sums of K·w[e], interned.
 */
function factor(
  termFlux: Int32Array, termNegative: IntList, termA: IntList, termB: IntList, termSlot: IntList, fluxes: number, extended: number, one: number, poll: Poll,
): Pick<Fluxes, 'productStart' | 'productSign' | 'productFactor' | 'productSum' | 'sumStart' | 'sumEntry' | 'sumSlot' | 'sumWeight' | 'varying' | 'inline'> {
  const order = countingSort(2 * fluxes, termFlux.length, (k) => 2 * termFlux[k]! + termNegative.at(k));
  const uses = new Int32Array(extended);
  const sums = new Interner();
  const productFlux = new IntList(termFlux.length), productNegative = new IntList(termFlux.length), factors = new IntList(termFlux.length), productSums = new IntList(termFlux.length);
  const group = (k: number): number => 2 * termFlux[k]! + termNegative.at(k);
  const sequence: number[] = [];
  for (let from = 0; from < order.length;) {
    poll();
    const current = group(order[from]!);
    let end = from;
    while (end < order.length && group(order[end]!) === current) end++;
    for (let k = from; k < end; k++) {
      const a = termA.at(order[k]!), b = termB.at(order[k]!);
      uses[a]!++;
      if (b !== a && b !== one) uses[b]!++;
    }
    const entries: { factor: number; entry: number; slot: number }[] = [];
    for (let k = from; k < end; k++) {
      const a = termA.at(order[k]!), b = termB.at(order[k]!), slot = termSlot.at(order[k]!);
      const swap = b !== one && uses[b]! > uses[a]!;
      entries.push({ factor: swap ? b : a, entry: swap ? a : b, slot });
    }
    for (let k = from; k < end; k++) { uses[termA.at(order[k]!)] = 0; uses[termB.at(order[k]!)] = 0; }
    if (entries.length > 1) entries.sort((x, y) => x.factor - y.factor || x.entry - y.entry || x.slot - y.slot);
    for (let k = 0; k < entries.length;) {
      const first = entries[k]!;
      let length = 0;
      while (k < entries.length && entries[k]!.factor === first.factor) {
        const { entry, slot } = entries[k++]!;
        if (length > 0 && sequence[length - 3] === entry && sequence[length - 2] === slot) sequence[length - 1]!++;
        else { sequence[length++] = entry; sequence[length++] = slot; sequence[length++] = 1; }
      }
      productFlux.push(current >> 1);
      productNegative.push(current & 1);
      factors.push(first.factor);
      productSums.push(sums.intern(sequence, length));
    }
    from = end;
  }
  // Sums without species first: they change only with the parameters.
  const constant = (g: number): boolean => {
    for (let k = 0; k < sums.length(g); k += 3) if (sums.at(g, k) !== one) return false;
    return true;
  };
  // Then those that several products share, or that are long; the others come in the order of their fluxes, each of which has but one.
  const products = new Int32Array(fluxes), users = new Int32Array(sums.count), alone = new Uint8Array(sums.count);
  for (let p = 0; p < productFlux.length; p++) { products[productFlux.at(p)]!++; users[productSums.at(p)]!++; }
  for (let p = 0; p < productFlux.length; p++) {
    const g = productSums.at(p);
    alone[g] = users[g] === 1 && sums.length(g) === 3 && products[productFlux.at(p)] === 1 ? 1 : 0;
  }
  const place = countingSort(3, sums.count, (g) => (constant(g) ? 0 : alone[g] === 1 ? 2 : 1));
  const rank = new Int32Array(sums.count);
  const sumStart = new Int32Array(sums.count + 1);
  let varying = sums.count, inline = sums.count;
  place.forEach((g, k) => {
    rank[g] = k;
    sumStart[k + 1] = sumStart[k]! + sums.length(g) / 3;
    if (varying === sums.count && !constant(g)) varying = k;
    if (inline === sums.count && !constant(g) && alone[g] === 1) inline = k;
  });
  const size = sumStart[sums.count]!;
  const sumEntry = new Int32Array(size), sumSlot = new Int32Array(size), sumWeight = new Float64Array(size);
  place.forEach((g, k) => {
    for (let q = sumStart[k]!, at = 0; q < sumStart[k + 1]!; q++, at += 3) {
      sumEntry[q] = sums.at(g, at);
      sumSlot[q] = sums.at(g, at + 1);
      sumWeight[q] = sums.at(g, at + 2);
    }
  });
  const productStart = new Int32Array(fluxes + 1);
  for (let p = 0; p < productFlux.length; p++) productStart[productFlux.at(p) + 1]!++;
  for (let f = 0; f < fluxes; f++) productStart[f + 1] = productStart[f + 1]! + productStart[f]!;
  return {
    productStart, productFactor: factors.toArray(),
    productSign: Float64Array.from(productNegative.toArray(), (negative) => (negative === 1 ? -1 : 1)),
    productSum: productSums.toArray().map((g) => rank[g]!),
    sumStart, sumEntry, sumSlot, sumWeight, varying, inline,
  };
}

/**
 * The network rewritten for evaluation. Reactions whose net stoichiometry is equal up to sign become one flux, and a flux is
 * a sum of products: flux_f = Σ_p ± w[s_p]·u[g_p], with sums u[g] = Σ K·w[e] that are shared by all products that need
 * them. On rule-based models this leaves a fraction of the multiplications (`flux-rates.ts` says how they are laid out for the kernels).
 *
 * w is the state extended by a constant 1 (its index is ONE = dimension) and by products of two of its own entries for
 * reactions of an order above 2.
 */
import type { UnrolledNetwork } from '../../chemistry/index.ts';
import { go, sparingly, type Poll } from '../cancel.ts';
import { countingSort } from '../linear/pattern.ts';
import { sortByShape } from './flux-shapes.ts';
import type { FluxViews } from './flux-views.ts';
import { IntList, Interner } from './interner.ts';

/** Reactions, or groups of them, between two polls. */
const REACTIONS = 1000;

export interface Fluxes {
  readonly dimension: number;
  readonly count: number;
  /** Fluxes are sorted by shape (`flux-shapes.ts`): where those of each begin, and after the last where they end. */
  readonly shapeStart: readonly number[];
  readonly views: FluxViews;
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
   * Sums u[g]; those of constants alone come first, `varying` is the first of the others, and those of fluxes k·x·y come last, from `inline` on.
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

/** What an entry of the sums is multiplied by. */
export function termConstant({ sumSlot, sumWeight }: Fluxes, constants: Float64Array, term: number): number {
  return sumWeight[term]! * constants[sumSlot[term]!]!;
}

/** The value of a sum of constants alone. */
export function sumConstant(fluxes: Fluxes, constants: Float64Array, g: number): number {
  let sum = 0;
  for (let q = fluxes.sumStart[g]!; q < fluxes.sumStart[g + 1]!; q++) sum += termConstant(fluxes, constants, q);
  return sum;
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
    dimension, count: changes.count, ...unpackChanges(changes, near), ...products,
    left: Int32Array.from({ length: monomials.count }, (_, m) => monomials.at(m, 0)),
    right: Int32Array.from({ length: monomials.count }, (_, m) => monomials.at(m, 1)),
    lawFlux: lawFlux.map((f) => (f < 0 ? -1 : rank[f]!)), lawSign,
  });
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
  // Then those that several products share, or that are long; then the others, each of which has but one.
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

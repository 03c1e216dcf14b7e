/**
 * The analytic sparse Jacobian of the fluxes: lists of additions for the loops of `../kernels/assembly/flux-jacobian.ts`, with a state and sums of its own.
 */
import { sparingly, type Poll } from '../cancel.ts';
import { Arena } from '../kernels/arena.ts';
import * as Layout from '../kernels/layout-fluxes.ts';
import { countingSort, patternOf } from '../linear/pattern.ts';
import type { SparsePattern } from '../system.ts';
import { sumConstant, termConstant, type Fluxes } from './fluxes.ts';
import { IntList } from './interner.ts';
import type { PlacedLaw } from './laws.ts';

/** Fluxes between two polls. */
const FLUXES = 1000;

export class FluxJacobian {
  readonly pattern: SparsePattern;
  private readonly fluxes: Fluxes;
  private readonly arena: Arena;
  private readonly lawTarget: readonly Int32Array[];
  private readonly memory: ReturnType<typeof layOut>;

  private constructor(fluxes: Fluxes, plan: JacobianPlan, arena: Arena) {
    this.fluxes = fluxes;
    this.arena = arena;
    this.pattern = plan.pattern;
    this.lawTarget = plan.lawTarget;
    this.memory = layOut(fluxes, plan, arena);
  }

  /** What it needs in an arena. @param poll what it throws ends the work */
  static for(fluxes: Fluxes, laws: readonly PlacedLaw[], poll: Poll): { readonly bytes: number; readonly place: (arena: Arena) => FluxJacobian } {
    const plan = planJacobian(fluxes, laws, poll);
    return { bytes: bytesOf(fluxes, plan), place: (arena) => new FluxJacobian(fluxes, plan, arena) };
  }

  /** Takes over changed constants. */
  refresh(constants: Float64Array): void {
    const { fluxes, memory: { u, k } } = this, { varying, sumStart } = fluxes, first = sumStart[varying]!;
    for (let g = 0; g < varying; g++) u[g] = sumConstant(fluxes, constants, g);
    for (let q = 0; q < k.length; q++) k[q] = termConstant(fluxes, constants, first + q);
  }

  /**
   * Writes the non-zeros at y in the pattern's order.
   * @param addLaws adds to the derivatives what laws give: those by the l-th law's loads go to `target[l]`
   */
  fill(y: Float64Array, values: Float64Array, addLaws?: (derivatives: Float64Array, target: readonly Int32Array[]) => void): void {
    const { arena: { kernels }, memory: { plan, state, d, entries } } = this;
    state.set(y);
    kernels.fluxDerivatives(plan);
    addLaws?.(d, this.lawTarget);
    kernels.fluxJacobian(plan);
    values.set(entries);
  }
}

/** Lengths of the arrays. */
function lengthsOf({ dimension, left, productSum, sumStart, varying }: Fluxes, { pattern, slots, entryTarget, chainSource, additions }: JacobianPlan) {
  const sums = sumStart.length - 1, products = productSum.length, terms = sumStart[sums]! - sumStart[varying]!;
  return {
    doubles: { block: dimension + 1 + left.length + sums, terms, signs: products, derivatives: slots, entries: pattern.rowIndex.length, additionsBy: additions.by.length },
    words: {
      plan: Layout.JACOBIAN_FIELDS, monomials: 2 * left.length, sumEnds: sums - varying, sumEntries: terms, operands: 2 * products, factorTargets: products, entryTargets: entryTarget.length,
      chain: 3 * chainSource.length, additions: 2 * additions.from.length,
    },
  };
}

function bytesOf(fluxes: Fluxes, plan: JacobianPlan): number {
  const { doubles, words } = lengthsOf(fluxes, plan);
  return Arena.bytes(Object.values(doubles), Object.values(words));
}

function layOut(fluxes: Fluxes, jacobian: JacobianPlan, arena: Arena) {
  const { dimension: n, left, right, productSign, productFactor, productSum, sumStart, sumEntry, varying } = fluxes, { additions } = jacobian;
  const { doubles, words } = lengthsOf(fluxes, jacobian), first = sumStart[varying]!;
  const plan = arena.words(words.plan), block = arena.doubles(doubles.block), w = block.byteOffset, extended = n + 1 + left.length, u = w + 8 * extended;
  block[n] = 1;
  /** A stream of words, most of them addresses: address(x) for x = 0 … length − 1. */
  const stream = (length: number, address: (x: number) => number): Int32Array => {
    const numbers = arena.words(length);
    for (let x = 0; x < length; x++) numbers[x] = address(x);
    return numbers;
  };
  const begin = (field: number, numbers: Int32Array | Float64Array): void => { plan[field] = numbers.byteOffset; };
  const span = (field: number, end: number, numbers: Int32Array | Float64Array): void => {
    plan[field] = numbers.byteOffset;
    plan[end] = numbers.byteOffset + numbers.byteLength;
  };

  span(Layout.MONOMIALS, Layout.MONOMIALS_END, stream(words.monomials, (x) => w + 8 * ((x & 1) === 0 ? left : right)[x >> 1]!));
  plan[Layout.MONOMIAL_TARGET] = w + 8 * (n + 1);
  const sumEntries = stream(words.sumEntries, (x) => w + 8 * sumEntry[first + x]!), k = arena.doubles(doubles.terms);
  span(Layout.SUMS, Layout.SUMS_END, stream(words.sumEnds, (x) => sumEntries.byteOffset + 4 * (sumStart[varying + x + 1]! - first)));
  begin(Layout.JACOBIAN_ENTRIES, sumEntries);
  begin(Layout.JACOBIAN_CONSTANTS, k);
  plan[Layout.SUM_TARGET] = u + 8 * varying;
  span(Layout.PRODUCTS, Layout.PRODUCTS_END, stream(words.operands, (x) => ((x & 1) === 0 ? w + 8 * productFactor[x >> 1]! : u + 8 * productSum[x >> 1]!)));
  plan[Layout.PRODUCT_SIGNS] = arena.put(productSign);

  const d = arena.doubles(doubles.derivatives), slot = d.byteOffset;
  span(Layout.DERIVATIVES, Layout.DERIVATIVES_END, d);
  begin(Layout.FACTOR_TARGETS, stream(words.factorTargets, (x) => slot + 8 * jacobian.factorTarget[x]!));
  begin(Layout.ENTRY_TARGETS, stream(words.entryTargets, (x) => slot + 8 * jacobian.entryTarget[x]!));
  const chain = [(x: number) => slot + 8 * jacobian.chainSource[x]!, (x: number) => w + 8 * jacobian.chainFactor[x]!, (x: number) => slot + 8 * jacobian.chainTarget[x]!] as const;
  span(Layout.CHAIN, Layout.CHAIN_END, stream(words.chain, (x) => chain[x % 3]!(Math.floor(x / 3))));
  const entries = arena.doubles(doubles.entries);
  span(Layout.ENTRIES, Layout.ENTRIES_END, entries);
  const addends = stream(words.additions, (x) => ((x & 1) === 0 ? entries.byteOffset + 8 * additions.to[x >> 1]! : slot + 8 * additions.from[x >> 1]!));
  span(Layout.ADDITIONS, Layout.ADDITIONS_END, addends);
  plan[Layout.ADDITIONS_PLUS_END] = addends.byteOffset + 8 * additions.plus;
  plan[Layout.ADDITIONS_MINUS_END] = addends.byteOffset + 8 * additions.minus;
  plan[Layout.ADDITIONS_BY] = arena.put(additions.by);
  return { plan: plan.byteOffset, state: block.subarray(0, n), u: block.subarray(extended), k, d, entries };
}

/**
 * How to fill the Jacobian: first the derivatives d of each flux by each entry of w it depends on, then every non-zero as a
 * sum of stoichiometry·d.
 */
interface JacobianPlan {
  readonly pattern: SparsePattern;
  /** How many derivatives there are. */
  readonly slots: number;
  /** Where ∂flux/∂(factor of product p) and ∂flux/∂(entry of its sum) go. Only sums with species have entries. */
  readonly factorTarget: Int32Array;
  readonly entryTarget: Int32Array;
  readonly chainSource: Int32Array;
  readonly chainFactor: Int32Array;
  readonly chainTarget: Int32Array;
  readonly lawTarget: readonly Int32Array[];
  /** Non-zero to[x] gains ± derivative from[x]: + below `plus`, − below `minus`, then times `by`. */
  readonly additions: { readonly to: Int32Array; readonly from: Int32Array; readonly plus: number; readonly minus: number; readonly by: Float64Array };
}

function planJacobian(fluxes: Fluxes, laws: readonly PlacedLaw[], ask: Poll): JacobianPlan {
  const poll = sparingly(ask, FLUXES);
  const { dimension: n, count, productStart, productFactor, productSum, sumStart, sumEntry, left, right, varying, changeStart, changeSpecies, changeBy } = fluxes;
  const slotOf = new Int32Array(n + 1 + left.length).fill(-1);
  const touched: number[] = [];
  // Slot 0 collects derivatives by the constant 1, which nobody reads.
  let used = 1;
  const factorTarget = new Int32Array(productSum.length), entryTarget = new IntList(sumEntry.length);
  const chainSource = new IntList(), chainFactor = new IntList(), chainTarget = new IntList();
  const lawTarget = laws.map((law) => new Int32Array(law.count * law.speciesLoads));
  const lawsOf = reactionsByFlux(laws, count);
  const rows = new IntList(4 * sumEntry.length), columns = new IntList(4 * sumEntry.length), sources = new IntList(4 * sumEntry.length), bys: number[] = [];
  const slot = (entry: number): number => {
    if (entry === n) return 0;
    let at = slotOf[entry]!;
    if (at === -1) { at = slotOf[entry] = used++; touched.push(entry); }
    return at;
  };
  for (let f = 0; f < count; f++) {
    poll();
    for (let p = productStart[f]!; p < productStart[f + 1]!; p++) {
      factorTarget[p] = slot(productFactor[p]!);
      const g = productSum[p]!;
      if (g >= varying) for (let q = sumStart[g]!; q < sumStart[g + 1]!; q++) entryTarget.push(slot(sumEntry[q]!));
    }
    for (let x = lawsOf.start[f]!; x < lawsOf.start[f + 1]!; x++) {
      const l = lawsOf.law[x]!, r = lawsOf.reaction[x]!, loads = laws[l]!.speciesLoads;
      for (let k = 0; k < loads; k++) lawTarget[l]![r * loads + k] = slot(laws[l]!.loads.components[r * loads + k]!);
    }
    // Later products are made of earlier ones: take them from the last to the first.
    for (;;) {
      let entry = -1;
      for (const candidate of touched) if (candidate > n && slotOf[candidate]! >= 0 && candidate > entry) entry = candidate;
      if (entry < 0) break;
      const a = left[entry - n - 1]!, b = right[entry - n - 1]!, from = slotOf[entry]!;
      slotOf[entry] = -2;
      for (const [by, to] of [[b, a], [a, b]] as const) { chainSource.push(from); chainFactor.push(by); chainTarget.push(slot(to)); }
    }
    for (const entry of touched) {
      if (entry < n) {
        for (let p = changeStart[f]!; p < changeStart[f + 1]!; p++) {
          rows.push(changeSpecies[p]!);
          columns.push(entry);
          sources.push(slotOf[entry]!);
          bys.push(changeBy[p]!);
        }
      }
    }
    for (const entry of touched) slotOf[entry] = -1;
    touched.length = 0;
  }
  const { pattern, position } = patternOf(n, rows.toArray(), columns.toArray());
  const rank = (k: number): number => (bys[k] === 1 ? 0 : bys[k] === -1 ? 1 : 2);
  const order = countingSort(3, bys.length, rank);
  const plus = bys.reduce((count, by) => count + (by === 1 ? 1 : 0), 0), minus = bys.reduce((count, by) => count + (by === -1 ? 1 : 0), plus);
  return {
    pattern, slots: used, factorTarget, entryTarget: entryTarget.toArray(),
    chainSource: chainSource.toArray(), chainFactor: chainFactor.toArray(), chainTarget: chainTarget.toArray(), lawTarget,
    additions: {
      to: order.map((k) => position[k]!), from: order.map((k) => sources.at(k)), plus, minus,
      by: Float64Array.from(order.subarray(minus), (k) => bys[k]!),
    },
  };
}

function reactionsByFlux(laws: readonly PlacedLaw[], fluxes: number) {
  const law = new IntList(), reaction = new IntList(), flux = new IntList();
  laws.forEach((family, l) => {
    for (let r = 0; r < family.count; r++) if (family.flux[r]! >= 0) { law.push(l); reaction.push(r); flux.push(family.flux[r]!); }
  });
  const order = countingSort(fluxes, flux.length, (k) => flux.at(k));
  const start = new Int32Array(fluxes + 1);
  for (let k = 0; k < flux.length; k++) start[flux.at(k) + 1]!++;
  for (let f = 0; f < fluxes; f++) start[f + 1] = start[f + 1]! + start[f]!;
  return { start, law: order.map((k) => law.at(k)), reaction: order.map((k) => reaction.at(k)) };
}

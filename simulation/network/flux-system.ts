/**
 * The ODE system of a network written out as fluxes: right-hand side gathered by species, analytic sparse Jacobian, and
 * products with it. The loops are WebAssembly (`../kernels/assembly/fluxes.ts`) over streams of addresses laid out here, in
 * a memory of the system's own; states come in and results go out by copying, which costs little beside them. Changing
 * constants touches numbers only.
 */
import { go, sparingly, type Poll } from '../cancel.ts';
import { Arena } from '../kernels/arena.ts';
import * as Layout from '../kernels/layout-fluxes.ts';
import { countingSort, patternOf } from '../linear/pattern.ts';
import type { ConservedTotals, OdeSystem, SparsePattern } from '../system.ts';
import { conservedTotals } from './conserved.ts';
import { fluxRows, WINDOW } from './flux-rows.ts';
import type { Fluxes } from './fluxes.ts';
import { IntList } from './interner.ts';
import type { LawFamily } from './laws.ts';

/** Fluxes between two polls. */
const FLUXES = 1000;
/** Windows of a stretch: few enough that its fluxes stay in the second cache until they are added up, enough that it matters little that the loops begin anew. */
const STRETCH = 8;

/** A family with a law of its own and where its reactions go. */
export interface PlacedLaw extends LawFamily {
  readonly flux: Int32Array;
  readonly sign: Float64Array;
}

export class FluxSystem implements OdeSystem {
  readonly dimension: number;
  nonNegative: boolean;
  calendar: OdeSystem['calendar'];
  readonly jacobian: { readonly pattern: SparsePattern; fill(t: number, y: Float64Array, values: Float64Array): void };
  private readonly fluxes: Fluxes;
  private readonly laws: readonly PlacedLaw[];
  private readonly constants: Float64Array;
  private readonly parameters: Float64Array;
  private readonly derivatives: JacobianPlan;
  private readonly memory: Memory;
  private totals: ConservedTotals | undefined;

  /**
   * @param constants one a slot; written by whoever owns them, followed by `refresh`
   * @param parameters all parameters' numbers, for rate laws
   * @param poll what it throws ends the work
   */
  constructor(fluxes: Fluxes, laws: readonly PlacedLaw[], constants: Float64Array, parameters: Float64Array, nonNegative: boolean, poll: Poll = go) {
    this.dimension = fluxes.dimension;
    this.fluxes = fluxes;
    this.laws = laws;
    this.constants = constants;
    this.parameters = parameters;
    this.nonNegative = nonNegative;
    const plan = this.derivatives = planJacobian(fluxes, laws, poll);
    poll();
    this.memory = layOut(fluxes, plan);
    this.jacobian = { pattern: plan.pattern, fill: (t, y, values) => { this.fillJacobian(t, y, values); } };
    this.refresh();
  }

  /** Takes over changed constants. */
  refresh(): void {
    const { fluxes: { sumStart, sumSlot, sumWeight, varying, productSum }, constants, memory: { u, k, linearConstants } } = this;
    for (let g = 0; g < varying; g++) {
      let sum = 0;
      for (let q = sumStart[g]!; q < sumStart[g + 1]!; q++) sum += sumWeight[q]! * constants[sumSlot[q]!]!;
      u[g] = sum;
    }
    // The first products are those of fluxes k·x, one each.
    for (let f = 0; f < linearConstants.length; f++) linearConstants[f] = u[productSum[f]!]!;
    const first = sumStart[varying]!;
    for (let q = 0; q < k.length; q++) k[q] = sumWeight[first + q]! * constants[sumSlot[first + q]!]!;
  }

  rhs(t: number, y: Float64Array, dy: Float64Array): void {
    const { kernels, plan, state, change } = this.memory;
    state.set(y);
    if (this.laws.length === 0) {
      kernels.fluxRhs(plan);
    } else {
      kernels.fluxSums(plan);
      kernels.fluxProducts(plan);
      this.addLaws(t, y);
      kernels.fluxGather(plan);
    }
    dy.set(change);
  }

  private addLaws(t: number, y: Float64Array): void {
    const flux = this.memory.flux;
    for (const law of this.laws) {
      for (let r = 0; r < law.count; r++) {
        const f = law.flux[r]!;
        if (f >= 0) flux[f] = flux[f]! + law.sign[r]! * this.lawValue(law, r, t, y);
      }
    }
  }

  private lawValue(law: LawFamily, r: number, t: number, y: Float64Array): number {
    return law.tape.value(t, y, this.parameters, law.loads, r * law.speciesLoads, r * law.parameterLoads, r * law.counterLoads);
  }

  jacobianTimes(t: number, y: Float64Array, v: Float64Array, out: Float64Array): void {
    const { kernels, plan, state, direction, change } = this.memory;
    state.set(y);
    direction.set(v);
    kernels.fluxSums(plan);
    if (this.laws.length === 0) {
      kernels.fluxJacobianTimes(plan);
    } else {
      kernels.fluxTangents(plan);
      this.addLawTangents(t, y, v);
      kernels.fluxGather(plan);
    }
    out.set(change);
  }

  private addLawTangents(t: number, y: Float64Array, v: Float64Array): void {
    const flux = this.memory.flux;
    for (const law of this.laws) {
      const loads = law.speciesLoads, partial = new Float64Array(loads), identity = Int32Array.from(partial, (_, k) => k);
      for (let r = 0; r < law.count; r++) {
        const f = law.flux[r]!;
        if (f < 0) continue;
        this.lawValue(law, r, t, y);
        partial.fill(0);
        law.tape.gradient(1, partial, identity, 0);
        let sum = 0;
        for (let k = 0; k < loads; k++) sum += partial[k]! * v[law.loads.components[r * loads + k]!]!;
        flux[f] = flux[f]! + law.sign[r]! * sum;
      }
    }
  }

  private fillJacobian(t: number, y: Float64Array, values: Float64Array): void {
    const { kernels, plan, state, d, entries } = this.memory;
    state.set(y);
    kernels.fluxAllSums(plan);
    kernels.fluxDerivatives(plan);
    this.laws.forEach((law, l) => {
      for (let r = 0; r < law.count; r++) {
        if (law.flux[r]! < 0) continue;
        this.lawValue(law, r, t, y);
        law.tape.gradient(law.sign[r]!, d, this.derivatives.lawTarget[l]!, r * law.speciesLoads);
      }
    });
    kernels.fluxJacobian(plan);
    values.set(entries);
  }

  /** From the stoichiometric matrix; worked out when first asked for. */
  get conserved(): ConservedTotals {
    return (this.totals ??= conservedTotals(this.fluxes));
  }

  prepare(poll: Poll): void {
    this.totals ??= conservedTotals(this.fluxes, poll);
  }

  /** Sizes of the rewritten network, for reports. */
  get size(): { readonly fluxes: number; readonly products: number; readonly sums: number; readonly entries: number } {
    const { count, productSum, sumStart, sumEntry } = this.fluxes;
    return { fluxes: count, products: productSum.length, sums: sumStart.length - 1, entries: sumEntry.length };
  }
}

/** The arena of a system: the kernels' plan and the arrays that are read and written here. */
type Memory = ReturnType<typeof layOut>;

function layOut(fluxes: Fluxes, jacobian: JacobianPlan) {
  const { dimension: n, count, left, right, productStart, productSign, productFactor, productSum, sumStart, sumEntry, singles, pairs, varying, inline, changeStart, changeSpecies } = fluxes;
  const extended = n + 1 + left.length, sums = sumStart.length - 1, products = productSum.length, entries = jacobian.pattern.rowIndex.length;
  const first = sumStart[varying]!, generalProducts = productStart[pairs]!;
  const rows = fluxRows(fluxes), additions = jacobian.additions;
  const chains = jacobian.chainSource.length, shapes = [0, ...fluxes.singles, pairs], last = rows.windows.order.length - 1, stretches = Math.ceil(last / STRETCH);
  const arena = new Arena(Arena.bytes(
    [extended + sums, extended + sums, sumEntry.length - first, products - generalProducts, count, rows.by.length, n, jacobian.slots, additions.by.length, entries, products, singles[0]],
    [Layout.FIELDS, Layout.RECORD * (stretches + 1), singles[0], 2 * left.length, sums - varying, sumEntry.length - first, 2 * products, count - pairs, 2 * (sums - inline), rows.source.length, rows.order.length, rows.counts.length, rows.lengths.length,
      products, jacobian.entryTarget.length, 3 * chains, 2 * additions.from.length],
  ));
  const table = arena.words(Layout.FIELDS);
  const set = (field: number, address: number): void => { table[field] = address; };
  /** A stream of words, most of them addresses: address(x) for x = 0 … length − 1. */
  const stream = (length: number, address: (x: number) => number): Int32Array => {
    const words = arena.words(length);
    for (let x = 0; x < length; x++) words[x] = address(x);
    return words;
  };
  const block = arena.doubles(extended + sums), tangents = arena.doubles(extended + sums);
  const w = block.byteOffset, u = w + 8 * extended;
  block[n] = 1;
  set(Layout.TANGENT, tangents.byteOffset - w);

  const monomials = stream(2 * left.length, (x) => w + 8 * ((x & 1) === 0 ? left : right)[x >> 1]!);
  set(Layout.MONOMIALS, monomials.byteOffset);
  set(Layout.MONOMIALS_END, monomials.byteOffset + 4 * monomials.length);
  set(Layout.MONOMIAL_TARGET, w + 8 * (n + 1));

  const sumEntries = stream(sumEntry.length - first, (x) => w + 8 * sumEntry[first + x]!);
  const sumEnds = stream(sums - varying, (x) => sumEntries.byteOffset + 4 * (sumStart[varying + x + 1]! - first));
  const k = arena.doubles(sumEntry.length - first);
  set(Layout.SUMS, sumEnds.byteOffset);
  set(Layout.SUMS_END, sumEnds.byteOffset + 4 * sumEnds.length);
  set(Layout.SHARED_END, sumEnds.byteOffset + 4 * (inline - varying));
  set(Layout.SUM_ENTRIES, sumEntries.byteOffset);
  set(Layout.SUM_CONSTANTS, k.byteOffset);
  set(Layout.SUM_TARGET, u + 8 * varying);

  const operands = stream(2 * products, (x) => ((x & 1) === 0 ? w + 8 * productFactor[x >> 1]! : u + 8 * productSum[x >> 1]!));
  const endOf = (fluxesBefore: number): number => operands.byteOffset + 8 * productStart[fluxesBefore]!;
  set(Layout.PRODUCTS, operands.byteOffset);
  set(Layout.PRODUCTS_END, endOf(count));
  set(Layout.PRODUCT_SIGNS, arena.put(productSign));
  const linear = stream(singles[0], (x) => w + 8 * productFactor[x]!), linearConstants = arena.doubles(singles[0]);
  set(Layout.LINEAR, linear.byteOffset);
  set(Layout.LINEAR_CONSTANTS, linearConstants.byteOffset);
  const inlined = stream(2 * (sums - inline), (x) => w + 8 * ((x & 1) === 0 ? productFactor[productStart[singles[1] + (x >> 1)]!]! : sumEntry[sumStart[inline + (x >> 1)]!]!));
  set(Layout.INLINE, inlined.byteOffset);
  set(Layout.INLINE_CONSTANTS, k.byteOffset + 8 * (sumStart[inline]! - first));
  const counts = stream(count - pairs, (x) => productStart[pairs + x + 1]! - productStart[pairs + x]!);
  const signs = arena.put(productSign.subarray(generalProducts));

  const flux = arena.doubles(count), change = arena.doubles(n);
  const sources = stream(rows.source.length, (x) => flux.byteOffset + 8 * rows.source[x]!);
  const targets = stream(rows.order.length, (x) => change.byteOffset + 8 * rows.order[x]!);
  const windows = stream(rows.counts.length, (x) => rows.counts[x]!), lengths = stream(rows.lengths.length, (x) => rows.lengths[x]!), by = arena.put(rows.by);
  const records = arena.words(Layout.RECORD * (stretches + 1));
  set(Layout.RECORDS, records.byteOffset);
  set(Layout.RECORDS_END, records.byteOffset + 4 * Layout.RECORD * stretches);
  // Fluxes of one shape stand in the order of the first species that they change.
  const next = shapes.slice();
  for (let s = 0; s <= stretches; s++) {
    const window = Math.min(s * STRETCH, last), record = records.subarray(Layout.RECORD * s, Layout.RECORD * (s + 1));
    next.forEach((_, shape) => {
      const end = shapes[shape + 1] ?? count;
      while (next[shape]! < end && (s === stretches || changeSpecies[changeStart[next[shape]!]!]! < window * WINDOW)) next[shape]!++;
      record[Layout.TO_LINEAR + shape] = flux.byteOffset + 8 * next[shape]!;
    });
    const [nextLinear, nextSingle, nextInline, nextPair, nextCount] = next as [number, number, number, number, number];
    record[Layout.NEXT_LINEAR] = linear.byteOffset + 4 * nextLinear;
    record[Layout.NEXT_SINGLE] = endOf(nextSingle);
    record[Layout.NEXT_INLINE] = inlined.byteOffset + 8 * (nextInline - singles[1]);
    record[Layout.NEXT_PAIR] = endOf(nextPair);
    record[Layout.NEXT_COUNT] = counts.byteOffset + 4 * (nextCount - pairs);
    record[Layout.NEXT_PRODUCT] = endOf(nextCount);
    record[Layout.NEXT_SIGN] = signs + 8 * (productStart[nextCount]! - generalProducts);
    record[Layout.NEXT_ROWS] = windows.byteOffset + 4 * Layout.ROW_KINDS * window;
    record[Layout.NEXT_SOURCE] = sources.byteOffset + 4 * rows.windows.source[window]!;
    record[Layout.NEXT_BY] = by + 8 * rows.windows.by[window]!;
    record[Layout.NEXT_TARGET] = targets.byteOffset + 4 * rows.windows.order[window]!;
    record[Layout.NEXT_LENGTH] = lengths.byteOffset + 4 * rows.windows.lengths[window]!;
  }

  const d = arena.doubles(jacobian.slots), slot = d.byteOffset;
  set(Layout.DERIVATIVES, slot);
  set(Layout.DERIVATIVES_END, slot + 8 * d.length);
  set(Layout.FACTOR_TARGETS, stream(products, (x) => slot + 8 * jacobian.factorTarget[x]!).byteOffset);
  set(Layout.ENTRY_TARGETS, stream(jacobian.entryTarget.length, (x) => slot + 8 * jacobian.entryTarget[x]!).byteOffset);
  const chain = arena.words(3 * chains);
  for (let x = 0; x < chains; x++) {
    chain[3 * x] = slot + 8 * jacobian.chainSource[x]!;
    chain[3 * x + 1] = w + 8 * jacobian.chainFactor[x]!;
    chain[3 * x + 2] = slot + 8 * jacobian.chainTarget[x]!;
  }
  set(Layout.CHAIN, chain.byteOffset);
  set(Layout.CHAIN_END, chain.byteOffset + 4 * chain.length);
  const values = arena.doubles(entries);
  const addends = arena.words(2 * additions.from.length);
  for (let x = 0; x < additions.from.length; x++) {
    addends[2 * x] = values.byteOffset + 8 * additions.to[x]!;
    addends[2 * x + 1] = slot + 8 * additions.from[x]!;
  }
  set(Layout.ADDITIONS, addends.byteOffset);
  set(Layout.ADDITIONS_PLUS_END, addends.byteOffset + 8 * additions.plus);
  set(Layout.ADDITIONS_MINUS_END, addends.byteOffset + 8 * additions.minus);
  set(Layout.ADDITIONS_END, addends.byteOffset + 4 * addends.length);
  set(Layout.ADDITIONS_BY, arena.put(additions.by));
  set(Layout.ENTRIES, values.byteOffset);
  set(Layout.ENTRIES_END, values.byteOffset + 8 * entries);
  return {
    kernels: arena.kernels, plan: table.byteOffset, state: block.subarray(0, n), direction: tangents.subarray(0, n),
    u: block.subarray(extended), k, linearConstants, flux, change, d, entries: values,
  };
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

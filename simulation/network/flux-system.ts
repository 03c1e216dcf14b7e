/**
 * The ODE system of a network written out as fluxes: right-hand side gathered by species, analytic sparse Jacobian, and
 * products with it. Changing constants touches numbers only.
 */
import { countingSort, patternOf } from '../linear/pattern.ts';
import type { ConservedTotals, OdeSystem, SparsePattern } from '../system.ts';
import { conservedTotals } from './conserved.ts';
import type { Fluxes } from './fluxes.ts';
import { IntList } from './interner.ts';
import type { LawFamily } from './laws.ts';

/** A family with a law of its own and where its reactions go. */
export interface PlacedLaw extends LawFamily {
  readonly flux: Int32Array;
  readonly sign: Float64Array;
}

export class FluxSystem implements OdeSystem {
  readonly dimension: number;
  nonNegative: boolean;
  private readonly fluxes: Fluxes;
  private readonly laws: readonly PlacedLaw[];
  private readonly constants: Float64Array;
  private readonly parameters: Float64Array;
  /** K of each entry of the sums. */
  private readonly k: Float64Array;
  private readonly w: Float64Array;
  private readonly u: Float64Array;
  private readonly flux: Float64Array;
  private readonly gather: { readonly start: Int32Array; readonly flux: Int32Array; readonly by: Float64Array };
  private tangent: { readonly w: Float64Array; readonly u: Float64Array } | undefined;
  private derivatives: JacobianPlan | undefined;
  private totals: ConservedTotals | undefined;

  /**
   * @param constants one a slot; written by whoever owns them, followed by `refresh`
   * @param parameters all parameters' numbers, for rate laws
   */
  constructor(fluxes: Fluxes, laws: readonly PlacedLaw[], constants: Float64Array, parameters: Float64Array, nonNegative: boolean) {
    this.dimension = fluxes.dimension;
    this.fluxes = fluxes;
    this.laws = laws;
    this.constants = constants;
    this.parameters = parameters;
    this.nonNegative = nonNegative;
    this.k = new Float64Array(fluxes.sumSlot.length);
    this.w = new Float64Array(fluxes.dimension + 1 + fluxes.left.length);
    this.u = new Float64Array(fluxes.sumStart.length - 1);
    this.flux = new Float64Array(fluxes.count);
    this.gather = gatherBySpecies(fluxes);
    this.refresh();
  }

  /** Takes over changed constants. */
  refresh(): void {
    const { k, fluxes, constants, w, u } = this;
    for (let q = 0; q < k.length; q++) k[q] = fluxes.sumWeight[q]! * constants[fluxes.sumSlot[q]!]!;
    for (let g = 0; g < fluxes.varying; g++) {
      let sum = 0;
      for (let q = fluxes.sumStart[g]!; q < fluxes.sumStart[g + 1]!; q++) sum += k[q]!;
      u[g] = sum;
    }
    // No state is known for these constants yet.
    w.fill(NaN, 0, this.dimension);
    w[this.dimension] = 1;
  }

  rhs(t: number, y: Float64Array, dy: Float64Array): void {
    this.sums(y);
    this.sumProducts(t, y);
    const { start, flux: source, by } = this.gather, flux = this.flux, n = this.dimension;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let p = start[i]!, end = start[i + 1]!; p < end; p++) sum += by[p]! * flux[source[p]!]!;
      dy[i] = sum;
    }
  }

  /** w and u at a state. */
  private sums(y: Float64Array): void {
    const { w, u, k, fluxes } = this, { sumStart, sumEntry, left, right } = fluxes, n = this.dimension;
    for (let i = 0; i < n; i++) w[i] = y[i]!;
    for (let m = 0; m < left.length; m++) w[n + 1 + m] = w[left[m]!]! * w[right[m]!]!;
    for (let g = fluxes.varying, groups = u.length; g < groups; g++) {
      let sum = 0;
      for (let q = sumStart[g]!, end = sumStart[g + 1]!; q < end; q++) sum += k[q]! * w[sumEntry[q]!]!;
      u[g] = sum;
    }
  }

  private sumProducts(t: number, y: Float64Array): void {
    const { flux, w, u, laws } = this, { singles, pairs, productStart, productSign, productFactor, productSum, count } = this.fluxes;
    const alone = singles[1];
    for (let f = 0; f < alone; f++) flux[f] = w[productFactor[f]!]! * u[productSum[f]!]!;
    for (let f = alone, p = alone; f < pairs; f++, p += 2) {
      flux[f] = w[productFactor[p]!]! * u[productSum[p]!]! - w[productFactor[p + 1]!]! * u[productSum[p + 1]!]!;
    }
    for (let f = pairs; f < count; f++) {
      let sum = 0;
      for (let p = productStart[f]!, end = productStart[f + 1]!; p < end; p++) sum += productSign[p]! * w[productFactor[p]!]! * u[productSum[p]!]!;
      flux[f] = sum;
    }
    for (const law of laws) {
      for (let r = 0; r < law.count; r++) {
        const f = law.flux[r]!;
        if (f >= 0) flux[f] = flux[f]! + law.sign[r]! * this.lawValue(law, r, t, y);
      }
    }
  }

  private lawValue(law: LawFamily, r: number, t: number, y: Float64Array): number {
    return law.tape.value(t, y, this.parameters, law.loads, r * law.speciesLoads, r * law.parameterLoads, r * law.counterLoads);
  }

  private knows(y: Float64Array): boolean {
    const w = this.w, n = this.dimension;
    for (let i = 0; i < n; i++) if (w[i] !== y[i]) return false;
    return true;
  }

  jacobianTimes(t: number, y: Float64Array, v: Float64Array, out: Float64Array): void {
    const { w, u, k, fluxes, flux } = this, n = this.dimension;
    const { sumStart, sumEntry, left, right, singles, pairs, productStart, productSign, productFactor, productSum, count, varying } = fluxes;
    // In Newton's method this follows the right-hand side at the same state, whose sums are still there.
    if (!this.knows(y)) this.sums(y);
    const { w: dw, u: du } = (this.tangent ??= { w: new Float64Array(w.length), u: new Float64Array(u.length) });
    for (let i = 0; i < n; i++) dw[i] = v[i]!;
    for (let m = 0; m < left.length; m++) {
      const a = left[m]!, b = right[m]!;
      dw[n + 1 + m] = dw[a]! * w[b]! + w[a]! * dw[b]!;
    }
    for (let g = varying, groups = u.length; g < groups; g++) {
      let sum = 0;
      for (let q = sumStart[g]!, end = sumStart[g + 1]!; q < end; q++) sum += k[q]! * dw[sumEntry[q]!]!;
      du[g] = sum;
    }
    const linear = singles[0], alone = singles[1];
    for (let f = 0; f < linear; f++) flux[f] = dw[productFactor[f]!]! * u[productSum[f]!]!;
    for (let f = linear; f < alone; f++) {
      const s = productFactor[f]!, g = productSum[f]!;
      flux[f] = dw[s]! * u[g]! + w[s]! * du[g]!;
    }
    for (let f = alone, p = alone; f < pairs; f++, p += 2) {
      const s = productFactor[p]!, g = productSum[p]!;
      flux[f] = dw[s]! * u[g]! + w[s]! * du[g]! - dw[productFactor[p + 1]!]! * u[productSum[p + 1]!]!;
    }
    for (let f = pairs; f < count; f++) {
      let sum = 0;
      for (let p = productStart[f]!, end = productStart[f + 1]!; p < end; p++) {
        const s = productFactor[p]!, g = productSum[p]!;
        sum += productSign[p]! * (dw[s]! * u[g]! + w[s]! * du[g]!);
      }
      flux[f] = sum;
    }
    this.lawTangents(t, y, v);
    const { start, flux: source, by } = this.gather;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let p = start[i]!, end = start[i + 1]!; p < end; p++) sum += by[p]! * flux[source[p]!]!;
      out[i] = sum;
    }
  }

  private lawTangents(t: number, y: Float64Array, v: Float64Array): void {
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
        this.flux[f] = this.flux[f]! + law.sign[r]! * sum;
      }
    }
  }

  /** Built when first asked for: explicit methods never do. */
  get jacobian(): { readonly pattern: SparsePattern; fill(t: number, y: Float64Array, values: Float64Array): void } {
    const plan = (this.derivatives ??= planJacobian(this.fluxes, this.laws));
    return { pattern: plan.pattern, fill: (t, y, values) => { this.fillJacobian(plan, t, y, values); } };
  }

  private fillJacobian(plan: JacobianPlan, t: number, y: Float64Array, values: Float64Array): void {
    const { w, u, k, fluxes } = this, { productStart, productSign, productFactor, productSum, sumStart, count, varying } = fluxes;
    if (!this.knows(y)) this.sums(y);
    const { d, factorTarget, entryTarget } = plan;
    d.fill(0);
    let e = 0;
    for (let f = 0; f < count; f++) {
      for (let p = productStart[f]!, end = productStart[f + 1]!; p < end; p++) {
        const g = productSum[p]!, sign = productSign[p]!, target = factorTarget[p]!;
        d[target] = d[target]! + sign * u[g]!;
        if (g < varying) continue;
        const scale = sign * w[productFactor[p]!]!;
        for (let q = sumStart[g]!, last = sumStart[g + 1]!; q < last; q++) {
          const at = entryTarget[e++]!;
          d[at] = d[at]! + scale * k[q]!;
        }
      }
    }
    // ∂/∂(w_a w_b) turned into ∂/∂w_a and ∂/∂w_b, products of products first.
    for (let x = 0; x < plan.chainSource.length; x++) {
      const at = plan.chainTarget[x]!;
      d[at] = d[at]! + d[plan.chainSource[x]!]! * w[plan.chainFactor[x]!]!;
    }
    this.laws.forEach((law, l) => {
      for (let r = 0; r < law.count; r++) {
        if (law.flux[r]! < 0) continue;
        this.lawValue(law, r, t, y);
        law.tape.gradient(law.sign[r]!, d, plan.lawTarget[l]!, r * law.speciesLoads);
      }
    });
    const { start, source, by } = plan;
    for (let p = 0; p < values.length; p++) {
      let sum = 0;
      for (let c = start[p]!, end = start[p + 1]!; c < end; c++) sum += by[c]! * d[source[c]!]!;
      values[p] = sum;
    }
  }

  /** Works out at once what stiff integration will ask for. */
  prepare(): void {
    this.derivatives ??= planJacobian(this.fluxes, this.laws);
    this.totals ??= conservedTotals(this.fluxes);
  }

  /** From the stoichiometric matrix; worked out when first asked for. */
  get conserved(): ConservedTotals {
    return (this.totals ??= conservedTotals(this.fluxes));
  }

  /** Sizes of the rewritten network, for reports. */
  get size(): { readonly fluxes: number; readonly products: number; readonly sums: number; readonly entries: number } {
    const { count, productSum, sumStart, sumEntry } = this.fluxes;
    return { fluxes: count, products: productSum.length, sums: sumStart.length - 1, entries: sumEntry.length };
  }
}

function gatherBySpecies(fluxes: Fluxes) {
  const { dimension, count, changeStart, changeSpecies, changeBy } = fluxes;
  const order = countingSort(dimension, changeSpecies.length, (p) => changeSpecies[p]!);
  const fluxOf = new Int32Array(changeSpecies.length);
  for (let f = 0; f < count; f++) fluxOf.fill(f, changeStart[f], changeStart[f + 1]);
  const start = new Int32Array(dimension + 1);
  for (const i of changeSpecies) start[i + 1]!++;
  for (let i = 0; i < dimension; i++) start[i + 1] = start[i + 1]! + start[i]!;
  return { start, flux: order.map((p) => fluxOf[p]!), by: Float64Array.from(order, (p) => changeBy[p]!) };
}

/**
 * How to fill the Jacobian: first the derivatives d of each flux by each entry of w it depends on, then every non-zero as a
 * sum of stoichiometry·d.
 */
interface JacobianPlan {
  readonly pattern: SparsePattern;
  readonly d: Float64Array;
  /** Where ∂flux/∂(factor of product p) and ∂flux/∂(entry of its sum) go. Only sums with species have entries. */
  readonly factorTarget: Int32Array;
  readonly entryTarget: Int32Array;
  readonly chainSource: Int32Array;
  readonly chainFactor: Int32Array;
  readonly chainTarget: Int32Array;
  readonly lawTarget: readonly Int32Array[];
  readonly start: Int32Array;
  readonly source: Int32Array;
  readonly by: Float64Array;
}

function planJacobian(fluxes: Fluxes, laws: readonly PlacedLaw[]): JacobianPlan {
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
  const size = pattern.rowIndex.length;
  const order = countingSort(size, position.length, (k) => position[k]!);
  const start = new Int32Array(size + 1);
  for (const p of position) start[p + 1]!++;
  for (let p = 0; p < size; p++) start[p + 1] = start[p + 1]! + start[p]!;
  return {
    pattern, d: new Float64Array(used), factorTarget, entryTarget: entryTarget.toArray(),
    chainSource: chainSource.toArray(), chainFactor: chainFactor.toArray(), chainTarget: chainTarget.toArray(), lawTarget,
    start, source: order.map((k) => sources.at(k)), by: Float64Array.from(order, (k) => bys[k]!),
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

/**
 * The ODE system of a network written out as fluxes: right-hand side, products with the Jacobian, and the Jacobian. The loops are WebAssembly in a
 * memory of the system's own (`flux-rates.ts`, `flux-jacobian.ts`); laws that are not mass action are JavaScript. Changing constants touches numbers only.
 */
import { go, type Poll } from '../cancel.ts';
import { Arena } from '../kernels/arena.ts';
import type { ConservedTotals, OdeSystem, SparsePattern } from '../system.ts';
import { conservedTotals } from './conserved.ts';
import { FluxJacobian } from './flux-jacobian.ts';
import { FluxRates } from './flux-rates.ts';
import type { Fluxes } from './fluxes.ts';
import type { LawFamily, PlacedLaw } from './laws.ts';

export class FluxSystem implements OdeSystem {
  readonly dimension: number;
  nonNegative: boolean;
  calendar: OdeSystem['calendar'];
  readonly jacobian: { readonly pattern: SparsePattern; fill(t: number, y: Float64Array, values: Float64Array): void };
  private readonly fluxes: Fluxes;
  private readonly laws: readonly PlacedLaw[];
  private readonly constants: Float64Array;
  private readonly parameters: Float64Array;
  private readonly rates: FluxRates;
  private readonly derivatives: FluxJacobian;
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
    const rates = FluxRates.for(fluxes), derivatives = FluxJacobian.for(fluxes, laws, poll);
    poll();
    const arena = new Arena(rates.bytes + derivatives.bytes);
    this.rates = rates.place(arena);
    this.derivatives = derivatives.place(arena);
    this.jacobian = { pattern: this.derivatives.pattern, fill: (t, y, values) => { this.fillJacobian(t, y, values); } };
    this.refresh();
  }

  /** Takes over changed constants. */
  refresh(): void {
    this.rates.refresh(this.constants);
    this.derivatives.refresh(this.constants);
  }

  rhs(t: number, y: Float64Array, dy: Float64Array): void {
    this.rates.evaluate(y, undefined, dy, this.laws.length === 0 ? undefined : (flux) => { this.addLaws(flux, t, y); });
  }

  private addLaws(flux: Float64Array, t: number, y: Float64Array): void {
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
    this.rates.evaluate(y, v, out, this.laws.length === 0 ? undefined : (flux) => { this.addLawTangents(flux, t, y, v); });
  }

  private addLawTangents(flux: Float64Array, t: number, y: Float64Array, v: Float64Array): void {
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
    this.derivatives.fill(y, values, this.laws.length === 0 ? undefined : (derivatives, target) => { this.addLawDerivatives(derivatives, target, t, y); });
  }

  private addLawDerivatives(derivatives: Float64Array, target: readonly Int32Array[], t: number, y: Float64Array): void {
    this.laws.forEach((law, l) => {
      for (let r = 0; r < law.count; r++) {
        if (law.flux[r]! < 0) continue;
        this.lawValue(law, r, t, y);
        law.tape.gradient(law.sign[r]!, derivatives, target[l]!, r * law.speciesLoads);
      }
    });
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

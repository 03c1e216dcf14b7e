/** Rates and products with the Jacobian from the fluxes. States come in and results go out by copying, all at once or view by view (`flux-views.ts`). */
import type { Arena } from '../kernels/arena.ts';
import { RECORD } from '../kernels/layout-fluxes.ts';
import { bytesOf, layOut, type RatesMemory } from './flux-layout.ts';
import { fluxRows } from './flux-rows.ts';
import { Shape } from './flux-shapes.ts';
import { sharedSums } from './flux-sums.ts';
import { STRETCH } from './flux-views.ts';
import { sumConstant, termConstant, type Fluxes } from './fluxes.ts';

export class FluxRates {
  private readonly fluxes: Fluxes;
  private readonly arena: Arena;
  private readonly memory: RatesMemory;

  private constructor(fluxes: Fluxes, arena: Arena, memory: RatesMemory) {
    this.fluxes = fluxes;
    this.arena = arena;
    this.memory = memory;
  }

  /** What it needs in an arena, in which it must be the first: conversions and bindings have addresses of 16 bits. */
  static for(fluxes: Fluxes): { readonly bytes: number; readonly place: (arena: Arena) => FluxRates } {
    const parts = { rows: fluxRows(fluxes), shared: sharedSums(fluxes) };
    return { bytes: bytesOf(fluxes, parts), place: (arena) => new FluxRates(fluxes, arena, layOut(fluxes, parts, arena)) };
  }

  /** Takes over changed constants. */
  refresh(constants: Float64Array): void {
    const { fluxes, memory: { constantSums, linearConstants: linear, inlineConstants: inline, sumTerms, sumConstants } } = this, { productSum, productStart, shapeStart, sumStart, varying } = fluxes;
    for (let g = 0; g < varying; g++) constantSums[g] = sumConstant(fluxes, constants, g);
    for (let f = 0; f < linear.length; f++) linear[f] = constantSums[productSum[productStart[f]!]!]!;
    for (let k = 0, f = shapeStart[Shape.binding]!; k < inline.length; k++, f++) inline[k] = termConstant(fluxes, constants, sumStart[productSum[productStart[f]!]!]!);
    for (let k = 0; k < sumTerms.length; k++) sumConstants[k] = termConstant(fluxes, constants, sumTerms[k]!);
  }

  /**
   * Writes the change of every species at y, or its derivative along v.
   * @param addLaws adds to the fluxes what laws give
   */
  evaluate(y: Float64Array, v: Float64Array | undefined, out: Float64Array, addLaws?: (flux: Float64Array) => void): void {
    const { arena: { kernels }, memory: { plan, state, direction, change, flux }, fluxes: { views } } = this;
    if (views.moving) { this.evaluateByViews(y, v, out); return; }
    state.set(y);
    if (v !== undefined) direction.set(v);
    if (addLaws === undefined) {
      if (v === undefined) kernels.fluxRates(plan);
      else kernels.fluxTangents(plan);
    } else {
      if (v === undefined) kernels.fluxValues(plan);
      else kernels.fluxTangentValues(plan);
      addLaws(flux);
      kernels.fluxGather(plan);
    }
    out.set(change);
  }

  private evaluateByViews(y: Float64Array, v: Float64Array | undefined, out: Float64Array): void {
    const { arena: { kernels }, memory: { plan, records, state, direction, change, done, far }, fluxes: { dimension, views } } = this;
    const { far: species, size, stretches } = views;
    for (let k = 0; k < species.length; k++) far.state[k] = y[species[k]!]!;
    if (v !== undefined) for (let k = 0; k < species.length; k++) far.direction[k] = v[species[k]!]!;
    change.fill(0);
    far.change.fill(0);
    for (let s = 0, record = records; s < stretches; s++, record += 4 * RECORD) {
      const first = s * STRETCH, end = Math.min(first + STRETCH, dimension), seen = Math.min(first + size, dimension);
      state.set(y.subarray(first, seen));
      if (v === undefined) {
        kernels.fluxRatesOf(plan, record);
      } else {
        direction.set(v.subarray(first, seen));
        kernels.fluxTangentsOf(plan, record);
      }
      out.set(end - first < STRETCH ? change.subarray(0, end - first) : done, first);
      kernels.fluxAdvance(plan);
    }
    for (let k = 0; k < species.length; k++) out[species[k]!]! += far.change[k]!;
  }
}

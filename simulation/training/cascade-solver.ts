/**
 * (I − γJ) x = b for the pot in differences of rails. What happens within a dwell is a cascade: y drives a unit's own species, these
 * the next layer, the outputs the error, and the error comes back layer by layer. So J is block-triangular but for the slow
 * weights, and one pass through the network solves the system for about the price of one evaluation of the right-hand side.
 *
 * J leaves the weights out: their rows and columns are 0. That they move is a matter of the learning rate, and the method that this
 * is for allows it (`rosenbrock.ts`).
 */
import type { DifferenceLayer, DifferenceModel } from './difference-model.ts';
import type { Offsets } from './difference-system.ts';
import { PREACTIVATION, type LocalTerm } from './local-terms.ts';

/** What the solver needs to know of the system it solves for. */
export interface Cascade {
  readonly model: DifferenceModel;
  readonly offsets: readonly Offsets[];
  /** Length of a state. */
  readonly dimension: number;
  readonly errorAt: number;
}

export class CascadeSolver {
  private readonly system: Cascade;
  /** Where J was taken. */
  private readonly z: Float64Array;
  private readonly local: readonly (LocalBlocks | undefined)[];
  /** By layer: the share of its activities in the solution, and what comes back to it through the weights above. */
  private readonly changes: readonly Float64Array[];
  private readonly back: readonly Float64Array[];
  private γ = 0;

  constructor(system: Cascade) {
    const { layers } = system.model;
    this.system = system;
    this.z = new Float64Array(system.dimension);
    this.local = layers.map(({ local, units }) => (local === undefined ? undefined : new LocalBlocks(local.terms, units, local.variables.length)));
    this.changes = layers.map(({ units }) => new Float64Array(units));
    this.back = layers.map(({ units }) => new Float64Array(units));
  }

  /** Takes over J at a state. */
  evaluate(z: Float64Array): void {
    const { local, system: { offsets } } = this;
    this.z.set(z);
    for (let l = 0; l < offsets.length; l++) local[l]?.evaluate(z, offsets[l]!.y, offsets[l]!.local);
  }

  /** Prepares I − γJ. @returns false when that is singular */
  factorise(γ: number): boolean {
    this.γ = γ;
    return this.local.every((blocks) => blocks?.factorise(γ) ?? true);
  }

  /** Writes x in place of b. */
  solve(b: Float64Array): void {
    const { length } = this.system.model.layers;
    for (let l = 0; l < length; l++) this.forward(l, b);
    this.error(b, this.system.errorAt);
    for (let l = length - 1; l >= 0; l--) {
      this.backward(l, b);
      if (l > 0) this.carry(l, b);
    }
  }

  /** y and what the units do with it. */
  private forward(l: number, b: Float64Array): void {
    const { γ, z, system: { model, offsets } } = this, layer = model.layers[l]!, at = offsets[l]!;
    const { units, fanIn, constants: { kw, dy } } = layer, share = 1 / (1 + γ * dy);
    if (l === 0) for (let i = 0; i < units; i++) b[at.y + i] = share * b[at.y + i]!;
    else {
      const change = this.changes[l - 1]!, kγ = γ * kw;
      for (let k = 0, w = at.W; k < units; k++) {
        // Two sums side by side: each addition waits for the one before it.
        let moved = 0, other = 0, j = 0;
        for (; j + 1 < fanIn; j += 2, w += 2) {
          moved += z[w]! * change[j]!;
          other += z[w + 1]! * change[j + 1]!;
        }
        if (j < fanIn) moved += z[w++]! * change[j]!;
        b[at.y + k] = share * (b[at.y + k]! + kγ * (moved + other));
      }
    }
    this.local[l]?.solve(b, at.y, at.local, γ);
    activityOf(layer, at, b, this.changes[l]!);
  }

  private error(b: Float64Array, at: number): void {
    const { γ, changes, system: { model: { error: { ko, de } } } } = this, change = changes.at(-1)!, share = 1 / (1 + γ * de);
    for (let k = 0; k < change.length; k++) b[at + k] = share * (b[at + k]! + γ * ko * change[k]!);
  }

  /** What comes back to a layer, times the slope of its units. */
  private backward(l: number, b: Float64Array): void {
    const { γ, z, back, system: { model: { layers }, offsets } } = this, layer = layers[l]!, at = offsets[l]!;
    const { units, derivative, constants: { kg, dg, kl, dl } } = layer, last = l === layers.length - 1, carried = back[l]!;
    if (at.g < 0) {
      if (!last) for (let i = 0; i < units; i++) b[at.δ + i] = (b[at.δ + i]! + γ * kg * carried[i]!) / (1 + γ * dl);
      return;
    }
    const φ = at.local + derivative! * units, gShare = 1 / (1 + γ * dg), lShare = 1 / (1 + γ * dl), kγ = γ * kl;
    for (let i = 0; i < units; i++) {
      const g = last ? b[at.g + i]! : (b[at.g + i]! + γ * kg * carried[i]!) * gShare;
      b[at.g + i] = g;
      b[at.δ + i] = (b[at.δ + i]! + kγ * (g * z[φ + i]! + z[at.g + i]! * b[φ + i]!)) * lShare;
    }
  }

  /** The sum that goes back through a layer's weights. */
  private carry(l: number, b: Float64Array): void {
    const { z, system: { model: { layers }, offsets } } = this, at = offsets[l]!, { units, fanIn } = layers[l]!, carried = this.back[l - 1]!;
    carried.fill(0);
    for (let k = 0, w = at.W; k < units; k++) {
      const moved = b[at.δ + k]!;
      for (let j = 0; j < fanIn; j++, w++) carried[j] = carried[j]! + z[w]! * moved;
    }
  }
}

function activityOf({ activity, units }: DifferenceLayer, at: Offsets, z: Float64Array, out: Float64Array): void {
  const [plus, minus] = activity, from = plus === undefined ? at.y : at.local + plus * units;
  if (minus === undefined) for (let i = 0; i < units; i++) out[i] = z[from + i]!;
  else for (let i = 0, other = at.local + minus * units; i < units; i++) out[i] = z[from + i]! - z[other + i]!;
}

/** ∂(local terms)/∂(local variables) and ∂/∂y of every unit, and small dense factorisations without exchange of rows. */
class LocalBlocks {
  private readonly parts: readonly { readonly coefficient: number; readonly of: number; readonly target: number; readonly others: readonly number[] }[];
  private readonly units: number;
  private readonly variables: number;
  /** Entry (target, of) of all units: jacobian[((target·(v + 1)) + of)·units + i]; of = v is y. */
  private readonly jacobian: Float64Array;
  private readonly lu: Float64Array;
  private readonly x: Float64Array;

  constructor(terms: readonly LocalTerm[], units: number, variables: number) {
    this.units = units;
    this.variables = variables;
    this.jacobian = new Float64Array(variables * (variables + 1) * units);
    this.lu = new Float64Array(variables * variables * units);
    this.x = new Float64Array(variables);
    // The product rule: one part for every factor, repeated factors counted.
    this.parts = terms.flatMap(({ coefficient, factors, target }) => factors.map((factor, at) => ({
      coefficient, target, of: factor === PREACTIVATION ? variables : factor, others: factors.filter((_, other) => other !== at),
    })));
  }

  evaluate(z: Float64Array, yAt: number, localAt: number): void {
    const { jacobian, units, variables } = this;
    jacobian.fill(0);
    const place = (factor: number): number => (factor === PREACTIVATION ? yAt : localAt + factor * units);
    for (const { coefficient, of, target, others } of this.parts) {
      const to = (target * (variables + 1) + of) * units;
      if (others.length === 0) for (let i = 0; i < units; i++) jacobian[to + i] = jacobian[to + i]! + coefficient;
      else if (others.length === 1) for (let i = 0, a = place(others[0]!); i < units; i++) jacobian[to + i] = jacobian[to + i]! + coefficient * z[a + i]!;
      else {
        for (let i = 0; i < units; i++) {
          let product = coefficient;
          for (const factor of others) product *= z[place(factor) + i]!;
          jacobian[to + i] = jacobian[to + i]! + product;
        }
      }
    }
  }

  factorise(γ: number): boolean {
    const { jacobian, lu, units, variables: v } = this;
    for (let r = 0; r < v; r++) {
      for (let c = 0; c < v; c++) {
        const from = (r * (v + 1) + c) * units, to = (r * v + c) * units, one = r === c ? 1 : 0;
        for (let i = 0; i < units; i++) lu[to + i] = one - γ * jacobian[from + i]!;
      }
    }
    let regular = true;
    for (let p = 0; p < v; p++) {
      const pivot = (p * v + p) * units;
      for (let i = 0; i < units; i++) regular &&= Math.abs(lu[pivot + i]!) > 1e-12;
      for (let r = p + 1; r < v; r++) {
        const at = (r * v + p) * units;
        for (let i = 0; i < units; i++) lu[at + i] = lu[at + i]! / lu[pivot + i]!;
        for (let c = p + 1; c < v; c++) {
          const to = (r * v + c) * units, from = (p * v + c) * units;
          for (let i = 0; i < units; i++) lu[to + i] = lu[to + i]! - lu[at + i]! * lu[from + i]!;
        }
      }
    }
    return regular;
  }

  /** The local part of b, given the solution at y. */
  solve(b: Float64Array, yAt: number, localAt: number, γ: number): void {
    const { jacobian, lu, units, variables: v, x } = this;
    for (let i = 0; i < units; i++) {
      const y = γ * b[yAt + i]!;
      for (let r = 0; r < v; r++) {
        let sum = b[localAt + r * units + i]! + y * jacobian[(r * (v + 1) + v) * units + i]!;
        for (let c = 0; c < r; c++) sum -= lu[(r * v + c) * units + i]! * x[c]!;
        x[r] = sum;
      }
      for (let r = v - 1; r >= 0; r--) {
        let sum = x[r]!;
        for (let c = r + 1; c < v; c++) sum -= lu[(r * v + c) * units + i]! * x[c]!;
        x[r] = sum / lu[(r * v + r) * units + i]!;
        b[localAt + r * units + i] = x[r]!;
      }
    }
  }
}

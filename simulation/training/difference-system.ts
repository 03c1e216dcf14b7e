/**
 * The equations of `difference-model.ts` as an ODE system, in dense loops over one array. Layout, layer by layer: for the first
 * layer r, then b, y, the local variables (each for all units), g and δ; behind all that the later layers' weights W (row-major).
 * In `forward` mode only y and local variables are there and weights are read from a state of the `training` mode.
 */
import type { SpeciesBlock } from '../../chemistry/index.ts';
import type { OdeSystem } from '../system.ts';
import { valuesIn } from './clamp.ts';
import type { DifferenceLayer, DifferenceModel } from './difference-model.ts';
import { PREACTIVATION, type LocalTerm } from './local-terms.ts';
import type { StageWeights } from './stage-weights.ts';

/** Where a layer's parts begin; −1 for parts that the mode does not have. */
export interface Offsets {
  readonly r: number;
  readonly W: number;
  readonly b: number;
  readonly y: number;
  readonly local: number;
  readonly g: number;
  readonly δ: number;
}

export class DifferenceSystem implements OdeSystem {
  readonly dimension: number;
  readonly model: DifferenceModel;
  readonly offsets: readonly Offsets[];
  /** Numbers before the later layers' weights. */
  readonly fast: number;
  /** The error's place: the last layer's δ when that is linear. */
  readonly errorAt: number;
  /** Set before a dwell: W₁(0)·x and ‖x‖², the targets; in forward mode also all weights. */
  readonly start: Float64Array;
  readonly target: Float64Array;
  square = 0;
  weights: { readonly z: Float64Array; readonly offsets: readonly Offsets[] } | undefined;
  /** Within a step that does not carry the later layers' weights along: where they come from; `rhs` then reads and writes `fast` numbers. */
  stage: StageWeights | undefined;
  private readonly forward: boolean;
  private readonly terms: readonly (readonly LocalTerm[])[];
  /** Activities of layers whose activity is a difference of rails. */
  private readonly activities: readonly Float64Array[];

  constructor(model: DifferenceModel, mode: 'training' | 'forward') {
    this.model = model;
    this.forward = mode === 'forward';
    let size = 0;
    const place = (count: number): number => { size += count; return size - count; };
    const training = mode === 'training', last = model.layers.length - 1;
    const fast = model.layers.map((layer, l) => {
      const { units } = layer, own = layer.gradient.id !== layer.delta.id;
      return {
        r: training && l === 0 ? place(units) : -1, b: training ? place(units) : -1,
        y: place(units), local: place(units * (layer.local?.variables.length ?? 0)),
        g: training && own ? place(units) : -1, δ: training ? place(units) : -1,
      };
    });
    this.fast = size;
    this.offsets = model.layers.map(({ units, fanIn }, l): Offsets => ({ ...fast[l]!, W: training && l > 0 ? place(units * fanIn) : -1 }));
    this.dimension = size;
    this.errorAt = training ? (model.layers[last]!.local === undefined ? this.offsets[last]!.δ : this.offsets[last]!.g) : -1;
    this.start = new Float64Array(model.layers[0]!.units);
    this.target = new Float64Array(model.layers[last]!.units);
    this.terms = model.layers.map((layer) => (layer.local?.terms ?? []).filter((term) => training || term.forward));
    this.activities = model.layers.map((layer) => new Float64Array(layer.activity.length === 2 ? layer.units : 0));
  }

  rhs(t: number, z: Float64Array, dz: Float64Array): void {
    const { model, offsets } = this, { layers } = model, training = !this.forward;
    const from = this.weights?.z ?? z, places = this.weights?.offsets ?? offsets;
    for (let l = 0; l < layers.length; l++) {
      const layer = layers[l]!, at = offsets[l]!;
      if (l === 0) this.first(t, z, dz, from, places[0]!.b);
      else this.later(l, z, dz, from, places[l]!);
      if (layer.local !== undefined) runTerms(this.terms[l]!, z, dz, at.y, at.local, layer.units, layer.local.variables.length);
    }
    if (!training) return;
    this.errors(z, dz);
    for (let l = layers.length - 1; l >= 0; l--) this.backward(l, z, dz);
  }

  private first(t: number, z: Float64Array, dz: Float64Array, from: Float64Array, bAt: number): void {
    const { units, constants: { kw, kb, dy, ηw, ηb, λw, λb } } = this.model.layers[0]!, at = this.offsets[0]!, { start, square } = this;
    if (this.forward) {
      for (let i = 0; i < units; i++) dz[at.y + i] = kw * start[i]! + kb * from[bAt + i]! - dy * z[at.y + i]!;
      return;
    }
    const left = kw * (λw === 0 ? 1 : Math.exp(-λw * t)), learnt = kw * ηw * square;
    for (let i = 0; i < units; i++) {
      const b = z[at.b + i]!, δ = z[at.δ + i]!, r = z[at.r + i]!;
      dz[at.y + i] = left * start[i]! - learnt * r + kb * b - dy * z[at.y + i]!;
      dz[at.r + i] = δ - λw * r;
      dz[at.b + i] = -ηb * δ - λb * b;
    }
  }

  /** One pass over W: the weighted sum, the way back of δ through it, and its update. */
  private later(l: number, z: Float64Array, dz: Float64Array, from: Float64Array, place: Offsets): void {
    const { units, fanIn, constants: { kw, kb, dy, ηw, ηb, λw, λb } } = this.model.layers[l]!, at = this.offsets[l]!;
    const { a, from: aAt } = this.activity(l - 1, z);
    if (this.forward) {
      for (let k = 0, w = place.W; k < units; k++) {
        let sum = 0;
        for (let j = 0; j < fanIn; j++, w++) sum += from[w]! * a[aAt + j]!;
        dz[at.y + k] = kw * sum + kb * from[place.b + k]! - dy * z[at.y + k]!;
      }
      return;
    }
    const below = this.offsets[l - 1]!, gAt = below.g >= 0 ? below.g : below.δ;
    if (this.stage !== undefined) {
      this.stage.sums(l, z, at, a, aAt, dz, gAt);
      for (let k = 0; k < units; k++) {
        const b = z[at.b + k]!;
        dz[at.y + k] = kw * dz[at.y + k]! + kb * b - dy * z[at.y + k]!;
        dz[at.b + k] = -ηb * z[at.δ + k]! - λb * b;
      }
      return;
    }
    for (let j = 0; j < fanIn; j++) dz[gAt + j] = 0;
    for (let k = 0, w = at.W; k < units; k++) {
      const δ = z[at.δ + k]!, change = -ηw * δ;
      let sum = 0;
      for (let j = 0; j < fanIn; j++, w++) {
        const weight = z[w]!, x = a[aAt + j]!;
        sum += weight * x;
        dz[gAt + j] = dz[gAt + j]! + weight * δ;
        dz[w] = change * x - λw * weight;
      }
      const b = z[at.b + k]!;
      dz[at.y + k] = kw * sum + kb * b - dy * z[at.y + k]!;
      dz[at.b + k] = -ηb * δ - λb * b;
    }
  }

  /** In forward mode: writes at the places of y_l the value at which y_l is at rest, for the activities in z. */
  preactivation(l: number, z: Float64Array, out: Float64Array): void {
    const { units, constants } = this.model.layers[l]!, at = this.offsets[l]!, { z: from, offsets } = this.weights!;
    if (l === 0) this.first(0, z, out, from, offsets[0]!.b);
    else this.later(l, z, out, from, offsets[l]!);
    for (let i = 0; i < units; i++) out[at.y + i] = out[at.y + i]! / constants.dy + z[at.y + i]!;
  }

  /** Where layer l's activity stands. */
  activity(l: number, z: Float64Array): { readonly a: Float64Array; readonly from: number } {
    const { activity, units } = this.model.layers[l]!, at = this.offsets[l]!;
    if (activity.length === 0) return { a: z, from: at.y };
    if (activity.length === 1) return { a: z, from: at.local + activity[0]! * units };
    const a = this.activities[l]!, plus = at.local + activity[0]! * units, minus = at.local + activity[1]! * units;
    for (let i = 0; i < units; i++) a[i] = z[plus + i]! - z[minus + i]!;
    return { a, from: 0 };
  }

  /** Writes the outputs. */
  outputs(z: Float64Array, out: Float64Array): void {
    const { a, from } = this.activity(this.model.layers.length - 1, z);
    for (let k = 0; k < out.length; k++) out[k] = a[from + k]!;
  }

  /** How fast y of the first layer moves because t does: W₁ decays. Added to out, times `factor`. */
  addTimeDerivative(t: number, factor: number, out: Float64Array): void {
    const { units, constants: { kw, λw } } = this.model.layers[0]!, { y } = this.offsets[0]!;
    if (λw === 0) return;
    const by = -factor * λw * kw * Math.exp(-λw * t);
    for (let i = 0; i < units; i++) out[y + i] = out[y + i]! + by * this.start[i]!;
  }

  private errors(z: Float64Array, dz: Float64Array): void {
    const { ko, kt, de } = this.model.error, { a, from } = this.activity(this.model.layers.length - 1, z), at = this.errorAt, { target } = this;
    for (let k = 0; k < target.length; k++) dz[at + k] = ko * a[from + k]! + kt * target[k]! - de * z[at + k]!;
  }

  private backward(l: number, z: Float64Array, dz: Float64Array): void {
    const { units, derivative, constants: { kg, dg, kl, dl } } = this.model.layers[l]!, at = this.offsets[l]!;
    const error = l === this.model.layers.length - 1;
    if (at.g < 0) {
      // A linear layer: δ is the sum itself, or the error, which is done.
      if (!error) for (let i = 0; i < units; i++) dz[at.δ + i] = kg * dz[at.δ + i]! - dl * z[at.δ + i]!;
      return;
    }
    const φ = at.local + derivative! * units;
    for (let i = 0; i < units; i++) {
      const g = z[at.g + i]!;
      if (!error) dz[at.g + i] = kg * dz[at.g + i]! - dg * g;
      dz[at.δ + i] = kl * g * z[φ + i]! - dl * z[at.δ + i]!;
    }
  }

  /** Takes a state of the network to the differences it stands for (all but W₁). */
  read(state: Float64Array, z: Float64Array): void {
    this.eachPart((block, at, part) => {
      if (part !== 'r') copyIn(block, state, z, at, this.railOf(part));
      else z.fill(0, at, at + valuesIn(block));
    });
  }

  /** Writes what the differences say into a state of the network, one rail of each dual left empty. */
  write(z: Float64Array, state: Float64Array): void {
    this.eachPart((block, at, part) => { if (part !== 'r') copyOut(block, z, at, state, this.railOf(part)); });
  }

  private railOf(part: Part): 0 | 1 | undefined {
    return typeof part === 'number' ? part : undefined;
  }

  /** Every part of the array with the block it belongs to; for local variables `part` is the rail. */
  private eachPart(visit: (block: SpeciesBlock, at: number, part: Part) => void): void {
    this.model.layers.forEach((layer, l) => {
      const at = this.offsets[l]!;
      for (const [part, block] of [['r', layer.b], ['W', layer.W], ['b', layer.b], ['y', layer.y], ['g', layer.gradient], ['δ', layer.delta]] as const) {
        if (at[part] >= 0) visit(block, at[part], part);
      }
      layer.local?.variables.forEach(({ block, rail }, v) => { visit(block, at.local + v * layer.units, rail); });
    });
  }

  /** Which component of the network a number of the array is. */
  componentOf(position: number): number {
    let found = 0;
    this.eachPart((block, at, part) => {
      const count = block.kind === 'dual' ? block.size / 2 : block.size;
      if (position >= at && position < at + count) found = block.offset + (typeof part === 'number' ? part * count : 0) + position - at;
    });
    return found;
  }

  /** Blocks whose two rails are kept apart: activities of a switch. */
  keepsRails(block: SpeciesBlock): boolean {
    return block.kind === 'dual' && this.model.layers.some((layer) => layer.local?.variables.some((variable) => variable.block.id === block.id));
  }

  knows(block: SpeciesBlock): boolean {
    let known = block.id === this.model.layers[0]!.W.id || block.id === this.model.inputs.id || block.id === this.model.targets.id;
    this.eachPart((one) => { known ||= one.id === block.id; });
    return known;
  }

  /**
   * The derivative of a network state that the model expects, a dual's as difference at its + rail. For checking: the model
   * must say what the network says.
   */
  expectedDerivative(state: Float64Array, out: Float64Array): void {
    const { model, start, target } = this, [layer] = model.layers as readonly [DifferenceLayer], { units, fanIn, W, constants: { ηw, λw } } = layer;
    const training = new DifferenceSystem(model, 'training'), z = new Float64Array(training.dimension), own = new Float64Array(this.dimension), dz = new Float64Array(this.dimension);
    training.read(state, z);
    this.read(state, own);
    if (this.forward) this.weights = { z, offsets: training.offsets };
    const x = new Float64Array(fanIn), weights = new Float64Array(units * fanIn);
    copyIn(model.inputs, state, x, 0, undefined);
    copyIn(W, state, weights, 0, undefined);
    copyIn(model.targets, state, target, 0, undefined);
    this.square = x.reduce((sum, value) => sum + value * value, 0);
    for (let i = 0; i < units; i++) {
      start[i] = 0;
      for (let j = 0; j < fanIn; j++) start[i] = start[i]! + weights[i * fanIn + j]! * x[j]!;
    }
    this.rhs(0, own, dz);
    out.fill(0);
    this.eachPart((block, at, part) => {
      if (part === 'r') return;
      const count = valuesIn(block), shift = part === 1 ? count : 0;
      for (let k = 0; k < count; k++) out[block.offset + shift + k] = dz[at + k]!;
    });
    if (this.forward) return;
    const δ = this.offsets[0]!.δ;
    for (let i = 0; i < units; i++) for (let j = 0; j < fanIn; j++) out[W.offset + i * fanIn + j] = -ηw * own[δ + i]! * x[j]! - λw * weights[i * fanIn + j]!;
  }
}

type Part = 'r' | 'W' | 'b' | 'y' | 'g' | 'δ' | 0 | 1;

function copyIn(block: SpeciesBlock, state: Float64Array, z: Float64Array, at: number, rail: 0 | 1 | undefined): void {
  const count = valuesIn(block), { offset } = block;
  if (block.kind !== 'dual') for (let k = 0; k < count; k++) z[at + k] = state[offset + k]!;
  else if (rail !== undefined) for (let k = 0; k < count; k++) z[at + k] = state[offset + rail * count + k]!;
  else for (let k = 0; k < count; k++) z[at + k] = state[offset + k]! - state[offset + count + k]!;
}

function copyOut(block: SpeciesBlock, z: Float64Array, at: number, state: Float64Array, rail: 0 | 1 | undefined): void {
  const count = valuesIn(block), { offset } = block;
  if (block.kind !== 'dual') for (let k = 0; k < count; k++) state[offset + k] = z[at + k]!;
  else if (rail !== undefined) for (let k = 0; k < count; k++) state[offset + rail * count + k] = z[at + k]!;
  else {
    for (let k = 0; k < count; k++) {
      const value = z[at + k]!;
      state[offset + k] = value > 0 ? value : 0;
      state[offset + count + k] = value < 0 ? -value : 0;
    }
  }
}

/** dz += terms, for all units; the local part of dz is written whole. */
function runTerms(terms: readonly LocalTerm[], z: Float64Array, dz: Float64Array, yAt: number, localAt: number, units: number, variables: number): void {
  dz.fill(0, localAt, localAt + variables * units);
  for (const { coefficient, factors, target } of terms) {
    const to = localAt + target * units;
    const a = placeOf(factors[0], yAt, localAt, units), b = placeOf(factors[1], yAt, localAt, units), c = placeOf(factors[2], yAt, localAt, units);
    if (a < 0) for (let i = 0; i < units; i++) dz[to + i] = dz[to + i]! + coefficient;
    else if (b < 0) for (let i = 0; i < units; i++) dz[to + i] = dz[to + i]! + coefficient * z[a + i]!;
    else if (c < 0) for (let i = 0; i < units; i++) dz[to + i] = dz[to + i]! + coefficient * z[a + i]! * z[b + i]!;
    else {
      for (let i = 0; i < units; i++) {
        let product = coefficient * z[a + i]! * z[b + i]! * z[c + i]!;
        for (let f = 3; f < factors.length; f++) product *= z[placeOf(factors[f], yAt, localAt, units) + i]!;
        dz[to + i] = dz[to + i]! + product;
      }
    }
  }
}

function placeOf(factor: number | undefined, yAt: number, localAt: number, units: number): number {
  return factor === undefined ? -1 : factor === PREACTIVATION ? yAt : localAt + factor * units;
}

/**
 * Weights of the later layers within a Runge–Kutta-like step, never written out. W' = −η δ aᵀ − λW, so the value of W at every stage
 * is a multiple of W at the beginning plus multiples of the outer products δ_j a_jᵀ of the stages before. Products by W then cost
 * one pass over W and a few dot products, and W itself changes once a step, by a matrix of rank 4.
 */
import type { DifferenceModel } from './difference-model.ts';
import type { Offsets } from './difference-system.ts';

interface Layer {
  readonly units: number;
  readonly fanIn: number;
  readonly η: number;
  readonly λ: number;
  readonly W: number;
  /** By stage. */
  readonly δ: readonly Float64Array[];
  readonly a: readonly Float64Array[];
  /** W of stage i is share[i]·W + Σ_j by[i][j] δ_j a_jᵀ; index `stages` is the end of the step. */
  readonly share: Float64Array;
  readonly by: readonly Float64Array[];
}

export class StageWeights {
  private readonly layers: readonly (Layer | undefined)[];
  private readonly stages: number;
  private readonly α: readonly (readonly number[])[];
  private stage = 0;
  /** The state whose weights these are. */
  z: Float64Array;

  /** @param α weights of the derivatives of stages in each stage, and last in the end of the step */
  constructor(model: DifferenceModel, offsets: readonly Offsets[], α: readonly (readonly number[])[], z: Float64Array) {
    const stages = α.length - 1, vectors = (n: number): Float64Array[] => Array.from({ length: stages }, () => new Float64Array(n));
    this.stages = stages;
    this.α = α;
    this.z = z;
    this.layers = model.layers.map(({ units, fanIn, constants: { ηw, λw } }, l) => (l === 0 ? undefined : {
      units, fanIn, η: ηw, λ: λw, W: offsets[l]!.W, δ: vectors(units), a: vectors(fanIn),
      share: new Float64Array(stages + 1).fill(1), by: Array.from({ length: stages + 1 }, () => new Float64Array(stages)),
    }));
  }

  /** Begins an attempt at a step of that length. */
  begin(h: number): void {
    for (const layer of this.layers) {
      if (layer === undefined) continue;
      const { share, by, λ, η } = layer;
      this.α.forEach((row, i) => {
        const target = by[i]!;
        share[i] = 1;
        target.fill(0);
        for (let j = 0; j < Math.min(i, this.stages); j++) {
          const weight = h * (row[j] ?? 0);
          share[i] = share[i] - weight * λ * share[j]!;
          for (let k = 0; k < j; k++) target[k] = target[k]! - weight * λ * by[j]![k]!;
          target[j] = target[j]! - weight * η;
        }
      });
    }
  }

  /** Which stage the next `sums` are for. */
  at(stage: number): void {
    this.stage = stage;
  }

  /** Writes W a at the places of y and Wᵀ δ from gAt on, and keeps a and δ for the stages to come. */
  sums(l: number, z: Float64Array, at: Offsets, a: Float64Array, aAt: number, out: Float64Array, gAt: number): void {
    const { units, fanIn, W, δ, a: inputs, share, by } = this.layers[l]!, { stage, z: weights } = this;
    const part = share[stage]!, own = δ[stage]!, activity = inputs[stage]!;
    for (let k = 0; k < units; k++) own[k] = z[at.δ + k]!;
    for (let j = 0; j < fanIn; j++) {
      activity[j] = a[aAt + j]!;
      out[gAt + j] = 0;
    }
    for (let k = 0, w = W; k < units; k++) {
      const back = part * own[k]!;
      let sum = 0;
      for (let j = 0; j < fanIn; j++, w++) {
        const weight = weights[w]!;
        sum += weight * activity[j]!;
        out[gAt + j] = out[gAt + j]! + weight * back;
      }
      out[at.y + k] = part * sum;
    }
    for (let s = 0; s < stage; s++) {
      const factor = by[stage]![s]!;
      if (factor === 0) continue;
      const before = δ[s]!, input = inputs[s]!, alongInput = factor * dot(input, activity), alongδ = factor * dot(before, own);
      for (let k = 0; k < units; k++) out[at.y + k] = out[at.y + k]! + alongInput * before[k]!;
      for (let j = 0; j < fanIn; j++) out[gAt + j] = out[gAt + j]! + alongδ * input[j]!;
    }
  }

  /** Takes the step: writes the weights at its end over those at its beginning. */
  complete(): void {
    const { z, stages } = this;
    for (const layer of this.layers) {
      if (layer === undefined) continue;
      const { units, fanIn, W, δ, a, share, by } = layer, part = share[stages]!, factors = by[stages]!;
      if (part !== 1) for (let w = W; w < W + units * fanIn; w++) z[w] = part * z[w]!;
      for (let s = 0; s < stages; s++) {
        const factor = factors[s]!, input = a[s]!;
        if (factor === 0) continue;
        for (let k = 0, w = W; k < units; k++) {
          const rise = factor * δ[s]![k]!;
          for (let j = 0; j < fanIn; j++, w++) z[w] = z[w]! + rise * input[j]!;
        }
      }
    }
  }
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

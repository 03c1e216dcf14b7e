/** A checked network of neurons, before it becomes text: plain values, nothing of the syntax. */
import type { KnownActivation } from './library.ts';
import type { LearningRule, WeightForm } from './plan.ts';

/**
 * How weights start: as the text says, with a seed of its own for every array, or normal with 1/√(fan-in). `unnamed`: the text
 * names no seed, so that a training brings its own.
 */
export type WeightStart =
  | { readonly kind: 'random'; readonly distribution: 'uniform' | 'normal'; readonly a: number; readonly b: number; readonly seed: number; readonly unnamed?: true }
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'scaled'; readonly seed: number; readonly unnamed?: true };

export interface LayerSpec {
  readonly name: string;
  readonly units: number;
  readonly activation:
    | { readonly kind: 'linear' | 'relu' | 'leaky_relu' | 'algebraic_logistic'; readonly constants: ReadonlyMap<string, number> }
    | { readonly kind: 'declared'; readonly known: KnownActivation; readonly constants: ReadonlyMap<string, number> };
}

/** Which reactions train it. */
export interface TrainingSpec {
  readonly rule: LearningRule;
  /** η */
  readonly rate: number;
  /** λ; absent: no decay reactions. */
  readonly decay?: number;
}

export interface NetworkSpec {
  readonly name: string;
  readonly input: { readonly name: string; readonly size: number; readonly signed: boolean };
  readonly layers: readonly LayerSpec[];
  readonly weights: WeightStart;
  readonly biases: WeightStart;
  readonly form: WeightForm;
  /** For weights on rails: by way of the weighted input, or W + x + unit at once where the activation allows it. */
  readonly forward: 'bimolecular' | 'termolecular';
  readonly loss: 'squared' | 'normalised';
  /** Annihilation of rails. */
  readonly κ: number;
  /** Annihilation of the rails of errors; by the rule when not given. */
  readonly κError?: number;
  /** Absent: forward reactions only. */
  readonly training?: TrainingSpec;
  readonly doc?: string;
}

/** How a layer's activity is kept: signed on two rails, or as one species a unit. */
export function activityOf(layer: LayerSpec): 'dual' | 'species' {
  const { activation } = layer;
  if (activation.kind === 'declared') return activation.known.model.output === 'difference' ? 'dual' : 'species';
  return activation.kind === 'relu' || activation.kind === 'algebraic_logistic' ? 'species' : 'dual';
}

/** Name of a layer's activation for people and plans. */
export function activationName(layer: LayerSpec): string {
  return layer.activation.kind === 'declared' ? layer.activation.known.model.name : layer.activation.kind;
}

/** Annihilation of the errors' rails: fast where the rule stands on it. */
export function errorAnnihilation(spec: NetworkSpec): number {
  return spec.κError ?? (spec.training === undefined || spec.training.rule === 'gradient' ? spec.κ : 1000);
}

export const sorted = (rule: LearningRule): boolean => rule === 'sorted' || rule === 'sorted_self_annealing';
export const annealed = (rule: LearningRule): boolean => rule === 'self_annealing' || rule === 'sorted_self_annealing';

/**
 * What training needs to know of a network of neurons that was compiled to reactions: which blocks play which part.
 * The reactions themselves are ordinary families of an ordinary network, in the groups named here.
 */
import type { Network } from '../network.ts';
import type { ActivationModel } from './model.ts';

/** How the weights are kept: as species on two rails (trainable in the pot) or as rate constants. */
export type WeightForm = 'rails' | 'constants';

/** Which reactions change the weights. `gradient` is back-propagation; the others bound or sort its errors under mismatch. */
export type LearningRule = 'gradient' | 'self_annealing' | 'sorted' | 'sorted_self_annealing';

export interface LayerPlan {
  readonly name: string;
  readonly units: number;
  /** Width of what feeds it. */
  readonly fanIn: number;
  /**
   * Ids of blocks: W is dual[units, fanIn], b dual[units], y (the pre-activation) dual[units]. In the form `constants` W and b are
   * ids of parameters, and there is no pre-activation (−1) but for a linear layer.
   */
  readonly weights: number;
  readonly biases: number;
  readonly preactivation: number;
  /** What the next layer reads: species[units], dual[units] for a signed activation, or for a linear layer the pre-activation itself. */
  readonly activity: number;
  /** `model` is what φ and φ′ are computed from (`activationFunction`); the exact relu and leaky_relu have none. */
  readonly activation: 'linear' | { readonly name: string; readonly constants: ReadonlyMap<string, number>; readonly model?: ActivationModel };
  /** Block of φ'(y), species[units]; absent for a linear layer. */
  readonly derivative?: number;
  /**
   * Block of the error that the update reads, dual[units]: ∂loss/∂y (times A for `self_annealing`), or only its sign for the
   * sorted rules; absent when the network was compiled without training.
   */
  readonly delta?: number;
  /** For the sorted rules: block of the error's size, species[units]. */
  readonly size?: number;
}

export interface PotPlan {
  readonly name: string;
  readonly network: Network;
  readonly form: WeightForm;
  readonly rule: LearningRule;
  readonly loss: 'squared' | 'normalised';
  /** fixed[n], or dual[n] where inputs may be negative. Held for a dwell, then set to the next sample. */
  readonly inputs: number;
  /** dual[m]; absent when compiled without training. */
  readonly targets?: number;
  /** dual[m] for a signed last layer, otherwise species[m]; with the normalised loss the shares of the pool. */
  readonly outputs: number;
  readonly layers: readonly LayerPlan[];
  /** Group names in `network`. Evaluation switches `backward` and `update` off. */
  readonly groups: { readonly forward: string; readonly backward: string; readonly update: string };
  /** Names of the parameters that training may set: learning rate η and weight decay λ. */
  readonly rate?: string;
  readonly decay?: string;
}

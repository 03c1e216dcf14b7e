/** The chemistry room's facade: syntax tree → checked network, ODEs, structure. Knows no numbers over time. */
export type * from './network.ts';
export type * from './diagnostic.ts';
export type * from './analysis.ts';

// Names, numbers, single reactions.
export * from './naming.ts';
export * from './unroll/index.ts';
export type * from './elaborated.ts';

// Equations, polynomials, structure.
export * from './equations/index.ts';
export * from './structure/index.ts';
export { hasSpecies, identical, toPolynomial, toScalar } from './polynomial/index.ts';
export { boundsOf, type Bounds } from './massaction/bounds.ts';
export { leftSpine } from './spine.ts';

// Names that the language brings along, for completion and help.
export { CONSTANTS, DISTRIBUTIONS, FUNCTIONS } from './names/builtins.ts';
export { SIMULATE_SETTINGS } from './names/settings.ts';
export { COMMON_UNITS, unitNamed } from './dimensions/table.ts';

// Checking a text.
export { analyse } from './rules.ts';
export { catalog } from './catalog.ts';
export type { FunctionSpec } from './names/builtins.ts';
export type { SettingSpec } from './names/settings.ts';
export { nearest } from './names/suggest.ts';

// Networks of neurons.
export type * from './neural/plan.ts';
export type { ActivationModel, ActivationParameter, Constants } from './neural/model.ts';
export type { Certificate, Condition, Counterexample } from './neural/certificate.ts';
export type { NetworkSpec, LayerSpec, TrainingSpec, WeightStart } from './neural/spec.ts';
export type { DataFacts, TrainingSettings } from './neural/read-training.ts';
export type { ConcentrationNoiseSpec, IntrinsicNoiseSpec, NoiseSpec, RateNoiseSpec } from './neural/read-noise.ts';
export type { SweepAxis, SweepTarget } from './neural/read-sweep.ts';
export type { Variation } from './neural/variant.ts';
export { withValues } from './names/with-values.ts';
export { certify } from './neural/certificate.ts';
export { activationFunction, closedForm, type ActivationPoint, type ClosedForm } from './neural/values.ts';
export { isVirtual, libraryActivations, libraryNames, libraryText, libraryTree, SPECIAL_ACTIVATIONS, type KnownActivation } from './neural/library.ts';
export { networkText } from './neural/network-text.ts';
export { DATA_SETTINGS, NETWORK_SETTINGS, NOISE_SETTINGS, SWEEP_SETTINGS, TRAIN_DEFAULTS, TRAIN_SETTINGS, type NeuralSettingSpec } from './names/neural-settings.ts';
export { activationFacts, modelNamed, networkFacts, neuronFacts, type ActivationFacts, type LayerFacts, type NetworkFacts, type NeuronFacts } from './neural/facts.ts';

/** Training: pots that learn by their own reactions, and gradients through fixed points. */
export * from './types.ts';
export { PotTrainer, trainPot, type TrainingRun } from './trainer.ts';
export { CheckpointError, type Checkpoint } from './checkpoint.ts';
export { readWeights, writeWeights } from './clamp.ts';
export { noiseSettings, potSettings, silicoSettings } from './from-text.ts';
export { GlancePlan, GLANCE_ROWS, type Glanced, type GlanceReport } from './glance.ts';
export { targetKind, type TargetKind } from './metrics.ts';
export { FixedPointAdjoint, type FixedPointGradient } from './adjoint.ts';
export { SilicoModel, silicoTask, type SampleGradient, type SilicoOutcome, type SilicoSettings, type SilicoTask } from './silico.ts';
export { SilicoTrainer, trainInSilico } from './silico-trainer.ts';
export type { OptimiserSettings } from './optimiser.ts';

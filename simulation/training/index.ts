/** Training: pots that learn by their own reactions, and gradients through fixed points. */
export * from './types.ts';
export { PotTrainer, trainPot, type TrainingRun } from './trainer.ts';
export { CheckpointError, type Checkpoint } from './checkpoint.ts';
export { readWeights, writeWeights } from './clamp.ts';
export { targetKind, type TargetKind } from './metrics.ts';

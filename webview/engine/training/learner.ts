/** A network that learns, in the pot or in silico, in the one form that the lab needs. */
import { t } from '../../../l10n/index.ts';
import type { PotPlan, RunnableTraining } from '../../../chemistry/index.ts';
import { potSettings, PotTrainer, readWeights, silicoSettings, silicoTask, SilicoTrainer, type Checkpoint, type EpochReport, type Glanced, type TrainingCallbacks, type TrainingData } from '../../../simulation/index.ts';
import type { LayerWeights, TrainingAt, TrainingEnd } from '../../training-protocol.ts';

export interface Learner {
  readonly plan: PotPlan;
  readonly epochs: number;
  readonly at: Omit<TrainingAt, 'epochs' | 'perSecond'>;
  /** Row that is presented next; undefined when it evaluates next or has ended. */
  readonly nextRow: number | undefined;
  readonly end: TrainingEnd | undefined;
  /** Which equations run, in a phrase. */
  readonly equations: string;
  step(callbacks: Pick<TrainingCallbacks, 'onEpoch' | 'onDwell' | 'onState'>, interrupt: () => boolean): void;
  /** How well it does now, on a part of the rows; the training does not notice. */
  glance(interrupt: () => boolean): Glanced;
  /** @returns false when the network does not come to rest */
  predict(inputs: Float64Array, outputs: Float64Array): boolean;
  /** The state of the whole network; undefined in silico, where there is no dwell to look at. */
  state(): Float64Array | undefined;
  weights(): readonly LayerWeights[];
  checkpoint(): Checkpoint;
  /** Goes on with other settings from where it is. */
  continued(training: RunnableTraining): Learner;
}

/** @throws TrainingError, CheckpointError: in words for the user */
export function makeLearner(training: RunnableTraining, data: TrainingData, checkpoint?: Checkpoint): Learner {
  return training.settings.where === 'pot'
    ? potLearner(new PotTrainer(training.plan, data, potSettings(training), checkpoint), training)
    : silicoLearner(new SilicoTrainer(silicoTask(training.plan), data, silicoSettings(training), checkpoint), training);
}

export const historyOf = (checkpoint: Checkpoint): readonly EpochReport[] => checkpoint.history;

function potLearner(trainer: PotTrainer, { settings: { epochs } }: RunnableTraining): Learner {
  const { plan, pot, withoutReduction } = trainer;
  const why = withoutReduction === undefined ? '' : ` (${withoutReduction})`;
  return {
    plan, epochs,
    get at() { return trainer.at; },
    get nextRow() { return trainer.nextRow; },
    get end() {
      const reason = trainer.finished, message = reason === 'blown up' ? trainer.outcome(reason).blowUp?.message : undefined;
      return reason === undefined ? undefined : { reason, ...(message === undefined ? {} : { message }) };
    },
    equations: pot.reduction === 'differences' ? t('in the pot, by differences of rails (exact)') : t('in the pot, all rails{0}', why),
    step: (callbacks, interrupt) => { trainer.step(callbacks, interrupt); },
    glance: (interrupt) => trainer.glance(interrupt),
    predict: (inputs, outputs) => pot.predict(inputs, outputs).kind === 'reached',
    state: () => pot.state(),
    weights: () => railsOf(plan, pot.state()),
    checkpoint: () => trainer.checkpoint(),
    continued: (training) => potLearner(trainer.continued(potSettings(training), training.plan), training),
  };
}

/** Weights and biases of every layer on both rails. */
function railsOf(plan: PotPlan, state: Float64Array): readonly LayerWeights[] {
  const rails = (id: number): [Float32Array, Float32Array] => {
    const { offset, size } = plan.network.blocks[id]!, half = size / 2;
    return [Float32Array.from(state.subarray(offset, offset + half)), Float32Array.from(state.subarray(offset + half, offset + size))];
  };
  return plan.layers.map(({ name, units, fanIn, weights, biases }) => {
    const [plus, minus] = rails(weights), [biasPlus, biasMinus] = rails(biases);
    return { name, units, fanIn, plus, minus, biasPlus, biasMinus };
  });
}

function silicoLearner(trainer: SilicoTrainer, { plan, settings: { epochs } }: RunnableTraining): Learner {
  const { model } = trainer;
  return {
    plan, epochs,
    get at() { return trainer.at; },
    get nextRow() { return trainer.nextRow; },
    get end() {
      const reason = trainer.finished, message = reason === 'no fixed point' ? trainer.outcome(reason).message : undefined;
      return reason === undefined || reason === 'stopped' ? undefined : { reason, ...(message === undefined ? {} : { message }) };
    },
    equations: t('in silico, by the adjoint of the fixed point'),
    step: (callbacks, interrupt) => { trainer.step(callbacks, interrupt); },
    glance: (interrupt) => trainer.glance(interrupt),
    predict: (inputs, outputs) => model.predict(inputs, outputs),
    state: () => undefined,
    weights: () => signedLayers(plan, plan.form === 'rails' ? readWeights(plan, model.result().state) : inOrder(plan, model.θ)),
    checkpoint: () => trainer.checkpoint(),
    continued: (training) => silicoLearner(trainer.continued(silicoSettings(training), silicoTask(training.plan)), training),
  };
}

/** Weights that are rate constants: the task trains them in the order of the layers, W then b. */
function inOrder({ layers }: PotPlan, θ: Float64Array): Float64Array[] {
  let at = 0;
  return layers.flatMap(({ units, fanIn }) => [units * fanIn, units].map((count) => θ.slice(at, (at += count))));
}

/** Signed weights as rails of which one is empty. */
function signedLayers({ layers }: PotPlan, weights: readonly Float64Array[]): readonly LayerWeights[] {
  const plus = (values: Float64Array): Float32Array => Float32Array.from(values, (value) => Math.max(0, value));
  const minus = (values: Float64Array): Float32Array => Float32Array.from(values, (value) => Math.max(0, -value));
  return layers.map(({ name, units, fanIn }, l) => {
    const w = weights[2 * l]!, b = weights[2 * l + 1]!;
    return { name, units, fanIn, plus: plus(w), minus: minus(w), biasPlus: plus(b), biasMinus: minus(b) };
  });
}

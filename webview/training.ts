/** What follows from the state of a training: which one it is, its figures, and in a sentence how it stands or ended. */
import { counted, t } from '../l10n/index.ts';
import type { Evaluation } from '../simulation/index.ts';
import { formatNumber } from './format.ts';
import type { Sentence } from './outcome.ts';
import type { TrainingSlice } from './slices/training.ts';
import type { LabState } from './store.ts';
import type { GlancePoint, TrainingAt, TrainingSummary, TrainingValues } from './training-protocol.ts';

export function currentTraining({ model, slices }: LabState): TrainingSummary | undefined {
  const trainings = model?.trainings ?? [];
  return trainings.find(({ key }) => key === slices.training.chosen) ?? trainings[0];
}

/** Values moved by hand that this training has. */
export function valuesMoved(summary: TrainingSummary, { values }: TrainingSlice): TrainingValues {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => name in summary.values && value !== summary.values[name]));
}

export function lastEvaluation({ history }: TrainingSlice): Evaluation | undefined {
  return history.findLast(({ evaluation }) => evaluation !== undefined)?.evaluation;
}

/** The newest figures there are. */
export interface Figures extends Pick<GlancePoint, 'loss' | 'relativeError' | 'accuracy' | 'samples' | 'confusion'> {
  /** Measured within an epoch, on a part of the samples: the evaluation at its end takes all of them. */
  readonly within: boolean;
}

export function latestFigures({ history, glances }: Pick<TrainingSlice, 'history' | 'glances'>): Figures | undefined {
  const whole = history.findLast(({ evaluation }) => evaluation !== undefined), part = glances.at(-1);
  if (part !== undefined && (whole === undefined || part.at > whole.epoch)) return { ...part, within: true };
  return whole?.evaluation === undefined ? undefined : { ...whole.evaluation, within: false };
}

/** Seconds to the end of the present epoch, and of all epochs there may be; undefined while the pace is not known. */
export function timeLeft({ epoch, epochs, dwell, dwells, perSecond }: TrainingAt): { readonly epoch: number; readonly all: number } | undefined {
  if (!(perSecond > 0)) return undefined;
  const left = (dwells - dwell) / perSecond;
  return { epoch: left, all: left + (Math.max(0, epochs - epoch - 1) * dwells) / perSecond };
}

/** `100 %`, `96.7 %`. */
export function percent(part: number): string {
  return `${Number((100 * part).toFixed(1))} %`;
}

/** How many times Σ(w⁺ + w⁻) may be what the weights mean, Σ|w⁺ − w⁻|, before the lab warns. */
const TOO_MUCH = 3;
/** Growth over the latest part of the run that counts as growing. */
const GROWING = 1.1;

/** Layers on whose rails ever more piles up than the weights mean; in words. */
export function railsWarning({ rails, begun }: TrainingSlice): string | undefined {
  const last = rails.at(-1), before = rails[Math.floor(rails.length * 0.7)];
  if (last === undefined || before === undefined || rails.length < 8) return undefined;
  const names = last.layers.flatMap(({ total, meant }, l) => (
    total > TOO_MUCH * Math.max(meant, 0.1) && total > GROWING * (before.layers[l]?.total ?? Infinity) ? [begun?.summary.layers[l]?.name ?? t('layer {0}', l + 1)] : []));
  if (names.length === 0) return undefined;
  return t('The rails of {0} fill up: much more is on both together than their difference. Before long the pot is lost. A smaller rate, some decay or the rule sorted_self_annealing prevents it.', names.join(t(' and ')));
}

function figures(slice: TrainingSlice): string {
  const evaluation = latestFigures(slice);
  if (evaluation === undefined) return '';
  const held = (slice.begun?.heldOut ?? 0) > 0, samples = evaluation.samples.toLocaleString('en-US');
  const what = evaluation.within ? (held ? t(' on {0} of the held-out samples', samples) : t(' on {0} of the samples', samples)) : held ? t(' on the held-out samples') : '';
  const accuracy = evaluation.accuracy === undefined ? t('relative error {0}', percent(evaluation.relativeError ?? NaN)) : t('{0} right', percent(evaluation.accuracy));
  return t(', loss {0}, {1}{2}', formatNumber(evaluation.loss, 3), accuracy, what);
}

export function trainingSentence(slice: TrainingSlice): Sentence | undefined {
  const { phase, begun, end, at, outdated, failure } = slice, epochs = at?.epoch ?? slice.history.at(-1)?.epoch ?? 0;
  const equations = begun === undefined ? '' : t(' Trained {0}.', begun.equations);
  const explanation = t('Loss is the mean of (output − target)², taken with the updates switched off; accuracy is the part of the samples whose largest output (for a single output: above ½) is the right one.');
  if (failure !== undefined) return { text: failure, tone: 'bad' };
  if (outdated !== undefined) return { text: outdated, tone: 'notice' };
  switch (phase) {
    case 'idle': return undefined;
    case 'reading': return { text: t('Reading the data…'), tone: 'notice' };
    case 'running': {
      const warning = railsWarning(slice);
      return warning === undefined ? { text: t('Training {0}{1}.', begun?.equations ?? '', figures(slice)), tone: 'notice', explanation } : { text: warning, tone: 'bad' };
    }
    case 'paused': return { text: t('Paused after {0}{1}.{2}', counted(epochs, '1 epoch', '{0} epochs'), figures(slice), equations), tone: 'notice', explanation };
    case 'stopped': return { text: t('Stopped after {0}{1}. Resume goes on from there.', counted(epochs, '1 epoch', '{0} epochs'), figures(slice)), tone: 'notice', explanation };
    case 'ended': switch (end?.reason) {
      case 'target loss': return { text: t('Reached the target after {0}{1}.{2}', counted(epochs, '1 epoch', '{0} epochs'), figures(slice), equations), tone: 'good', explanation };
      case 'patience': return { text: t('Ended after {0}: the loss no longer falls{1}.{2}', counted(epochs, '1 epoch', '{0} epochs'), figures(slice), equations), tone: 'notice', explanation };
      case 'blown up': return { text: t('The pot was lost: {0} Try a smaller rate, a longer dwell with a smaller rate, or some decay.', end.message ?? t('a concentration grew beyond every bound.')), tone: 'bad' };
      case 'no fixed point': return { text: t('{0} Try a smaller rate.', end.message ?? t('The network comes to no fixed point.')), tone: 'bad' };
      default: return { text: t('All {0} done{1}.{2}', counted(epochs, '1 epoch', '{0} epochs'), figures(slice), equations), tone: 'good', explanation };
    }
  }
}

/** What a training worker tells the page while it trains, and how often: where the run stands, epochs that have ended, weights, the content of rails. */
import type { EpochReport } from '../../../simulation/index.ts';
import type { FromTrainer, GlancePoint, LayerWeights, RailsPoint } from '../../training-protocol.ts';
import type { Learner } from './learner.ts';

/** Milliseconds between two reports, and between two pictures of weights. */
const REPORT = 33, WEIGHTS = 160;
/** Milliseconds over which the rate of presentations is measured. */
const PACE = 500;

export class TrainingReports {
  readonly #post: (message: FromTrainer, transfer?: ArrayBufferLike[]) => void;
  readonly #now: () => number;
  #epochs: EpochReport[] = [];
  #rails: RailsPoint[] = [];
  #glances: GlancePoint[] = [];
  #last = { report: -Infinity, weights: -Infinity };
  /** For the rate: presentations and time, when it was last measured. */
  #pace = { at: 0, presentations: 0, perSecond: 0 };

  constructor(post: (message: FromTrainer, transfer?: ArrayBufferLike[]) => void, now: () => number) {
    this.#post = post;
    this.#now = now;
  }

  /** A run begins, or goes on from a checkpoint. */
  begin(presentations: number): void {
    this.#epochs = [];
    this.#rails = [];
    this.#glances = [];
    this.#pace = { at: this.#now(), presentations, perSecond: 0 };
  }

  epoch(report: EpochReport): void {
    this.#epochs.push(report);
  }

  /** Figures within a long epoch. */
  glance(point: GlancePoint): void {
    this.#glances.push(point);
  }

  /**
   * @param everything at once, weights too; otherwise each when its time has come
   * @returns whether anything was told
   */
  tell(learner: Learner, everything: boolean): boolean {
    const now = this.#now(), { at } = learner;
    if (!everything && now - this.#last.report < REPORT) return false;
    this.#last.report = now;
    this.#measure(now, at.presentations);
    if (everything || now - this.#last.weights >= WEIGHTS) {
      this.#last.weights = now;
      const layers = learner.weights();
      this.#rails.push({ at: at.epoch + at.dwell / Math.max(1, at.dwells), layers: layers.map(totals) });
      this.#post({ type: 'weights', layers }, layers.flatMap(({ plus, minus, biasPlus, biasMinus }) => [plus, minus, biasPlus, biasMinus].map(({ buffer }) => buffer)));
    }
    this.#post({ type: 'progress', at: { ...at, epochs: learner.epochs, perSecond: this.#pace.perSecond }, epochs: this.#epochs, rails: this.#rails, glances: this.#glances });
    this.#epochs = [];
    this.#rails = [];
    this.#glances = [];
    return true;
  }

  #measure(now: number, presentations: number): void {
    const { at, presentations: before, perSecond: last } = this.#pace;
    if (now - at < PACE) return;
    const perSecond = ((presentations - before) / (now - at)) * 1000;
    // What is left of the time is told by it: one slow half second must not double that.
    this.#pace = { at: now, presentations, perSecond: last === 0 ? perSecond : 0.7 * last + 0.3 * perSecond };
  }
}

function totals({ plus, minus, biasPlus, biasMinus }: LayerWeights): RailsPoint['layers'][number] {
  let total = 0, meant = 0;
  for (const [up, down] of [[plus, minus], [biasPlus, biasMinus]] as const) {
    for (let k = 0; k < up.length; k++) {
      total += up[k]! + down[k]!;
      meant += Math.abs(up[k]! - down[k]!);
    }
  }
  return { total, meant };
}

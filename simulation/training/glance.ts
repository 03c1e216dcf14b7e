/**
 * A look at how well a network does while an epoch is under way: an evaluation with the updates off, as at the end of an epoch, on a part
 * of its rows that is the same each time. (What the outputs do while the updates run says little: they are drawn to their targets.) The
 * training goes on from where it was, bit for bit; nothing that ends a run early looks at it.
 */
import { Metrics, targetKind } from './metrics.ts';
import type { DwellReport, Evaluation, TrainingData } from './types.ts';

/** Rows that are looked at when nothing else is asked for: an accuracy is then right to about 3 in 100. */
export const GLANCE_ROWS = 200;

/** Where the run stood, and what was seen. `evaluation.samples` says on how many rows. */
export interface GlanceReport extends Pick<DwellReport, 'epoch' | 'dwell' | 'dwells'> {
  readonly presentations: number;
  readonly evaluation: Evaluation;
}

/** `interrupted`: the next call goes on. `lost`: the forward reactions come to no rest for some row; the training itself may still go on. */
export type Glanced = { readonly kind: 'seen'; readonly report: GlanceReport } | { readonly kind: 'interrupted' } | { readonly kind: 'lost' };

type Place = Omit<GlanceReport, 'evaluation'>;

export class Glance {
  private readonly data: TrainingData;
  private readonly rows: Uint32Array;
  private readonly input: Float64Array;
  private readonly target: Float64Array;
  private readonly output: Float64Array;
  private progress: { readonly at: number; readonly metrics: Metrics; next: number } | undefined;

  /** @param rows those that are evaluated at the end of an epoch, of which `most` are taken, evenly over all of them */
  constructor(data: TrainingData, rows: Uint32Array, most = GLANCE_ROWS) {
    this.data = data;
    const count = Math.min(most, rows.length);
    this.rows = Uint32Array.from({ length: count }, (_, k) => rows[Math.floor((k * rows.length) / count)]!);
    this.input = new Float64Array(data.inputs.columns);
    this.target = new Float64Array(data.targets.columns);
    this.output = new Float64Array(data.targets.columns);
  }

  /** @param predict writes the outputs for some inputs; false when the network does not come to rest */
  look(place: Place, predict: (inputs: Float64Array, outputs: Float64Array) => boolean, interrupt: () => boolean): Glanced {
    const { data: { inputs, targets }, rows, input, target, output } = this;
    // Begun before a presentation that has come between, it would be of two sets of weights.
    if (this.progress?.at !== place.presentations) this.progress = { at: place.presentations, metrics: new Metrics(targets.columns, targetKind(this.data)), next: 0 };
    const { progress } = this;
    while (progress.next < rows.length) {
      const row = rows[progress.next++]!;
      for (let c = 0; c < input.length; c++) input[c] = inputs.values[row * input.length + c]!;
      for (let c = 0; c < target.length; c++) target[c] = targets.values[row * target.length + c]!;
      if (!predict(input, output)) {
        this.progress = undefined;
        return { kind: 'lost' };
      }
      progress.metrics.add(output, target);
      // Asked after a row, so that every call comes further.
      if (progress.next < rows.length && interrupt()) return { kind: 'interrupted' };
    }
    this.progress = undefined;
    return { kind: 'seen', report: { ...place, evaluation: progress.metrics.finish() } };
  }
}

/** Shortest epoch, in presentations, within which it is worth a look; from this length on there is one before the first presentation. */
const WORTH = 50, LONG = 1000;

/**
 * When to look: every so many presentations, or by the clock: `interval` milliseconds after figures were last seen, and so rarely that it
 * takes at most one part in `share` of the time.
 */
export class GlancePlan {
  private readonly every: number | undefined;
  private readonly interval: number;
  private readonly share: number;
  private next: number;
  private last: number | undefined;
  /** How many times `every` has been passed. */
  private passed: number | undefined;

  constructor(settings: { readonly every: number } | { readonly interval: number; readonly share: number }, now: number) {
    this.every = 'every' in settings ? settings.every : undefined;
    this.interval = 'interval' in settings ? settings.interval : Infinity;
    this.share = 'share' in settings ? settings.share : 1;
    this.next = now + this.interval;
  }

  /** Asked between two presentations. */
  due({ dwell, dwells, presentations }: Place, now: number): boolean {
    // The end of an epoch has an evaluation of its own.
    if (dwell >= dwells || presentations === this.last) return false;
    if (this.every !== undefined) {
      if (this.every === 0) return false;
      // A run that was resumed in between waits for the next multiple, as the whole run would have.
      const passed = Math.floor(presentations / this.every), first = this.passed === undefined;
      this.passed ??= passed;
      return first ? presentations % this.every === 0 : passed > this.passed;
    }
    return dwells >= WORTH && (now >= this.next || (presentations === 0 && dwells >= LONG));
  }

  /** A look, or the evaluation at the end of an epoch, is over; it took `cost` milliseconds. */
  seen(presentations: number, now: number, cost: number): void {
    this.last = presentations;
    if (this.every !== undefined && this.every > 0) this.passed = Math.floor(presentations / this.every);
    this.next = now + Math.max(this.interval, this.share * cost);
  }
}

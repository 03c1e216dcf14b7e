/** Looks at a training while an epoch is under way: they see what the evaluation at its end would, and the run does not notice. */
import { describe, expect, it } from 'vitest';
import { GlancePlan, PotTrainer, silicoTask, SilicoTrainer, type Checkpoint, type Glanced, type GlanceReport, type TrainingData, type TrainingSettings } from '../index.ts';
import { potPlan } from './pots.ts';
import { seeded } from './problems.ts';

const plan = potPlan({ widths: [2, 3, 1], seed: 7 }), random = seeded(11), rows = 30;
const numbers = (columns: number): TrainingData['inputs'] => ({ rows, columns, values: Float64Array.from({ length: rows * columns }, random) });
const data: TrainingData = { inputs: numbers(2), targets: numbers(1), train: Uint32Array.from({ length: 12 }, (_, k) => k), test: Uint32Array.from({ length: 18 }, (_, k) => 12 + k) };
const pot: TrainingSettings = { dwell: 20, epochs: 2, seed: 4 };
type Trainer = Pick<PotTrainer | SilicoTrainer, 'finished' | 'step' | 'glance' | 'checkpoint' | 'at'>;

/** To the end; with a look before every presentation, each broken off after every sample. */
function through(trainer: Trainer, looking: boolean): { readonly checkpoint: Checkpoint; readonly seen: readonly GlanceReport[] } {
  const seen: GlanceReport[] = [];
  while (trainer.finished === undefined) {
    if (looking) {
      const before = trainer.checkpoint();
      let glanced: Glanced;
      do {
        let asked = 0;
        glanced = trainer.glance(() => asked++ > 0);
        // A look that is broken off, too.
        expect(trainer.checkpoint()).toEqual(before);
      } while (glanced.kind === 'interrupted');
      if (glanced.kind === 'seen') seen.push(glanced.report);
    }
    trainer.step();
  }
  return { checkpoint: trainer.checkpoint(), seen };
}

describe('a look', () => {
  const runs: readonly (readonly [string, () => Trainer])[] = [
    ['differences of rails', () => new PotTrainer(plan, data, pot)],
    ['all rails', () => new PotTrainer(plan, data, { ...pot, reduction: 'none' })],
    ['noisy rates', () => new PotTrainer(plan, data, { ...pot, noise: { seed: 3, rates: { distribution: 'lognormal', size: 0.2, per: 'reaction', when: 'dwell' } } })],
    ['in silico', () => new SilicoTrainer(silicoTask(plan), data, { epochs: 2, seed: 4, batch: 5, optimiser: { kind: 'adam', rate: 0.02 } })],
  ];
  it.each(runs)('leaves the run as it is, bit for bit: %s', (_name, make) => {
    const { checkpoint, seen } = through(make(), true);
    expect(checkpoint).toEqual(through(make(), false).checkpoint);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.every(({ evaluation }) => evaluation.samples === 18)).toBe(true);
    expect(seen[0]!.evaluation.loss).not.toBe(seen.at(-1)!.evaluation.loss);
  });

  it.each(runs)('sees the same however often it is broken off: %s', (_name, make) => {
    const [whole, parts] = [make(), make()];
    for (const trainer of [whole, parts]) trainer.step();
    let glanced = parts.glance(() => true);
    for (let k = 0; glanced.kind === 'interrupted' && k < 100; k++) {
      let asked = 0;
      glanced = parts.glance(() => asked++ > 1);
    }
    expect(glanced).toEqual(whole.glance());
    expect(glanced.kind).toBe('seen');
  });

  it('at the end of an epoch sees what the evaluation does', () => {
    const trainer = new PotTrainer(plan, data, pot);
    for (let k = 0; k < 12; k++) trainer.step();
    const glanced = trainer.glance();
    trainer.step();
    expect(trainer.checkpoint().history[0]!.evaluation).toEqual(glanced.kind === 'seen' ? glanced.report.evaluation : undefined);
  });

  it('is begun anew when the weights have moved on', () => {
    const trainer = new PotTrainer(plan, data, pot), other = new PotTrainer(plan, data, pot);
    let asked = 0;
    expect(trainer.glance(() => asked++ > 8).kind).toBe('interrupted');
    trainer.step();
    other.step();
    expect(trainer.glance()).toEqual(other.glance());
  });
});

describe('when to look', () => {
  const at = (presentations: number, dwells = 100): Parameters<GlancePlan['due']>[0] => ({ epoch: Math.floor(presentations / dwells), dwell: presentations % dwells, dwells, presentations });
  /** Presentations before which there was a look. */
  const looks = (planned: GlancePlan, from: number, to: number, step = 1): number[] => {
    const seen: number[] = [];
    for (let p = from; p < to; p += step) {
      if (!planned.due(at(p), 0)) continue;
      seen.push(p);
      planned.seen(p, 0, 0);
    }
    return seen;
  };

  it('every so many presentations, from the first on, wherever the run was resumed', () => {
    expect(looks(new GlancePlan({ every: 40 }, 0), 0, 200)).toEqual([0, 40, 80, 120, 160]);
    expect(looks(new GlancePlan({ every: 40 }, 0), 50, 200)).toEqual([80, 120, 160]);
    // Several samples a step: at the first step that has passed the mark.
    expect(looks(new GlancePlan({ every: 40 }, 0), 0, 200, 15)).toEqual([0, 45, 90, 120, 165]);
    expect(looks(new GlancePlan({ every: 0 }, 0), 0, 200)).toEqual([]);
  });

  it('not where an epoch ends, which has an evaluation of its own', () => {
    const planned = new GlancePlan({ every: 100 }, 0);
    planned.seen(0, 0, 0);
    expect(planned.due({ epoch: 0, dwell: 100, dwells: 100, presentations: 100 }, 0)).toBe(false);
    planned.seen(100, 0, 0);
    expect(planned.due(at(100), 0)).toBe(false);
    expect(planned.due(at(200), 0)).toBe(true);
  });

  it('by the clock: at once in a long epoch, never in a short one, and for a part of the time only', () => {
    const long = new GlancePlan({ interval: 1000, share: 10 }, 0);
    expect(long.due(at(0, 5000), 0)).toBe(true);
    long.seen(0, 300, 300);
    expect([3299, 3300].map((now) => long.due(at(7, 5000), now))).toEqual([false, true]);
    const short = new GlancePlan({ interval: 1000, share: 10 }, 0);
    expect(short.due(at(0, 100), 0)).toBe(false);
    expect([999, 1000].map((now) => short.due(at(7, 100), now))).toEqual([false, true]);
    expect(short.due(at(2, 4), 1e9)).toBe(false);
  });
});

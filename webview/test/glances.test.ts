/** A training with a long epoch in the lab: figures from its first second on, which outlive a reload and give way to those of whole epochs. */
import { describe, expect, it } from 'vitest';
import { epochsShown } from '../axes.ts';
import { TrainingSession } from '../engine/training/session.ts';
import { roughTime } from '../format.ts';
import { initialLab, keep, reduce, restore, type LabState } from '../store.ts';
import { latestFigures, timeLeft, trainingSentence } from '../training.ts';
import type { FromTrainer } from '../training-protocol.ts';

const rows = Array.from({ length: 1500 }, (_, k) => `  ${((k * 37) % 101) / 100} -> ${((k * 37) % 101) / 50}`);
const text = `network n {\n  input x[1]\n  layer y[1] = linear\n}\ndata d {\n  x[1] -> y[1]\n${rows.join('\n')}\n}\ntrain n on d { rate = 0.002; dwell = 5; epochs = 2; seed = 1 }\n`;

/** The training in the lab, slice by slice, until something is so; the clock moves by `tick` milliseconds with every look at it. */
function trained(tick: number, until: (lab: LabState, said: readonly FromTrainer[]) => boolean): { readonly lab: LabState; readonly said: readonly FromTrainer[] } {
  let lab = reduce(initialLab, { type: 'document', uri: 'file:///n.crn', name: 'n.crn' }), next: (() => void) | undefined, clock = 0;
  const said: FromTrainer[] = [];
  const session = new TrainingSession((message) => {
    said.push(message);
    lab = reduce(lab, { type: 'trainer', message });
  }, (slice) => (next = slice), () => (clock += tick));
  session.handle({ type: 'train', model: { uri: 'file:///n.crn', text, imports: [] }, key: 'n on d', values: {}, run: true, speed: undefined, lensRow: undefined });
  while (!until(lab, said)) {
    const slice = next;
    if (slice === undefined) throw new Error(`It never came: ${JSON.stringify(said.at(-1))}`);
    next = undefined;
    slice();
  }
  return { lab, said };
}

describe('a long epoch', () => {
  it('has figures before its first presentation, on 200 rows, and then now and then', () => {
    const { lab, said } = trained(1, ({ slices: { training } }) => training.glances.length >= 3);
    const first = said.find((message): message is Extract<FromTrainer, { type: 'progress' }> => message.type === 'progress' && message.glances.length > 0)!;
    expect([first.glances[0]!.at, first.glances[0]!.samples]).toEqual([0, 200]);
    expect(said.findIndex((message) => message.type === 'progress' && message.at.presentations > 0)).toBeGreaterThanOrEqual(said.indexOf(first));
    const { glances, history } = lab.slices.training;
    expect(history).toEqual([]);
    expect(glances.every(({ at }, k) => k === 0 || (at > glances[k - 1]!.at && at < 1))).toBe(true);
    // The line through these data is learnt within the first epoch.
    expect(glances.at(-1)!.loss).toBeLessThan(glances[0]!.loss / 2);
    expect(latestFigures(lab.slices.training)).toMatchObject({ within: true, samples: 200, loss: glances.at(-1)!.loss });
    expect(trainingSentence(lab.slices.training)?.text).toMatch(/loss .* on 200 of the samples\.$/);
  });

  it('gives way to the evaluation at its end, on all rows', () => {
    const { lab } = trained(1, ({ slices: { training } }) => training.history.length > 0);
    expect(latestFigures(lab.slices.training)).toMatchObject({ within: false, samples: 1500 });
  });

  it('comes to the same weights, however often it was looked at', () => {
    const end = (tick: number): unknown => trained(tick, ({ slices: { training } }) => training.phase === 'ended').said.findLast((message) => message.type === 'checkpoint');
    const [seldom, often] = [end(0.01), end(1)];
    expect(often).toEqual(seldom);
  });

  it('shows its figures again after a reload', () => {
    const { lab } = trained(1, ({ slices: { training } }) => training.glances.length >= 2), back = restore(JSON.parse(JSON.stringify(keep(lab))) as unknown);
    expect(back.slices.training.glances).toEqual(lab.slices.training.glances);
    const kept = JSON.parse(JSON.stringify(keep(lab))) as { slices: { training: { glances?: unknown } } };
    // Kept before there were any.
    delete kept.slices.training.glances;
    expect(restore(kept).slices.training.rails).toEqual(back.slices.training.rails);
  });
});

it('what is left of the time follows from the pace', () => {
  const at = { epoch: 1, epochs: 4, dwell: 400, dwells: 1000, presentations: 1400, perSecond: 20 };
  expect(timeLeft(at)).toEqual({ epoch: 30, all: 130 });
  expect(timeLeft({ ...at, perSecond: 0 })).toBeUndefined();
  expect([0.2, 89, 90, 1500, 5400, 9000].map(roughTime)).toEqual(['1 s', '89 s', '2 min', '25 min', '1 h 30 min', '2 h 30 min']);
});

it('the axis over epochs shows a part of a long first epoch, and ten short ones', () => {
  expect([0, 0.07, 0.3, 1.2, 7].map((at) => epochsShown(at, 50, 60_000))).toEqual([0.1, 0.1, 0.5, 2, 10]);
  expect([0, 3, 12].map((at) => epochsShown(at, 50, 4))).toEqual([10, 10, 12]);
  expect([0, 2].map((at) => epochsShown(at, 2, 4))).toEqual([2, 2]);
});

import { describe, expect, it } from 'vitest';
import { analyse } from '../../chemistry/index.ts';
import { parse } from '../../grammar/index.ts';
import type { FromAnalyst, NoiseAnswer } from '../analysis-protocol.ts';
import { AnalysisSession } from '../engine/analysis/session.ts';
import { noiseSweeps, SweepRecord } from '../engine/analysis/sweeps.ts';
import { noiseSlice } from '../slices/noise.ts';
import { sweepSentence } from '../view/tabs/noise.ts';

function noise(text: string): { readonly answer: NoiseAnswer; readonly said: readonly FromAnalyst[] } {
  const said: FromAnalyst[] = [];
  let clock = 0;
  const session = new AnalysisSession((message) => said.push(message), () => (clock += 100));
  session.handle({ type: 'load', model: { uri: 'file:///a.crn', text, imports: [] } });
  session.handle({ type: 'ask', id: 1, question: { kind: 'noise' } });
  const last = said[said.length - 1]!;
  if (last.type !== 'answer') throw new Error(JSON.stringify(last));
  return { answer: last.answer as NoiseAnswer, said };
}

const decay = (replicas: number): string => `species A = 100
A -> 0 @ 1
simulate grainy { t = 1; method = ssa; volume = 1; seed = 3; plot = A }
sweep sizes {
  simulate grainy
  vary volume in [100, 1]
  replicas = ${replicas}
}
`;

describe('a sweep of a simulation over the volume', () => {
  it('has the mean of the decay, and a spread that falls with the volume', () => {
    const { answer: { sweeps: [sweep], refused } } = noise(decay(30));
    expect(refused).toEqual([]);
    expect([...sweep!.sizes]).toEqual([1, 100]);
    expect([sweep!.axis, sweep!.measure, sweep!.done, sweep!.runs]).toEqual(['volume', 'A', 60, 60]);
    const { mean, low, high, counts } = sweep!.series[0]!, p = Math.exp(-1);
    expect(counts).toEqual([30, 30]);
    // Survivors of 100·V molecules are binomial: the mean of 30 runs lies within six standard errors.
    for (const [k, volume] of [1, 100].entries()) expect(Math.abs(mean[k]! - 100 * p)).toBeLessThan(6 * Math.sqrt((100 * p * (1 - p)) / volume / 30));
    expect(high[1]! - low[1]!).toBeLessThan((high[0]! - low[0]!) / 4);
  });

  it('fills in evenly: every size has a run before any has two', () => {
    const { said } = noise(decay(3));
    const counts = said.flatMap((message) => (message.type === 'progress' && message.partial !== undefined ? [(message.partial as NoiseAnswer).sweeps[0]!.series[0]!.counts] : []));
    expect(counts.length).toBeGreaterThan(3);
    for (const [a, b] of counts) expect(Math.abs(a! - b!)).toBeLessThanOrEqual(1);
    expect(sweepSentence((said.find((message) => message.type === 'progress') as { partial: NoiseAnswer }).partial.sweeps[0]!)).toMatch(/^1 of 6 runs\./);
  });
});

const net = (source: string): string => `network net {
  input x[1]
  layer y[1] = linear
  weights 0.5
}
data d ${source}
train net on d { rate = 0.05; dwell = 10; epochs = 4 }
sweep robust {
  train net on d
  vary noise in [0, 0.3]
  vary rate in [0.02, 0.05]
  replicas = 2
}
`;

describe('a sweep of a training over its noise', () => {
  it('has a series for every value of what else is varied; without noise all replicas are alike', () => {
    const { answer: { sweeps: [sweep], refused } } = noise(net('{\n  x[1] -> y[1]\n  1 -> 0.3\n}'));
    expect(refused).toEqual([]);
    expect(sweep!.measure).toBe('loss');
    expect(sweep!.series.map(({ label }) => label)).toEqual(['rate = 0.02', 'rate = 0.05']);
    for (const { mean, low, high, counts } of sweep!.series) {
      expect(counts).toEqual([2, 2]);
      expect(high[0]! - low[0]!).toBe(0);
      expect(Number.isFinite(mean[0])).toBe(true);
    }
    expect(sweep!.series.some(({ low, high }) => high[1]! > low[1]!)).toBe(true);
  });

  it('whose data are in files is refused, saying what to do', () => {
    const { answer } = noise(net('= csv("d.csv") {\n  x = column("x")\n  y = column("y")\n}'));
    expect(answer.sweeps).toEqual([]);
    expect(answer.refused).toEqual([{ name: 'robust', why: 'The data of the sweep robust are in files. Run it with the command line: onepot sweep FILE robust.' }]);
  });
});

it('sweeps over something else are not about noise', () => {
  const analysis = analyse(parse('param k = 1\nspecies A = 1\nA -> 0 @ k\nsimulate s { t = 1 }\nsweep w {\n  simulate s\n  vary k in [1, 2]\n  replicas = 1\n}\n'), { uri: 'file:///a.crn' });
  expect(analysis.sweeps.length).toBe(1);
  expect(noiseSweeps(analysis)).toEqual([]);
});

it('the order of runs goes through the grid replica by replica', () => {
  const { sweeps } = analyse(parse(decay(3)), { uri: 'file:///a.crn' }), record = new SweepRecord(sweeps[0]!, 'volume');
  expect(record.order.map((run) => [record.at(run).values.get('volume'), record.at(run).replica])).toEqual([[100, 0], [1, 0], [100, 1], [1, 1], [100, 2], [1, 2]]);
});

it('another text is not swept unasked', () => {
  const loaded = { type: 'worker', message: { type: 'loaded', id: 1, model: {} as never, problems: [], milliseconds: 1 } } as const;
  expect(noiseSlice.reduce({ wanted: true }, loaded).wanted).toBe(false);
});

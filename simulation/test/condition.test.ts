/** Runs that end where a condition of their text holds, against closed forms. */
import { describe, expect, it } from 'vitest';
import { analyse, type EndCondition, type Network } from '../../chemistry/index.ts';
import { parse } from '../../grammar/index.ts';
import { simulate, Simulator, type SimulationRequest, type SimulationResult } from '../index.ts';

function modelOf(text: string, until: string): { network: Network; condition: EndCondition } {
  const analysis = analyse(parse(`${text}\nsimulate run { until = ${until} }\n`)), setting = analysis.network.experiments[0]?.settings.get('until');
  if (analysis.hasErrors || setting?.kind !== 'condition') throw new Error(analysis.diagnostics.map(({ message }) => message).join(' '));
  return { network: analysis.network, condition: setting.condition };
}
function run(text: string, until: string, more: Partial<SimulationRequest> = {}): SimulationResult {
  const { network, condition } = modelOf(text, until);
  return simulate(network, { until: 'fixed point', condition, rtol: 1e-10, atol: 1e-13, ...more });
}
const DECAY = 'param k = 2\nspecies X = 1\nX -> 0 @ k';

describe('a run to a condition', () => {
  it.each(['auto', 'tsit5', 'bdf'] as const)('ends at the time of the closed form, by %s', (method) => {
    // e^(−2t) = 0.3
    const { event, outcome, final } = run(DECAY, 'X < 0.3', { method });
    expect(event! / (Math.log(1 / 0.3) / 2)).toBeCloseTo(1, 7);
    expect(outcome).toEqual({ kind: 'reached', t: event });
    expect(final[0]).toBeCloseTo(0.3, 8);
  });

  it('does not depend on the output', () => {
    const [first, ...others] = [{ points: 3 }, { points: 1000 }, { times: [0, 0.1, 5] }, { until: 7 }, { until: 7, times: Float64Array.from({ length: 701 }, (_, k) => k / 100) }].map((more) => run(DECAY, 'X < 0.3', more).event!);
    expect(first).toBeCloseTo(Math.log(1 / 0.3) / 2, 8);
    for (const other of others) expect(Math.abs(other - first!)).toBeLessThan(1e-9);
    expect(run(DECAY, 'X < 0.3', { points: 3 }).event).toBe(run(DECAY, 'X < 0.3', { points: 1000 }).event);
  });

  it('takes elements, both rails of a dual, parameters and time', () => {
    const text = 'param a = 3\nspecies X[2] = [0, 1]\ndual W = 1\n0 -> X[1] @ a\nX[2] -> 0 @ 1\nW^+ -> 0 @ 1\nW^- -> 0 @ 1\n';
    expect(run(text, 'X[1] >= 6').event).toBeCloseTo(2, 9);
    expect(run(text, 'a*X[2] < W + 1').event).toBeCloseTo(Math.log(2), 8); // 3 e^−t = e^−t + 1
    expect(run(text, 'min(X[1] - 6, 0.1 - X[2]) > 0').event).toBeCloseTo(Math.log(10), 8); // 2.30 > 2
    expect(run(text, 'max(X[1] - 6, 0.1 - X[2]) > 0').event).toBeCloseTo(2, 9);
    expect(run(text, 'time > 2.5; t = 9', { until: 9 }).event).toBeCloseTo(2.5, 12);
  });

  it('takes the parameters of the run', () => {
    const { network, condition } = modelOf('param k = 2, low = 0.5\nspecies X = 1\nX -> 0 @ k', 'X < low'), simulator = new Simulator(network);
    const at = (parameters: Record<string, number>): number => simulator.run({ until: 100, condition, rtol: 1e-10, atol: 1e-13, parameters: new Map(Object.entries(parameters)) }).event!;
    expect(at({})).toBeCloseTo(Math.log(2) / 2, 8);
    expect(at({ k: 1, low: 0.1 })).toBeCloseTo(Math.log(10), 8);
    expect(at({})).toBeCloseTo(Math.log(2) / 2, 8);
  });

  it('ends at rest where it does not come true', () => {
    // X → 20/(1 + 4) = 4 from below.
    const text = 'species X\n0 -> X @ 20\nX -> 0 @ 5';
    const { outcome, event, final } = run(text, 'X > 4.001');
    expect([outcome.kind, event]).toEqual(['steady', undefined]);
    expect(final[0]).toBeCloseTo(4, 9);
  });

  it('comes as near to rest as the condition asks', () => {
    // 4·e^(−5t) = 1e-9, far nearer than what counts as rest.
    expect(run('species X\n0 -> X @ 20\nX -> 0 @ 5', 'X > 3.999999', { rtol: 1e-6, atol: 1e-9 }).event).toBeCloseTo(Math.log(4e6) / 5, 1);
    expect(run(DECAY, 'X < 1e-10', { atol: 1e-14 }).event).toBeCloseTo(Math.log(1e10) / 2, 4);
    // With so loose a tolerance 3.96 counts as rest already: the run goes on, since the condition holds at 4 itself.
    const loose = run('species X\n0 -> X @ 20\nX -> 0 @ 5', 'X > 3.999', { rtol: 0.05, atol: 1e-3 });
    expect([loose.outcome.kind, loose.outcome.t]).toEqual(['reached', loose.event]);
    expect(loose.final[0]).toBeCloseTo(3.999, 6);
    expect(run(DECAY, 'X < 0').outcome.kind).toBe('steady');
  });

  it('holds at once where it holds at the start', () => {
    expect(run(DECAY, 'X > 0.5').outcome).toEqual({ kind: 'reached', t: 0 });
    expect(run(DECAY, 'X >= 1').outcome).toEqual({ kind: 'reached', t: 0 });
    expect(run(DECAY, 'X > 1').outcome.kind).toBe('steady');
  });

  it('goes to the end time at the latest', () => {
    const { outcome, event } = run(DECAY, 'X < 0.1', { until: 1 });
    expect([outcome, event]).toEqual([{ kind: 'reached', t: 1 }, undefined]);
  });
});

import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { diagnostics, Workspace } from '../../server/service/index.ts';
import { Lines } from '../engine/reader.ts';
import { Session } from '../engine/session.ts';
import { entriesOf, valuesOf } from '../series.ts';
import type { ImportedFile } from '../protocol.ts';
import type { FromWorker, ModelSummary, RunRequest, RunResult } from '../worker-protocol.ts';

const uri = 'file:///models/a.crn';
const decay = 'param k = 2\nspecies A = 3, B\nA -> B @ k\nsimulate fall { t = 4; plot = A }\n';
const plain: RunRequest = { overrides: {}, until: 1, method: 'auto', rtol: 1e-8, atol: 1e-12, points: 50, off: [] };

function session(): { session: Session; said: FromWorker[]; moved: ArrayBufferLike[][]; load: (text: string, imports?: readonly ImportedFile[]) => FromWorker; run: (request: Partial<RunRequest>) => RunResult } {
  const said: FromWorker[] = [];
  const moved: ArrayBufferLike[][] = [];
  let clock = 0;
  let id = 0;
  const it = new Session((message, transfer) => {
    said.push(message);
    if (transfer !== undefined) moved.push(transfer);
  }, () => (clock += 20));
  const load = (text: string, imports: readonly ImportedFile[] = []): FromWorker => {
    it.handle({ type: 'load', id: ++id, uri, text, imports });
    return said.at(-1)!;
  };
  const run = (request: Partial<RunRequest>): RunResult => {
    it.handle({ type: 'run', id: ++id, request: { ...plain, ...request } });
    const last = said.at(-1)!;
    if (last.type !== 'finished') throw new Error(JSON.stringify(last));
    return last.result;
  };
  return { session: it, said, moved, load, run };
}

function modelOf(message: FromWorker): ModelSummary {
  if (message.type !== 'loaded') throw new Error(JSON.stringify(message));
  return message.model;
}

describe('a text', () => {
  it('becomes a summary with its species, parameters and experiments', () => {
    const model = modelOf(session().load(decay));
    expect(model.blocks.map((block) => [block.name, block.size, block.offset])).toEqual([['A', 1, 0], ['B', 1, 1]]);
    expect(model.parameters.map((parameter) => [parameter.name, parameter.value])).toEqual([['k', 2]]);
    expect(model.experiments).toEqual([{ name: 'fall', end: 4, untilFixedPoint: false, plot: ['A'], off: [] }]);
    expect(model.reactions).toBe(1);
    expect(decay.slice(model.blocks[1]!.place.start, model.blocks[1]!.place.end)).toBe('B');
  });

  it('gives an experiment its tolerances, number of points and groups that are off', () => {
    const model = modelOf(session().load('species A = 1\ngroup loss { A -> 0 @ 1 }\ngroup gain { 0 -> A @ 1 }\nsimulate s { t = 1; rtol = 1e-8; atol = 0; points = 25; off = loss, gain; method = bdf }\n'));
    expect(model.experiments).toEqual([{ name: 's', end: 1, untilFixedPoint: false, method: 'bdf', rtol: 1e-8, atol: 0, points: 25, plot: [], off: ['loss', 'gain'] }]);
  });

  it('read after an edit is understood as if it were read for the first time', () => {
    const texts = [
      decay, decay.replace('= 2', '= 5'), `// a line before all others\n${decay}`, decay.replace('A -> B', 'A -> Bx'), `${decay}\nspecies C = 1\nC -> A @ k\n`,
      'import "parts.crn"\nspecies A = 1\nA -> C @ 1\n', 'import "parts.crn"\nspecies A = 2\nA -> C @ 1\n', '', decay,
    ];
    const parts = (text: string): ImportedFile[] => [{ path: 'parts.crn', from: null, uri: 'file:///models/parts.crn', text }];
    const edited = session();
    const what = (message: FromWorker): unknown => ('milliseconds' in message ? { ...message, id: 0, milliseconds: 0 } : { ...message, id: 0 });
    for (const text of texts) {
      for (const imports of [[], parts('species C\n'), parts('\nspecies C = 4\n'), parts('species D\n')]) {
        expect(what(edited.load(text, imports))).toEqual(what(session().load(text, imports)));
      }
    }
  });

  it('has the problems that the language server tells of', () => {
    const text = readFileSync(resolve(import.meta.dirname, '../../samples/mistakes.crn'), 'utf8');
    const server = new Workspace({ read: () => ({ error: 'There is none.' }), list: () => [] });
    server.open(uri, 1, text);
    const told = diagnostics(server.snapshot(uri)!).map(({ code, severity, range }) => `${code} ${severity} ${range.start.line + 1}`);
    const answer = session().load(text);
    const shown = answer.type === 'rejected' ? answer.problems.map(({ code, severity, line }) => `${code} ${['error', 'warning', 'information', 'hint'].indexOf(severity) + 1} ${line}`) : [];
    expect(shown.length).toBeGreaterThan(20);
    expect(shown).toEqual(told);
  });

  it('with an error is refused with the line and the code', () => {
    const answer = session().load('species A = 1\n\nA -> Bx @ 1\n');
    expect(answer).toMatchObject({ type: 'rejected', reason: 'errors' });
    const problem = answer.type === 'rejected' ? answer.problems.find((candidate) => candidate.severity === 'error') : undefined;
    expect(problem?.code).toMatch(/^CRN2\d\d$/);
    expect(problem?.line).toBe(3);
    expect(problem?.place).toEqual({ uri: null, start: 20, end: 22 });
  });

  it.each(['', '// nothing yet\n', 'param k = 1\n'])('without species says so: %j', (text) => {
    expect(session().load(text)).toMatchObject({ type: 'rejected', reason: 'empty' });
  });

  it('a text of modules alone says what they are, and how one is used in lines that run when they are added', () => {
    for (const text of ['module part(x[n]) { for i in 1..n { x[i] -> 0 @ 1 } }\nmodule both(a, s: dual, c: fixed, k: param) { a + c -> a + c + s^+ @ k }\n', readFileSync(resolve(import.meta.dirname, '../../samples/motifs.crn'), 'utf8')]) {
      const said = session().load(text), { names, example } = (said.type === 'rejected' ? said.modules : undefined) ?? { names: [] };
      expect(said).toMatchObject({ type: 'rejected', reason: 'empty' });
      expect(names).toEqual([...text.matchAll(/^module (\w+)/gm)].map(([, name]) => name));
      expect(session().load(`${text}\n${example}`).type).toBe('loaded');
    }
    // One whose argument has an extent says no such lines.
    expect(session().load('module part(x[n]) { for i in 1..n { x[i] -> 0 @ 1 } }')).toMatchObject({ modules: { names: ['part'] } });
    expect(session().load('param k = 1')).not.toHaveProperty('modules');
  });

  it('asks for what it imports, and reads it when it comes', () => {
    const { load } = session();
    const text = 'import "parts.crn"\nspecies A = 1\nA -> C @ 1\n';
    expect(load(text)).toMatchObject({ type: 'needImports', requests: [{ path: 'parts.crn', from: null }] });
    const imported: ImportedFile = { path: 'parts.crn', from: null, uri: 'file:///models/parts.crn', text: 'species C\n' };
    expect(modelOf(load(text, [imported])).blocks.map((block) => block.name).sort()).toEqual(['A', 'C']);
    expect(load(text, [{ path: 'parts.crn', from: null, error: 'There is no file "parts.crn".' }])).toMatchObject({ type: 'rejected', reason: 'errors' });
  });

  it('counts lines from 1', () => {
    const lines = new Lines('a\n\nb');
    expect([0, 1, 2, 3, 4].map((offset) => lines.at(offset))).toEqual([1, 1, 2, 3, 3]);
  });
});

describe('a run', () => {
  const nearly = (value: number, expected: number): void => expect(Math.abs(value - expected)).toBeLessThan(1e-6);

  it('follows the closed form of a decay', () => {
    const { load, run } = session();
    const model = modelOf(load(decay));
    const { trajectory, outcome, final } = run({});
    expect(outcome).toEqual({ kind: 'reached', t: 1 });
    const [a, b] = entriesOf(model).map((entry) => valuesOf(trajectory, entry.members[0]!));
    trajectory.times.forEach((t, i) => {
      nearly(a![i]!, 3 * Math.exp(-2 * t));
      nearly(b![i]!, 3 - 3 * Math.exp(-2 * t));
      // |A′| = 2A is the larger rate
      nearly(trajectory.residuals[i]!, 6 * Math.exp(-2 * t));
    });
    expect(trajectory.times[0]).toBe(0);
    nearly(final[0]!, 3 * Math.exp(-2));
  });

  it('takes other parameters without reading the text again', () => {
    const { load, run, said } = session();
    load(decay);
    nearly(run({ overrides: { k: 0.5 } }).final[0]!, 3 * Math.exp(-0.5));
    nearly(run({}).final[0]!, 3 * Math.exp(-2));
    expect(said.filter((message) => message.type === 'loaded')).toHaveLength(1);
  });

  it('leaves out the groups that are off, and has them back when they are not', () => {
    const { load, run } = session();
    // With the inflow A′ = 1 − A, A → 1; without it A = 3e^{−t}.
    load('species A = 3\nA -> 0 @ 1\ngroup inflow { 0 -> A @ 1 }\nsimulate with { t = 1 }\nsimulate without { t = 1; off = inflow }\n');
    nearly(run({}).final[0]!, 1 + 2 * Math.exp(-1));
    nearly(run({ off: ['inflow'] }).final[0]!, 3 * Math.exp(-1));
    nearly(run({ until: 30 }).final[0]!, 1);
  });

  it('draws the sample with a pump that is off as the closed system it is', () => {
    const { load, run } = session();
    const model = modelOf(load(readFileSync(resolve(import.meta.dirname, '../../samples/groups.crn'), 'utf8')));
    const batch = model.experiments.find((experiment) => experiment.name === 'batch');
    const { trajectory } = run({ until: batch!.end!, off: batch!.off });
    const [food, cells] = entriesOf(model).map((entry) => valuesOf(trajectory, entry.members[0]!));
    // Nothing flows in or out: the sum stays, and Cells grow logistically with rate 0.4·5.1.
    trajectory.times.forEach((t, i) => {
      nearly(food![i]! + cells![i]!, 5.1);
      nearly(cells![i]!, 5.1 / (1 + 50 * Math.exp(-0.4 * 5.1 * t)));
    });
  });

  it('does not depend on how many points are kept', () => {
    const { load, run } = session();
    load(decay);
    const few = run({ points: 5 });
    const many = run({ points: 400 });
    expect([...few.final]).toEqual([...many.final]);
    expect(few.steps).toBe(many.steps);
    expect(few.trajectory.times.length).toBeLessThanOrEqual(5);
  });

  it('goes to the fixed point', () => {
    const { load, run } = session();
    load('species A = 1, B\nA <-> B @ 2, 1\n');
    const { outcome, final, finalRates, settled } = run({ until: 'fixed point' });
    expect(outcome.kind).toBe('steady');
    // A − 1/3 = 2/3·e^{−3t} falls to a ten-thousandth of 1/3 (more exactly, of 1/3 + atol/rtol) at this time.
    expect(Math.abs(settled! - Math.log(2 / 3 / (1e-4 * (1 / 3 + 1e-4))) / 3)).toBeLessThan(0.01);
    nearly(final[0]!, 1 / 3);
    nearly(final[1]!, 2 / 3);
    expect(Math.max(...finalRates.map(Math.abs))).toBeLessThan(1e-9);
  });

  it('tells of a blow-up and where it happens', () => {
    const { load, run } = session();
    // X′ = X², X(0) = 1 leaves every bound at t = 1.
    load('species X = 1\n2 X -> 3 X @ 1\n');
    const { outcome } = run({ until: 5 });
    expect(outcome).toMatchObject({ kind: 'diverged', component: 0 });
    expect(Math.abs(outcome.t - 1)).toBeLessThan(1e-3);
    // The first makes more at the start, the second where it ends; a group that is off makes nothing, and what only passes X on makes none of it.
    const text = 'species X = 1, Y\nX -> 2 X @ 9\n2 X -> 3 X @ 1\ngroup more { 2 X -> 5 X @ 7 }\nX -> X + Y @ 1000\n';
    load(text);
    const { cause } = run({ until: 5, off: ['more'] });
    expect(cause?.reaction).toBe('2 X -> 3 X @ 1');
    expect(text.slice(cause!.place!.start, cause!.place!.end)).toBe('2 X -> 3 X @ 1');
    load(text);
    expect(run({ until: 5 }).cause?.reaction).toBe('2 X -> 5 X @ 7');
  });

  it('reports its progress on the way', () => {
    const { load, run, said } = session();
    load(decay);
    run({ method: 'tsit5', rtol: 1e-10, until: 10 });
    const reports = said.flatMap((message) => (message.type === 'progress' ? [message] : []));
    expect(reports.length).toBeGreaterThan(3);
    for (const report of reports) expect(report.fraction).toBeCloseTo(report.t / 10, 12);
    expect(reports.map((report) => report.t)).toEqual([...reports.map((report) => report.t)].sort((x, y) => x - y));
  });

  it('shows the curves so far without changing the outcome', () => {
    const { load, run, said } = session();
    load(decay);
    const { final, steps } = run({ method: 'tsit5', rtol: 1e-10, until: 10 });
    const partial = said.flatMap((message) => (message.type === 'progress' && message.partial !== undefined ? [message.partial] : []));
    expect(partial.length).toBeGreaterThan(0);
    for (const { trajectory, outcome, final: so } of partial) {
      expect(outcome).toEqual({ kind: 'cancelled', t: trajectory.times.at(-1) });
      nearly(Number(so[0]), 3 * Math.exp(-2 * outcome.t));
    }
    nearly(final[0]!, 3 * Math.exp(-20));
    expect(steps).toBeGreaterThan(partial.at(-1)!.steps);
  });

  it('hands its numbers over instead of copying them', () => {
    const { load, run, moved } = session();
    load(decay);
    const { trajectory, final } = run({});
    const buffers = moved.at(-1)!;
    expect(buffers).toContain(trajectory.values.buffer);
    expect(buffers).toContain(final.buffer);
    expect(new Set(buffers).size).toBe(buffers.length);
  });

  it('without a model fails in words', () => {
    const { session: it, said } = session();
    it.handle({ type: 'run', id: 9, request: plain });
    expect(said).toEqual([{ type: 'failed', id: 9, message: 'There is no model to run.' }]);
  });
});

describe('molecule by molecule', () => {
  const text = 'species X\n0 -> X @ 10\nX -> 0 @ 0.2\nsimulate noisy { t = 40; method = ssa; replicas = 300; seed = 2 }\n';
  const molecules = { method: 'ssa', volume: 1, seed: 2, replicas: 300 } as const;

  it('an experiment says how', () => {
    expect(modelOf(session().load(text)).experiments).toEqual([{ name: 'noisy', end: 40, untilFixedPoint: false, molecules, plot: [], off: [] }]);
  });

  it('of several runs the mean and a band', () => {
    const lab = session();
    lab.load(text);
    const { trajectory, outcome, molecules: told, final } = lab.run({ until: 40, molecules });
    expect(outcome).toEqual({ kind: 'reached', t: 40 });
    expect(told).toMatchObject({ engine: 'sorted direct', replicas: 300, moleculesPerConcentration: 1 });
    const last = trajectory.times.length - 1;
    // Poisson with mean 50: six standard errors.
    expect(Math.abs(trajectory.values[last]! - 50)).toBeLessThan((6 * Math.sqrt(50)) / Math.sqrt(300));
    expect(final[0]).toBe(trajectory.values[last]);
    expect(told!.band!.low[last]!).toBeLessThan(trajectory.values[last]! - 5);
    expect(told!.band!.high[last]!).toBeGreaterThan(trajectory.values[last]! + 5);
  });

  it('one run is a path of whole numbers, with sliders as set', () => {
    const lab = session();
    lab.load('param k = 1\nspecies X\n0 -> X @ k\n');
    const { trajectory, molecules: told } = lab.run({ until: 10, overrides: { k: 0 }, molecules: { ...molecules, replicas: 1 } });
    expect(told!.band).toBeUndefined();
    expect([...trajectory.values].every((value) => value === 0)).toBe(true);
    const moved = lab.run({ until: 10, overrides: { k: 5 }, molecules: { ...molecules, replicas: 1 } });
    expect([...moved.trajectory.values].every(Number.isInteger)).toBe(true);
    expect(moved.trajectory.values.at(-1)).toBeGreaterThan(20);
  });

  it('finds an end where none is given', () => {
    const lab = session();
    lab.load(text);
    expect(lab.run({ until: 'automatic', molecules: { ...molecules, replicas: 1 } }).outcome.t).toBeGreaterThan(5);
  });

  it('says what cannot be run so', () => {
    const lab = session();
    lab.load('species X = 1\nX -> 0 @ 1 + sin(time)\n');
    expect(() => lab.run({ until: 1, molecules })).toThrow(/depend on time/);
  });
});

describe('a run to a condition', () => {
  // A = 3·e^(−kt), B = 3 − A
  const text = 'units time s\nparam k = 2, low = 0.3\nspecies A = 3, B\nA -> B @ k\nsimulate fall { until = A < low; t = 40 }\nsimulate rest { until = B > 2.9999 }\nsimulate never { until = B > 3.5 }\nsimulate plain { t = 4 }\n';
  const of = (more: Partial<RunRequest>): RunResult => {
    const lab = session();
    lab.load(text);
    return lab.run({ until: 40, condition: 'fall', rtol: 1e-10, atol: 1e-13, ...more });
  };
  const near = (found: number | undefined, expected: number): void => expect(Math.abs(found! - expected)).toBeLessThan(1e-6);

  it('is what the experiment asks for', () => {
    expect(modelOf(session().load(text)).experiments.map(({ name, end, condition, untilFixedPoint }) => [name, end, condition, untilFixedPoint])).toEqual([
      ['fall', 40, 'A < low', false], ['rest', undefined, 'B > 2.9999', false], ['never', undefined, 'B > 3.5', false], ['plain', 4, undefined, false],
    ]);
  });

  it('ends where it holds, whatever is drawn and whatever the end', () => {
    const expected = Math.log(10) / 2, found = [{ points: 20 }, { points: 3000 }, { until: 'automatic' }, { until: 'fixed point' }, { method: 'bdf', until: 7 }].map((more) => of(more as Partial<RunRequest>));
    for (const { condition, outcome, trajectory, final, foundEnd } of found) {
      near(condition!.t, expected);
      expect(condition!.text).toBe('A < low');
      expect([outcome, foundEnd]).toEqual([{ kind: 'reached', t: condition!.t }, undefined]);
      expect(trajectory.times.at(-1)).toBe(condition!.t);
      near(final[0], 0.3);
    }
    expect(found[0]!.condition!.t).toBe(found[1]!.condition!.t);
  });

  it('follows the sliders, of parameters and of initial values', () => {
    near(of({ overrides: { k: 0.5 } }).condition!.t, 2 * Math.log(10));
    near(of({ overrides: { low: 1.5 } }).condition!.t, Math.log(2) / 2);
    near(of({ initial: { A: 0.6 } }).condition!.t, Math.log(2) / 2);
    const early = of({ initial: { A: 0.2 } });
    expect([early.condition!.t, early.outcome, [...early.trajectory.times]]).toEqual([0, { kind: 'reached', t: 0 }, [0]]);
  });

  it('without an end goes on to rest', () => {
    near(of({ condition: 'rest', until: 'fixed point' }).condition!.t, Math.log(30_000) / 2);
    const { outcome, condition } = of({ condition: 'never', until: 'fixed point' });
    expect([outcome.kind, condition]).toEqual(['steady', { text: 'B > 3.5' }]);
    expect(of({ condition: 'never', until: 3 })).toMatchObject({ outcome: { kind: 'reached', t: 3 }, condition: { text: 'B > 3.5' } });
  });

  it('is refused where the experiment has none', () => {
    expect(() => of({ condition: 'plain' })).toThrow(/plain has no condition/);
  });

  it('molecule by molecule ends every run at its own time', () => {
    // The fifth arrival at rate 2: Gamma(5, 2).
    const lab = session(), molecules = { method: 'ssa', volume: 1, seed: 2, replicas: 400 } as const;
    lab.load('species X\n0 -> X @ 2\nsimulate arrivals { until = X >= 5; t = 50; method = ssa; replicas = 400; seed = 2 }\n');
    const many = lab.run({ until: 50, condition: 'arrivals', molecules });
    expect(many.molecules!.met!.replicas).toBe(400);
    expect(Math.abs(many.molecules!.met!.mean - 2.5)).toBeLessThan(4 * Math.sqrt(1.25 / 400));
    expect(many.final[0]).toBe(5);
    const one = lab.run({ until: 50, condition: 'arrivals', molecules: { ...molecules, replicas: 1 } });
    expect([one.final[0], one.outcome, one.trajectory.times.at(-1)]).toEqual([5, { kind: 'reached', t: one.condition!.t }, one.condition!.t]);
    expect(lab.run({ until: 1e-3, condition: 'arrivals', molecules }).molecules!.met).toBeUndefined();
  });
});

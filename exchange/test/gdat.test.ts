/**
 * Real BioNetGen models against BioNetGen's own trajectories (ReactionNetworkImporters, MIT). The folder is given by
 * ONEPOT_MODELS, default ../shared/models beside the repository; without it only the tests of our own texts run.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse, componentOf, initialState, parameterValues } from '../../chemistry/index.ts';
import { parse } from '../../grammar/index.ts';
import { compileNetwork, integrate, sampleGrid } from '../../simulation/index.ts';
import { importNet } from '../index.ts';

const folder = process.env['ONEPOT_MODELS'] ?? resolve(import.meta.dirname, '../../../shared/models');
const small = join(folder, 'bngl-small');

interface Leg {
  readonly from: number;
  readonly to: number;
  /** Initial values that differ from the .net file's. */
  readonly start: Readonly<Record<string, number>>;
}
/** Trajectories that are not one run from the .net file's initial values. */
const LEGS: Record<string, readonly Leg[]> = {
  // The run stopped at t = 10, added 100 to S(a~0,c~R), wrote the .net file and went on: the first leg starts from what
  // the first row says (Sa0 = ScR = 100, E_tot = 10, all else 0), the second from the file.
  michment: [
    { from: 0, to: 10, start: { S1: 100, E: 10, S3: 0, S4: 0, S5: 0 } },
    { from: 10, to: 20, start: {} },
  ],
};
/** Columns that BioNetGen itself has wrong, with the closed form that is tested in their place. */
const CLOSED_FORMS: Record<string, Record<string, (t: number) => number>> = {
  // BioNetGen evaluates time() one output interval late here (it reports 0 at t = 0.1, where t²/2 = 0.005).
  test_time: { x_builtin: (t) => (t * t) / 2 },
};
/** BioNetGen's default tolerances are 1e-8: what is smaller than this in a .gdat is noise. */
const NOISE = 1e-7;

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];
}
function readGdat(path: string): Table {
  const lines = readFileSync(path, 'utf8').split('\n').filter((line) => line.trim() !== '');
  const words = (line: string): string[] => line.replace('#', ' ').trim().split(/\s+/);
  return { columns: words(lines[0] ?? ''), rows: lines.slice(1).map((line) => words(line).map(Number)) };
}

const models = existsSync(small) ? readdirSync(small).flatMap((model) =>
  readdirSync(join(small, model)).filter((file) => file.endsWith('.gdat')).map((gdat) => ({ model, gdat }))) : [];

describe('BioNetGen models', () => {
  if (models.length === 0) it.skip(`there is no folder ${small}; set ONEPOT_MODELS to compare with BioNetGen's trajectories`);

  it.each(models)('$model follows $gdat to 1e-4', ({ model, gdat }) => {
    const netFile = readdirSync(join(small, model)).find((file) => file.endsWith('.net')) ?? '';
    const imported = importNet(readFileSync(join(small, model, netFile), 'utf8'), netFile);
    expect(imported.notes.filter((note) => note.lost)).toEqual([]);
    const analysis = analyse(parse(imported.text));
    expect(analysis.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);

    const { network } = analysis;
    const component = (name: string): number => {
      const found = componentOf(network, name);
      if (found === undefined) throw new Error(`There is no species ${name}.`);
      return found;
    };
    const table = readGdat(join(small, model, gdat));
    const times = table.rows.map((row) => row[0] ?? NaN);
    const states = new Map<number, Float64Array>();
    for (const { from, to, start } of LEGS[model] ?? [{ from: times[0] ?? 0, to: times.at(-1) ?? 0, start: {} }]) {
      const parameters = parameterValues(network);
      const y0 = initialState(network, parameters);
      for (const [name, value] of Object.entries(start)) y0[component(name)] = value;
      const grid = times.filter((t) => (t > from || from === times[0]) && t <= to);
      const sampler = sampleGrid(grid, from, y0);
      const { outcome } = integrate(compileNetwork(network, parameters).system, { t0: from, t1: to, y0, rtol: 1e-9, atol: 1e-12, method: 'bdf', onStep: sampler.onStep });
      expect(outcome.kind).toBe('reached');
      for (const [i, state] of sampler.finish().states.entries()) states.set(grid[i] ?? NaN, state);
    }
    expect(states.size).toBe(times.length);

    let compared = 0;
    for (const observable of imported.observables) {
      const column = table.columns.indexOf(observable.name);
      if (column < 0) continue;
      const closed = CLOSED_FORMS[model]?.[observable.name];
      for (const [i, row] of table.rows.entries()) {
        const ours = observable.terms.reduce((sum, term) => sum + term.weight * (states.get(times[i] ?? NaN)?.[component(term.species)] ?? NaN), 0);
        const theirs = closed === undefined ? (row[column] ?? NaN) : closed(times[i] ?? NaN);
        const off = Math.abs(ours - theirs);
        if (!(off <= 1e-4 * Math.abs(theirs) + NOISE)) expect.fail(`${observable.name} at t = ${times[i] ?? NaN}: ${ours}, expected ${theirs}`);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(0);
  });

  it.each(['multistate', 'multisite2', 'egfr_net', 'BCR'].filter((model) => existsSync(join(folder, `${model}.net`))))('%s loses nothing', (model) => {
    const text = readFileSync(join(folder, `${model}.net`), 'utf8');
    const imported = importNet(text, `${model}.net`);
    expect(imported.notes).toEqual([]);
    const listed = text.slice(text.indexOf('begin reactions'), text.indexOf('end reactions')).split('\n').length - 2;
    expect(parse(imported.text).units.filter((unit) => unit.statement.kind === 'Reaction').length).toBe(listed);
  });
});

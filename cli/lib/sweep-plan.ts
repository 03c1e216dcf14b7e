/** A `sweep` statement as runs to be done: which there are, what their rows hold, and what they belong to. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { printStatement, type Statement } from '../../grammar/index.ts';
import type { SweepInfo } from '../../chemistry/index.ts';
import { runAt, runsIn, type SweepGrid } from '../../simulation/index.ts';
import { chosen } from './chosen.ts';
import { UnusableError } from './errors.ts';
import type { Model } from './model.ts';
import { namesOf } from './run.ts';
import { experimentNamed } from './settings.ts';
import { dataFiles, dataStatement } from './training-data.ts';

export interface SweepPlan {
  readonly info: SweepInfo;
  readonly grid: SweepGrid;
  readonly runs: number;
  /** Columns that say which run it is: the axes and the replica. */
  readonly keys: readonly string[];
  /** What the cells of a row are, and the columns of the table: what is varied keeps its name, what a run has of the same name is then the run's. */
  readonly fields: readonly string[];
  readonly columns: readonly string[];
  /** Columns that are summed up for every grid point. */
  readonly measures: readonly string[];
  /** Stands in every row: the sweep's name, and a print of all that a row depends on beside its keys. */
  readonly mark: string;
}

const TRAINED = ['epochs', 'presentations', 'loss', 'accuracy', 'relative_error', 'best_loss', 'best_epoch', 'training_loss', 'seconds'] as const;
/** More than this are not written down unless they are named. */
const MOST_QUANTITIES = 200;

/** The sweep of that name, or the only one. @throws UnusableError when there is none */
export function sweepNamed({ file, analysis }: Model, name: string | undefined): SweepInfo {
  const { sweeps } = analysis;
  const names = sweeps.map((sweep) => sweep.name);
  if (name === undefined) {
    const [only, second] = sweeps;
    if (only === undefined) throw new UnusableError(`${file} has no sweep statement. A sweep is written: sweep NAME { train NETWORK on DATA; vary noise in 0..0.3 steps 7; replicas = 20 }.`);
    if (second !== undefined) throw new UnusableError(`${file} has several sweeps; name one of them: ${names.join(', ')}.`);
    return only;
  }
  const found = sweeps.find((sweep) => sweep.name === name);
  if (found === undefined) throw new UnusableError(`There is no sweep “${name}” in ${file}.${names.length === 0 ? ' It has no sweep statement.' : ` It has ${names.join(', ')}.`}`);
  return found;
}

/** @throws UnusableError for a simulation of too many species */
export function sweepPlan(model: Model, name: string | undefined): SweepPlan {
  const info = sweepNamed(model, name);
  const grid: SweepGrid = { axes: info.axes, replicas: info.replicas };
  const measures = info.target.kind === 'train' ? TRAINED : ['t', ...quantities(model, info).map((quantity) => columnOf(info, quantity)), 'seconds'];
  const told = info.target.kind === 'train' ? ['confusion', 'equations', 'message'] : ['message'];
  const keys = [...info.axes.map((axis) => axis.name), 'replica'];
  const fields = [...keys, 'seed', 'outcome', ...measures, ...told, 'sweep'];
  const columns = fields.map((field, at) => (at >= keys.length && keys.includes(field) ? `run ${field}` : field));
  return { info, grid, runs: runsIn(grid), keys, measures, fields, columns, mark: markOf(model, info) };
}

/** The cells that say which run it is. */
export function keyOf({ grid }: SweepPlan, index: number): string[] {
  const { values, replica } = runAt(grid, index);
  return [...values.map(String), String(replica + 1)];
}

/** Columns that every table of a simulation has. */
const TAKEN = new Set(['replica', 'seed', 'outcome', 't', 'seconds', 'message', 'sweep']);

/** How the value of a quantity at the end is called in the table: by its name, unless something else is called so. */
export function columnOf(info: SweepInfo, quantity: string): string {
  return TAKEN.has(quantity) || info.axes.some(({ name }) => name === quantity) ? `${quantity} at end` : quantity;
}

/** Names of the components that a sweep of a simulation writes down. */
export function quantities({ analysis: { network } }: Model, info: SweepInfo): string[] {
  if (info.target.kind !== 'simulate') return [];
  const plot = info.plot ?? experimentPlot(experimentNamed(network, info.target.experiment));
  if (plot.length === 0 && network.dimension > MOST_QUANTITIES) throw new UnusableError(`${info.name} would write down all ${network.dimension.toLocaleString('en-US')} species of each run. Name those that matter: plot = A, B.`);
  return chosen(namesOf(network), plot).map((one) => one.name);
}

function experimentPlot(experiment: ReturnType<typeof experimentNamed>): readonly string[] {
  const value = experiment?.settings.get('plot');
  return value?.kind === 'words' ? value.items : [];
}

/**
 * Everything else that a row depends on: all statements but expectations and other sweeps, whatever their layout and comments; of this
 * sweep its target, its settings and what it varies, but not through which values or how often; and the data.
 */
function markOf(model: Model, info: SweepInfo): string {
  const hash = createHash('sha256');
  const part = (text: string | Uint8Array): void => { hash.update(text).update('\0'); };
  for (const { statement } of model.tree.units) {
    if (statement.kind === 'Expect' || (statement.kind === 'Sweep' && statement.name.text !== info.name)) continue;
    if (statement.kind !== 'Sweep') {
      part(plain(statement));
      continue;
    }
    const { train, simulate, settings, vary } = statement;
    part(JSON.stringify([train?.network.text, train?.data.text, simulate?.experiment.text, vary.map(({ name }) => name.text)]));
    part(plain({ ...statement, vary: [], settings: settings.filter(({ key }) => key.text !== 'replicas') }));
  }
  for (const text of model.imported.values()) part(text);
  if (info.target.kind === 'train') {
    const data = dataStatement(model, info.target.data);
    for (const path of data === undefined ? [] : dataFiles(data)) {
      try {
        part(readFileSync(path));
      } catch {
        part('missing'); // said by whoever reads it
      }
    }
  }
  return `${info.name} ${hash.digest('hex').slice(0, 12)}`;
}

/** Without documentation, in the standard layout. */
function plain(statement: Statement): string {
  return printStatement(statement).replace(/^\s*\/\/\/.*\n?/gm, '');
}

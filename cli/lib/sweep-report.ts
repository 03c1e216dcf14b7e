/** What is told of a sweep: a bar while it runs, at the end a line for every grid point. */
import cliProgress from 'cli-progress';
import { addedConfusion, runAt, spread, type Spread } from '../../simulation/index.ts';
import { PATIENCE } from './in-worker.ts';
import { number } from './number.ts';
import { keyOf, type SweepPlan } from './sweep-plan.ts';
import type { SweepTable } from './sweep-table.ts';
import { colours, count, print } from './terminal.ts';

/** What the replicas of a grid point came to. */
export interface SweepPoint {
  readonly values: Readonly<Record<string, number | string>>;
  /** Runs that are in the table, of so many. */
  readonly runs: number;
  readonly of: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly measures: Readonly<Record<string, Spread>>;
  /** Sums over the replicas: [true class][class told]. */
  readonly confusion?: readonly (readonly number[])[];
}

export function sweepPoints(plan: SweepPlan, table: SweepTable): SweepPoint[] {
  const { grid, columns, measures } = plan, points: SweepPoint[] = [];
  const at = new Map(columns.map((column, k) => [column, k]));
  for (let first = 0; first < plan.runs; first += grid.replicas) {
    const rows = Array.from({ length: grid.replicas }, (_, r) => table.row(keyOf(plan, first + r))).filter((row) => row !== undefined);
    const cells = (column: string): string[] => rows.map((row) => row[at.get(column) ?? -1] ?? '');
    const outcomes: Record<string, number> = {};
    for (const outcome of cells('outcome')) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    const confusion = addedConfusion(cells('confusion').map((cell) => (cell === '' ? undefined : cell.split('; ').map((row) => row.split(' ').map(Number)))));
    points.push({
      values: Object.fromEntries(grid.axes.map(({ name }, a) => [name, runAt(grid, first).values[a]!])), runs: rows.length, of: grid.replicas, outcomes,
      measures: Object.fromEntries(measures.flatMap((measure) => {
        const of = spread(cells(measure).map((cell) => (cell === '' ? undefined : Number(cell))));
        return of === undefined ? [] : [[measure, of]];
      })),
      ...(confusion === undefined ? {} : { confusion }),
    });
  }
  return points;
}

/** The object of --json. */
export function sweepJson(plan: SweepPlan, table: SweepTable, points: readonly SweepPoint[], computed: number, interrupted: boolean, seconds: number): Record<string, unknown> {
  return {
    sweep: plan.info.name, target: plan.info.target, output: table.path, outcome: interrupted ? 'interrupted' : 'done', runs: plan.runs, computed, seconds,
    points: points.map(({ measures, ...point }) => ({
      ...point,
      ...Object.fromEntries(Object.entries(measures).map(([name, { count: n, mean, sd, least, most, quantiles }]) => [name, { count: n, mean, sd: Number.isNaN(sd) ? null : sd, least, most, q05: quantiles[0], median: quantiles[1], q95: quantiles[2] }])),
    })),
  };
}

/** Measures that a terminal shows, in this order; of a simulation the first quantities. */
const SHOWN = ['accuracy', 'loss', 'epochs'];
const MOST_QUANTITIES = 4;
const MOST_POINTS = 60;

export function printPoints(plan: SweepPlan, points: readonly SweepPoint[]): void {
  const had = new Set(points.flatMap((point) => Object.keys(point.measures)));
  const shown = plan.info.target.kind === 'train' ? SHOWN.filter((measure) => had.has(measure)) : plan.measures.filter((measure) => measure !== 't' && measure !== 'seconds').slice(0, MOST_QUANTITIES);
  const head = [...plan.grid.axes.map((axis) => axis.name), 'runs', ...shown.flatMap((measure) => [measure, 'sd', '5 %', '95 %']), 'ended otherwise'];
  const body = points.slice(0, MOST_POINTS).map((point) => [
    ...plan.grid.axes.map((axis) => String(point.values[axis.name])), point.runs === point.of ? String(point.runs) : `${point.runs} of ${point.of}`,
    ...shown.flatMap((measure) => {
      const of = point.measures[measure];
      return of === undefined ? ['–', '', '', ''] : [short(of.mean), Number.isNaN(of.sd) ? '–' : short(of.sd), short(of.quantiles[0]!), short(of.quantiles[2]!)];
    }),
    Object.entries(point.outcomes).filter(([outcome]) => !FINE.has(outcome)).map(([outcome, n]) => `${n} ${outcome}`).join(', '),
  ]);
  if (body.every((row) => row.at(-1) === '')) [head, ...body].forEach((row) => row.pop());
  const widths = head.map((_, k) => Math.max(...[head, ...body].map((row) => [...(row[k] ?? '')].length)));
  const line = (row: readonly string[]): string => row.map((cell, k) => ' '.repeat(widths[k]! - [...cell].length) + cell).join('  ');
  print(colours.dim(line(head)));
  for (const row of body) print(line(row));
  if (points.length > MOST_POINTS) print(colours.dim(`… and ${count(points.length - MOST_POINTS, 'more grid point')}; --json gives all.`));
}

const FINE = new Set(['epochs', 'target loss', 'patience', 'reached', 'steady']);

const short = (value: number): string => number(Number(value.toPrecision(4)));

/** On stderr; nothing where that is no terminal. */
export class SweepBar {
  private bar: cliProgress.SingleBar | undefined;
  private readonly begun = performance.now();
  private done = 0;
  private readonly all: number;
  private ticking: NodeJS.Timeout | undefined;

  /** @param all runs to be done now */
  constructor(all: number) {
    this.all = all;
    if (process.stderr.isTTY) this.ticking = setInterval(() => this.draw(), PATIENCE);
  }

  add(): void {
    this.done++;
  }

  private draw(): void {
    if (this.bar === undefined) {
      this.bar = new cliProgress.SingleBar({ format: '{bar} {percentage} % | {value} of {total} runs{left}', stream: process.stderr, clearOnComplete: true, hideCursor: true }, cliProgress.Presets.shades_classic);
      this.bar.start(this.all, 0, { left: '' });
    }
    const seconds = (performance.now() - this.begun) / 1000;
    this.bar.update(this.done, { left: this.done === 0 ? '' : ` | about ${time((seconds / this.done) * (this.all - this.done))} left` });
  }

  stop(): void {
    clearInterval(this.ticking);
    this.ticking = undefined;
    this.bar?.stop();
    this.bar = undefined;
  }
}

function time(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** `onepot sweep FILE [NAME] -o OUT.csv [--workers N] [--resume] …` */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { UnusableError } from '../lib/errors.ts';
import { interruptible } from '../lib/in-worker.ts';
import { keyOf } from '../lib/sweep-plan.ts';
import { shareRuns } from '../lib/sweep-pool.ts';
import { printPoints, SweepBar, sweepJson, sweepPoints } from '../lib/sweep-report.ts';
import { SweepRunner } from '../lib/sweep-runner.ts';
import { SweepTable } from '../lib/sweep-table.ts';
import { colours, count, note, print } from '../lib/terminal.ts';

export interface SweepOptions {
  readonly output?: string;
  readonly workers?: number;
  readonly resume?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** @returns the exit code: 0 all runs are in the table, 1 the model has errors, 2 arguments, data or a table that cannot be used, 130 interrupted. */
export async function sweep(file: string, name: string | undefined, { output, workers, resume, force, json }: SweepOptions): Promise<number> {
  if (resume === true && force === true) throw new UnusableError('--resume goes on with the table, --force begins anew; leave one of the two out.');
  const begun = performance.now();
  const runner = new SweepRunner(file, name);
  const { plan } = runner;
  const path = output ?? `${plan.info.name}.csv`;
  if (resolve(path) === resolve(file)) throw new UnusableError(`${file} cannot be both read and written; name another file behind -o.`);
  runner.check();
  const table = new SweepTable(path, plan.columns, plan.keys.length, plan.mark, { ...(resume === undefined ? {} : { resume }), ...(force === undefined ? {} : { force }) });
  const all = Array.from({ length: plan.runs }, (_, index) => index);
  const missing = all.filter((index) => !table.has(keyOf(plan, index)));
  const had = all.length - missing.length;
  if (had > 0) note(`${count(had, 'run')} of ${plan.runs.toLocaleString('en-US')} ${had === 1 ? 'is' : 'are'} in ${path} already.`);
  let computed = 0;
  const bar = new SweepBar(missing.length);
  try {
    await interruptible('Stopping …', (cancel) => shareRuns({ sweep: true, file, ...(name === undefined ? {} : { name }) }, missing, workers ?? availableParallelism(), cancel, (_, cells) => {
      table.add(cells);
      computed++;
      bar.add();
    }));
  } finally {
    bar.stop();
    table.close();
  }
  table.sort(all.map((index) => keyOf(plan, index)));
  const left = missing.length - computed;
  const seconds = (performance.now() - begun) / 1000;
  const points = sweepPoints(plan, table);
  if (json === true) print(JSON.stringify(sweepJson(plan, table, points, computed, left > 0, seconds)));
  else {
    printPoints(plan, points);
    print(colours.dim(`${path}: ${count(plan.runs - left, 'run')}, ${computed.toLocaleString('en-US')} of them now, in ${Math.round(seconds * 10) / 10} s`));
  }
  if (left === 0) return 0;
  note(`Interrupted: ${count(left, 'run')} of ${plan.runs.toLocaleString('en-US')} missing. --resume goes on.`);
  return 130;
}

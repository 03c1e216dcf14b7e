/** From file to first result: the command line as users run it, whole processes. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { importNet } from '../exchange/index.ts';
import { median } from './measure.ts';

export interface WholeProcess {
  readonly model: string;
  readonly command: string;
  /** CPU seconds of the process with all its threads, and wall time, which other programs lengthen; medians of five. */
  readonly seconds: number;
  readonly wallSeconds: number;
}

const bundle = resolve(import.meta.dirname, '../dist/cli/onepot.mjs');

/** Runs before the bundle: prints the CPU time of all threads when the process ends. */
const METER = 'import { isMainThread } from "node:worker_threads"; if (isMainThread) process.on("exit", () => { const { user, system } = process.cpuUsage(); process.stderr.write(`\\ncpu ${(user + system) / 1e6}`); });';

/** @returns undefined when the command line is not built */
export function wholeProcess(netFile: string, model: string, end: number): WholeProcess | undefined {
  if (!existsSync(bundle)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'onepot-bench-'));
  try {
    const file = join(folder, `${model}.crn`);
    writeFileSync(file, importNet(readFileSync(netFile, 'utf8'), `${model}.net`).text);
    const runs = Array.from({ length: 5 }, () => {
      const before = performance.now();
      const { status, stderr } = spawnSync(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(METER)}`, bundle, 'simulate', file, '--until', String(end)], { encoding: 'utf8' });
      const cpu = /\ncpu ([\d.]+)$/u.exec(stderr)?.[1];
      if (status !== 0 || cpu === undefined) throw new Error(`onepot simulate ${model}.crn failed: ${stderr}`);
      return { cpu: Number(cpu), wall: (performance.now() - before) / 1000 };
    });
    return { model, command: `onepot simulate ${model}.crn --until ${end}`, seconds: median(runs.map(({ cpu }) => cpu)), wallSeconds: median(runs.map(({ wall }) => wall)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From file to first result: the command line as users run it, whole processes. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { importNet } from '../exchange/index.ts';
import { median } from './measure.ts';

export interface WholeProcess {
  readonly model: string;
  readonly command: string;
  /** Wall time in seconds, median of five. */
  readonly seconds: number;
}

const bundle = resolve(import.meta.dirname, '../dist/cli/onepot.mjs');

/** @returns undefined when the command line is not built */
export function wholeProcess(netFile: string, model: string, end: number): WholeProcess | undefined {
  if (!existsSync(bundle)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'onepot-bench-'));
  try {
    const file = join(folder, `${model}.crn`);
    writeFileSync(file, importNet(readFileSync(netFile, 'utf8'), `${model}.net`).text);
    const seconds = median(Array.from({ length: 5 }, () => {
      const before = performance.now();
      execFileSync(process.execPath, [bundle, 'simulate', file, '--until', String(end)], { stdio: 'pipe' });
      return (performance.now() - before) / 1000;
    }));
    return { model, command: `onepot simulate ${model}.crn --until ${end}`, seconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

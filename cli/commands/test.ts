/** `onepot test FILE… [--json]` */
import { eachFile } from '../lib/each-file.ts';
import { tester, type Verdict } from '../lib/expectations.ts';
import { Lines } from '../lib/lines.ts';
import { loadSound } from '../lib/sound.ts';
import { colours, count, print } from '../lib/terminal.ts';

/** One of the array that `--json` prints. */
interface Entry extends Omit<Verdict, 'expectation'> {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

/**
 * @param paths files, and folders of files
 * @returns the exit code: 0 all hold, 1 some fail or a file has errors, 2 a file that cannot be read.
 */
export function test(paths: readonly string[], options: { readonly json?: boolean }): number {
  const entries: Entry[] = [];
  const { code } = eachFile(paths, (file) => {
    const of = entriesOf(file);
    for (const entry of of) entries.push(entry);
    if (options.json !== true) report(file, of);
  });
  const failed = entries.filter((entry) => !entry.holds).length;
  if (options.json === true) print(JSON.stringify(entries, null, 2));
  else print(`${colours.green(`${entries.length - failed} passed`)}, ${failed === 0 ? '0 failed' : colours.red(`${failed} failed`)}`);
  return Math.max(code, failed > 0 ? 1 : 0);
}

function entriesOf(file: string): Entry[] {
  const model = loadSound(file);
  const { analysis, text } = model;
  const lines = new Lines(text);
  const judge = tester(model);
  return analysis.expectations.map((expectation) => {
    const { expectation: _, ...verdict } = judge(expectation);
    const { unit, span } = expectation.place;
    return { file, line: lines.at(unit.start + span.start).line, text: expectation.text.replace(/\s+/g, ' '), ...verdict };
  });
}

function report(file: string, entries: readonly Entry[]): void {
  print(entries.length === 0 ? `${file}: nothing is expected` : `${colours.bold(file)} (${count(entries.length, 'expectation')})`);
  for (const { line, text, holds, found } of entries) {
    print(`  ${holds ? colours.green('✓') : colours.red('✗')} ${text}`);
    if (!holds) print(`      ${file}:${line}: ${colours.red(found)}`);
  }
}

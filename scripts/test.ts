/**
 * `npm test`: types, lint, unit tests and end-to-end tests, one after the other; stops at the first that fails.
 * The last line is always `N passed, N failed`, over all tests that ran.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { duration, runMain, say } from './lib/console.ts';
import { root } from './lib/paths.ts';
import { countTests, type Counts } from './lib/report.ts';
import { startGuarded } from './lib/run.ts';
import { endSignal } from './lib/until-ended.ts';

interface Stage {
  name: string;
  /** Arguments of node. */
  args: readonly string[];
  /** vitest's JSON report, for a stage that runs tests. */
  report?: string;
  /** Shows the output only if the stage fails. */
  quiet?: boolean;
}

const bin = (path: string): string => join(root, 'node_modules', path);
const reportFile = (name: string): string => join(root, 'out/reports', `${name}.json`);
const reporters = (file: string): string[] => ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];

const stages: readonly Stage[] = [
  { name: 'Types', args: [bin('typescript/bin/tsc'), '-b'], quiet: true },
  { name: 'Lint', args: [bin('eslint/bin/eslint.js'), '.'], quiet: true },
  { name: 'Unit tests', args: [bin('vitest/vitest.mjs'), 'run', ...reporters(reportFile('unit'))], report: reportFile('unit') },
  { name: 'End-to-end tests', args: [join(root, 'scripts/e2e.ts'), ...reporters(reportFile('e2e'))], report: reportFile('e2e') },
];

/** Runs a stage to its end; false if it failed or `asked` came first. */
async function runStage(stage: Stage, asked: Promise<unknown>): Promise<boolean> {
  let output = '';
  const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  const child = startGuarded(process.execPath, stage.args, { cwd: root, env: { ...process.env, ...colours } }, (text) => {
    if (stage.quiet) output += text;
    else process.stdout.write(text);
  });
  const code = await Promise.race([child.ended, asked.then(() => 1)]);
  await child.stop();
  if (code !== 0 && output !== '') say(output.trimEnd());
  return code === 0;
}

/** The tests a stage counted; a stage that failed has at least one failure. */
function countsOf(stage: Stage, succeeded: boolean): Counts {
  const counts = stage.report !== undefined && existsSync(stage.report) ? countTests(readFileSync(stage.report, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
  return succeeded ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
}

await runMain(async () => {
  const asked = endSignal();
  await rm(join(root, 'out/reports'), { recursive: true, force: true });
  await mkdir(join(root, 'out/reports'), { recursive: true });
  const summary: string[] = [];
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const stage of stages) {
    say(`== ${stage.name}`);
    const start = performance.now();
    const succeeded = await runStage(stage, asked);
    const counts = countsOf(stage, succeeded);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    const tests = stage.report === undefined ? '' : `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped, `;
    summary.push(`${stage.name}: ${succeeded ? 'ok' : 'FAILED'} (${tests}${duration(performance.now() - start)})`);
    if (!succeeded) break;
  }
  for (const stage of stages.slice(summary.length)) summary.push(`${stage.name}: not run`);
  say(`\n${summary.join('\n')}`);
  say(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
});

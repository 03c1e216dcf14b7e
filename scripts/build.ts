/**
 * Makes the WebAssembly kernels and the bundles in dist/: `node scripts/build.ts [--minify] [--watch]`.
 *   --minify   small bundles without source maps, as they are released
 *   --watch    builds again whenever a source file changes, until Ctrl-C
 */
import { existsSync, globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build as esbuild, context, formatMessages, type BuildFailure, type Message, type Plugin } from 'esbuild';
import { bundles, CHUNKS, esbuildOptions, folderOf, type Bundle } from './lib/bundles.ts';
import { runMain, say, step, StepError } from './lib/console.ts';
import { buildKernels } from './lib/kernels.ts';
import { root } from './lib/paths.ts';

/** The bundles whose entry file exists; the others are named in one line. */
function presentBundles(): Bundle[] {
  const missing = bundles.filter((bundle) => !existsSync(join(root, bundle.entry)));
  if (missing.length > 0) say(`Not built, as there is no entry file yet: ${missing.map((bundle) => bundle.entry).join(', ')}`);
  return bundles.filter((bundle) => !missing.includes(bundle));
}

async function describe(messages: Message[], kind: 'error' | 'warning'): Promise<string> {
  const formatted = await formatMessages(messages, { kind, color: process.stdout.isTTY });
  return formatted.map((text) => text.trimEnd()).join('\n');
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors);
}

/** The WebAssembly of `simulation/`, which every bundle contains. */
async function makeKernels(): Promise<void> {
  await step('Kernels', async (note) => {
    const bytes = await buildKernels();
    note(bytes === undefined ? 'up to date' : `${(bytes / 1000).toFixed(1)} kB`);
  });
}

/**
 * Builds every bundle once.
 * @throws StepError with the located messages of esbuild if a bundle cannot be made.
 */
export async function build(options: { minify?: boolean } = {}): Promise<void> {
  await makeKernels();
  const present = presentBundles();
  await step('Built', async (note) => {
    note(`${present.length} bundles`);
    present.filter(({ second }) => second !== undefined).forEach(removeParts);
    const outcomes = await Promise.allSettled(present.map((bundle) => esbuild(esbuildOptions(bundle, root, options.minify ?? false))));
    const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    const strange = errors.find((error) => !isBuildFailure(error));
    if (strange !== undefined) throw new Error('esbuild could not run.', { cause: strange });
    const warnings = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value.warnings : []));
    if (warnings.length > 0) say(await describe(warnings, 'warning'));
    const messages = errors.filter(isBuildFailure).flatMap((failure) => failure.errors);
    if (messages.length > 0) throw new StepError(`The build failed.\n${await describe(messages, 'error')}`);
  });
}

/** Their names change with what is in them, so that those of another build would stay. */
function removeParts(bundle: Bundle): void {
  const folder = join(root, folderOf(bundle));
  for (const part of globSync(`${CHUNKS}*`, { cwd: folder })) rmSync(join(folder, part));
}

/** Builds now and after every change, until the process is ended. */
async function watch(minify: boolean): Promise<void> {
  await makeKernels();
  const report = (bundle: Bundle): Plugin => ({
    name: 'report',
    setup(esbuildRun): void {
      esbuildRun.onEnd(async (result) => {
        const problems = await describe(result.errors, 'error');
        say(problems === '' ? `Built ${bundle.output}` : problems);
      });
    },
  });
  for (const bundle of presentBundles()) {
    const watched = await context({ ...esbuildOptions(bundle, root, minify), plugins: [report(bundle)] });
    await watched.watch();
  }
}

if (import.meta.main) {
  await runMain(async () => {
    const { values } = parseArgs({ options: { minify: { type: 'boolean', default: false }, watch: { type: 'boolean', default: false } } });
    await (values.watch ? watch(values.minify) : build({ minify: values.minify }));
  });
}

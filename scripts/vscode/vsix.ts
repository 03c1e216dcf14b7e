/** Packages the extension (dist/ and the manifest) into a .vsix file. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { step, StepError } from '../lib/console.ts';
import { filesNamed } from '../lib/manifest.ts';
import { root } from '../lib/paths.ts';
import { run } from '../lib/run.ts';

/**
 * Packages what the last build left in dist/ and returns the path of the file.
 * @param file where to put it, by default out/onepot.vsix
 * @throws StepError with vsce's message if the manifest or a file it names is wrong.
 */
export async function packageExtension(file: string = join(root, 'out/onepot.vsix')): Promise<string> {
  await mkdir(join(file, '..'), { recursive: true });
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
  await step('Packaged the extension', async () => {
    const args = ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--no-rewrite-relative-links', '--out', file];
    const output = await run(process.execPath, [vsce, ...args], { cwd: root });
    if (/\bERROR\b/.test(output)) throw new StepError(output.trim());
    const missing = await missingFiles(file);
    if (missing.length > 0) {
      throw new StepError(`The package lacks files that package.json names: ${missing.join(', ')} (is each there, and let in by .vscodeignore?).`);
    }
  });
  return file;
}

/** The files named by the manifest that are not in a package. */
async function missingFiles(file: string): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  // A zip file lists the names of its entries as plain text.
  const packed = await readFile(file);
  return filesNamed(manifest).filter((path) => !packed.includes(`extension/${path}`));
}

/** Packages the extension (dist/ and the manifest) into a .vsix file. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { step, StepError } from '../lib/console.ts';
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
    const args = ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', file];
    const output = await run(process.execPath, [vsce, ...args], { cwd: root });
    if (/error/i.test(output)) throw new StepError(output.trim());
  });
  return file;
}

/** `npm run start:desktop`: the samples in the desktop VS Code that is on PATH, with the extension from this folder. */
import { join } from 'node:path';
import { build } from './build.ts';
import { runMain, say, StepError } from './lib/console.ts';
import { root } from './lib/paths.ts';
import { run, which } from './lib/run.ts';

/** The command line that opens the samples with the extension under development. */
export function desktopCommand(code: string, folder: string): readonly [command: string, ...args: string[]] {
  const args = ['--new-window', `--extensionDevelopmentPath=${folder}`, join(folder, 'samples')];
  // On Windows `code` is a batch file, which only a shell can run.
  return /\.(cmd|bat)$/i.test(code) ? ['cmd.exe', '/d', '/s', '/c', code, ...args] : [code, ...args];
}

if (import.meta.main) {
  await runMain(async () => {
    const code = which('code');
    if (code === undefined) {
      throw new StepError(
        "No desktop VS Code: there is no `code` on PATH (on macOS run “Shell Command: Install 'code' command in PATH” in VS Code); `npm start` needs none.",
      );
    }
    await build();
    const [command, ...args] = desktopCommand(code, root);
    await run(command, args);
    say('Opened the samples in VS Code.');
  });
}

/** `onepot fmt FILE… [--check]` */
import { format } from '../../grammar/index.ts';
import { UnusableError } from '../lib/errors.ts';
import { readText, replaceText } from '../lib/files.ts';
import { count, note, print } from '../lib/terminal.ts';

/**
 * Rewrites the files in the standard layout; `check` only says which would change.
 * @returns the exit code: 0 done, 1 some would change (with `check`), 2 a file that cannot be used.
 */
export function fmt(files: readonly string[], options: { readonly check?: boolean }): number {
  let changed = 0;
  let unusable = false;
  for (const file of files) {
    try {
      const text = readText(file);
      const formatted = format(text);
      if (formatted === text) continue;
      changed++;
      if (options.check === true) print(`${file} is not in the standard layout.`);
      else {
        replaceText(file, formatted);
        print(`${file} formatted.`);
      }
    } catch (error) {
      if (!(error instanceof UnusableError)) throw error;
      unusable = true;
      note(error.message);
    }
  }
  if (unusable) return 2;
  if (options.check !== true) return 0;
  if (changed > 0) note(`${count(changed, 'file')} of ${files.length} would change; “onepot fmt” without --check rewrites ${changed === 1 ? 'it' : 'them'}.`);
  return changed === 0 ? 0 : 1;
}

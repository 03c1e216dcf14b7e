/** `onepot fmt FILE… [--check]` */
import { format } from '../../grammar/index.ts';
import { eachFile } from '../lib/each-file.ts';
import { readText, replaceText } from '../lib/files.ts';
import { count, note, print } from '../lib/terminal.ts';

/**
 * Rewrites the files in the standard layout; `check` only says which would change.
 * @param paths files, and folders of files
 * @returns the exit code: 0 done, 1 some would change (with `check`), 2 a file that cannot be used.
 */
export function fmt(paths: readonly string[], options: { readonly check?: boolean }): number {
  let changed = 0;
  const { files, code } = eachFile(paths, (file) => {
    const text = readText(file);
    const formatted = format(text);
    if (formatted === text) return;
    changed++;
    if (options.check === true) print(`${file} is not in the standard layout.`);
    else {
      replaceText(file, formatted);
      print(`${file} formatted.`);
    }
  });
  if (code !== 0) return code;
  if (options.check !== true) return 0;
  if (changed > 0) note(`${count(changed, 'file')} of ${files} would change; “onepot fmt” without --check rewrites ${changed === 1 ? 'it' : 'them'}.`);
  return changed === 0 ? 0 : 1;
}

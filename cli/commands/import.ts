/** `onepot import IN.net [-o OUT.crn] [--force]` */
import { basename, resolve } from 'node:path';
import { importNet, NetFormatError } from '../../exchange/index.ts';
import { UnusableError } from '../lib/errors.ts';
import { createText, readText } from '../lib/files.ts';
import { count, errorColours, note } from '../lib/terminal.ts';

const MOST_SHOWN = 50;

/** @returns the exit code: 0 everything was kept, 1 something that changes the model was not, 2 no network or no place to write. */
export function importNetwork(input: string, options: { readonly output?: string; readonly force?: boolean }): number {
  const text = readText(input);
  if (options.output !== undefined && resolve(options.output) === resolve(input)) {
    throw new UnusableError(`${input} cannot be both read and written; name another file behind -o.`);
  }
  const result = translate(text, input);
  if (options.output === undefined) process.stdout.write(result.text);
  else createText(options.output, result.text, options.force === true);
  const lost = result.notes.filter((entry) => entry.lost);
  for (const entry of result.notes.slice(0, MOST_SHOWN)) {
    note(`${errorColours.dim(`${input}:${entry.line}:`)} ${entry.lost ? errorColours.red('not imported') : errorColours.blue('note')} ${entry.message}`);
  }
  if (result.notes.length > MOST_SHOWN) note(`… and ${count(result.notes.length - MOST_SHOWN, 'more note')}, at the top of the imported text.`);
  if (options.output !== undefined) {
    const kept = lost.length === 0 ? 'everything was kept' : `${count(lost.length, 'thing')} could not be kept`;
    note(`${options.output}: ${count(result.species.length, 'species', 'species')}, ${count(result.reactions, 'reaction')}; ${kept}.`);
  }
  return lost.length === 0 ? 0 : 1;
}

function translate(text: string, input: string): ReturnType<typeof importNet> {
  try {
    return importNet(text, basename(input));
  } catch (error) {
    if (error instanceof NetFormatError) throw new UnusableError(`${input}:${error.line}: ${error.message}`);
    throw error;
  }
}

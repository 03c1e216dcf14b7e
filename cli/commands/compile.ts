/** `onepot compile FILE NETWORK [-o OUT.crn] [--force]` */
import { resolve } from 'node:path';
import { UnusableError } from '../lib/errors.ts';
import { createText } from '../lib/files.ts';
import { loadSound } from '../lib/sound.ts';
import { note } from '../lib/terminal.ts';

/** The reactions that a network of neurons stands for, as a text of the language. */
export function compile(file: string, name: string, options: { readonly output?: string; readonly force?: boolean }): number {
  const { analysis } = loadSound(file);
  const { networks } = analysis;
  const found = networks.find((network) => network.name === name);
  if (found === undefined) {
    const names = networks.map((network) => network.name).join(', ');
    throw new UnusableError(`There is no network “${name}” in ${file}. ${names === '' ? 'It has no network statement.' : `It has ${names}.`}`);
  }
  if (options.output === undefined) {
    process.stdout.write(found.text);
    return 0;
  }
  if (resolve(options.output) === resolve(file)) throw new UnusableError(`${file} cannot be both read and written; name another file behind -o.`);
  createText(options.output, found.text, options.force === true);
  note(`${options.output}: the reactions of ${name}.`);
  return 0;
}

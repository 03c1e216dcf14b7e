/** `onepot compile FILE NETWORK [-o OUT.crn] [--force]` */
import { resolve } from 'node:path';
import { analyse } from '../../chemistry/index.ts';
import { parse } from '../../grammar/index.ts';
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
  const text = withPlainNumbers(found.text);
  if (options.output === undefined) {
    process.stdout.write(text);
    return 0;
  }
  if (resolve(options.output) === resolve(file)) throw new UnusableError(`${file} cannot be both read and written; name another file behind -o.`);
  createText(options.output, text, options.force === true);
  note(`${options.output}: the reactions of ${name}.`);
  return 0;
}

/** By itself a text says that its quantities are plain numbers, where a constant of an activation stands in reactions of two orders. */
function withPlainNumbers(text: string): string {
  if (!analyse(parse(text)).diagnostics.some(({ code }) => code === 'CRN402')) return text;
  return text.replace('\n', '\nunits time 1, concentration 1\n');
}

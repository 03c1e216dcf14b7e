/** `onepot reactions FILE` */
import { UnrollError, unrolledReactions } from '../../chemistry/index.ts';
import { FailedError } from '../lib/errors.ts';
import { loadSound } from '../lib/sound.ts';
import { print } from '../lib/terminal.ts';

/** Every reaction on a line of its own, as the language writes it. */
export function reactions(file: string): number {
  const { network } = loadSound(file).analysis;
  try {
    const lines = unrolledReactions(network);
    if (lines.length > 0) print(lines.join('\n'));
    return 0;
  } catch (error) {
    if (error instanceof UnrollError) throw new FailedError(`${file}: ${error.message}`);
    throw error;
  }
}

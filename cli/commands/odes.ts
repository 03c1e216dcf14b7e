/** `onepot odes FILE [--json|--latex]` */
import { EquationTooLongError, NO_LOOPS, odeLatex, odeOfBlock, odeTexts, odeUnicode, odeUnicodeRight, operandText, type Network } from '../../chemistry/index.ts';
import { loadSound } from '../lib/sound.ts';
import { note, print } from '../lib/terminal.ts';

/** So many species are given one by one; beyond, a block has one equation over its indices. */
const MOST_COMPONENTS = 20_000;

export function odes(file: string, options: { readonly json?: boolean; readonly latex?: boolean }): number {
  const { network } = loadSound(file).analysis;
  if (options.json === true) {
    print(JSON.stringify(equations(network), null, 2));
    return 0;
  }
  for (const block of network.blocks) {
    const ode = odeOfBlock(network, block);
    print(options.latex === true ? odeLatex(network, ode) : `${odeUnicode(network, ode)}${ode.held ? '   (held by the environment)' : ''}`);
  }
  return 0;
}

/** Right-hand sides by species, in the language's own syntax; by block, with its indices, in a network too large for that. */
export function equations(network: Network): Record<string, string> {
  if (network.dimension <= MOST_COMPONENTS) {
    try {
      return odeTexts(network);
    } catch (error) {
      if (!(error instanceof EquationTooLongError)) throw error;
    }
  }
  note('The network is large: its equations are given per block, over the indices.');
  return Object.fromEntries(network.blocks.map((block) => {
    const ode = odeOfBlock(network, block);
    const name = operandText(network, ode.target, ode.free.length === 0 ? NO_LOOPS : { variables: ode.free });
    return [name, odeUnicodeRight(network, ode)];
  }));
}

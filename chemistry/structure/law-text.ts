/** Conservation laws in words: `A + AE = const`. */
import { componentName } from '../naming.ts';
import type { Network } from '../network.ts';
import type { ConservationLaw } from './conservation.ts';

/** `A + 2·AB − C = const` */
export function conservationText(network: Network, law: ConservationLaw): string {
  let text = '';
  for (const { component, weight } of law) {
    const size = Math.abs(weight);
    const factor = `${size === 1 ? '' : `${size}·`}${componentName(network, component)}`;
    if (text === '') text = (weight < 0 ? '−' : '') + factor;
    else text += ` ${weight < 0 ? '−' : '+'} ${factor}`;
  }
  return `${text} = const`;
}

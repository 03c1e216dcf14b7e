/** What drives a species beyond every bound: the reaction that makes most of it, net, at the state where the run ended. */
import { familyText, rateConstants, unroll, unrolledCount, type Analysis, type ParameterValues, type ReactionFamily } from '../../chemistry/index.ts';
import type { Cause } from '../worker-protocol.ts';
import { familyPlace } from './analysis/places.ts';

/** Networks of more reactions are not written out for one sentence. */
const MOST_REACTIONS = 200_000;

/** @param off groups of reactions that did not run. Undefined where no mass-action reaction makes the species, or there are too many. */
export function causeOf(analysis: Pick<Analysis, 'networks' | 'network'>, values: ParameterValues, component: number, state: Float64Array, off: readonly string[], t: number): Cause | undefined {
  const { network } = analysis;
  if (!(unrolledCount(network) <= MOST_REACTIONS)) return undefined;
  const unrolled = unroll(network), constants = rateConstants(network, unrolled, values, t);
  const { reactantStart, reactantComponent, reactantStoichiometry, productStart, productComponent, productStoichiometry } = unrolled;
  let most = 0, cause: ReactionFamily | undefined;
  for (let r = 0; r < unrolled.count; r++) {
    let net = 0, rate = constants[r]!;
    for (let k = productStart[r]!; k < productStart[r + 1]!; k++) if (productComponent[k] === component) net += productStoichiometry[k]!;
    for (let k = reactantStart[r]!; k < reactantStart[r + 1]!; k++) {
      if (reactantComponent[k] === component) net -= reactantStoichiometry[k]!;
      rate *= state[reactantComponent[k]!]! ** reactantStoichiometry[k]!;
    }
    const family = network.families[unrolled.family[r]!]!;
    if (net * rate > most && !family.groups.some((group) => off.includes(group))) {
      most = net * rate;
      cause = family;
    }
  }
  if (cause === undefined) return undefined;
  const place = familyPlace(analysis, cause);
  return { reaction: cause.label ?? familyText(network, cause), ...(place === undefined ? {} : { place }) };
}

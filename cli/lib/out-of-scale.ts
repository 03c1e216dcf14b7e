/** Why no step is small enough: a rate constant that is out of all proportion to the time that is to be simulated. */
import { evaluateScalar, familyText, type Network, type Origin, type ParameterValues } from '../../chemistry/index.ts';

/** A reaction this many times faster than the time that has been simulated is no matter of methods any more. */
const OUT_OF_SCALE = 1e18;

export interface OutOfScale {
  readonly constant: number;
  /** As `fast` or `X -> Y`. */
  readonly reaction: string;
  readonly origin: Origin;
}

/**
 * @param span a time that matters: the end, or 1 where there is none
 * @returns the reaction with the largest constant, if that is out of scale
 */
export function constantOutOfScale(network: Network, parameters: ParameterValues, off: readonly string[], span: number): OutOfScale | undefined {
  let worst: OutOfScale | undefined;
  for (const family of network.families) {
    if (family.rate.kind !== 'mass action' || family.groups.some((group) => off.includes(group))) continue;
    const constant = evaluateScalar(family.rate.constant, { network, parameters, counters: new Int32Array(family.variables.length), variables: family.variables });
    if (constant * span > OUT_OF_SCALE && constant > (worst?.constant ?? 0)) {
      worst = { constant, origin: family.origin, reaction: family.label ?? familyText(network, family).replace(/\s*@.*$/u, '') };
    }
  }
  return worst;
}

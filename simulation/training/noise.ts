/**
 * Noise on rate constants as ordinary parameters: every family's rate is multiplied by an element of an array of factors, all
 * of them 1 at first. The network stays a network, in families or written out, and drawing factors changes numbers only.
 */
import {
  familyCount, type AxisIndex, type Network, type Parameter, type ParameterValues, type PotPlan, type Random, type ReactionFamily, type Scalar, type Term,
} from '../../chemistry/index.ts';
import { factor } from './streams.ts';
import type { ConcentrationNoise, RateNoise } from './types.ts';

export interface NoisyNetwork {
  readonly network: Network;
  /** Ids of the parameters that hold the factors. */
  readonly factors: readonly number[];
}

export function withFactors(network: Network, noise: Pick<RateNoise, 'per' | 'groups'>): NoisyNetwork {
  const parameters: Parameter[] = [...network.parameters], factors: number[] = [];
  const byModule = new Map<string, number>();
  const add = (shape: readonly number[], size: number, family: ReactionFamily): number => {
    const id = parameters.length;
    parameters.push({ id, name: `noise ${id}`, shape, value: { kind: 'values', values: new Float64Array(size).fill(1) }, origin: family.origin });
    factors.push(id);
    return id;
  };
  const families = network.families.map((family): ReactionFamily => {
    if (noise.groups !== undefined && !family.groups.some((group) => noise.groups!.includes(group))) return family;
    let parameter: number, index: readonly AxisIndex[] = [];
    if (noise.per === 'reaction') {
      parameter = add(family.variables.map((variable) => variable.extent), familyCount(family), family);
      index = family.variables.map((variable, v): AxisIndex => (variable.kind === 'sign'
        ? { kind: 'rail', parity: 0, variables: [v] } : { kind: 'affine', constant: 0, terms: [{ variable: v, coefficient: 1 }] }));
    } else {
      const key = moduleOf(family), known = byModule.get(key);
      parameter = known ?? add([], 1, family);
      byModule.set(key, parameter);
    }
    const noisy = (rate: Scalar): Scalar => ({ kind: 'binary', operator: '*', left: rate, right: { kind: 'parameter', parameter, index } });
    const rate = family.rate;
    return { ...family, rate: rate.kind === 'law' ? { kind: 'law', law: noisy(rate.law) } : { kind: 'mass action', constant: noisy(rate.constant) } };
  });
  return { network: { ...network, parameters, families }, factors };
}

/** What a family takes and what it changes, by blocks: the same for both rails. */
function moduleOf(family: ReactionFamily): string {
  const side = (terms: readonly Term[]): string => terms.flatMap((term) => Array.from({ length: term.stoichiometry }, () => term.block)).sort((a, b) => a - b).join(',');
  const net = new Map<string, { block: number; by: number }>();
  for (const [terms, sign] of [[family.reactants, -1], [family.products, 1]] as const) {
    for (const { block, index, stoichiometry } of terms) {
      const key = `${block} ${JSON.stringify(index)}`, slot = net.get(key) ?? { block, by: 0 };
      slot.by += sign * stoichiometry;
      net.set(key, slot);
    }
  }
  const changed = [...new Set([...net.values()].filter(({ by }) => by !== 0).map(({ block }) => block))].sort((a, b) => a - b);
  return `${side(family.reactants)}>${changed.join(',')}`;
}

/** Draws every factor anew, in the order of the families. */
export function drawFactors(factors: readonly number[], noise: RateNoise, random: Random, values: ParameterValues): void {
  for (const id of factors) {
    for (let k = values.start[id]!; k < values.start[id + 1]!; k++) values.values[k] = factor(random, noise.distribution, noise.size);
  }
}

/** Components that a kick multiplies. */
export function kicked(plan: PotPlan, noise: ConcentrationNoise): Int32Array {
  const held = new Set([plan.inputs, plan.targets]), weights = new Set(plan.layers.flatMap((layer) => [layer.weights, layer.biases]));
  const components: number[] = [];
  for (const block of plan.network.blocks) {
    if (block.kind === 'fixed' || held.has(block.id)) continue;
    if (noise.species !== 'all' && weights.has(block.id) !== (noise.species === 'weights')) continue;
    for (let k = 0; k < block.size; k++) components.push(block.offset + k);
  }
  return Int32Array.from(components);
}

/** Which block of a compiled network plays which part. */
import { t } from '../../l10n/index.ts';
import { blockNamed } from '../naming.ts';
import type { Network } from '../network.ts';
import { GROUPS, layerNames } from './network-text.ts';
import type { LayerPlan, PotPlan } from './plan.ts';
import { activationName, sorted } from './spec.ts';
import type { NetworkSpec } from './spec.ts';

/** The plan of a network that was compiled from the text of `spec`. @throws RangeError when it was compiled from another text */
export function potPlan(spec: NetworkSpec, network: Network): PotPlan {
  const id = (name: string): number => {
    const block = blockNamed(network, name);
    if (block === undefined) throw new RangeError(t('The network {0} was compiled without {1}.', spec.name, name));
    return block.id;
  };
  const found = (name: string): number | undefined => blockNamed(network, name)?.id;
  const parameter = (name: string): number => network.parameters.find((other) => other.name === name)?.id ?? -1;
  const layers = layerNames(spec);
  const last = layers.length - 1;
  const plans = layers.map(({ layer, fanIn, W, b, y, activity, part }, at): LayerPlan => {
    const weight = spec.form === 'rails' ? id : parameter;
    const size = spec.training !== undefined && sorted(spec.training.rule) ? (found(part('L')) ?? found(part('N')) ?? found(part('M'))) : undefined;
    const signs = size === undefined ? ['L', 'F', 'G', 'E'] : ['G', 'E'];
    const candidates = at === last && spec.loss === 'squared' ? signs.filter((name) => name !== 'G') : signs;
    const delta = spec.training === undefined ? undefined : candidates.map((name) => found(part(name))).find((block) => block !== undefined);
    const derivative = found(part('D'));
    return {
      name: layer.name, units: layer.units, fanIn, weights: weight(W), biases: weight(b), preactivation: found(y) ?? -1, activity: id(activity),
      activation: layer.activation.kind === 'linear' ? 'linear' : { name: activationName(layer), constants: layer.activation.constants, ...(layer.activation.kind === 'declared' ? { model: layer.activation.known.model } : {}) },
      ...(derivative === undefined ? {} : { derivative }), ...(delta === undefined ? {} : { delta }), ...(size === undefined ? {} : { size }),
    };
  });
  const output = layers[last]!;
  const targets = found(output.part('T'));
  return {
    name: spec.name, network, form: spec.form, rule: spec.training?.rule ?? 'gradient', loss: spec.loss,
    inputs: id(`${spec.name}.${spec.input.name}`), ...(targets === undefined ? {} : { targets }),
    outputs: found(output.part('P')) ?? id(output.activity), layers: plans, groups: GROUPS,
    ...(spec.training === undefined ? {} : { rate: `${spec.name}.η` }), ...(spec.training?.decay === undefined ? {} : { decay: `${spec.name}.λ` }),
  };
}

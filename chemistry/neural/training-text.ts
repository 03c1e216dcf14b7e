/**
 * The reactions that train a network: error, way back and update, for each of the learning rules. δ of a layer is ∂loss/∂y; the
 * rules differ in what carries its size and its sign to the weights.
 */
import { t } from '../../l10n/index.ts';
import { constantsOf, GROUPS, slopeLines } from './network-text.ts';
import type { LayerNames, TextParts } from './network-text.ts';
import { activityOf, annealed, errorAnnihilation, sorted } from './spec.ts';
import type { NetworkSpec, TrainingSpec } from './spec.ts';

/** Blocks that carry a layer's error: `sign` is signed; `size` is unsigned, for the sorted rules only. */
export interface Carrier {
  readonly sign: string;
  /** What goes further back through the weights, where that is not `sign`. */
  readonly through?: string;
  readonly size?: string;
}

export function trainingText(spec: NetworkSpec, training: TrainingSpec, layers: readonly LayerNames[], parts: TextParts): void {
  const net = spec.name;
  const { rule } = training;
  parts.parameters.push(`/// ${t('Learning rate η; the step of a sample is η·dwell.')}\nparam ${net}.η = ${training.rate}\n`);
  if (training.decay !== undefined) parts.parameters.push(`/// ${t('Weight decay λ.')}\nparam ${net}.λ = ${training.decay}\n`);
  parts.parameters.push(`/// ${t('Annihilation of the rails of errors.')}\nparam ${net}.κ_error = ${errorAnnihilation(spec)}\n`);
  parts.imports.add('backward');
  parts.imports.add('update');
  if (annealed(rule)) {
    parts.imports.add('self_annealing');
    parts.declarations.push(`/// ${t('The learning rate as a species: it feeds on squared error and fades.')}\nspecies ${net}.A = 1\n`);
  }
  if (sorted(rule)) parts.imports.add('sorted');
  let carrier = outputError(spec, rule, layers[layers.length - 1]!, layers.length > 1, parts);
  for (let at = layers.length - 1; at >= 0; at--) {
    const names = layers[at]!;
    update(spec, training, names, carrier, parts);
    const below = layers[at - 1];
    if (below !== undefined) carrier = back(spec, names, below, carrier, at > 1, parts);
  }
}

const κ = (spec: NetworkSpec): string => constantsOf([['κ', `${spec.name}.κ_error`]]);

/** From outputs and targets to the error of the last layer's pre-activation. */
function outputError(spec: NetworkSpec, rule: TrainingSpec['rule'], names: LayerNames, further: boolean, parts: TextParts): Carrier {
  const { layer, part, activity } = names;
  const m = layer.units;
  const lines = parts.group(GROUPS.backward);
  const [E, T, M] = [part('E'), part('T'), part('M')];
  parts.declarations.push(`/// ${t('Targets, held by the environment.')}\ndual ${T}[${m}]\n// ${t('error at the output')}\ndual ${E}[${m}]\n`);
  const signed = activityOf(layer) === 'dual';
  if (spec.loss === 'normalised') return shares(spec, rule, names, parts);
  lines.push(`// ${E} = ${activity} − ${T}`);
  if (sorted(rule)) {
    const [RO, RT] = [part('RO'), part('RT')];
    parts.declarations.push(`${signed ? 'dual' : 'species'} ${RO}[${m}, 4]\ndual ${RT}[${m}, 4]\n`);
    lines.push(`use relayed_error${signed ? '' : '_nonnegative'}(${activity}, ${T}, ${RO}, ${RT}, ${E}${κ(spec)})`);
    size(spec, rule, names, parts);
  } else lines.push(`use error${signed ? '' : '_nonnegative'}(${activity}, ${T}, ${E}${κ(spec)})`);
  const sign = rule === 'self_annealing' ? annealedError(spec, names, parts) : E;
  if (rule === 'sorted_self_annealing') parts.group(GROUPS.update).push(`use annealing(${E}, ${spec.name}.A)`);
  const D = slopeLines(names, parts);
  const carrier: Carrier = sorted(rule) ? { sign, size: M } : { sign };
  return D === undefined ? carrier : sloped(spec, names, carrier, D, further, parts);
}

/** F = A·E, and what A feeds on. */
function annealedError(spec: NetworkSpec, { layer, part }: LayerNames, parts: TextParts): string {
  const F = part('F');
  parts.declarations.push(`// ${t('error times the learning rate')}\ndual ${F}[${layer.units}]\n`);
  parts.group(GROUPS.backward).push(`use annealed(${part('E')}, ${spec.name}.A, ${F}${κ(spec)})`);
  parts.group(GROUPS.update).push(`use annealing(${part('E')}, ${spec.name}.A)`);
  return F;
}

/** M, the size of the error: without a dead zone, or as large as the learning rate that is a species makes it. */
function size(spec: NetworkSpec, rule: TrainingSpec['rule'], { layer, part }: LayerNames, parts: TextParts): void {
  const [E, M, Q, m] = [part('E'), part('M'), part('Q'), layer.units];
  const lines = parts.group(GROUPS.backward);
  if (rule === 'sorted_self_annealing') {
    parts.declarations.push(`species ${M}[${m}]\n`);
    lines.push(`use annealed_size(${E}, ${spec.name}.A, ${M})`);
  } else {
    parts.declarations.push(`species ${M}[${m}], ${Q}[${m}]\n`);
    lines.push(`use size_above(${E}, ${Q}, ${M}${κ(spec)})`);
  }
}

/** The normalised loss: outputs compete for a pool, the error is that of their shares. */
function shares(spec: NetworkSpec, rule: TrainingSpec['rule'], names: LayerNames, parts: TextParts): Carrier {
  const { layer, part, activity } = names;
  const m = layer.units;
  const lines = parts.group(GROUPS.backward);
  const [E, T, P, pool, q, C, G] = ['E', 'T', 'P', 'pool', 'q', 'C', 'G'].map(part) as [string, string, string, string, string, string, string];
  parts.imports.add('forward');
  parts.group(GROUPS.forward).push(`// ${P} = ${activity}/(ε + Σ ${activity})`, `use shares(${activity}, ${pool}, ${P})`);
  parts.declarations.push(`// ${t('shares of a pool, and the way back through them')}\nspecies ${P}[${m}], ${pool} = 1\ndual ${q}, ${C}[${m}], ${G}[${m}]\n`);
  lines.push(`// ${E} = ${P} − ${T}`, `use error_nonnegative(${P}, ${T}, ${E}${κ(spec)})`);
  const sign = rule === 'self_annealing' ? annealedError(spec, names, parts) : E;
  lines.push(`// ${G} = ∂loss/∂${activity}`, `use shares_back(${sign}, ${P}, ${pool}, ${q}, ${C}, ${G}${κ(spec)})`);
  const D = slopeLines(names, parts);
  return D === undefined ? { sign: G } : sloped(spec, names, { sign: G }, D, false, parts);
}

/** Times the slope. `needed`: the sorted rules need the signed product only where it goes further back. */
function sloped(spec: NetworkSpec, { layer, part }: LayerNames, carrier: Carrier, D: string, further: boolean, parts: TextParts): Carrier {
  const m = layer.units;
  const L = part('L');
  const lines = parts.group(GROUPS.backward);
  if (carrier.size === undefined) {
    parts.declarations.push(`// ${t('error of {0}, ∂loss/∂y', layer.name)}\ndual ${L}[${m}]\n`);
    lines.push(`// ${L} = φ′·${carrier.sign}`, `use times_slope(${carrier.sign}, ${D}, ${L}${κ(spec)})`);
    return { sign: L };
  }
  parts.declarations.push(`// ${t('size of the error of {0}', layer.name)}\nspecies ${L}[${m}]\n`);
  lines.push(`use size_times_slope(${carrier.size}, ${D}, ${L})`);
  if (!further) return { sign: carrier.sign, size: L };
  parts.declarations.push(`// ${t('error of {0} that goes further back', layer.name)}\ndual ${part('Λ')}[${m}]\n`);
  lines.push(`use times_slope(${carrier.sign}, ${D}, ${part('Λ')}${κ(spec)})`);
  return { sign: carrier.sign, through: part('Λ'), size: L };
}

/** The error of the layer below: through the weights, then times its slope. */
function back(spec: NetworkSpec, names: LayerNames, below: LayerNames, carrier: Carrier, further: boolean, parts: TextParts): Carrier {
  const n = below.layer.units;
  const lines = parts.group(GROUPS.backward);
  const [G, N] = [below.part('G'), below.part('N')];
  const from = carrier.through ?? carrier.sign;
  parts.declarations.push(`// ${t('way back to {0}', below.layer.name)}\ndual ${G}[${n}]${carrier.size === undefined ? '' : `\nspecies ${N}[${n}]`}\n`);
  lines.push(`// ${G} = Wᵀ ${from}`, `use back(${names.W}, ${from}, ${G}${κ(spec)})`);
  if (carrier.size !== undefined) lines.push(`use size_back(${names.W}, ${carrier.size}, ${N})`);
  const carried: Carrier = carrier.size === undefined ? { sign: G } : { sign: G, size: N };
  const D = slopeLines(below, parts);
  return D === undefined ? carried : sloped(spec, below, carried, D, further, parts);
}

function update(spec: NetworkSpec, training: TrainingSpec, names: LayerNames, carrier: Carrier, parts: TextParts): void {
  const { layer, fanIn, input, inputSigned, W, b, part } = names;
  const lines = parts.group(GROUPS.update);
  const constants = constantsOf([['η', `${spec.name}.η`], ['κ', `${spec.name}.κ`]]);
  lines.push(`// ${W}' = −η ${carrier.size === undefined ? carrier.sign : `${carrier.size} sign(${carrier.sign})`} ${input}ᵀ`);
  if (carrier.size === undefined) lines.push(`use descend${inputSigned ? '_signed' : ''}(${carrier.sign}, ${input}, ${W}, ${b}${constants})`);
  else {
    parts.declarations.push(`// ${t('new weight of {0}, not yet on a rail', layer.name)}\nspecies ${part('UW')}[${layer.units}, ${fanIn}], ${part('Ub')}[${layer.units}]\n`);
    lines.push(`use descend_sorted(${carrier.size}, ${carrier.sign}, ${input}, ${part('UW')}, ${part('Ub')}, ${W}, ${b}${constants})`);
  }
  if (training.decay !== undefined) lines.push(`use decay(${W}, ${b}; k = ${spec.name}.η*${spec.name}.λ)`);
}

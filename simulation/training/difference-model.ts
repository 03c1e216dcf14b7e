/**
 * The pot in differences of rails. Where both rails of every dual have equal constants, q = q⁺ − q⁻ obeys a closed system in
 * which annihilation does not appear. For layers l = 1 … L with inputs a₀ = x and activities a_l:
 *
 *   y_l' = kw W_l a_(l−1) + kb b_l − d y_l         unit species: the network's own terms in y_l
 *   e'   = ko o + kt t − d e                        g_l' = kg W_(l+1)ᵀ δ_(l+1) − d g_l,  δ_l' = kl g_l∘D_l − d δ_l
 *   W_l' = −ηw δ_l a_(l−1)ᵀ − λw W_l               b_l' = −ηb δ_l − λb b_l
 *
 * While x is held, the first layer's weights leave the integration: W₁ x = e^(−λt) W₁(0) x − η ‖x‖² r with r' = δ₁ − λ r, and
 * W₁ takes one rank-one update afterwards, W₁ ← e^(−λT) W₁ − η r xᵀ.
 *
 * Nothing of this is assumed: the constants are measured at the network's own rate equations, and the model is then compared
 * with them at random states. Both sides are polynomials, so agreement there is agreement everywhere (Schwartz and Zippel).
 */
import { t } from '../../l10n/index.ts';
import { componentName, type LayerPlan, type Network, type ParameterValues, type PotPlan, type SpeciesBlock } from '../../chemistry/index.ts';
import { compileNetwork } from '../network/compile.ts';
import { blockOfId, valuesIn } from './clamp.ts';
import { DifferenceSystem } from './difference-system.ts';
import { changed, localSystem, type LocalSystem } from './local-terms.ts';
import { streamOf } from './streams.ts';

export interface DifferenceLayer {
  readonly name: string;
  readonly units: number;
  readonly fanIn: number;
  readonly W: SpeciesBlock;
  readonly b: SpeciesBlock;
  readonly y: SpeciesBlock;
  /** undefined for a linear layer, whose activity is y */
  readonly local: LocalSystem | undefined;
  /** Numbers of the local variables that the next layer reads: [x] or the two rails [x⁺, x⁻]; empty for a linear layer. */
  readonly activity: readonly number[];
  /** Number of the local variable φ'. */
  readonly derivative: number | undefined;
  /** What is multiplied by φ' to give δ: g, for the last layer the error; δ itself for a linear layer. */
  readonly gradient: SpeciesBlock;
  readonly delta: SpeciesBlock;
  readonly constants: LayerConstants;
}

type Unmeasured = Omit<DifferenceLayer, 'constants'>;

export interface LayerConstants {
  readonly kw: number; readonly kb: number; readonly dy: number;
  /** For g: production and decay; for the last layer these are the error's, see `DifferenceModel`. */
  readonly kg: number; readonly dg: number;
  readonly kl: number; readonly dl: number;
  readonly ηw: number; readonly ηb: number; readonly λw: number; readonly λb: number;
}

export interface DifferenceModel {
  readonly network: Network;
  readonly inputs: SpeciesBlock;
  readonly targets: SpeciesBlock;
  readonly outputs: SpeciesBlock;
  readonly layers: readonly DifferenceLayer[];
  /** e' = ko o + kt t − de e */
  readonly error: { readonly ko: number; readonly kt: number; readonly de: number };
}

/** @returns the model, or why the pot has none, in words that go on "not reduced: " */
export function differenceModel(plan: PotPlan, network: Network, parameters: ParameterValues): DifferenceModel | string {
  if (plan.targets === undefined) return t('the network was compiled without training');
  if (plan.rule !== 'gradient') return t('the learning rule {0} is more than differences of rails', plan.rule);
  if (plan.loss !== 'squared') return t('the normalised loss is more than differences of rails');
  const off = new Set([plan.groups.backward, plan.groups.update]);
  const targets = blockOfId(network, plan.targets), inputs = blockOfId(network, plan.inputs), outputs = blockOfId(network, plan.outputs);
  if (targets.kind !== 'dual') return t('the targets {0} are not on two rails', targets.name);
  const error = producedFrom(network, targets.id);
  if (error === undefined) return t('no species is made from the targets {0}', targets.name);
  const probe = new Probe(network, parameters);
  const layers: Unmeasured[] = [];
  for (const [l, layer] of plan.layers.entries()) {
    const built = buildLayer(network, parameters, layer, l === plan.layers.length - 1, error, off);
    if (typeof built === 'string') return built;
    layers.push(built);
  }
  const measured = layers.map((layer, l) => ({ ...layer, constants: measure(probe, layer, l === 0 ? inputs : undefined, layers[l - 1], layers[l + 1]) }));
  const model: DifferenceModel = {
    network, inputs, targets, outputs, layers: measured,
    error: {
      ko: probe.slope(error, [outputs]), kt: probe.slope(error, [targets]), de: -probe.slope(error, [error]),
    },
  };
  return verify(model, parameters, [...off]) ?? model;
}

function buildLayer(
  network: Network, parameters: ParameterValues, layer: LayerPlan, last: boolean, error: SpeciesBlock, off: ReadonlySet<string>,
): Unmeasured | string {
  const block = (id: number): SpeciesBlock => blockOfId(network, id);
  const { name, units, fanIn } = layer;
  if (layer.preactivation < 0) return t('the weights of layer {0} act on its units at once', name);
  const y = block(layer.preactivation), W = block(layer.weights), b = block(layer.biases);
  for (const one of [y, W, b]) if (one.kind !== 'dual') return t('{0} is not on two rails', one.name);
  if (layer.delta === undefined) return t('layer {0} was compiled without training', name);
  const delta = block(layer.delta), linear = layer.activation === 'linear';
  const common = { name, units, fanIn, W, b, y, delta };
  if (linear) return { ...common, local: undefined, activity: [], derivative: undefined, gradient: delta };
  if (layer.derivative === undefined) return t('layer {0} has no derivative block', name);
  const local = localSystem(network, parameters, units, y.id, [layer.activity, layer.derivative], off);
  if (typeof local === 'string') return local;
  const numberOf = (id: number): number[] => local.variables.flatMap((variable, n) => (variable.block.id === id ? [n] : []));
  const gradient = last ? error : gradientOf(network, delta, layer.derivative);
  if (gradient === undefined) return t('{0} is not made from a sum and the derivative {1}', delta.name, block(layer.derivative).name);
  return { ...common, local, activity: numberOf(layer.activity), derivative: numberOf(layer.derivative)[0], gradient };
}

/** The dual that reactions with the targets among their reactants make. */
function producedFrom(network: Network, source: number): SpeciesBlock | undefined {
  const family = network.families.find((one) => one.reactants.length === 1 && one.reactants[0]!.block === source && changed(one).some((id) => id !== source));
  return family === undefined ? undefined : network.blocks[changed(family).find((id) => id !== source)!];
}

function gradientOf(network: Network, delta: SpeciesBlock, derivative: number): SpeciesBlock | undefined {
  const family = network.families.find((one) => changed(one).includes(delta.id) && one.reactants.some(({ block }) => block === derivative));
  const id = family?.reactants.find(({ block }) => block !== derivative)?.block;
  return id === undefined || network.blocks[id]?.kind !== 'dual' ? undefined : network.blocks[id];
}

/** Derivatives of first elements at states where only the given first elements are there, each at 1 (on its + rail). */
class Probe {
  private readonly y: Float64Array;
  private readonly dy: Float64Array;
  private readonly rhs: (y: Float64Array, dy: Float64Array) => void;

  constructor(network: Network, parameters: ParameterValues) {
    // Products of families: nothing is written out for a look at a few constants.
    const { system } = compileNetwork(network, parameters, { unrollLimit: 0 });
    this.y = new Float64Array(network.dimension);
    this.dy = new Float64Array(network.dimension);
    this.rhs = (y, dy) => { system.rhs(0, y, dy); };
  }

  slope(of: SpeciesBlock, present: readonly SpeciesBlock[], extra?: number): number {
    const { y, dy } = this;
    y.fill(0);
    for (const block of present) y[block.offset] = 1;
    if (extra !== undefined) y[extra] = 1;
    this.rhs(y, dy);
    return dy[of.offset]! - dy[of.offset + of.size / 2]!;
  }
}

function measure(
  probe: Probe, layer: Unmeasured, inputs: SpeciesBlock | undefined,
  before: Unmeasured | undefined, after: Unmeasured | undefined,
): LayerConstants {
  const { W, b, y, delta, gradient, local, derivative } = layer;
  const source = inputs ?? (before!.local === undefined ? before!.y : before!.local.variables[before!.activity[0]!]!.block);
  const φ = derivative === undefined ? undefined : local!.variables[derivative]!.block.offset;
  return {
    kw: probe.slope(y, [W, source]), kb: probe.slope(y, [b]), dy: -probe.slope(y, [y]),
    kg: after === undefined ? 0 : probe.slope(gradient, [after.W, after.delta]), dg: -probe.slope(gradient, [gradient]),
    kl: φ === undefined ? 0 : probe.slope(delta, [gradient], φ), dl: -probe.slope(delta, [delta]),
    ηw: -probe.slope(W, [delta, source]), ηb: -probe.slope(b, [delta]), λw: -probe.slope(W, [W]), λb: -probe.slope(b, [b]),
  };
}

/** Compares the model with the network's rate equations. @returns where they differ, undefined when they agree */
function verify(model: DifferenceModel, parameters: ParameterValues, off: readonly string[]): string | undefined {
  const { network } = model, n = network.dimension;
  const y = new Float64Array(n), dy = new Float64Array(n), expected = new Float64Array(n), random = streamOf(1, 'rates');
  for (const [without, system] of [
    [[], new DifferenceSystem(model, 'training')], [off, new DifferenceSystem(model, 'forward')],
  ] as const) {
    const compiled = compileNetwork(network, parameters, { unrollLimit: 0, without });
    if (!compiled.autonomous) return t('rates depend on time');
    for (let trial = 0; trial < 2; trial++) {
      for (let i = 0; i < n; i++) y[i] = 0.1 + random.uniform();
      compiled.system.rhs(0, y, dy);
      system.expectedDerivative(y, expected);
      for (const block of network.blocks) {
        if (block.kind === 'fixed') continue;
        const bad = differs(block, dy, expected, system.keepsRails(block));
        if (bad !== undefined) {
          if (!system.knows(block)) return t('{0} is no part of a pot with the plain learning rule', block.name);
          const name = componentName(network, bad);
          return without.length > 0 ? t('{0} does not follow the equations of a pot whose rails are alike when only the forward reactions run', name)
            : t('{0} does not follow the equations of a pot whose rails are alike', name);
        }
      }
    }
  }
  return undefined;
}

/** The first component of a block whose (difference of rails') derivative is not the one expected. */
function differs(block: SpeciesBlock, dy: Float64Array, expected: Float64Array, rails: boolean): number | undefined {
  const { offset, size } = block, dual = block.kind === 'dual' && !rails, count = dual ? valuesIn(block) : size;
  let scale = 0;
  for (let k = 0; k < size; k++) scale = Math.max(scale, Math.abs(dy[offset + k]!));
  for (let k = 0; k < count; k++) {
    const found = dual ? dy[offset + k]! - dy[offset + count + k]! : dy[offset + k]!;
    if (!(Math.abs(found - expected[offset + k]!) <= 1e-10 * scale + 1e-13)) return offset + k;
  }
  return undefined;
}

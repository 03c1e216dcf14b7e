/** What hovers and the command line say of activations, neurons, layers and networks: plain facts, to be laid out by others. */
import { t } from '../../l10n/index.ts';
import type { Unit } from '../../grammar/index.ts';
import type { Analysis, NetworkInfo } from '../analysis.ts';
import { scalarText } from '../equations/index.ts';
import { add, scale, toScalar } from '../polynomial/index.ts';
import type { Polynomial } from '../polynomial/index.ts';
import type { Network } from '../network.ts';
import { certify } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { literal } from './declaration.ts';
import { libraryActivations } from './library.ts';
import { Y_KEY } from './model.ts';
import type { ActivationModel, Constants } from './model.ts';
import { GROUPS, layerNames } from './network-text.ts';
import { readOnce } from './scope.ts';
import { activationFunction, closedForm } from './values.ts';
import { activationName, sorted } from './spec.ts';
import type { LayerSpec } from './spec.ts';

export interface ActivationFacts {
  readonly name: string;
  readonly doc?: string;
  /** `x' = h + y*x - x^2` */
  readonly equation: string;
  /** `x + x̄ = 1` */
  readonly total?: string;
  /** `x = (y + √(y² + 4h))/2`; absent where there is no closed form. */
  readonly fixedPoint?: string;
  /** Rate at which it settles, and the slowest for any y, in closed form. */
  readonly rate?: string;
  readonly slowest?: string;
  readonly certificate: Certificate;
  /** `one sign change for every y: Descartes (proven)` */
  readonly why: string;
}

export function activationFacts(model: ActivationModel, certificate: Certificate = certify(model)): ActivationFacts {
  const [x = 'x', other = ''] = model.species;
  const y: Polynomial = [{ coefficient: 1, monomial: { powers: [{ atom: { key: Y_KEY, scalar: { kind: 'parameter', parameter: 0, index: [] } }, exponent: 1 }], key: `${Y_KEY}^1` } }];
  const driven = model.b.map((term) => ({ ...term, monomial: { powers: [...(y[0]?.monomial.powers ?? []), ...term.monomial.powers], key: `${term.monomial.key}·y` } }));
  // As people write it: h + y·x − x², by ascending powers of the species.
  const degree = ({ monomial: { powers } }: Polynomial[number]): number => powers.reduce((sum, { atom, exponent }) => sum + (/^s[01]$/.test(atom.key) ? exponent : 0), 0);
  const right = [...add(scale(model.a, 1), driven)].sort((p, q) => degree(p) - degree(q));
  const form = closedForm(model);
  return {
    name: model.name, ...(model.doc === undefined ? {} : { doc: model.doc }),
    equation: `${x}' = ${scalarText(model.names, toScalar(right))}`,
    ...(model.total === undefined ? {} : { total: `${x} + ${other} = ${scalarText(model.names, toScalar(model.total))}` }),
    ...(form === undefined ? {} : { fixedPoint: form.fixedPoint }), ...(form?.rate === undefined ? {} : { rate: form.rate }), ...(form?.slowest === undefined ? {} : { slowest: form.slowest }),
    certificate, why: whyUnique(certificate),
  };
}

function whyUnique({ unique: { method, reason } }: Certificate): string {
  switch (method) {
    case 'checked on a grid': return reason;
    case 'proven': return t('{0} (proven)', reason);
    case 'proven for these values': return t('{0} (proven for these values)', reason);
  }
}

export interface NeuronFacts {
  readonly name: string;
  /** The weighted input as written. */
  readonly input: string;
  readonly activation: ActivationFacts;
  /** The values of the activation's constants that the text tells. */
  readonly constants: Constants;
  /** The slowest rate for any input, as a number, where the constants are known. */
  readonly slowestRate?: number;
  /** Block of the neuron in the analysis's network; its ODE is that of the block. */
  readonly block?: number;
}

/** Facts of the neuron that a unit declares (in groups too); undefined where there is none of that name. */
export function neuronFacts(analysis: Analysis, unit: Unit, name: string): NeuronFacts | undefined {
  const waiting = [unit.statement];
  for (let statement = waiting.pop(); statement !== undefined; statement = waiting.pop()) {
    if (statement.kind === 'Group') waiting.push(...statement.body);
    if (statement.kind !== 'Neuron' || statement.name.text !== name) continue;
    const model = modelNamed(analysis, statement.activation.text);
    if (model === undefined) return undefined;
    const lookup = (parameter: string): number | undefined => {
      const value = analysis.network.parameters.find((other) => other.name === parameter)?.value;
      return value?.kind === 'expression' && value.expression.kind === 'number' ? value.expression.value : undefined;
    };
    const constants = new Map(model.parameters.flatMap(({ name: own, default: usual }): [string, number][] => {
      const given = statement.constants.find((other) => other.name.text === own);
      const value = given === undefined ? usual : literal(given.value, lookup);
      return value === undefined ? [] : [[own, value]];
    }));
    const slowestRate = constants.size === model.parameters.length ? slowest(model, constants) : undefined;
    const block = analysis.network.blocks.find((other) => other.name === name)?.id;
    return {
      name, input: unit.text.slice(statement.input.start, statement.input.end), activation: activationFacts(model), constants,
      ...(slowestRate === undefined ? {} : { slowestRate }), ...(block === undefined ? {} : { block }),
    };
  }
  return undefined;
}

/** An activation of the text, of a text that it imports, or of the library. */
export function modelNamed(analysis: Analysis, name: string): ActivationModel | undefined {
  const declared = analysis.tree.units.find(({ statement }) => statement.kind === 'Activation' && statement.name.text === name)
    ?? analysis.visibleAt(undefined, 0).find((symbol) => symbol.kind === 'activation' && symbol.name === name)?.declaration.unit;
  if (declared?.statement.kind === 'Activation') {
    const { result } = readOnce(declared.statement);
    return 'model' in result ? result.model : undefined;
  }
  return libraryActivations().get(name)?.model;
}

/** The slowest rate over pre-activations from −100 to 100. */
function slowest(model: ActivationModel, constants: Constants): number {
  const at = activationFunction(model, constants);
  let least = Infinity;
  for (let k = -400; k <= 400; k++) least = Math.min(least, at(Math.sign(k) * (Math.exp(Math.abs(k) / 87) - 1)).rate);
  return least;
}

export interface NetworkFacts {
  readonly name: string;
  /** `2-4-1` */
  readonly widths: string;
  /** State components of the network of neurons, rails counted one by one. */
  readonly species: number;
  readonly reactions: number;
  readonly byGroup: readonly { readonly group: string; readonly reactions: number }[];
  /** How many reactions have so many reactant molecules, by their number. */
  readonly byMolecularity: ReadonlyMap<number, number>;
  readonly weights: number;
  readonly layers: readonly LayerFacts[];
}
export interface LayerFacts {
  readonly name: string;
  readonly units: number;
  readonly fanIn: number;
  readonly activation: string;
  /** Of a unit's activation; absent where it is not given by an equation (linear, relu, leaky_relu). */
  readonly unit?: { readonly facts: ActivationFacts; readonly constants: Constants; readonly slowestRate: number };
  /** Blocks whose indexed ODEs say what the layer does: pre-activation, activity, slope, error; by name in the network. */
  readonly blocks: readonly string[];
}

/** Counts of a network of neurons; nothing is unrolled. */
export function networkFacts({ spec, plan }: Pick<NetworkInfo, 'spec' | 'plan'>): NetworkFacts {
  const { network } = plan;
  const byGroup = new Map<string, number>();
  const byMolecularity = new Map<number, number>();
  let reactions = 0;
  for (const family of network.families) {
    const count = family.variables.reduce((product, { extent }) => product * extent, 1);
    const molecules = family.reactants.reduce((sum, { stoichiometry }) => sum + stoichiometry, 0);
    const group = family.groups[0] ?? GROUPS.forward;
    reactions += count;
    byGroup.set(group, (byGroup.get(group) ?? 0) + count);
    byMolecularity.set(molecules, (byMolecularity.get(molecules) ?? 0) + count);
  }
  const has = (name: string): boolean => named(network).has(name);
  const size = spec.training !== undefined && sorted(spec.training.rule);
  const layers = layerNames(spec).map(({ layer, fanIn, y, activity, part }): LayerFacts => ({
    name: layer.name, units: layer.units, fanIn, activation: activationName(layer), ...unitFacts(layer),
    blocks: [...new Set([y, activity, part('S'), part('D'), part('E'), part('G'), part('L'), ...(size ? [part('M'), part('N')] : [])])].filter(has),
  }));
  return {
    name: spec.name, widths: [spec.input.size, ...spec.layers.map(({ units }) => units)].join('-'), species: network.dimension, reactions,
    byGroup: [...byGroup].map(([group, count]) => ({ group, reactions: count })), byMolecularity: new Map([...byMolecularity].sort(([a], [b]) => a - b)),
    weights: layers.reduce((sum, { units, fanIn }) => sum + units * (fanIn + 1), 0), layers,
  };
}

function unitFacts({ activation }: LayerSpec): Pick<LayerFacts, 'unit'> {
  if (activation.kind !== 'declared') return {};
  const { known: { model, certificate }, constants } = activation;
  return { unit: { facts: activationFacts(model, certificate), constants, slowestRate: slowest(model, constants) } };
}

const nameSets = new WeakMap<Network, ReadonlySet<string>>();
function named(network: Network): ReadonlySet<string> {
  let names = nameSets.get(network);
  if (names === undefined) nameSets.set(network, (names = new Set(network.blocks.map(({ name }) => name))));
  return names;
}

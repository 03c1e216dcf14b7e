/**
 * From a network of neurons to the text that it stands for: declarations of its species and uses of library modules, layer by
 * layer, in the groups forward, backward and update. Nothing is unrolled: the text of 784-100-10 is as long as that of 2-4-1.
 */
import { t } from '../../l10n/index.ts';
import { parameterValue } from './numbers.ts';
import { slopeConstants, slopeModule, slopeProducts, slopeText, constantsModule, constantsText, termolecularModule, termolecularText, unitsText } from './module-text.ts';
import { libraryActivations } from './library.ts';
import type { KnownActivation } from './library.ts';
import { activationName, activityOf } from './spec.ts';
import type { LayerSpec, NetworkSpec, WeightStart } from './spec.ts';
import { trainingText } from './training-text.ts';

/** `group` names of every compiled network. */
export const GROUPS = { forward: 'forward', backward: 'backward', update: 'update' } as const;

/** What a layer of the text is called and reads; shared by both halves of the text. */
export interface LayerNames {
  readonly layer: LayerSpec;
  readonly fanIn: number;
  /** Block that feeds it, and whether that is signed. */
  readonly input: string;
  readonly inputSigned: boolean;
  readonly W: string;
  readonly b: string;
  /** The pre-activation; for a linear layer the layer itself. */
  readonly y: string;
  readonly activity: string;
  readonly part: (name: string) => string;
}

/** Collects the pieces of a text. */
export class TextParts {
  readonly imports = new Set<string>();
  readonly modules = new Map<string, string>();
  readonly parameters: string[] = [];
  readonly declarations: string[] = [];
  readonly groups = new Map<string, string[]>();

  group(name: string): string[] {
    let lines = this.groups.get(name);
    if (lines === undefined) this.groups.set(name, (lines = []));
    return lines;
  }
}

export function layerNames(spec: NetworkSpec): LayerNames[] {
  let input = `${spec.name}.${spec.input.name}`;
  let fanIn = spec.input.size;
  let inputSigned = spec.input.signed;
  return spec.layers.map((layer) => {
    const base = `${spec.name}.${layer.name}`;
    const part = (name: string): string => `${base}.${name}`;
    const names: LayerNames = { layer, fanIn, input, inputSigned, W: part('W'), b: part('b'), y: layer.activation.kind === 'linear' ? base : part('y'), activity: base, part };
    input = base;
    fanIn = layer.units;
    inputSigned = activityOf(layer) === 'dual';
    return names;
  });
}

/** `name = value, …` behind the semicolon of a use. */
export function constantsOf(entries: readonly (readonly [string, string])[]): string {
  return entries.length === 0 ? '' : `; ${entries.map(([name, value]) => `${name} = ${value}`).join(', ')}`;
}

/** The text of a network. The same value always gives the same text. */
export function networkText(spec: NetworkSpec): string {
  const parts = new TextParts();
  const layers = layerNames(spec);
  parts.parameters.push(`/// ${t('Annihilation of rails: it changes no difference, only how large both rails are.')}\nparam ${spec.name}.κ = ${spec.κ}\n`);
  parts.declarations.push(`/// ${t('Inputs, held by the environment.')}\n${spec.input.signed ? 'dual' : 'fixed'} ${spec.name}.${spec.input.name}[${spec.input.size}]\n`);
  layers.forEach((names, at) => { forward(spec, names, at, parts); });
  if (spec.training !== undefined) trainingText(spec, spec.training, layers, parts);
  return assembled(spec, parts);
}

function assembled(spec: NetworkSpec, parts: TextParts): string {
  const widths = [spec.input.size, ...spec.layers.map(({ units }) => units)].join('-');
  const onRails = spec.forward === 'termolecular' ? t('weights are species on two rails, W = W⁺ − W⁻, acting on the units at once') : t('weights are species on two rails, W = W⁺ − W⁻');
  const form = spec.form === 'rails' ? onRails : t('weights are rate constants');
  const about = spec.training === undefined
    ? t('The network {0}, {1}, as reactions: {2}.', spec.name, widths, form)
    : t('The network {0}, {1}, as reactions: {2}; trained by the rule {3}.', spec.name, widths, form, spec.training.rule);
  const header = `// ${about}\n${[...parts.imports].sort().map((name) => `import "onepot:${name}"\n`).join('')}`;
  const groups = [...parts.groups].map(([name, lines]) => `group ${name} {\n${lines.map((line) => (line === '' ? '\n' : `  ${line}\n`)).join('')}}\n`);
  return [header, ...parts.modules.values(), parts.parameters.join(''), parts.declarations.join('\n'), ...groups].filter((part) => part !== '').join('\n');
}

function start(weights: WeightStart, offset: number, fanIn: number): string {
  switch (weights.kind) {
    case 'value':
      return weights.value === 0 ? '' : ` = ${weights.value}`;
    case 'random':
      return ` = ${weights.distribution}(${weights.a}, ${weights.b}, seed: ${weights.seed + offset})`;
    case 'scaled':
      return ` = normal(0, ${Number((1 / Math.sqrt(fanIn)).toPrecision(4))}, seed: ${weights.seed + offset})`;
  }
}

/** ReLU by annihilation is the closer to max(0, y) the faster it is. */
const RELU_ANNIHILATION = 1000;

function forward(spec: NetworkSpec, names: LayerNames, at: number, parts: TextParts): void {
  const { layer, fanIn, input, inputSigned, W, b, y, activity, part } = names;
  const { units, activation } = layer;
  const lines = parts.group(GROUPS.forward);
  const rails = spec.form === 'rails';
  const constants = [...activation.constants];
  for (const [name, value] of constants) parts.parameters.push(`param ${part(name)} = ${value}\n`);
  const relu = activation.kind === 'relu' || activation.kind === 'leaky_relu';
  if (relu) parts.parameters.push(`/// ${t('Fast, for ReLU by annihilation.')}\nparam ${part('κ')} = ${Math.max(RELU_ANNIHILATION, spec.κ)}\n`);
  const unit = unitOf(layer);
  const feeding = unit === undefined ? 'preactivation' : feedOf(spec, unit);
  // The pre-activation of units that weights act on at once is nowhere a species.
  const hidden = feeding !== 'preactivation';
  const declarations = [
    `// ${layer.name}: ${units} × ${activationName(layer)}`,
    `${rails ? 'dual' : 'param'} ${W}[${units}, ${fanIn}]${start(spec.weights, 2 * at, fanIn) || (rails ? '' : ' = 0')}`,
    `${rails ? 'dual' : 'param'} ${b}[${units}]${start(spec.biases, 2 * at + 1, fanIn) || (rails ? '' : ' = 0')}`,
    ...(hidden ? [] : [`dual ${y}[${units}]`]),
  ];
  const given = constantsOf(constants.map(([name]) => [name, part(name)] as const));
  if (!hidden) {
    const module = `dense${rails ? '' : '_constants'}${inputSigned ? '_signed' : ''}`;
    parts.imports.add('forward');
    lines.push(`// ${activation.kind === 'linear' ? activity : y} = W ${input} + b`);
    lines.push(`use ${module}(${W}, ${b}, ${input}, ${y}; κ = ${relu ? part('κ') : `${spec.name}.κ`})`);
  }
  switch (activation.kind) {
    case 'linear':
      break;
    case 'relu':
    case 'leaky_relu':
      parts.imports.add('units');
      declarations.push(`${activation.kind === 'relu' ? 'species' : 'dual'} ${activity}[${units}]`);
      lines.push(`use ${activation.kind}(${y}, ${activity}${given})`);
      break;
    case 'algebraic_logistic': {
      const φ = part('φ');
      const h = part('h');
      declarations.push(`species ${φ}[${units}] = 1, ${part('S')}[${units}], ${activity}[${units}] = 0.5, ${part('off')}[${units}] = 0.5`);
      const fed = hidden ? `${W}, ${b}, ${input}` : y;
      parts.imports.add('units');
      lines.push(`// ${t('{0}: a smoothed ReLU of {1}', φ, hidden ? `W ${input} + b` : y)}`, `use ${unitModule('smooth_relu', feeding, inputSigned)}(${fed}, ${φ}; h = ${h})`);
      lines.push(`// ${activity} = ${φ}²/(${φ}² + h)`, `use algebraic_logistic(${φ}, ${part('S')}, ${activity}, ${part('off')}; h = ${h})`);
      break;
    }
    case 'declared': {
      const { known } = activation;
      const { model } = known;
      const module = unitModule(model.name, feeding, inputSigned);
      if (known.library) parts.imports.add('units');
      else parts.modules.set(module, feeding === 'preactivation' ? unitsText(model) : feeding === 'constants' ? constantsText(model, inputSigned) : (termolecularText(model, inputSigned) ?? ''));
      const total = totalOf(layer);
      const activities = activitiesOf(names);
      if (total === undefined) declarations.push(`species ${activity}[${units}] = 1`);
      else if (model.output === 'difference') declarations.push(`dual ${activity}[${units}] = ${total}`);
      else declarations.push(...activities.map((name) => `species ${name}[${units}] = ${total / 2}`));
      const feed = hidden ? `${W}, ${b}, ${input}` : y;
      lines.push(`// ${activity} = φ(${hidden ? `W ${input} + b` : y})`, `use ${module}(${feed}, ${activities.join(', ')}${given})`);
      break;
    }
  }
  parts.declarations.push(`${declarations.join('\n')}\n`);
}

/** How units get at their weighted input: as a species of its own, or weights act on them at once, as constants or as molecules. */
type Feed = 'preactivation' | 'constants' | 'termolecular';

/** The activation whose units read the weighted input; undefined for those that need both of its rails. */
function unitOf({ activation }: LayerSpec): KnownActivation | undefined {
  if (activation.kind === 'declared') return activation.known;
  return activation.kind === 'algebraic_logistic' ? libraryActivations().get('smooth_relu') : undefined;
}

function feedOf(spec: NetworkSpec, { model }: KnownActivation): Feed {
  if (spec.form === 'constants') return 'constants';
  return spec.forward === 'termolecular' && termolecularText(model, false) !== undefined ? 'termolecular' : 'preactivation';
}

function unitModule(activation: string, feed: Feed, signed: boolean): string {
  return feed === 'preactivation' ? activation : feed === 'constants' ? constantsModule(activation, signed) : termolecularModule(activation, signed);
}

/** T of a conserved switch, with the layer's constants. */
function totalOf({ activation }: LayerSpec): number | undefined {
  if (activation.kind !== 'declared' || activation.known.model.total === undefined) return undefined;
  return parameterValue(activation.known.model.total, activation.known.model, activation.constants);
}

/** Blocks of a declared activation's species; the two of a switch are one dual when their difference is read. */
export function activitiesOf({ layer, activity, part }: LayerNames): string[] {
  if (layer.activation.kind !== 'declared') return [activity];
  const { species, output } = layer.activation.known.model;
  return species.length === 1 || output === 'difference' ? [activity] : [activity, part('off')];
}

/** Declarations and use of the block that computes φ′(y); the name of D, undefined for a linear layer. */
export function slopeLines(names: LayerNames, parts: TextParts): string | undefined {
  const { layer: { activation, units, name }, part, y } = names;
  const D = part('D');
  const lines = parts.group(GROUPS.backward);
  switch (activation.kind) {
    case 'linear':
      return undefined;
    case 'relu':
      parts.declarations.push(`// ${t('slope of {0}', name)}\nspecies ${D}[${units}] = 1, ${part('off')}[${units}]\n`);
      lines.push(`use relu_slope(${y}, ${D}, ${part('off')})`);
      return D;
    case 'leaky_relu':
      parts.declarations.push(`// ${t('slope of {0}', name)}\nspecies ${part('on')}[${units}] = 1, ${part('off')}[${units}], ${D}[${units}]\n`);
      lines.push(`use leaky_relu_slope(${y}, ${part('on')}, ${part('off')}, ${D}; α = ${part('α')})`);
      return D;
    case 'algebraic_logistic': {
      const [Q, R] = [part('S1'), part('S2')];
      parts.imports.add('units');
      parts.declarations.push(`// ${t('slope of {0}', name)}\nspecies ${Q}[${units}], ${R}[${units}], ${D}[${units}]\n`);
      lines.push(`// ${D} = φ′`, `use algebraic_logistic_slope(${part('φ')}, ${names.activity}, ${part('off')}, ${Q}, ${R}, ${D}; h = ${part('h')})`);
      return D;
    }
    case 'declared': {
      const { known: { model, library } } = activation;
      const text = slopeText(model);
      const count = slopeProducts(model) ?? 0;
      if (text === undefined) return undefined;
      if (library) parts.imports.add('units');
      else parts.modules.set(slopeModule(model.name), text);
      const products = Array.from({ length: count }, (_, k) => part(count === 1 ? 'S' : `S${k + 1}`));
      const used = new Set(slopeConstants(model));
      parts.declarations.push(`// ${t('slope of {0}', name)}\nspecies ${[...products, D].map((product) => `${product}[${units}]`).join(', ')}\n`);
      const given = [...activitiesOf(names), ...products, D];
      lines.push(`// ${D} = φ′`, `use ${slopeModule(model.name)}(${given.join(', ')}${constantsOf([...activation.constants.keys()].filter((constant) => used.has(constant)).map((constant) => [constant, part(constant)] as const))})`);
      return D;
    }
  }
}

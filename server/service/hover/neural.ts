/** Hovers of activations, neurons, layers, networks, data and trainings: what they become, what they settle at, and why. */
import { activationFacts, modelNamed, networkFacts, neuronFacts, odeLatex, odeOfBlock, odeUnicode, SPECIAL_ACTIVATIONS, TRAIN_SETTINGS } from '../../../chemistry/index.ts';
import type { ActivationFacts, Analysis, Constants, CrnSymbol, Network, NetworkInfo, TrainingInfo } from '../../../chemistry/index.ts';
import type { DataDeclaration, NetworkDeclaration, NeuronStatement, TrainStatement, Unit } from '../../../grammar/index.ts';
import { count } from '../count.ts';
import { formulaLatex } from '../formula.ts';
import type { Layer } from '../neural.ts';
import { linkTo } from '../snapshot.ts';
import type { Snapshot } from '../snapshot.ts';
import { pictureMarkdown, typeset } from '../typeset.ts';
import { fileName } from '../uris.ts';
import type { HoverOptions } from './index.ts';
import { code, shorten } from './reaction.ts';
import { shortNumber } from './values.ts';

const list = (lines: readonly string[]): string[] => (lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join('\n')]);

/** A formula as a picture, and as text below it. */
function formula(text: string, alt: string, { foreground }: HoverOptions): string[] {
  const picture = typeset(formulaLatex(text), { foreground, width: 480 });
  return picture === undefined ? [] : [pictureMarkdown(picture, alt)];
}

/** An activation where it is used or declared: its equation, what it settles at, and its certificate with reasons. */
export function activationHover(analysis: Analysis, name: string, options: HoverOptions): string[] {
  const model = modelNamed(analysis, name);
  if (model === undefined) {
    const about = SPECIAL_ACTIVATIONS.get(name)?.about;
    return about === undefined ? [] : [`**${name}** activation of the library`, about];
  }
  const facts = activationFacts(model);
  const parameters = model.parameters.map(({ name: own, default: usual }) => (usual === undefined ? own : `${own} = ${usual}`));
  return [
    ...formula(facts.equation, `Equation of ${name}`, options),
    textBlock(facts), `**${name}**${parameters.length === 0 ? '' : `(${parameters.join(', ')})`} activation`,
    ...(facts.doc === undefined ? [] : [facts.doc]), ...certificateList(facts),
  ];
}

function textBlock({ equation, total, fixedPoint }: ActivationFacts): string {
  const lines = [equation.replace("'", '′').replaceAll('*', '·').replaceAll(' - ', ' − ').replaceAll('^2', '²').replaceAll('^3', '³')];
  if (total !== undefined) lines.push(total);
  if (fixedPoint !== undefined) lines.push(`fixed point: ${fixedPoint}`);
  return `\`\`\`text\n${lines.join('\n')}\n\`\`\``;
}

/** The three conditions, each with how it was established. */
function certificateList({ certificate, why, rate, slowest }: ActivationFacts): string[] {
  const { kinetic, unique, stable, domain } = certificate;
  const mark = (holds: boolean): string => (holds ? '✓' : '✗');
  return list([
    `${mark(kinetic.holds)} kinetic: ${kinetic.reason}`,
    `${mark(unique.holds)} exactly one positive fixed point${domain === 'all' ? '' : ', for y ≥ 0'}: ${why}`,
    `${mark(stable.holds)} stable: ${stable.reason}`,
    ...(rate === undefined ? [] : [`settles at the rate ${rate}${slowest === undefined ? '' : `, at the slowest ${slowest}`}`]),
  ]);
}

/** What a neuron or a layer settles at, why that is unique, how slowly at worst. */
function settling(facts: ActivationFacts, constants: Constants, slowestRate: number | undefined): string[] {
  const values = [...constants].map(([name, value]) => `${name} = ${shortNumber(value)}`).join(', ');
  return list([
    ...(facts.fixedPoint === undefined ? [] : [`fixed point: ${code(facts.fixedPoint)}${values === '' ? '' : `, ${values}`}`]),
    `the only positive one: ${facts.why}`,
    ...slowestText(facts.slowest, slowestRate),
  ]);
}

function slowestText(form: string | undefined, value: number | undefined): string[] {
  const parts = [...(form === undefined ? [] : [form]), ...(value === undefined ? [] : [String(Number(value.toPrecision(4)))])];
  return parts.length === 0 ? [] : [`slowest rate, for any y: ${parts.join(' = ')}`];
}

/** What stands between the neuron's ODE and the rest of its hover. */
export function neuronParts(snapshot: Snapshot, unit: Unit, neuron: NeuronStatement, options: HoverOptions): string[] {
  const facts = neuronFacts(snapshot.analysis, unit, neuron.name.text);
  if (facts === undefined) return [];
  const { activation } = facts;
  return [
    `Neuron ${code(`${activation.name}(y)`)} with y = ${code(shorten(facts.input, 200))}; its weights are rate constants.`,
    ...(activation.fixedPoint === undefined ? [] : formula(activation.fixedPoint, 'Fixed point', options)),
    ...settling(activation, facts.constants, facts.slowestRate),
  ];
}

/** Names without the network's own before them, as they stand in a paper. */
const plainNetworks = new WeakMap<Network, Network>();
function plain(network: Network, prefix: string): Network {
  let made = plainNetworks.get(network);
  if (made === undefined) {
    const short = (name: string): string => (name.startsWith(`${prefix}.`) ? name.slice(prefix.length + 1) : name);
    made = { ...network, blocks: network.blocks.map((block) => ({ ...block, name: short(block.name) })), parameters: network.parameters.map((one) => ({ ...one, name: short(one.name) })) };
    plainNetworks.set(network, made);
  }
  return made;
}

/** Equations of a layer: what it is fed, its units, and what training adds; indices kept, sums as Σ. */
export function layerHover(snapshot: Snapshot, network: NetworkDeclaration, layer: Layer, options: HoverOptions): string[] {
  const { analysis } = snapshot;
  const info = analysis.networks.find(({ name }) => name === network.name.text);
  const facts = info === undefined ? undefined : networkFacts(info).layers.find(({ name }) => name === layer.name.text);
  if (info === undefined || facts === undefined) return [`**${layer.name.text}** layer. The network has an error, so nothing is known of it yet.`];
  const reactions = plain(info.plan.network, info.name);
  const blocks = facts.blocks.flatMap((name) => info.plan.network.blocks.find((block) => block.name === name)?.id ?? []);
  const odes = blocks.flatMap((id) => {
    const block = reactions.blocks[id];
    return block === undefined ? [] : [odeOfBlock(reactions, block)];
  });
  // The pre-activation and the units are what the layer computes; what training adds is told as text.
  const pictures = odes.slice(0, 2).flatMap((ode) => {
    const picture = typeset(odeLatex(reactions, ode, { maxTerms: 12 }), { foreground: options.foreground, width: 480 });
    return picture === undefined ? [] : [pictureMarkdown(picture, `Equation of ${layer.name.text}`)];
  });
  const { unit } = facts;
  return [
    ...pictures,
    `**${layer.name.text}** layer of ${count(facts.units, 'unit')}, ${facts.activation}, each fed by ${count(facts.fanIn, 'input')}: ${count(facts.units * (facts.fanIn + 1), 'weight')}`,
    ...(unit === undefined ? [SPECIAL_ACTIVATIONS.get(facts.activation)?.about ?? ''] : settling(unit.facts, unit.constants, unit.slowestRate)),
    `\`\`\`text\n${odes.map((ode) => shorten(odeUnicode(reactions, ode, { maxTerms: 24 }), 600)).join('\n')}\n\`\`\``,
  ];
}

export function networkHover(snapshot: Snapshot, { name, doc, declaration }: CrnSymbol): string[] {
  const info = snapshot.analysis.networks.find((network) => network.name === name);
  if (info === undefined && declaration.file !== undefined) return [`**${name}** network, declared in ${linkTo(snapshot, declaration, fileName(declaration.file))}`, ...(doc === undefined ? [] : [doc])];
  if (info === undefined) return [`**${name}** network. It has an error, so it stands for no reactions yet.`, ...(doc === undefined ? [] : [doc])];
  return [...networkSummary(info), ...(doc === undefined ? [] : [doc]), '*Onepot: Show Reactions*, or going to the definition of a layer, opens what it stands for.'];
}

function networkSummary(info: NetworkInfo): string[] {
  const facts = networkFacts(info);
  const { spec } = info;
  const groups = facts.byGroup.map(({ group, reactions }) => `${group} ${reactions.toLocaleString('en-US')}`).join(', ');
  const words = ['from nothing', 'unimolecular', 'bimolecular', 'termolecular'];
  const molecules = [...facts.byMolecularity].map(([n, reactions]) => `${words[n] ?? `of ${n} molecules`} ${reactions.toLocaleString('en-US')}`).join(', ');
  return [
    `**${info.name}** network ${facts.widths}, ${count(facts.weights, 'weight')}`,
    ...list([
      `${count(facts.species, 'species')}, ${count(facts.reactions, 'reaction')}: ${groups}`,
      `molecularity: ${molecules}`,
      spec.form === 'rails' ? 'weights are species on two rails, W = W⁺ − W⁻' : 'weights are rate constants',
      `layers: ${facts.layers.map((layer) => `${layer.name} ${layer.units} × ${layer.activation}`).join(', ')}`,
      ...(spec.training === undefined ? [] : [`trained by the rule ${spec.training.rule}, ${spec.loss} error`]),
    ]),
  ];
}

export function dataHover(snapshot: Snapshot, statement: DataDeclaration, unit: Unit, doc: string | undefined): string[] {
  const facts = snapshot.analysis.data.find(({ name }) => name === statement.name.text)?.facts;
  const from = statement.source === undefined ? '' : ` from ${code(shorten(unit.text.slice(statement.source.start, statement.source.end), 200))}`;
  const rows = facts?.rows === undefined ? '' : `, ${count(facts.rows, 'row')}`;
  const wide = (n: number | undefined, thing: string): string => (n === undefined ? `${thing}s as many as the file has` : count(n, thing));
  return [
    `**${statement.name.text}** data${from}${rows}`,
    ...(facts === undefined ? [] : list([`${wide(facts.inputs, 'input')}, ${wide(facts.targets, 'target')}`, ...(facts.signed ? ['some inputs are below 0: networks trained on them have inputs on two rails'] : [])])),
    ...(doc === undefined ? [] : [doc]),
  ];
}

/** What a training does, with everything that its text leaves to defaults. */
export function trainHover(snapshot: Snapshot, statement: TrainStatement): string[] {
  const info = snapshot.analysis.trainings.find(({ place }) => place.span.start === statement.start && place.unit.statement === statement);
  const head = `Trains **${statement.network.text}** on **${statement.data.text}**`;
  return info === undefined ? [head] : [`${head} ${info.settings.where === 'pot' ? 'in the pot: by reactions' : 'in silico: by the adjoint gradient through the fixed point'}`, settingsTable(info, statement)];
}

function settingsTable({ settings }: TrainingInfo, statement: TrainStatement): string {
  const written = new Set(statement.settings.map(({ key }) => key.text));
  const rows = TRAIN_SETTINGS.flatMap(({ name }) => {
    const value = (settings as unknown as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'number' || typeof value === 'string' ? [`| ${name} | ${value} | ${written.has(name) ? 'as written' : 'default'} |`] : [];
  });
  const step = settings.where === 'pot' ? `\n\nThe step of a sample, rate · dwell, is ${shortNumber(settings.rate * settings.dwell)}.` : '';
  return `| setting | value | |\n|---|---|---|\n${rows.join('\n')}${step}`;
}

/** Hovers of activations, neurons, layers, networks, data and trainings: what they become, what they settle at, and why. */
import { counted, said, t } from '../../../l10n/index.ts';
import { activationFacts, modelNamed, networkFacts, neuronFacts, odeLatex, odeOfBlock, odeUnicode, SPECIAL_ACTIVATIONS, TRAIN_SETTINGS } from '../../../chemistry/index.ts';
import type { ActivationFacts, Analysis, Constants, CrnSymbol, Network, NetworkInfo, TrainingInfo } from '../../../chemistry/index.ts';
import type { DataDeclaration, NetworkDeclaration, NeuronStatement, TrainStatement, Unit } from '../../../grammar/index.ts';
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
    return about === undefined ? [] : [t('**{0}** activation of the library', name), said(about)];
  }
  const facts = activationFacts(model);
  const parameters = model.parameters.map(({ name: own, default: usual }) => (usual === undefined ? own : `${own} = ${usual}`));
  return [
    ...formula(facts.equation, t('Equation of {0}', name), options),
    textBlock(facts), parameters.length === 0 ? t('**{0}** activation', name) : t('**{0}**({1}) activation', name, parameters.join(', ')),
    ...(facts.doc === undefined ? [] : [facts.doc]), ...certificateList(facts),
  ];
}

function textBlock({ equation, total, fixedPoint }: ActivationFacts): string {
  const lines = [equation.replace("'", '′').replaceAll('*', '·').replaceAll(' - ', ' − ').replaceAll('^2', '²').replaceAll('^3', '³')];
  if (total !== undefined) lines.push(total);
  if (fixedPoint !== undefined) lines.push(t('fixed point: {0}', fixedPoint));
  return `\`\`\`text\n${lines.join('\n')}\n\`\`\``;
}

/** The three conditions, each with how it was established. */
function certificateList({ certificate, why, rate, slowest }: ActivationFacts): string[] {
  const { kinetic, unique, stable, domain } = certificate;
  const mark = (holds: boolean): string => (holds ? '✓' : '✗');
  return list([
    t('{0} kinetic: {1}', mark(kinetic.holds), kinetic.reason),
    domain === 'all' ? t('{0} exactly one positive fixed point: {1}', mark(unique.holds), why) : t('{0} exactly one positive fixed point, for y ≥ 0: {1}', mark(unique.holds), why),
    t('{0} stable: {1}', mark(stable.holds), stable.reason),
    ...(rate === undefined ? [] : [slowest === undefined ? t('settles at the rate {0}', rate) : t('settles at the rate {0}, at the slowest {1}', rate, slowest)]),
  ]);
}

/** What a neuron or a layer settles at, why that is unique, how slowly at worst. */
function settling(facts: ActivationFacts, constants: Constants, slowestRate: number | undefined): string[] {
  const values = [...constants].map(([name, value]) => `${name} = ${shortNumber(value)}`).join(', ');
  return list([
    ...(facts.fixedPoint === undefined ? [] : [values === '' ? t('fixed point: {0}', code(facts.fixedPoint)) : t('fixed point: {0}, {1}', code(facts.fixedPoint), values)]),
    t('the only positive one: {0}', facts.why),
    ...slowestText(facts.slowest, slowestRate),
  ]);
}

function slowestText(form: string | undefined, value: number | undefined): string[] {
  const parts = [...(form === undefined ? [] : [form]), ...(value === undefined ? [] : [String(Number(value.toPrecision(4)))])];
  return parts.length === 0 ? [] : [t('slowest rate, for any y: {0}', parts.join(' = '))];
}

/** What stands between the neuron's ODE and the rest of its hover. */
export function neuronParts(snapshot: Snapshot, unit: Unit, neuron: NeuronStatement, options: HoverOptions): string[] {
  const facts = neuronFacts(snapshot.analysis, unit, neuron.name.text);
  if (facts === undefined) return [];
  const { activation } = facts;
  return [
    t('Neuron {0} with y = {1}; its weights are rate constants.', code(`${activation.name}(y)`), code(shorten(facts.input, 200))),
    ...(activation.fixedPoint === undefined ? [] : formula(activation.fixedPoint, t('Fixed point'), options)),
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
  if (info === undefined || facts === undefined) return [t('**{0}** layer. The network has an error, so nothing is known of it yet.', layer.name.text)];
  const reactions = plain(info.plan.network, info.name);
  const blocks = facts.blocks.flatMap((name) => info.plan.network.blocks.find((block) => block.name === name)?.id ?? []);
  const odes = blocks.flatMap((id) => {
    const block = reactions.blocks[id];
    return block === undefined ? [] : [odeOfBlock(reactions, block)];
  });
  // The pre-activation and the units are what the layer computes; what training adds is told as text.
  const pictures = odes.slice(0, 2).flatMap((ode) => {
    const picture = typeset(odeLatex(reactions, ode, { maxTerms: 12 }), { foreground: options.foreground, width: 480 });
    return picture === undefined ? [] : [pictureMarkdown(picture, t('Equation of {0}', layer.name.text))];
  });
  const { unit } = facts;
  return [
    ...pictures,
    t('**{0}** layer of {1}, {2}, each fed by {3}: {4}',
      layer.name.text, counted(facts.units, '1 unit', '{0} units'), facts.activation, counted(facts.fanIn, '1 input', '{0} inputs'), weights(facts.units * (facts.fanIn + 1))),
    ...(unit === undefined ? about(facts.activation) : settling(unit.facts, unit.constants, unit.slowestRate)),
    `\`\`\`text\n${odes.map((ode) => shorten(odeUnicode(reactions, ode, { maxTerms: 24 }), 600)).join('\n')}\n\`\`\``,
  ];
}

const weights = (n: number): string => counted(n, '1 weight', '{0} weights');

/** What is said of an activation that is no equation. */
function about(activation: string): string[] {
  const known = SPECIAL_ACTIVATIONS.get(activation);
  return [known === undefined ? '' : said(known.about)];
}

export function networkHover(snapshot: Snapshot, { name, doc, declaration }: CrnSymbol): string[] {
  const info = snapshot.analysis.networks.find((network) => network.name === name);
  if (info === undefined && declaration.file !== undefined) return [t('**{0}** network, declared in {1}', name, linkTo(snapshot, declaration, fileName(declaration.file))), ...(doc === undefined ? [] : [doc])];
  if (info === undefined) return [t('**{0}** network. It has an error, so it stands for no reactions yet.', name), ...(doc === undefined ? [] : [doc])];
  return [...networkSummary(info), ...(doc === undefined ? [] : [doc]), t('*Onepot: Show Reactions*, or going to the definition of a layer, opens what it stands for.')];
}

function networkSummary(info: NetworkInfo): string[] {
  const facts = networkFacts(info);
  const { spec } = info;
  const groups = facts.byGroup.map(({ group, reactions }) => `${group} ${reactions.toLocaleString('en-US')}`).join(', ');
  const molecules = [...facts.byMolecularity].map(([n, reactions]) => `${molecularity(n)} ${reactions.toLocaleString('en-US')}`).join(', ');
  return [
    t('**{0}** network {1}, {2}', info.name, facts.widths, weights(facts.weights)),
    ...list([
      t('{0}, {1}: {2}', counted(facts.species, '1 species', '{0} species'), counted(facts.reactions, '1 reaction', '{0} reactions'), groups),
      t('molecularity: {0}', molecules),
      spec.form === 'rails' ? t('weights are species on two rails, W = W⁺ − W⁻') : t('weights are rate constants'),
      t('layers: {0}', facts.layers.map((layer) => `${layer.name} ${layer.units} × ${layer.activation}`).join(', ')),
      ...(spec.training === undefined ? [] : [spec.loss === 'squared' ? t('trained by the rule {0}, squared error', spec.training.rule) : t('trained by the rule {0}, normalised error', spec.training.rule)]),
    ]),
  ];
}

function molecularity(molecules: number): string {
  switch (molecules) {
    case 0: return t('from nothing');
    case 1: return t('unimolecular');
    case 2: return t('bimolecular');
    case 3: return t('termolecular');
    default: return t('of {0} molecules', molecules);
  }
}

export function dataHover(snapshot: Snapshot, statement: DataDeclaration, unit: Unit, doc: string | undefined): string[] {
  const facts = snapshot.analysis.data.find(({ name }) => name === statement.name.text)?.facts;
  const { text: name } = statement.name;
  const head = statement.source === undefined ? t('**{0}** data', name) : t('**{0}** data from {1}', name, code(shorten(unit.text.slice(statement.source.start, statement.source.end), 200)));
  const rows = facts?.rows === undefined ? [] : [counted(facts.rows, '1 row', '{0} rows')];
  const inputs = facts?.inputs === undefined ? t('inputs as many as the file has') : counted(facts.inputs, '1 input', '{0} inputs');
  const targets = facts?.targets === undefined ? t('targets as many as the file has') : counted(facts.targets, '1 target', '{0} targets');
  return [
    [head, ...rows].join(', '),
    ...(facts === undefined ? [] : list([`${inputs}, ${targets}`, ...(facts.signed ? [t('some inputs are below 0: networks trained on them have inputs on two rails')] : [])])),
    ...(doc === undefined ? [] : [doc]),
  ];
}

/** What a training does, with everything that its text leaves to defaults. */
export function trainHover(snapshot: Snapshot, statement: TrainStatement): string[] {
  const info = snapshot.analysis.trainings.find(({ place }) => place.span.start === statement.start && place.unit.statement === statement);
  const network = statement.network.text, data = statement.data.text;
  if (info === undefined) return [t('Trains **{0}** on **{1}**', network, data)];
  return [
    info.settings.where === 'pot' ? t('Trains **{0}** on **{1}** in the pot: by reactions', network, data) : t('Trains **{0}** on **{1}** in silico: by the adjoint gradient through the fixed point', network, data),
    settingsTable(info, statement),
  ];
}

function settingsTable({ settings }: TrainingInfo, statement: TrainStatement): string {
  const written = new Set(statement.settings.map(({ key }) => key.text));
  const rows = TRAIN_SETTINGS.flatMap(({ name }) => {
    const value = (settings as unknown as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'number' || typeof value === 'string' ? [`| ${name} | ${value} | ${written.has(name) ? t('as written') : t('default')} |`] : [];
  });
  const step = settings.where === 'pot' ? `\n\n${t('The step of a sample, rate · dwell, is {0}.', shortNumber(settings.rate * settings.dwell))}` : '';
  return `| ${t('setting')} | ${t('value')} | |\n|---|---|---|\n${rows.join('\n')}${step}`;
}

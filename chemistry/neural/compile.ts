/**
 * All that statements about neurons come to in a file: activations checked, networks compiled to texts of their own, trainings
 * matched with networks and data. A network's text is a file that the compiler makes: `onepot:network/NAME`.
 */
import { t } from '../../l10n/index.ts';
import { parse } from '../../grammar/index.ts';
import type { ActivationDeclaration, NetworkDeclaration, Span, SweepStatement, SyntaxTree, TrainStatement, Unit } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { activationForm } from '../diagnostics/crn714-activation-form.ts';
import { activationNotAffine } from '../diagnostics/crn712-activation-not-affine.ts';
import { activationNotAlgebraic } from '../diagnostics/crn713-activation-not-algebraic.ts';
import { activationNotKinetic } from '../diagnostics/crn710-activation-not-kinetic.ts';
import { constantsNotTrained } from '../diagnostics/crn725-constants-not-trained.ts';
import { dwellTooShort } from '../diagnostics/crn721-dwell-too-short.ts';
import { noUniqueFixedPoint } from '../diagnostics/crn711-no-unique-fixed-point.ts';
import { ruleDoesNotFit } from '../diagnostics/crn724-rule-does-not-fit.ts';
import { slopeMissing } from '../diagnostics/crn723-slope-missing.ts';
import { stepTooLarge } from '../diagnostics/crn722-step-too-large.ts';
import { widthMismatch } from '../diagnostics/crn812-width-mismatch.ts';
import type { SourceFile } from '../names/files.ts';
import { TRAIN_DEFAULTS } from '../names/neural-settings.ts';
import { notableUnits } from '../names/units.ts';
import { termSpan } from './declaration.ts';
import type { ActivationProblem } from './declaration.ts';
import { LIBRARY_SCHEME, NEAR_ACTIVATIONS } from './library.ts';
import { networkText } from './network-text.ts';
import { readNetwork } from './read-network.ts';
import { readData, readTraining } from './read-training.ts';
import type { DataFacts, ReadTraining, TrainingSettings } from './read-training.ts';
import { readNoise } from './read-noise.ts';
import type { NoiseSpec } from './read-noise.ts';
import { readSweep } from './read-sweep.ts';
import type { ReadSweep } from './read-sweep.ts';
import { readOnce } from './scope.ts';
import { parameterValue } from './numbers.ts';
import { slopeBlock, slopeOf } from './slope.ts';
import { activationName, activityOf, sorted } from './spec.ts';
import type { NetworkSpec } from './spec.ts';
import { activationFunction } from './values.ts';
import { varied } from './variant.ts';
import type { TrainingText } from './variant.ts';

type Report = (diagnostic: Diagnostic) => void;

/** A network and the text that it stands for. */
export interface CompiledNetworkText {
  readonly spec: NetworkSpec;
  readonly statement: NetworkDeclaration;
  readonly unit: Unit;
  readonly source: SourceFile;
  /** URI of the made text. */
  readonly uri: string;
  readonly text: string;
}

/** A checked `train` statement. */
export interface ReadTrainStatement {
  readonly statement: TrainStatement;
  readonly unit: Unit;
  readonly settings: TrainingSettings;
  /** The network as this training needs it, its weights by its seed; undefined where something has an error. */
  readonly spec?: NetworkSpec;
  /** What the training and its variations are made of; undefined where something has an error. */
  readonly text?: TrainingText;
  readonly data?: DataFacts;
}

export interface NeuralResult {
  readonly networks: readonly CompiledNetworkText[];
  readonly trainings: readonly ReadTrainStatement[];
  readonly data: ReadonlyMap<string, DataFacts>;
  /** Of this file; those with an error are left out. */
  readonly noises: ReadonlyMap<string, NoiseSpec>;
  readonly sweeps: readonly ReadSweep[];
}

/** Reads all statements about neurons of a file. `main`: trainings are read too. */
export function readNeural(source: SourceFile, main: boolean, report: Report): NeuralResult {
  const data = new Map<string, DataFacts>();
  const trains: { readonly statement: TrainStatement; readonly unit: Unit; readonly read: ReadTraining }[] = [];
  const networks: { readonly statement: NetworkDeclaration; readonly unit: Unit }[] = [];
  const noises = new Map<string, NoiseSpec>();
  const sweeping: { readonly statement: SweepStatement; readonly unit: Unit }[] = [];
  for (const unit of notableUnits(source.tree)) {
    const { statement } = unit;
    switch (statement.kind) {
      case 'Activation':
        checkActivation(statement, unit, source, report);
        break;
      case 'Data': {
        const facts = readData(statement, unit, source, report);
        if (source.names.data.get(statement.name.text)?.unit === unit) data.set(statement.name.text, facts);
        break;
      }
      case 'Network':
        networks.push({ statement, unit });
        break;
      case 'Train':
        if (main) trains.push({ statement, unit, read: readTraining(statement, unit, source, report) });
        break;
      case 'Noise': {
        const noise = readNoise(statement, unit, source, report);
        if (noise !== undefined && source.names.noise.get(statement.name.text)?.unit === unit) noises.set(statement.name.text, noise);
        break;
      }
      case 'Sweep':
        if (main) sweeping.push({ statement, unit });
        break;
      default:
        break;
    }
  }
  const dataOf = (name: string): DataFacts | undefined => {
    const own = data.get(name);
    if (own !== undefined) return own;
    const entity = source.find('data', name);
    return entity?.declared.node.kind === 'data' ? readData(entity.declared.node.data, entity.unit, entity.source, () => undefined) : undefined;
  };
  const noiseOf = (name: string): NoiseSpec | undefined => {
    const own = noises.get(name);
    if (own !== undefined) return own;
    const entity = source.find('noise', name);
    return entity?.declared.node.kind === 'noise' && entity.source !== source ? readNoise(entity.declared.node.noise, entity.unit, entity.source, () => undefined) : undefined;
  };
  const specs = new Map<string, { readonly base: NetworkSpec; readonly statement: NetworkDeclaration; readonly unit: Unit; readonly source: SourceFile }>();
  const pairs = [...trains.map(({ statement }) => statement), ...sweeping.flatMap(({ statement: { train } }) => (train === undefined ? [] : [train]))];
  const base = (statement: NetworkDeclaration, unit: Unit, where: SourceFile, say: Report): void => {
    const name = statement.name.text;
    const signed = pairs.some((pair) => pair.network.text === name && dataOf(pair.data.text)?.signed === true);
    const spec = readNetwork(statement, unit, where, signed, say);
    if (spec !== undefined) specs.set(name, { base: spec, statement, unit, source: where });
  };
  for (const { statement, unit } of networks) if (source.names.network.get(statement.name.text)?.unit === unit) base(statement, unit, source, report);
  for (const { network } of pairs) {
    const entity = specs.has(network.text) ? undefined : source.find('network', network.text);
    if (entity?.declared.node.kind === 'network' && entity.source !== source) base(entity.declared.node.network, entity.unit, entity.source, () => undefined);
  }
  const widths = (spec: NetworkSpec, pair: Pick<TrainStatement, 'network' | 'data'>, place: (span: Span) => Place, say: Report): void => {
    const facts = dataOf(pair.data.text);
    const entity = source.find('data', pair.data.text);
    if (facts !== undefined && entity !== undefined) checkWidths(spec, facts, place(pair.network), entity.source.place(entity.unit, entity.declared.name), pair, say);
  };
  const trainings = trains.map(({ statement, unit, read }): ReadTrainStatement => {
    const found = specs.get(statement.network.text);
    const facts = dataOf(statement.data.text);
    const place = (span: Span): Place => source.place(unit, span);
    if (found === undefined || !read.fine) return { statement, unit, settings: read.settings, ...(facts === undefined ? {} : { data: facts }) };
    const noise = read.settings.noise === undefined ? undefined : noiseOf(read.settings.noise);
    const text: TrainingText = { base: found.base, written: read.written, ...(noise === undefined ? {} : { noise }) };
    const { spec } = varied(text);
    let fine = true;
    const say: Report = (diagnostic) => {
      report(diagnostic);
      if (diagnostic.severity === 'error') fine = false;
    };
    widths(spec, statement, place, say);
    checkFit(spec, found, read, place(statement.network), facts, say);
    checkSpeed(spec, read, place(statement), say);
    return { statement, unit, settings: read.settings, ...(fine ? { spec, text } : {}), ...(facts === undefined ? {} : { data: facts }) };
  });
  const sweeps = sweeping.flatMap(({ statement, unit }): ReadSweep[] => {
    let fine = true;
    const say: Report = (diagnostic) => {
      report(diagnostic);
      if (diagnostic.severity === 'error') fine = false;
    };
    const { train } = statement;
    const found = train === undefined ? undefined : specs.get(train.network.text);
    const read = readSweep(statement, unit, source, {
      base: (name) => specs.get(name)?.base,
      training: (network, data) => trains.find((other) => other.statement.network.text === network && other.statement.data.text === data)?.read.written,
      noise: noiseOf, data: dataOf, usual: TRAIN_DEFAULTS,
    }, say);
    if (train !== undefined && found !== undefined) {
      const place = (span: Span): Place => source.place(unit, span);
      widths(found.base, train, place, say);
      if (read?.text !== undefined) {
        const rules = read.axes.find((axis) => axis.name === 'rule')?.values ?? [undefined];
        for (const rule of rules) {
          const { spec, settings } = varied(read.text, rule === undefined ? {} : { values: new Map([['rule', rule]]) });
          const varies = statement.vary.find(({ name }) => name.text === 'rule');
          checkFit(spec, found, { settings, written: settings, fine: true, places: new Map(varies === undefined ? [] : [['rule', place(varies.range)]]) }, place(train.network), dataOf(train.data.text), say);
        }
      }
    }
    return read === undefined || !fine ? [] : [read];
  });
  const compiled = [...specs.values()].filter((entry) => entry.source === source).map(({ base: plain, statement, unit }): CompiledNetworkText => {
    const trained = trainings.find((training) => training.statement.network.text === plain.name && training.spec?.training !== undefined)?.spec;
    const spec = trained ?? plain;
    return { spec, statement, unit, source, uri: `${LIBRARY_SCHEME}network/${plain.name}`, text: networkText(spec) };
  });
  return { networks: compiled, trainings, data, noises, sweeps };
}

function checkWidths(spec: NetworkSpec, data: DataFacts, at: Place, there: Place, statement: Pick<TrainStatement, 'data'>, report: Report): void {
  const outputs = spec.layers[spec.layers.length - 1]?.units ?? 0;
  if (data.inputs !== undefined && data.inputs !== spec.input.size) report(widthMismatch(at, there, spec.name, statement.data.text, 'inputs', spec.input.size, data.inputs));
  if (data.targets !== undefined && data.targets !== outputs) report(widthMismatch(at, there, spec.name, statement.data.text, 'outputs', outputs, data.targets));
}

/** Whether the rule, the form and the loss go together with the network. */
function checkFit(spec: NetworkSpec, found: { readonly statement: NetworkDeclaration; readonly unit: Unit; readonly source: SourceFile }, read: ReadTraining, at: Place, data: DataFacts | undefined, report: Report): void {
  const last = spec.layers[spec.layers.length - 1];
  const rulePlace = read.places.get('rule') ?? at;
  if (spec.training === undefined || last === undefined) return;
  if (spec.form === 'constants') report(constantsNotTrained(at, spec.name));
  for (const layer of spec.layers) {
    if (layer.activation.kind !== 'declared' || slopeBlock(layer.activation.known.model) !== undefined) continue;
    const item = found.statement.items.find((other) => other.kind === 'layer' && other.name.text === layer.name);
    report(slopeMissing(item?.kind === 'layer' ? found.source.place(found.unit, item.activation.name) : at, activationName(layer)));
  }
  const { rule } = spec.training;
  if (spec.loss === 'normalised' && activityOf(last) === 'dual') report(ruleDoesNotFit(at, t('The normalised loss needs outputs that cannot be negative, and {0} is {1}: give it the activation smooth_relu', last.name, activationName(last))));
  if (!sorted(rule)) return;
  if (spec.loss === 'normalised') report(ruleDoesNotFit(rulePlace, t('The rule {0} works with the squared error only', rule)));
  const signed = spec.layers.slice(0, -1).find((layer) => activityOf(layer) === 'dual');
  if (spec.input.signed) report(ruleDoesNotFit(rulePlace, t('The rule {0} needs inputs that cannot be negative{1}: scale them to 0..1, or use the rule gradient or self_annealing', rule, data?.signed === true ? t(', and these data have some that are') : '')));
  else if (signed !== undefined) report(ruleDoesNotFit(rulePlace, t('The rule {0} needs activities that cannot be negative, and {1} is {2}: use the rule gradient or self_annealing', rule, signed.name, activationName(signed))));
}

/** Above about 0.2 a sample's step does not settle. */
const LARGEST_STEP = 0.2;

/** Dwell against the slowest slope, step against the largest that settles. Only for training in the pot. */
function checkSpeed(spec: NetworkSpec, read: ReadTraining, at: Place, report: Report): void {
  if (spec.training === undefined) return;
  const { rate, dwell, rule } = read.settings;
  const keyword = { ...at, span: { start: at.span.start, end: at.span.start + 'train'.length } };
  const annealing = rule === 'sorted_self_annealing' || rule === 'self_annealing';
  if (rate * dwell > LARGEST_STEP && !annealing && at.unit.problems.length === 0) report(stepTooLarge(read.places.get('rate') ?? read.places.get('dwell') ?? keyword, rate, dwell));
  for (const layer of spec.layers) {
    const relaxation = slopeRelaxation(layer);
    if (relaxation !== undefined && dwell < relaxation) {
      report(dwellTooShort(read.places.get('dwell') ?? keyword, dwell, layer.name, relaxation));
      return;
    }
  }
}

/** The longest time in which a unit's slope D′ = N − M·D relaxes, 1/min M over its fixed points; 1/h for a smoothed ReLU. */
function slopeRelaxation(layer: NetworkSpec['layers'][number]): number | undefined {
  // What is read out is φ²/(φ² + h) on a switch: it settles at the rate φ² + h.
  if (layer.activation.kind === 'algebraic_logistic') return 1 / (layer.activation.constants.get('h') ?? Infinity);
  if (layer.activation.kind !== 'declared') return undefined;
  const { known: { model }, constants } = layer.activation;
  if (slopeBlock(model) === undefined) return undefined;
  const at = activationFunction(model, constants);
  const losses = slopeOf(model).denominator.map(({ powers, coefficient }) => ({ powers, value: parameterValue(coefficient, model, constants) }));
  const loss = (y: number): number => {
    const [x = 0, other = 0] = at(y).species;
    return losses.reduce((sum, { powers: [p, q], value }) => sum + value * x ** p * other ** q, 0);
  };
  const slowest = [-100, -10, -3, -1, -0.3, 0, 0.3, 1, 3, 10, 100].reduce((least, y) => Math.min(least, loss(y)), Infinity);
  return slowest > 0 && Number.isFinite(slowest) ? 1 / slowest : undefined;
}

/** Findings about an activation by itself. */
/** What a line that could not be read may have given. */
const MAY_BE_UNREAD = new Set<ActivationProblem['kind']>(['no equation', 'unknown', 'total', 'output', 'no y']);

function checkActivation(statement: ActivationDeclaration, unit: Unit, source: SourceFile, report: Report): void {
  const { result, certificate } = readOnce(statement);
  const place = (span: Span): Place => source.place(unit, span);
  const name = statement.name.text;
  if ('problem' in result) {
    const diagnostic = problemDiagnostic(result.problem, name, place, statement);
    if (diagnostic !== undefined && (unit.problems.length === 0 || !MAY_BE_UNREAD.has(result.problem.kind))) report(diagnostic);
    return;
  }
  if (certificate === undefined || certificate.holds) return;
  const { kinetic, unique, stable } = certificate;
  if (kinetic.offending !== undefined) {
    const term = 'model' in result ? termSpan(statement, result.model, kinetic.offending) : undefined;
    report(activationNotKinetic(place(term ?? statement.name), name, kinetic.offending.text, kinetic.offending.species));
  }
  else report(noUniqueFixedPoint(place(statement.name), name, unique.holds ? stable.reason : unique.reason));
}

function problemDiagnostic(problem: ActivationProblem, name: string, place: (span: Span) => Place, statement: ActivationDeclaration): Diagnostic | undefined {
  switch (problem.kind) {
    case 'silent':
      return undefined;
    case 'no equation':
      return activationForm(place(statement.name), t('{0} has no equation: write x\' = a + y*b, with y for the pre-activation', name));
    case 'equations':
      return activationForm(place(problem.span), t('An activation has one equation; a second species comes in by a conserved total such as x + x̄ = 1'));
    case 'not affine':
      return activationNotAffine(place(problem.span), name, problem.power);
    case 'not algebraic':
      return activationNotAlgebraic(place(problem.span), name, problem.function, problem.function === undefined ? undefined : NEAR_ACTIVATIONS.get(problem.function));
    case 'unknown':
      return activationForm(place(problem.span), t('{0} is no name of this activation: its equation is over its species, its own parameters and y; add {0} to the parameters, {1}(…, {0})', problem.name, name));
    case 'total':
      return activationForm(place(problem.span), t('A conserved total is one line such as x + x̄ = 1: the species of the equation and one other, and a number or a parameter'));
    case 'output':
      return activationForm(place(problem.span), t('What is read out is the species of the equation, or the difference of the two species of a total, output = x - x̄'));
    case 'default':
      return activationForm(place(problem.span), t('The default of {0} has to be a number', problem.name));
    case 'no y':
      return activationForm(place(problem.span), t('There is no y in this equation, so the unit would not heed its input: y is the pre-activation'));
  }
}

const trees = new Map<string, SyntaxTree>();
const MOST_TREES = 40;

/** The tree of a made text: the same text is the same tree, so that an analysis takes over what it made of it before. */
export function treeOfText(text: string): SyntaxTree {
  let tree = trees.get(text);
  if (tree === undefined) {
    tree = parse(text);
    if (trees.size >= MOST_TREES) trees.delete(trees.keys().next().value ?? '');
  } else trees.delete(text);
  trees.set(text, tree);
  return tree;
}

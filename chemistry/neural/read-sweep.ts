/** `sweep` statements: what is repeated, what is varied and how often, and what is wrong with them. */
import { listed, oneOf, said, t, marked } from '../../l10n/index.ts';
import type { Expression, Setting, Span, SweepStatement, Unit } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { neuralSettingValue } from '../diagnostics/crn814-neural-setting-value.ts';
import { settingTwice } from '../diagnostics/crn222-setting-twice.ts';
import { sweepIncomplete } from '../diagnostics/crn820-sweep-incomplete.ts';
import { sweepTakesLong } from '../diagnostics/crn821-sweep-takes-long.ts';
import { variedUnknown } from '../diagnostics/crn818-varied-unknown.ts';
import { variedValues } from '../diagnostics/crn819-varied-values.ts';
import type { SourceFile } from '../names/files.ts';
import { neuralSettingNamed, NETWORK_SETTINGS, SWEEP_SETTINGS, TRAIN_SETTINGS } from '../names/neural-settings.ts';
import type { NeuralSettingSpec } from '../names/neural-settings.ts';
import { settingNamed, SIMULATE_SETTINGS } from '../names/settings.ts';
import { nearest } from '../names/suggest.ts';
import type { NoiseSpec } from './read-noise.ts';
import { readSettings } from './read-training.ts';
import type { DataFacts, TrainingSettings } from './read-training.ts';
import { knownValue } from './scope.ts';
import type { NetworkSpec } from './spec.ts';
import { constantsOf } from './variant.ts';
import type { TrainingText } from './variant.ts';

type Report = (diagnostic: Diagnostic) => void;

/** What is varied, and through which values. */
export interface SweepAxis {
  readonly name: string;
  /** `training`: what `Variation` takes; `experiment`: a setting of the simulation; `declared`: a value that the text declares. */
  readonly kind: 'training' | 'experiment' | 'declared';
  readonly values: readonly (number | string)[];
}

export type SweepTarget =
  | { readonly kind: 'train'; readonly network: string; readonly data: string }
  | { readonly kind: 'simulate'; readonly experiment: string };

export interface ReadSweep {
  readonly statement: SweepStatement;
  readonly unit: Unit;
  readonly target: SweepTarget;
  readonly axes: readonly SweepAxis[];
  readonly replicas: number;
  /** For a training, where its network has no error. */
  readonly text?: TrainingText;
  /** For a simulation: quantities to write down. */
  readonly plot?: readonly string[];
}

/** What a sweep looks up in the file around it. */
export interface SweepSurroundings {
  readonly base: (network: string) => NetworkSpec | undefined;
  /** Settings of the file's training of this network on these data. */
  readonly training: (network: string, data: string) => TrainingSettings | undefined;
  readonly noise: (name: string) => NoiseSpec | undefined;
  readonly data: (name: string) => DataFacts | undefined;
  readonly usual: TrainingSettings;
}

/** More runs than this have no end. */
const MOST_RUNS = 1_000_000;
/** From so many runs or presented samples on, a hint says how many they are. */
const MANY_RUNS = 10_000, MANY_PRESENTATIONS = 1e8;
const NOISY = ['noise', 'concentrations', 'volume'] as const;

/** What the statement says; undefined when it has an error. */
export function readSweep(statement: SweepStatement, unit: Unit, source: SourceFile, around: SweepSurroundings, report: Report): ReadSweep | undefined {
  return new Reader(statement, unit, source, around, report).read();
}

class Reader {
  private fine = true;
  private readonly statement: SweepStatement;
  private readonly unit: Unit;
  private readonly source: SourceFile;
  private readonly around: SweepSurroundings;
  private readonly sink: Report;

  constructor(statement: SweepStatement, unit: Unit, source: SourceFile, around: SweepSurroundings, sink: Report) {
    this.statement = statement;
    this.unit = unit;
    this.source = source;
    this.around = around;
    this.sink = sink;
  }

  private report(diagnostic: Diagnostic): undefined {
    if (diagnostic.severity === 'error') this.fine = false;
    this.sink(diagnostic);
    return undefined;
  }

  private place(span: Span): Place {
    return this.source.place(this.unit, span);
  }

  private textOf(span: Span): string {
    return this.unit.text.slice(span.start, span.end);
  }

  read(): ReadSweep | undefined {
    const { statement, unit } = this;
    const { train, simulate, name } = statement;
    const damaged = unit.problems.length > 0;
    if (train !== undefined && simulate !== undefined) this.report(sweepIncomplete(this.place(simulate), t('A sweep repeats one thing, and {0} has both a train line and a simulate line: leave one of them out', name.text)));
    if (train === undefined && simulate === undefined) {
      if (!damaged) this.report(sweepIncomplete(this.place(name), t('{0} says nothing to run: add a line train NETWORK on DATA, or simulate NAME', name.text)));
      return undefined;
    }
    const found = train !== undefined ? this.training(train) : this.simulation();
    const replicas = this.count('replicas') ?? 1;
    const axes = this.axes(train === undefined ? undefined : found.text, train?.network.text);
    if (!this.fine || damaged) return undefined;
    const target: SweepTarget = train !== undefined ? { kind: 'train', network: train.network.text, data: train.data.text } : { kind: 'simulate', experiment: simulate?.experiment.text ?? '' };
    this.size(axes, replicas, found.text?.written, train === undefined ? undefined : this.around.data(train.data.text));
    if (!this.fine) return undefined;
    if (target.kind === 'simulate' && replicas > 1 && !this.random(target.experiment, axes)) {
      const key = statement.settings.find((setting) => setting.key.text === 'replicas')?.key ?? name;
      this.report(sweepIncomplete(this.place(key), t('All replicas would be the same: {0} has nothing random in it. Give it method = ssa and a volume, or leave replicas out', target.experiment), 'warning'));
    }
    return { statement, unit, target, axes, replicas, ...found };
  }

  private training(train: NonNullable<SweepStatement['train']>): { readonly text?: TrainingText; readonly plot?: readonly string[] } {
    const { around, statement } = this;
    const read = readSettings('sweep', statement.settings, around.training(train.network.text, train.data.text) ?? around.usual, SWEEP_SETTINGS.map(({ name }) => name), this.unit, this.source, this.sink);
    if (!read.fine) this.fine = false;
    const plot = statement.settings.find(({ key }) => key.text === 'plot');
    if (plot !== undefined) this.report(sweepIncomplete(this.place(plot.key), t('plot belongs to sweeps of simulations; a training always writes down loss and accuracy')));
    const base = around.base(train.network.text);
    if (base === undefined) return {};
    const noise = read.written.noise === undefined ? undefined : around.noise(read.written.noise);
    return { text: { base, written: read.written, ...(noise === undefined ? {} : { noise }) } };
  }

  private simulation(): { readonly text?: TrainingText; readonly plot?: readonly string[] } {
    const known = SWEEP_SETTINGS.map(({ name }) => name);
    const { settings } = this.statement;
    for (const { key } of settings) {
      if (known.includes(key.text)) continue;
      const where = TRAIN_SETTINGS.some(({ name }) => name === key.text) || SIMULATE_SETTINGS.some(({ name }) => name === key.text);
      this.report(sweepIncomplete(this.place(key), where ? t('{0} is set in the simulate statement, not in the sweep of it', key.text) : t('A sweep of a simulation has no setting {0}; it has {1}', key.text, listed(known))));
    }
    const plot = settings.find(({ key }) => key.text === 'plot');
    return plot === undefined ? {} : { plot: plot.values.map((value) => this.textOf(value)) };
  }

  /** Whether a simulation, or some run of the sweep of it, goes molecule by molecule. */
  private random(experiment: string, axes: readonly SweepAxis[]): boolean {
    const methods = axes.find((axis) => axis.name === 'method')?.values ?? this.methodOf(experiment);
    return methods.some((method) => method === 'ssa' || method === 'tau' || method === 'langevin');
  }

  private methodOf(experiment: string): readonly string[] {
    for (const { statement } of this.source.tree.units) {
      if (statement.kind !== 'Simulate' || statement.name?.text !== experiment) continue;
      const value = statement.settings.find(({ key }) => key.text === 'method')?.values[0];
      if (value?.kind === 'Reference') return [value.name.text];
    }
    return [];
  }

  private count(key: 'replicas'): number | undefined {
    const given = this.statement.settings.filter((setting) => setting.key.text === key);
    for (const again of given.slice(1)) this.report(settingTwice(this.place(again.key), this.place((given[0] as Setting).key), key));
    const value = given[0]?.values[0];
    if (value === undefined || value.kind === 'BadExpression') return undefined;
    const range = neuralSettingNamed(SWEEP_SETTINGS, key)?.range;
    const number = knownValue(value, this.source);
    if (number !== undefined && range?.holds(number) === true) return number;
    return this.report(neuralSettingValue(this.place(value), key, this.textOf(value), range === undefined ? t('a number') : said(range.words)));
  }

  private axes(text: TrainingText | undefined, network: string | undefined): SweepAxis[] {
    const axes: SweepAxis[] = [];
    const first = new Map<string, Span>();
    for (const { key } of this.statement.settings) first.set(key.text, key);
    for (const { name, range } of this.statement.vary) {
      const plain = network !== undefined && name.text.startsWith(`${network}.`) ? name.text.slice(network.length + 1) : name.text;
      const before = plain === 'noise' ? undefined : first.get(plain);
      if (before !== undefined) {
        this.report(settingTwice(this.place(name), this.place(before), plain));
        continue;
      }
      first.set(plain, name);
      const variable = this.variable(plain, name, text, network);
      if (variable === undefined) continue;
      const values = this.values(plain, range, variable.spec);
      if (values !== undefined) axes.push({ name: plain, kind: variable.kind, values });
    }
    return axes;
  }

  /** What a name means here, and which values it can have. */
  private variable(name: string, at: Span, text: TrainingText | undefined, network: string | undefined): { readonly kind: SweepAxis['kind']; readonly spec: Pick<NeuralSettingSpec, 'words' | 'range'> } | undefined {
    const { source } = this;
    const own = text === undefined ? [] : [...constantsOf(text.base)];
    if (this.statement.train !== undefined) {
      if (NOISY.some((noisy) => noisy === name)) return this.noisy(name as (typeof NOISY)[number], at, text);
      const setting = neuralSettingNamed(TRAIN_SETTINGS, name);
      if (setting !== undefined) return { kind: 'training', spec: setting };
      const constant = name === 'κ' || name === 'κ_error' ? neuralSettingNamed(NETWORK_SETTINGS, name) : own.includes(name) ? ABOVE_ZERO : undefined;
      if (constant !== undefined) return { kind: 'training', spec: constant };
    } else {
      const setting = settingNamed(name);
      if (setting !== undefined && (setting.kind === 'number' || setting.kind === 'end' || setting.kind === 'word')) return { kind: 'experiment', spec: { ...(setting.range === undefined ? {} : { range: setting.range }), ...(setting.words === undefined ? {} : { words: setting.words }) } };
    }
    const entity = source.find('value', name);
    const node = entity?.declared.node;
    if (node?.kind === 'item' && entity !== undefined) {
      const { declares } = node.declaration;
      if (entity.source !== source) return this.report(variedUnknown(this.place(at), t('{0} is declared in {1}, and a sweep varies what its own file declares: declare the value here', name, entity.source.file ?? t('another file'))));
      if (node.item.shape !== undefined) return this.report(variedUnknown(this.place(at), t('{0} is an array, and a sweep varies single numbers: declare a param, and let the array have its value', name)));
      return { kind: 'declared', spec: declares === 'species' || declares === 'fixed' ? FROM_ZERO : ANY };
    }
    if (network !== undefined && text === undefined) return undefined; // the network has an error of its own
    if (source.mayDeclare(name)) return undefined;
    const settings = this.statement.train !== undefined ? [...NOISY, ...TRAIN_SETTINGS.map((one) => one.name), 'κ', 'κ_error', ...own] : SIMULATE_SETTINGS.filter(({ kind }) => kind === 'number' || kind === 'word').map((one) => one.name);
    const values = [...source.names.value].filter(([, other]) => other.declared.node.kind === 'item' && other.declared.node.item.shape === undefined).map(([other]) => other);
    const suggestion = nearest(name, [...settings, ...values]);
    const advice = suggestion !== undefined ? t('Did you mean {0}?', suggestion) : t('It can vary {0}', [...settings, t('and every single param and species of this file')].join(', '));
    return this.report(variedUnknown(this.place(at), t('There is nothing called {0} to vary. {1}', name, advice), suggestion));
  }

  private noisy(name: (typeof NOISY)[number], at: Span, text: TrainingText | undefined): { readonly kind: 'training'; readonly spec: Pick<NeuralSettingSpec, 'range'> } | undefined {
    const noise = text?.noise;
    if (name === 'volume' && text !== undefined && noise?.intrinsic === undefined) return this.report(variedUnknown(this.place(at), t('The volume matters to intrinsic noise, and this training has none: declare noise drops { intrinsic = ssa; volume = 1000 } and add noise = drops')));
    if (name === 'noise' && noise?.intrinsic !== undefined && noise.rates === undefined && noise.concentrations === undefined) return this.report(variedUnknown(this.place(at), t(`Intrinsic noise has no size of its own: vary volume instead`), 'volume'));
    return { kind: 'training', spec: name === 'volume' ? ABOVE_ZERO : FROM_ZERO };
  }

  private values(name: string, range: SweepStatement['vary'][number]['range'], spec: Pick<NeuralSettingSpec, 'words' | 'range'>): (number | string)[] | undefined {
    const wrong = (span: Span, problem: string, suggestion?: string): undefined => this.report(variedValues(this.place(span), problem, suggestion));
    if (range.kind === 'range') return this.steps(name, range, spec, wrong);
    if (range.elements.length === 0) return wrong(range, t('There is nothing in the list of values for {0}: write some, such as [0.1, 0.2]', name));
    const values: (number | string)[] = [];
    for (const element of range.elements) {
      if (element.kind === 'BadExpression') return undefined;
      const value = this.value(name, element, spec, wrong);
      if (value === undefined) return undefined;
      if (values.includes(value)) return wrong(element, t('{0} is in the list twice: each value is run as often as replicas says', this.textOf(element)));
      values.push(value);
    }
    return values;
  }

  private value(name: string, element: Expression, spec: Pick<NeuralSettingSpec, 'words' | 'range'>, wrong: (span: Span, problem: string, suggestion?: string) => undefined): number | string | undefined {
    const word = element.kind === 'Reference' && element.indices === undefined && element.rail === undefined ? element.name.text : undefined;
    const { words, range } = spec;
    if (words !== undefined && word !== undefined && words.includes(word)) return word;
    const number = words !== undefined && range === undefined ? undefined : knownValue(element, this.source);
    if (number !== undefined && Number.isFinite(number) && range?.holds(number) !== false) return number;
    const needed = words !== undefined && range === undefined ? oneOf(words) : (range === undefined ? t('a number') : said(range.words));
    return wrong(element, t('{0} is {1}, not {2}', name, needed, this.textOf(element)), word === undefined || words === undefined ? undefined : nearest(word, words));
  }

  private steps(name: string, range: Extract<SweepStatement['vary'][number]['range'], { kind: 'range' }>, spec: Pick<NeuralSettingSpec, 'words' | 'range'>, wrong: (span: Span, problem: string) => undefined): number[] | undefined {
    if (spec.words !== undefined && spec.range === undefined) return wrong(range, t('{0} is one of a few words: list them, [{1}]', name, spec.words.join(', ')));
    const [from, to] = [range.from, range.to].map((end) => (end.kind === 'BadExpression' ? undefined : this.value(name, end, spec, wrong)));
    if (typeof from !== 'number' || typeof to !== 'number') return undefined;
    if (from >= to) return wrong(range, t('The range goes from {0} to {1}: write the smaller number first, or a list for a single value, [{0}]', from, to));
    if (range.steps === undefined) {
      const whole = Number.isSafeInteger(from) && Number.isSafeInteger(to);
      if (!whole) return wrong(range, t('Say through how many values it goes, both ends counted: {0} steps 5', this.textOf(range)));
      if (to - from >= MOST_RUNS) return wrong(range, t('These are {0} values, more than can be run', (to - from + 1).toLocaleString('en-US')));
      return Array.from({ length: to - from + 1 }, (_, k) => from + k);
    }
    if (range.steps.kind === 'BadExpression') return undefined;
    const count = knownValue(range.steps, this.source);
    if (count === undefined || !Number.isSafeInteger(count) || count < 2 || count > MOST_RUNS) return wrong(range.steps, t('steps is the number of values, both ends counted: a whole number from 2 on, not {0}', this.textOf(range.steps)));
    // Rounded as decimal numbers: 0.1 is meant by 3 · 0.3/9, not 0.09999999999999999.
    const values = Array.from({ length: count }, (_, k) => (k === count - 1 ? to : Number((from + ((to - from) * k) / (count - 1)).toPrecision(12))));
    const bad = values.find((value) => spec.range?.holds(value) === false);
    return bad === undefined ? values : wrong(range, t('{0} is {1}, and one of these values is {2}: choose steps so that all of them are', name, spec.range === undefined ? t('a number') : said(spec.range.words), bad));
  }

  /** Nothing varied, and more than can be run. */
  private size(axes: readonly SweepAxis[], replicas: number, settings: TrainingSettings | undefined, data: DataFacts | undefined): void {
    const { name } = this.statement;
    const runs = axes.reduce((product, { values }) => product * values.length, replicas);
    if (runs === 1) this.report(sweepIncomplete(this.place(name), t('{0} runs once, so it sweeps nothing: add a line such as {1}, or replicas = 20', name.text, settings === undefined ? 'vary NAME in [0.1, 0.2]' : 'vary noise in 0..0.3 steps 7'), 'warning'));
    if (runs > MOST_RUNS) {
      this.report(variedValues(this.place(name), t('{0} comes to {1} runs, more than can be run: take fewer values or fewer replicas', name.text, runs.toLocaleString('en-US'))));
      return;
    }
    const epochs = Math.max(...(axes.find((axis) => axis.name === 'epochs')?.values ?? [settings?.epochs ?? 0]).map(Number));
    const presentations = runs * epochs * (data?.rows ?? 100);
    if (settings !== undefined && presentations > MANY_PRESENTATIONS) this.report(sweepTakesLong(this.place(name), t('{0} comes to {1} runs of {2} epochs', name.text, runs.toLocaleString('en-US'), epochs.toLocaleString('en-US'))));
    else if (runs > MANY_RUNS) this.report(sweepTakesLong(this.place(name), t('{0} comes to {1} runs', name.text, runs.toLocaleString('en-US'))));
  }
}

const ANY = {};
const ABOVE_ZERO = { range: { words: marked('a number above 0'), holds: (value: number) => value > 0 && Number.isFinite(value) } };
const FROM_ZERO = { range: { words: marked('a number from 0 on'), holds: (value: number) => value >= 0 && Number.isFinite(value) } };

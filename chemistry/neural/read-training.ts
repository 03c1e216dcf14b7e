/** `train` and `data` statements: their settings as values, and what is wrong with them. */
import { oneOf, said, t } from '../../l10n/index.ts';
import type { DataDeclaration, Expression, Setting, TrainStatement, Unit } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { dataIncomplete } from '../diagnostics/crn816-data-incomplete.ts';
import { dataRowWidth } from '../diagnostics/crn815-data-row-width.ts';
import { layerWidth } from '../diagnostics/crn728-layer-width.ts';
import { neuralSettingValue } from '../diagnostics/crn814-neural-setting-value.ts';
import { settingTwice } from '../diagnostics/crn222-setting-twice.ts';
import { unknownNeuralSetting } from '../diagnostics/crn813-unknown-setting.ts';
import type { SourceFile } from '../names/files.ts';
import { DATA_SETTINGS, neuralSettingNamed, TRAIN_DEFAULTS, TRAIN_SETTINGS } from '../names/neural-settings.ts';
import { nearest } from '../names/suggest.ts';
import type { LearningRule } from './plan.ts';
import { wordValue } from './read-network.ts';
import { knownValue } from './scope.ts';

type Report = (diagnostic: Diagnostic) => void;

/** A training as the text describes it, defaults filled in. */
export interface TrainingSettings {
  readonly where: 'pot' | 'silico';
  readonly rule: LearningRule;
  /** η */
  readonly rate: number;
  readonly dwell: number;
  readonly epochs: number;
  /** λ; absent when the text does not say and the rule needs none. */
  readonly decay?: number;
  readonly seed: number;
  readonly order: 'shuffled' | 'cyclic';
  /** Name of a `noise` statement. */
  readonly noise?: string;
  readonly every?: number;
  readonly stop?: number;
  readonly optimizer?: 'sgd' | 'adam';
  readonly batch?: number;
}

/** What the rules need, found with them (see the manual). */
const RULE_DECAY: Readonly<Partial<Record<LearningRule, number>>> = { sorted: 0.001, sorted_self_annealing: 0.0003 };

/** Settings as written → settings to run with: a rule that needs decay has it. */
export function withRuleDecay(written: TrainingSettings): TrainingSettings {
  const decay = written.decay ?? RULE_DECAY[written.rule];
  return decay === undefined ? written : { ...written, decay };
}

/** Settings, and where each is written. */
export interface ReadTraining {
  readonly settings: TrainingSettings;
  /** As the text has them, and the usual values; without what a rule adds. */
  readonly written: TrainingSettings;
  readonly places: ReadonlyMap<string, Place>;
  readonly fine: boolean;
}

export function readTraining(statement: TrainStatement, unit: Unit, source: SourceFile, report: Report): ReadTraining {
  return readSettings('train', statement.settings, TRAIN_DEFAULTS, [], unit, source, report);
}

/**
 * Settings of a training, in a `train` statement or in a sweep.
 * @param usual where the text says nothing
 * @param others names of further settings that somebody else reads
 */
export function readSettings(word: 'train' | 'sweep', given: readonly Setting[], usual: TrainingSettings, others: readonly string[], unit: Unit, source: SourceFile, report: Report): ReadTraining {
  const places = new Map<string, Place>();
  const keys = new Map<string, Place>();
  const values = new Map<string, string | number>();
  let fine = true;
  const say: Report = (diagnostic) => {
    report(diagnostic);
    fine = false;
  };
  for (const setting of given) {
    const key = setting.key.text;
    const spec = neuralSettingNamed(TRAIN_SETTINGS, key);
    const [value] = setting.values;
    if (others.includes(key)) continue;
    if (spec === undefined) {
      const known = [...TRAIN_SETTINGS.map(({ name }) => name), ...others];
      say(unknownNeuralSetting(source.place(unit, setting.key), word, key, nearest(key, known), known));
      continue;
    }
    const before = keys.get(key);
    if (before !== undefined) {
      say(settingTwice(source.place(unit, setting.key), before, key));
      continue;
    }
    keys.set(key, source.place(unit, setting.key));
    if (value === undefined || value.kind === 'BadExpression') continue;
    places.set(key, source.place(unit, value));
    const more = setting.values[setting.values.length - 1];
    if (more !== undefined && more !== value) {
      say(neuralSettingValue(source.place(unit, { start: value.start, end: more.end }), key, t('a list'), spec.words !== undefined ? oneOf(spec.words) : spec.range !== undefined ? said(spec.range.words) : t('one name')));
      continue;
    }
    if (spec.kind === 'word') {
      const word = wordValue(setting, spec.words ?? [], (span) => source.place(unit, span), unit, say);
      if (word !== undefined) values.set(key, word);
    } else if (spec.kind === 'noise') {
      if (value.kind === 'Reference') values.set(key, value.name.text);
      else say(neuralSettingValue(source.place(unit, value), key, unit.text.slice(value.start, value.end), t('the name of a noise statement')));
    } else {
      const number = knownValue(value, source);
      if (number !== undefined && spec.range?.holds(number) === true) values.set(key, number);
      else say(neuralSettingValue(source.place(unit, value), key, unit.text.slice(value.start, value.end), spec.range === undefined ? t('a number') : said(spec.range.words)));
    }
  }
  const written = { ...usual, ...Object.fromEntries(values) };
  return { settings: withRuleDecay(written), written, places, fine };
}

/** What is known of data from the text alone. */
export interface DataFacts {
  /** undefined where only the file can tell. */
  readonly inputs?: number;
  readonly targets?: number;
  /** Some input is below 0: written so, or standardised. */
  readonly signed: boolean;
  readonly rows?: number;
}

export function readData(statement: DataDeclaration, unit: Unit, source: SourceFile, report: Report): DataFacts {
  const place = (span: { readonly start: number; readonly end: number }): Place => source.place(unit, span);
  const damaged = unit.problems.length > 0;
  if (statement.header === undefined && statement.source === undefined) {
    if (!damaged) report(dataIncomplete(place(statement.name), t('{0} has neither a first line such as x[2] -> y[1] nor a file', statement.name.text)));
    return { signed: false };
  }
  return statement.header === undefined ? fromFile(statement, unit, source, report) : inline(statement, statement.header, unit, source, report);
}

function inline(statement: DataDeclaration, header: NonNullable<DataDeclaration['header']>, unit: Unit, source: SourceFile, report: Report): DataFacts {
  const place = (span: { readonly start: number; readonly end: number }): Place => source.place(unit, span);
  const width = (size: Expression, name: string): number | undefined => {
    if (size.kind === 'BadExpression') return undefined;
    const value = knownValue(size, source);
    if (value !== undefined && Number.isSafeInteger(value) && value >= 1) return value;
    report(layerWidth(place(size), name, value));
    return undefined;
  };
  const inputs = width(header.inputSize, header.inputs.text);
  const targets = width(header.targetSize, header.targets.text);
  if (statement.rows.length === 0 && unit.problems.length === 0) report(dataIncomplete(place(statement.name), t('{0} has no rows: write one line for each sample, such as 0 1 -> 1', statement.name.text)));
  let signed = false;
  for (const row of statement.rows) {
    signed ||= row.inputs.some(({ value }) => value < 0);
    // A cell that is no number has a report of its own.
    if ([...row.inputs, ...row.targets].some(({ value }) => Number.isNaN(value))) continue;
    if (inputs !== undefined && row.inputs.length !== inputs) report(dataRowWidth(place(row), 'inputs', row.inputs.length, inputs));
    else if (targets !== undefined && row.targets.length !== targets) report(dataRowWidth(place(row), 'targets', row.targets.length, targets));
  }
  const steps = ['x', 'y'];
  for (const setting of statement.settings) if (!steps.includes(setting.key.text)) say(setting.key, steps, source, unit, report);
  // Steps such as onehot(targets) make other columns of what is written.
  const step = (name: string): Expression | undefined => statement.settings.find(({ key }) => key.text === name)?.values[0];
  const [x, y] = [step('x'), step('y')];
  return {
    ...(inputs === undefined || x !== undefined ? {} : { inputs }), ...(targets === undefined || y !== undefined ? {} : { targets }),
    signed: x === undefined ? signed : signedColumns(x, source), rows: statement.rows.length,
  };
}

function say(key: { readonly text: string; readonly start: number; readonly end: number }, known: readonly string[], source: SourceFile, unit: Unit, report: Report): void {
  report(unknownNeuralSetting(source.place(unit, key), 'data', key.text, nearest(key.text, known), known));
}

function fromFile(statement: DataDeclaration, unit: Unit, source: SourceFile, report: Report): DataFacts {
  const known = DATA_SETTINGS.map(({ name }) => name);
  const found = new Map<string, Expression>();
  for (const setting of statement.settings) {
    const [value] = setting.values;
    if (!known.includes(setting.key.text)) say(setting.key, known, source, unit, report);
    else if (value !== undefined) found.set(setting.key.text, value);
  }
  for (const name of ['x', 'y']) {
    // Images and labels need not be chosen: there is nothing else in their files.
    if (found.has(name) || unit.problems.length > 0 || statement.source?.callee.text === 'idx') continue;
    const example = name === 'x' ? 'x = columns(1..4)' : 'y = onehot(column("species"))';
    report(dataIncomplete(source.place(unit, statement.name), name === 'x' ? t('{0} does not say which columns are its inputs: write {1}', statement.name.text, example) : t('{0} does not say which columns are its targets: write {1}', statement.name.text, example)));
  }
  const [x, y] = [found.get('x'), found.get('y')];
  const inputs = x === undefined ? undefined : widthOf(x, source);
  const targets = y === undefined ? undefined : widthOf(y, source);
  return { ...(inputs === undefined ? {} : { inputs }), ...(targets === undefined ? {} : { targets }), signed: x !== undefined && signedColumns(x, source) };
}

/** Number of columns that a recipe gives, where the text tells. */
function widthOf(recipe: Expression, source: SourceFile): number | undefined {
  if (recipe.kind !== 'Call') return undefined;
  const [first] = recipe.arguments;
  switch (recipe.callee.text) {
    case 'columns': {
      if (first?.kind !== 'Range') return undefined;
      const [from, to] = [knownValue(first.from, source), knownValue(first.to, source)];
      return from === undefined || to === undefined || to < from ? undefined : to - from + 1;
    }
    case 'column':
      return 1;
    case 'standardize':
    case 'scale':
      return first === undefined ? undefined : widthOf(first, source);
    default:
      return undefined;
  }
}

/** Whether a recipe gives values below 0 whatever is in the file. */
function signedColumns(recipe: Expression, source: SourceFile): boolean {
  if (recipe.kind !== 'Call') return false;
  if (recipe.callee.text === 'standardize') return true;
  if (recipe.callee.text === 'scale') {
    const low = recipe.arguments[1] === undefined ? undefined : knownValue(recipe.arguments[1], source);
    return low !== undefined && low < 0;
  }
  return recipe.arguments.some((argument) => signedColumns(argument, source));
}

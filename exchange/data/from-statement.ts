/** A `data` statement → recipe. Every problem has its place in the statement and names what is allowed. */
import { t } from '../../l10n/index.ts';
import { nearest } from '../../chemistry/index.ts';
import type { Call, DataDeclaration, Expression, Name, Setting, Span } from '../../grammar/index.ts';
import { columnsOf, StepReader, type StepNotes } from './statement-steps.ts';
import { constant, wordOf } from './statement-values.ts';
import type { CsvSource, DataProblem, DataRecipe, DataSource, IdxSource, Pipeline, RecipeNode, Split } from './types.ts';

/** Spans are relative to the unit of the statement, as everywhere in the syntax tree. */
export interface StatementProblem {
  readonly span: Span;
  readonly message: string;
}
export interface StatementRecipe {
  readonly recipe: DataRecipe;
  /** Where a problem of the recipe or of its inline rows stands in the statement: the cell or row, the step, else the name. */
  readonly spanOf: (problem: DataProblem) => Span;
}
export type StatementResult =
  | { readonly ok: true; readonly value: StatementRecipe }
  | { readonly ok: false; readonly problems: readonly StatementProblem[] };

const SETTINGS = ['x', 'y', 'test', 'header', 'delimiter'] as const;
type SettingName = (typeof SETTINGS)[number];
/** Of a split that names none. */
const SEED = 1;

/**
 * Reads a statement without opening its files. Nothing is guessed: a part that is not understood is a problem.
 * @returns the recipe, or every problem of the statement in the order of its text
 */
export function recipeFromStatement(statement: DataDeclaration): StatementResult {
  const reader = new StatementReader(statement);
  const recipe = reader.read();
  const problems = [...reader.problems].sort((a, b) => a.span.start - b.span.start);
  if (recipe === undefined || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { recipe, spanOf: (problem) => spanOf(problem, statement, reader.spans) } };
}

function spanOf({ about, file, row, column }: DataProblem, statement: DataDeclaration, spans: ReadonlyMap<RecipeNode, Span>): Span {
  const written = file === undefined && row !== undefined ? statement.rows[row - 1] : undefined;
  if (written !== undefined) return column === undefined ? written : ([...written.inputs, ...written.targets][column - 1] ?? written);
  return (about === undefined ? undefined : spans.get(about)) ?? statement.name;
}

class StatementReader implements StepNotes {
  readonly problems: StatementProblem[] = [];
  readonly spans = new Map<RecipeNode, Span>();
  private readonly statement: DataDeclaration;
  private readonly settings = new Map<SettingName, Setting>();

  constructor(statement: DataDeclaration) {
    this.statement = statement;
  }

  wrong(span: Span, message: string): undefined {
    this.problems.push({ span, message });
    return undefined;
  }
  place<T extends RecipeNode>(node: T, span: Span): T {
    this.spans.set(node, span);
    return node;
  }

  read(): DataRecipe | undefined {
    const { statement } = this;
    for (const setting of statement.settings) this.take(setting);
    const source = statement.source === undefined ? this.inline() : this.file(statement.source);
    const testSetting = this.settings.get('test');
    const test = testSetting === undefined ? undefined : this.testSource(testSetting);
    const x = this.pipeline('x');
    const y = this.pipeline('y');
    const split = this.split();
    const missing = source?.kind === 'csv' ? (['x', 'y'] as const).filter((name) => !this.settings.has(name)) : [];
    for (const name of missing) {
      this.wrong(statement.name, name === 'x'
        ? t('It is not said which columns of the table are inputs. Write x = columns(1..4) in the block, with your columns.')
        : t('It is not said which column of the table is the target. Write y = onehot(column("name")) for classes, or y = column("name") for a quantity.'));
    }
    if (source === undefined) return undefined;
    return {
      name: statement.name.text, source,
      ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }), ...(split === undefined ? {} : { split }), ...(test === undefined ? {} : { test }),
    };
  }

  private take(setting: Setting): void {
    const name = SETTINGS.find((known) => known === setting.key.text);
    if (name === undefined) {
      const meant = nearest(setting.key.text, SETTINGS);
      const { text } = setting.key;
      this.wrong(setting.key, text === 'clip' ? t('A data set has no setting “{0}”. Write it where it belongs: scale(…, 0, 1, clip: true).', text)
        : meant === undefined ? t('A data set has no setting “{0}”. A data set has {1} and split.', text, SETTINGS.join(', '))
          : t('A data set has no setting “{0}”. Did you mean {1}?', text, meant));
    } else if (this.settings.has(name)) this.wrong(setting.key, t('“{0}” is set twice. Keep one of the two.', name));
    else this.settings.set(name, setting);
  }

  private single(setting: Setting, what: string): Expression | undefined {
    const [value, more] = setting.values;
    if (value === undefined || value.kind === 'BadExpression') return this.wrong(setting.key, t('“{0}” needs a value: {1}.', setting.key.text, what));
    return more === undefined ? value : this.wrong(more, t('“{0}” takes one value: {1}.', setting.key.text, what));
  }

  /** Rows in the block itself. */
  private inline(): DataSource | undefined {
    const { header, rows } = this.statement;
    for (const name of ['header', 'delimiter'] as const) {
      const setting = this.settings.get(name);
      if (setting !== undefined) this.wrong(setting.key, t('“{0}” is about a table in a file; these rows stand in the text. Leave it out.', name));
    }
    if (header === undefined) return this.wrong(this.statement.name, t('The data set needs a first line such as x[2] -> y[1], or a file: data name = csv("file.csv") { … }.'));
    const numbers = (cells: readonly { readonly value: number }[]): number[] => cells.map(({ value }) => value);
    const rowsOf = { inputs: rows.map((row) => numbers(row.inputs)), targets: rows.map((row) => numbers(row.targets)) };
    const inputs = constant(header.inputSize);
    const targets = constant(header.targetSize);
    // Sizes by a parameter are checked where parameters are known; here the first row has to do.
    if (inputs === undefined || targets === undefined) return this.place({ kind: 'inline', ...rowsOf }, header);
    const named = ({ text }: Name, width: number): string[] => Array.from({ length: width }, (_, index) => `${text}[${index + 1}]`);
    // Names of a width nobody writes out would only fill the memory; the rows will not fit it anyway.
    const names = Number.isInteger(inputs + targets) && inputs + targets <= MOST_NAMED ? [...named(header.inputs, inputs), ...named(header.targets, targets)] : undefined;
    return this.place({ kind: 'inline', width: { inputs, targets }, ...(names === undefined ? {} : { names }), ...rowsOf }, header);
  }

  private file(call: Call): CsvSource | IdxSource | undefined {
    for (const { name } of call.named) {
      const setting = name.text === 'header' || name.text === 'delimiter';
      this.wrong(name, setting ? t('Write {0} = … in the block behind {1}(…).', name.text, call.callee.text) : t('{0}(…) takes file names only.', call.callee.text));
    }
    const names = call.arguments.map((argument) => {
      if (argument.kind === 'String' && argument.value.trim() !== '') return argument.value;
      return this.wrong(argument, t('A file name in quotation marks belongs here, such as "data/iris.csv"; it is looked for beside this text.'));
    });
    switch (call.callee.text) {
      case 'csv': {
        const header = this.header();
        const delimiter = this.delimiter();
        if (names.length !== 1) return this.wrong(call, t('csv takes one file: csv("data/iris.csv").'));
        const [file] = names;
        return file === undefined ? undefined : this.place({ kind: 'csv', file, ...(delimiter === undefined ? {} : { delimiter }), ...(header === undefined ? {} : { header }) }, call);
      }
      case 'idx': {
        for (const name of ['header', 'delimiter'] as const) {
          const setting = this.settings.get(name);
          if (setting !== undefined) this.wrong(setting.key, t('“{0}” is about tables; IDX files have none. Leave it out.', name));
        }
        if (names.length !== 2) return this.wrong(call, t('idx takes two files, images and labels: idx("train-images-idx3-ubyte", "train-labels-idx1-ubyte").'));
        const [images, labels] = names;
        return images === undefined || labels === undefined ? undefined : this.place({ kind: 'idx', images, labels }, call);
      }
      default:
        return this.wrong(call.callee, t('Data come from csv("table.csv"), from idx("images", "labels") or from rows written in the block, not from {0}(…).', call.callee.text));
    }
  }

  private testSource(setting: Setting): DataSource | undefined {
    const what = t('csv("held-out.csv") or idx("images", "labels")');
    const value = this.single(setting, what);
    if (value === undefined) return undefined;
    return value.kind === 'Call' ? this.file(value) : this.wrong(value, t('The held-out rows come from a file: test = {0}.', what));
  }

  private header(): boolean | undefined {
    const setting = this.settings.get('header');
    const value = setting && this.single(setting, t('true or false'));
    if (value === undefined) return undefined;
    const word = wordOf(value);
    return word === 'true' ? true : word === 'false' ? false : this.wrong(value, t('“header” is true when the first row holds names, and false when it holds data.'));
  }

  private delimiter(): string | undefined {
    const setting = this.settings.get('delimiter');
    const value = setting && this.single(setting, '";"');
    if (value === undefined) return undefined;
    const text = value.kind === 'String' ? value.value : undefined;
    const character = text !== undefined && /^\\?t(ab)?$/.test(text) ? '\t' : text;
    if (character?.length === 1 && !/["\n\r\p{L}\d.+-]/u.test(character)) return character;
    return this.wrong(value, t('“delimiter” is one character in quotation marks: ",", ";", "|", " " or "tab".'));
  }

  private pipeline(name: 'x' | 'y'): Pipeline | undefined {
    const setting = this.settings.get(name);
    if (setting === undefined) return undefined;
    if (setting.values.length === 0) return this.wrong(setting.key, t('“{0}” needs a value: {1}.', name, columnsOf(this.statement.source?.callee.text)));
    return new StepReader(this, this.statement.source?.callee.text).steps(setting.values, { start: setting.values[0]!.start, end: setting.values.at(-1)!.end });
  }

  private split(): Split | undefined {
    const { split } = this.statement;
    if (split === undefined) return undefined;
    const test = this.settings.get('test');
    if (test !== undefined) return this.wrong(split, t('The held-out rows come from a file of their own (test = …), so there is nothing to split. Leave one of the two out.'));
    const fraction = constant(split.fraction);
    const seed = split.seed === undefined ? SEED : constant(split.seed);
    if (fraction === undefined || !(fraction > 0 && fraction <= 1)) this.wrong(split.fraction, t('split takes the part of the rows to train on, a number above 0 and at most 1. Write split 0.8 seed 1.'));
    if (split.seed !== undefined && (seed === undefined || !Number.isSafeInteger(seed) || seed < 0)) this.wrong(split.seed, t('The seed must be a whole number from 0 on. Write split 0.8 seed 1.'));
    return fraction === undefined || seed === undefined ? undefined : this.place({ fraction, seed }, split);
  }
}

const MOST_NAMED = 10_000;

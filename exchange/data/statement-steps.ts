/** The right side of `x = …` and `y = …` in a `data` statement → pipeline. */
import { marked, said, t, type Text } from '../../l10n/index.ts';
import { nearest } from '../../chemistry/index.ts';
import type { Call, Expression, Span } from '../../grammar/index.ts';
import { constant, wordOf } from './statement-values.ts';
import type { Pipeline, RecipeNode } from './types.ts';

/** Where problems go, and where it is kept which text a step came from. */
export interface StepNotes {
  wrong(span: Span, message: string): undefined;
  place<T extends RecipeNode>(node: T, span: Span): T;
}

const LEAVES = ['pixels', 'labels', 'inputs', 'targets'] as const;
const CALLS = ['columns', 'column', 'standardize', 'scale', 'onehot'] as const;
const WORDS: readonly string[] = [...LEAVES, ...CALLS];
/** Deeper than anyone nests steps. */
const DEEPEST = 50;

/** What may be taken from a source, for messages; undefined is rows in the text. */
export function columnsOf(source: string | undefined): string {
  return source === 'idx' ? t('pixels or labels') : source === 'csv' ? t('columns(1..4) or column("name")') : t('inputs or targets');
}

export class StepReader {
  private readonly notes: StepNotes;
  private readonly source: string | undefined;

  constructor(notes: StepNotes, source: string | undefined) {
    this.notes = notes;
    this.source = source;
  }

  /** Several are put side by side. Undefined when there is a problem, which is then noted. */
  steps(list: readonly Expression[], span: Span, depth = 0): Pipeline | undefined {
    const all = list.map((one) => this.step(one, depth));
    if (all.includes(undefined)) return undefined;
    const [first, ...more] = all as Pipeline[];
    if (first === undefined) return this.notes.wrong(span, t('There is nothing in these brackets. Write {0}.', columnsOf(this.source)));
    return more.length === 0 ? first : this.notes.place({ kind: 'join', of: [first, ...more] }, span);
  }

  private step(expression: Expression, depth: number): Pipeline | undefined {
    const { notes } = this;
    if (depth > DEEPEST) return notes.wrong(expression, t('The steps are nested too deeply. Write fewer.'));
    switch (expression.kind) {
      case 'Parenthesised':
        return this.step(expression.inner, depth + 1);
      case 'Array':
        return this.steps(expression.elements, expression, depth + 1);
      case 'Call':
        return this.call(expression, depth);
      case 'Reference': {
        const word = wordOf(expression);
        const leaf = LEAVES.find((known) => known === word);
        if (leaf !== undefined) return notes.place({ kind: leaf }, expression);
        if (CALLS.some((known) => known === word)) return notes.wrong(expression, t('{0} needs brackets: {1}.', word ?? '', said(EXAMPLES[word as (typeof CALLS)[number]])));
        return notes.wrong(expression, [this.unknown(expression.name.text), t('A column of a table is written column("{0}").', expression.name.text)].join(' '));
      }
      case 'String':
        return notes.wrong(expression, t('A column is written column("{0}").', expression.value));
      case 'Number':
      case 'Range':
        return notes.wrong(expression, t('Numbers of columns are written columns(1..4), or column(5) for a single one.'));
      default:
        return notes.wrong(expression, t('This is no step of a data set. Write {0}, or one of them in standardize(…), scale(…, 0, 1) or onehot(…).', columnsOf(this.source)));
    }
  }

  private unknown(name: string): string {
    const meant = nearest(name, WORDS);
    return meant === undefined ? t('There is no step “{0}”; there are {1}.', name, WORDS.join(', ')) : t('There is no step “{0}”; did you mean {1}?', name, meant);
  }

  private call(call: Call, depth: number): Pipeline | undefined {
    const { notes } = this;
    const kind = CALLS.find((known) => known === call.callee.text);
    if (kind === undefined) {
      const leaf = LEAVES.find((known) => known === call.callee.text);
      return notes.wrong(call.callee, leaf === undefined ? this.unknown(call.callee.text) : t('{0} is written without brackets.', leaf));
    }
    const extra = call.named.find(({ name }) => !(kind === 'scale' && name.text === 'clip'));
    if (extra !== undefined) return notes.wrong(extra, t('{0} has no “{1}”. Write {2}.', kind, extra.name.text, said(EXAMPLES[kind])));
    switch (kind) {
      case 'columns':
        return this.columns(call);
      case 'column': {
        const [column] = call.arguments;
        return column === undefined || call.arguments.length > 1 ? notes.wrong(call, t('column takes one column: column("name"), or column(5) by its number. Several are columns(1..4).')) : this.column(column, call);
      }
      case 'standardize': {
        const of = this.steps(call.arguments, call, depth + 1);
        return of && notes.place({ kind, of }, call);
      }
      case 'scale':
        return this.scale(call, depth);
      case 'onehot':
        return this.onehot(call, depth);
    }
  }

  private columns(call: Call): Pipeline | undefined {
    const { notes } = this;
    if (call.arguments.length === 0) return notes.wrong(call, t('Say which columns: {0}.', said(EXAMPLES.columns)));
    const parts = call.arguments.map((argument): Pipeline | undefined => {
      if (argument.kind !== 'Range') return this.column(argument, argument);
      const [from, to] = [constant(argument.from), constant(argument.to)];
      return isColumn(from) && isColumn(to) ? notes.place({ kind: 'columns', from, to }, argument) : notes.wrong(argument, t('Columns are counted in whole numbers from 1 on: columns(1..4).'));
    });
    if (parts.includes(undefined)) return undefined;
    const [first, ...more] = parts as Pipeline[];
    return first === undefined || more.length === 0 ? first : notes.place({ kind: 'join', of: [first, ...more] }, call);
  }

  private column(expression: Expression, span: Span): Pipeline | undefined {
    if (expression.kind === 'String') return this.notes.place({ kind: 'column', column: expression.value }, span);
    const number = constant(expression);
    if (isColumn(number)) return this.notes.place({ kind: 'column', column: number }, span);
    const word = wordOf(expression);
    return this.notes.wrong(expression, word === undefined ? t('A column is a name in quotation marks or a whole number from 1 on: column("name"), column(5).') : t('Names of columns stand in quotation marks: column("{0}").', word));
  }

  private scale(call: Call, depth: number): Pipeline | undefined {
    const { notes } = this;
    const [inner, low, high, more] = call.arguments;
    if (inner === undefined || low === undefined || high === undefined || more !== undefined) return notes.wrong(call, t('scale takes what is scaled and the two ends of its range: {0}.', said(EXAMPLES.scale)));
    const of = this.step(inner, depth + 1);
    const ends = [low, high].map((end) => {
      const value = constant(end);
      return value !== undefined && Number.isFinite(value) ? value : notes.wrong(end, t('The ends of the range are numbers: {0}.', said(EXAMPLES.scale)));
    });
    const named = call.named[0];
    const word = named && wordOf(named.value);
    if (named !== undefined && word !== 'true' && word !== 'false') return notes.wrong(named, t('“clip” is true (held-out values outside the range move to its ends) or false.'));
    if (call.named.length > 1) return notes.wrong(call.named[1]!, t('“clip” is given twice. Keep one.'));
    const [from, to] = ends;
    if (of === undefined || from === undefined || to === undefined) return undefined;
    return notes.place({ kind: 'scale', of, low: from, high: to, ...(word === 'true' ? { clip: true } : {}) }, call);
  }

  private onehot(call: Call, depth: number): Pipeline | undefined {
    const { notes } = this;
    const [inner, given, more] = call.arguments;
    if (inner === undefined || more !== undefined) return notes.wrong(call, t('onehot takes a column, and if you like its classes: {0}.', said(EXAMPLES.onehot)));
    const of = this.step(inner, depth + 1);
    if (given === undefined) return of && notes.place({ kind: 'onehot', of }, call);
    const classes = this.classes(given);
    return of === undefined || classes === undefined ? undefined : notes.place({ kind: 'onehot', of, classes }, call);
  }

  private classes(given: Expression): number | string[] | undefined {
    if (given.kind !== 'Array') return constant(given) ?? this.notes.wrong(given, t('The classes are a number, for labels 0, 1, 2, …, or a list: onehot(column("species"), ["setosa", "virginica"]).'));
    const names = given.elements.map((element) => {
      const number = constant(element);
      return element.kind === 'String' ? element.value : number !== undefined ? String(number) : this.notes.wrong(element, t('A class is a name in quotation marks or a number.'));
    });
    return names.every((name) => name !== undefined) ? names : undefined;
  }
}

const EXAMPLES: Readonly<Record<(typeof CALLS)[number], Text>> = {
  columns: marked('columns(1..4), or columns("length", "width")'),
  column: marked('column("name")'),
  standardize: marked('standardize(columns(1..4))'),
  scale: marked('scale(columns(1..4), 0, 1), with clip: true behind it where held-out values shall not leave the range'),
  onehot: marked('onehot(column("species")), or onehot(labels, 10)'),
};

function isColumn(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 1;
}

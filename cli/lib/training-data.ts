/** A `data` statement and the files it names → numbers; or every problem with its file, row and column. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { buildDataSet, filesOf, recipeFromStatement, type BuiltDataSet, type DataProblem, type FileContent } from '../../exchange/index.ts';
import { parse, type DataDeclaration, type Span, type Unit } from '../../grammar/index.ts';
import { FailedError, UnusableError } from './errors.ts';
import { readText, sentence } from './files.ts';
import { Lines } from './lines.ts';
import { shown, type Model } from './model.ts';
import { errorColours } from './terminal.ts';

/** A statement with the file it stands in. */
export interface DataStatement {
  readonly statement: DataDeclaration;
  readonly unit: Unit;
  /** As it is shown, and as it is opened. */
  readonly file: string;
  readonly path: string;
  readonly text: string;
}

/** The statement of a name in the file, else in those that it imports. */
export function dataStatement({ file, text, tree, imported }: Model, name: string): DataStatement | undefined {
  const find = (units: readonly Unit[]): { statement: DataDeclaration; unit: Unit } | undefined => {
    for (const unit of units) if (unit.statement.kind === 'Data' && unit.statement.name.text === name) return { statement: unit.statement, unit };
    return undefined;
  };
  const own = find(tree.units);
  if (own !== undefined) return { ...own, file, path: resolve(file), text };
  for (const [path, other] of imported) {
    const found = find(parse(other).units);
    if (found !== undefined) return { ...found, file: shown(path), path, text: other };
  }
  return undefined;
}

/** Data that can be trained on, and a way to say what else is wrong with them. */
export interface LoadedData {
  readonly built: BuiltDataSet;
  readonly refuse: (problem: DataProblem) => Error;
}

/**
 * Reads the files beside the text that names them.
 * @throws FailedError for problems of the statement, UnusableError for problems of the files
 */
export function loadData(data: DataStatement): LoadedData {
  const read = recipeFromStatement(data.statement);
  if (!read.ok) throw new FailedError(refusal(data, read.problems.map(({ span, message }) => `${at(data, span)}: ${errorWord()} ${message}`)));
  const { recipe, spanOf } = read.value;
  const refuse = (problems: readonly DataProblem[]): Error => {
    const text = refusal(data, problems.map((problem) => problemText(problem, data, spanOf(problem))));
    return problems.some(({ file }) => file !== undefined) ? new UnusableError(text) : new FailedError(text);
  };
  const files = new Map<string, FileContent>();
  for (const { file, as } of filesOf(recipe)) {
    const content = contentOf(resolve(dirname(data.path), file), as);
    if (content !== undefined) files.set(file, content);
  }
  const built = buildDataSet(recipe, files);
  if (!built.ok) throw refuse(built.problems);
  return { built: built.value, refuse: (problem) => refuse([problem]) };
}

/** Paths of the files that a statement reads. */
export function dataFiles(data: DataStatement): string[] {
  const read = recipeFromStatement(data.statement);
  return read.ok ? filesOf(read.value.recipe).map(({ file }) => resolve(dirname(data.path), file)) : [];
}

/** undefined when there is no such file. */
function contentOf(path: string, as: 'text' | 'bytes'): FileContent | undefined {
  if (!existsSync(path)) return undefined;
  try {
    if (as === 'text') return readText(path);
    return statSync(path).isDirectory() ? { failed: 'it is a folder.' } : new Uint8Array(readFileSync(path));
  } catch (error) {
    const words = error instanceof UnusableError ? error.message : sentence(path, error);
    return { failed: words.replaceAll(path, shown(path)) };
  }
}

const errorWord = (): string => errorColours.red('error');

function at({ file, unit, text }: DataStatement, span: Span): string {
  const { line, column } = new Lines(text).at(unit.start + span.start);
  return `${file}:${line}:${column}`;
}

/** `data/iris.csv:7:3: error …`, and where it is read from. */
function problemText({ file, row, column, message }: DataProblem, data: DataStatement, span: Span): string {
  const statement = at(data, span);
  if (file === undefined) return `${statement}: ${errorWord()} ${message}`;
  const place = [shown(resolve(dirname(data.path), file)), row, row === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
  return `${place}: ${errorWord()} ${message}\n  ${errorColours.dim(`read by ${statement}`)}`;
}

function refusal({ statement }: DataStatement, problems: readonly string[]): string {
  return [...problems, `The data ${statement.name.text} cannot be used; nothing was trained.`].join('\n');
}

/** Recipe + files → data set. */
import { counted, t } from '../../l10n/index.ts';
import { TooLarge, written, type Columns, type Context } from './columns.ts';
import { filesOfSource, placeOf, readSource, type Material } from './material.ts';
import { evaluate } from './pipeline.ts';
import { Problems, failed } from './problems.ts';
import { splitRows } from './split.ts';
import type { DataFiles, DataProblem, DataRecipe, DataResult, DataSet, DataSource, Matrix, Pipeline, RecipeNode } from './types.ts';

export interface BuiltDataSet {
  readonly data: DataSet;
  /** The pipelines with what was measured on the training rows, plain JSON: to report it and to apply it to new data. */
  readonly fitted: { readonly x: Pipeline; readonly y: Pipeline };
  /** Where a row of the data set stands in its source: file if there is one, and line, image or inline row from 1. */
  readonly placeOf: (row: number) => { readonly file?: string; readonly row: number };
}

/** The files that a recipe reads, each once, and how the host is to read them. */
export function filesOf(recipe: DataRecipe): { readonly file: string; readonly as: 'text' | 'bytes' }[] {
  const all = [recipe.source, ...(recipe.test === undefined ? [] : [recipe.test])].flatMap(filesOfSource);
  return [...new Map(all.map((entry) => [entry.file, entry])).values()];
}

/**
 * Builds a data set. Transforms are measured on its training rows alone and then applied to every row.
 * @returns every problem found at once, at most a screenful; nothing is left out, filled in or guessed to avoid one
 */
export function buildDataSet(recipe: DataRecipe, files: DataFiles): DataResult<BuiltDataSet> {
  return bounded(recipe, () => build(recipe, files));
}

function build(recipe: DataRecipe, files: DataFiles): DataResult<BuiltDataSet> {
  const problems = new Problems();
  problems.addAll(checkRecipe(recipe));
  const x = recipe.x ?? DEFAULTS[recipe.source.kind]?.x;
  const y = recipe.y ?? DEFAULTS[recipe.source.kind]?.y;
  if (x === undefined) problems.add({ message: t('The recipe does not say which columns are inputs. Write x = columns(1..4).'), about: recipe });
  if (y === undefined) problems.add({ message: t('The recipe does not say what the targets are. Write y = onehot(column("name")), or y = column("name") for a quantity.'), about: recipe });
  const materials: Material[] = [];
  for (const source of recipe.test === undefined ? [recipe.source] : [recipe.source, recipe.test]) {
    const material = readSource(source, files);
    if (material.ok) materials.push(material.value);
    else problems.addAll(material.problems);
  }
  if (problems.any || x === undefined || y === undefined) return problems.failure();

  const own = materials[0]!.rows;
  const rows = materials.reduce((sum, material) => sum + material.rows, 0);
  const precision = recipe.precision ?? (recipe.source.kind === 'idx' ? 'single' : 'double');
  const all = upTo(0, own);
  const context = (train: Uint32Array): Context => ({ materials, rows, train, precision, problems });

  // Classes do not depend on the split, but the split does on them.
  const classed = y.kind === 'onehot' ? evaluate(y, context(all)) : undefined;
  if (y.kind === 'onehot' && classed === undefined) {
    // Problems of the inputs are worth knowing too.
    evaluate(x, context(all));
    return problems.failure();
  }
  const parts = recipe.split === undefined ? { train: all, test: upTo(own, rows) } : splitRows(own, recipe.split, classed && classIndices(classed.columns));
  if (recipe.split !== undefined && recipe.split.fraction < 1 && parts.test.length === 0) {
    return failed({ message: counted(own, 'A split of 1 row into {1} and the rest leaves nothing to test on. Add rows or leave the split out.', 'A split of {0} rows into {1} and the rest leaves nothing to test on. Add rows or leave the split out.', String(own), recipe.split.fraction), about: recipe.split });
  }
  const inputs = evaluate(x, context(parts.train));
  const targets = classed ?? evaluate(y, context(parts.train));
  if (inputs === undefined || targets === undefined) return problems.failure();
  const inputNumbers = finite(inputs.columns, x, context(parts.train));
  const targetNumbers = finite(targets.columns, y, context(parts.train));
  if (problems.any) return problems.failure();
  const classes = classed?.columns.names;
  const data: DataSet = { name: recipe.name, inputs: matrixOf(inputNumbers), targets: matrixOf(targetNumbers), ...(classes === undefined ? {} : { classes }), ...parts };
  return { ok: true, value: { data, fitted: { x: inputs.pipeline, y: targets.pipeline }, placeOf: (row) => placeOf(materials, row) } };
}

/**
 * Applies a pipeline that `buildDataSet` fitted to other rows of the same shape: new flowers, a user's own digits.
 * @returns problems as for the data set, and labels that were not among the classes
 */
export function applyPipeline(pipeline: Pipeline, source: DataSource, files: DataFiles = new Map(), precision: 'single' | 'double' = 'double'): DataResult<Matrix> {
  return bounded(pipeline, () => apply(pipeline, source, files, precision));
}

function apply(pipeline: Pipeline, source: DataSource, files: DataFiles, precision: 'single' | 'double'): DataResult<Matrix> {
  const material = readSource(source, files);
  if (!material.ok) return material;
  const problems = new Problems();
  const context: Context = { materials: [material.value], rows: material.value.rows, train: undefined, precision, problems };
  const result = evaluate(pipeline, context);
  const columns = result && finite(result.columns, pipeline, context);
  return columns === undefined || problems.any ? problems.failure() : { ok: true, value: matrixOf(columns) };
}

const DEFAULTS: Readonly<Partial<Record<DataSource['kind'], { readonly x: Pipeline; readonly y: Pipeline }>>> = {
  idx: { x: { kind: 'pixels' }, y: { kind: 'onehot', of: { kind: 'labels' } } },
  inline: { x: { kind: 'inputs' }, y: { kind: 'targets' } },
};

function* checkRecipe(recipe: DataRecipe): Iterable<DataProblem> {
  const { source, split, test } = recipe;
  if (split !== undefined && test !== undefined) yield { message: t('The held-out rows come from a source of their own, so there is nothing to split. Leave one of the two out.'), about: split };
  if (test !== undefined && test.kind !== source.kind) yield { message: t('The training rows come from {0}, the held-out rows from {1}. Use the same kind for both.', source.kind, test.kind), about: test };
  if (split === undefined) return;
  if (!(split.fraction > 0 && split.fraction <= 1)) yield { message: t('split takes the part of the rows to train on, above 0 and at most 1, not {0}. Write split 0.8.', split.fraction), about: split };
  if (!Number.isFinite(split.seed)) yield { message: t('The seed must be a number, not {0}. Write seed 1.', split.seed), about: split };
}

function upTo(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, index) => from + index);
}

function bounded<T>(about: RecipeNode, work: () => DataResult<T>): DataResult<T> {
  try {
    return work();
  } catch (error) {
    if (error instanceof TooLarge) return failed({ message: error.message, about });
    throw error;
  }
}

/** Numbers written out, each of them finite in its precision; otherwise there is a problem. */
function finite(data: Columns, about: Pipeline, context: Context): Columns {
  const full = written(data, context);
  // Of bytes only the 256 codes need a look.
  if (data.codes !== undefined && data.values.every((value) => Number.isFinite(Math.fround(value)))) return full;
  for (let index = 0; index < full.values.length; index++) {
    if (Number.isFinite(full.values[index])) continue;
    const place = { ...placeOf(context.materials, Math.floor(index / full.columns)), column: full.origins[index % full.columns]! };
    context.problems.add({ ...place, message: context.precision === 'single' ? t('A value here is too large for single precision. Rescale it in the source.') : t('A value here is too large for double precision. Rescale it in the source.'), about });
    break;
  }
  return full;
}

function classIndices({ rows, columns, values }: Columns): Uint32Array {
  const indices = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) indices[row] = values.subarray(row * columns, (row + 1) * columns).indexOf(1);
  return indices;
}

function matrixOf({ rows, columns, values, names }: Columns): Matrix {
  return { rows, columns, values, ...(names === undefined ? {} : { names }) };
}

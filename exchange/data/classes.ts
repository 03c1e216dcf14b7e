/** Labels → classes → one column per class. */
import { t } from '../../l10n/index.ts';
import { cellFault } from './cells.ts';
import { choose, columnText, createValues, type Columns, type Context } from './columns.ts';
import { placeOf, type Material } from './material.ts';
import { quoted } from './problems.ts';
import type { DataProblem, Pipeline } from './types.ts';

/** More are most likely the numbers of the rows, or a quantity. */
const MOST_CLASSES = 1000;

type Onehot = Extract<Pipeline, { kind: 'onehot' }>;

/** Evaluates `onehot`; undefined when there is a problem. */
export function takeClasses(node: Onehot, context: Context): { columns: Columns; pipeline: Onehot } | undefined {
  const labels = takeLabels(node, context);
  if (labels === undefined) return undefined;
  const { problems } = context;
  const classes = node.fit?.classes ?? classesOf(node.classes, labels.texts.slice(0, context.materials[0]?.rows), labels.numeric);
  if (classes.length > MOST_CLASSES) {
    problems.add({ ...placeOf(context.materials, 0, 'labels'), column: labels.column, message: t('There are {0} different values in {1} rows, too many to be classes. Choose the column that names the class.', classes.length, context.rows), about: node });
    return undefined;
  }
  const place = new Map(classes.map((name, index) => [name, index]));
  const values = createValues(context, classes.length);
  const seen = new Set<number>();
  let sound = true;
  for (const [row, label] of labels.texts.entries()) {
    const index = place.get(label);
    if (index === undefined) {
      problems.add({ ...placeOf(context.materials, row, 'labels'), column: labels.column, message: unknown(node, label, classes), about: node });
      sound = false;
    } else {
      values[row * classes.length + index] = 1;
      seen.add(index);
    }
  }
  if (!sound) return undefined;
  if (context.train !== undefined && seen.size < 2) {
    problems.add({ ...placeOf(context.materials, 0, 'labels'), column: labels.column, message: t('Every row has the same class ({0}), so there is nothing to tell apart. Use data with at least two classes.', quoted(labels.texts[0] ?? '')), about: node });
    return undefined;
  }
  const columns: Columns = { rows: context.rows, columns: classes.length, values, names: classes, origins: classes.map(() => labels.column), shared: false };
  return { columns, pipeline: { ...node, fit: { classes } } };
}

/** Classes in the order of their columns. */
function classesOf(given: Onehot['classes'], texts: readonly string[], numeric: boolean): readonly string[] {
  if (typeof given === 'number') return Array.from({ length: given }, (_, index) => String(index));
  if (given !== undefined) return given;
  const found = [...new Set(texts)];
  // Character codes rather than a locale, so that the order is the same everywhere.
  return numeric ? found.sort((a, b) => Number(a) - Number(b)) : found.sort((a, b) => (a < b ? -1 : 1));
}

function unknown(node: Onehot, label: string, classes: readonly string[]): string {
  if (typeof node.classes === 'number') return t('The label {0} is out of range: with {1} classes, labels are 0 to {2}. Correct it or give the number of classes.', quoted(label), node.classes, node.classes - 1);
  const names = `${classes.slice(0, 10).map(quoted).join(', ')}${classes.length > 10 ? ', …' : ''}`;
  if (node.classes !== undefined) return t('The label {0} is none of the classes given ({1}). Correct it or add the class.', quoted(label), names);
  return t('The label {0} is out of range: it does not occur in the training data ({1}). Correct it or leave the row out.', quoted(label), names);
}

interface Labels {
  /** One per row. */
  readonly texts: readonly string[];
  readonly numeric: boolean;
  /** Column of the source, from 1. */
  readonly column: number;
}

function takeLabels(node: Onehot, context: Context): Labels | undefined {
  const leaf = node.of;
  if (leaf.kind === 'join' || leaf.kind === 'standardize' || leaf.kind === 'scale' || leaf.kind === 'onehot') {
    context.problems.add({ message: t('onehot takes a column as it stands, not {0}(…). Write onehot(column("name")) or onehot(labels).', leaf.kind), about: node });
    return undefined;
  }
  if (leaf.kind === 'pixels') {
    context.problems.add({ message: t('Pixels are not classes. Write onehot(labels).'), about: leaf });
    return undefined;
  }
  const chosen = choose(leaf, context);
  const first = chosen?.[0];
  if (chosen === undefined || first === undefined) return undefined;
  if (first.length !== 1) {
    context.problems.add({ message: t('onehot takes one column, but there are {0} here. Write onehot(column("name")).', first.length), about: leaf });
    return undefined;
  }
  const texts: string[] = [];
  let numeric = true;
  let sound = true;
  let start = 0;
  context.materials.forEach((material, part) => {
    const index = chosen[part]?.[0] ?? 0;
    const problem = readLabels(material, index, texts);
    if (typeof problem === 'boolean') numeric &&= problem;
    else {
      sound = false;
      for (const { row, message } of problem) context.problems.add({ ...placeOf(context.materials, start + row, 'labels'), column: index + 1, message, about: leaf });
    }
    start += material.rows;
  });
  return sound ? { texts, numeric, column: first[0]! + 1 } : undefined;
}

/** Adds a material's labels; whether they are numbers, or the problems by row. */
function readLabels(material: Material, index: number, into: string[]): boolean | { row: number; message: string }[] {
  if (material.kind === 'csv') {
    const column = material.table.columns[index]!;
    const place = columnText(index + 1, column.name);
    if (column.kind === 'text') {
      const missing = column.values.flatMap((cell, row) => (cell === '' ? [{ row, message: t('The class in {0} is missing. Fill it in or delete the row.', place) }] : []));
      if (missing.length > 0) return missing;
      for (const cell of column.values) into.push(cell);
      return false;
    }
    if (column.faults.size > 0) return [...column.faults].map(([row, cell]) => ({ row, message: cellFault(cell, place) }));
    return addNumbers(column.values, place, into);
  }
  if (material.kind === 'idx') return addNumbers(material.labels.values, t('the labels'), into);
  const cells = material.source.inputs.map((inputs, row) => (index < material.inputs ? inputs[index]! : material.source.targets[row]![index - material.inputs]!));
  return addNumbers(cells, columnText(index + 1, undefined), into);
}

function addNumbers(values: ArrayLike<number>, place: string, into: string[]): true | { row: number; message: string }[] {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isInteger(value)) return [{ row, message: t('{0} in {1} is a quantity, not a class. onehot needs whole numbers or text; for a quantity leave onehot out.', value, place) }];
    into.push(String(value));
  }
  return true;
}

/** What is wrong with the classes a recipe gives itself. */
export function checkClasses(node: Onehot): DataProblem | undefined {
  const { classes } = node;
  if (classes === undefined) return undefined;
  if (typeof classes === 'number') {
    if (Number.isInteger(classes) && classes >= 2 && classes <= MOST_CLASSES) return undefined;
    return { message: t('onehot cannot have {0} classes. Give a whole number from 2 to {1}.', classes, MOST_CLASSES), about: node };
  }
  if (classes.length < 2) return { message: t('onehot needs at least two classes. List them all.'), about: node };
  const twice = classes.find((name, index) => classes.indexOf(name) !== index);
  return twice === undefined ? undefined : { message: t('The class {0} is listed twice. List it once.', quoted(twice)), about: node };
}

/** Evaluates a pipeline on its sources: measures what has no fit yet, applies what has. */
import { t } from '../../l10n/index.ts';
import { checkClasses, takeClasses } from './classes.ts';
import { createValues, takeNumbers, written, type Columns, type Context } from './columns.ts';
import { fitScale, fitStandardize, scale, standardize } from './fit.ts';
import type { DataProblem, Pipeline } from './types.ts';

export interface Evaluated {
  readonly columns: Columns;
  /** The same pipeline with every fit in it. */
  readonly pipeline: Pipeline;
}

/** Deeper than anyone nests pipelines, far below what the stack allows. */
const DEEPEST = 100;

/** Columns of a pipeline over all rows, bytes still coded; undefined when there is a problem, which is then in `context.problems`. */
export function evaluate(node: Pipeline, context: Context, depth = 0): Evaluated | undefined {
  if (depth > DEEPEST) {
    context.problems.add({ message: t('The steps are nested too deeply. Write fewer.'), about: node });
    return undefined;
  }
  switch (node.kind) {
    case 'columns':
    case 'column':
    case 'pixels':
    case 'labels':
    case 'inputs':
    case 'targets': {
      const columns = takeNumbers(node, context);
      return columns === undefined ? undefined : { columns, pipeline: node };
    }
    case 'onehot': {
      const problem = checkClasses(node);
      if (problem !== undefined) context.problems.add(problem);
      return problem === undefined ? takeClasses(node, context) : undefined;
    }
    case 'join':
      return join(node, context, depth);
    case 'standardize': {
      const inner = evaluate(node.of, context, depth + 1);
      const fit = inner && (node.fit ?? measured(node, context, (train) => fitStandardize(inner.columns, train)));
      if (inner === undefined || fit === undefined || !fits(node, inner.columns, fit.mean.length, context)) return undefined;
      standardize(inner.columns, fit);
      return { columns: withoutRange(inner.columns), pipeline: { ...node, of: inner.pipeline, fit } };
    }
    case 'scale': {
      if (!(Number.isFinite(node.high - node.low) && node.low < node.high)) {
        context.problems.add({ message: t('scale goes from a lower to a higher number, not from {0} to {1}. Write scale(…, 0, 1).', node.low, node.high), about: node });
        return undefined;
      }
      const inner = evaluate(node.of, context, depth + 1);
      const fit = inner && (node.fit ?? measured(node, context, (train) => fitScale(inner.columns, train)));
      if (inner === undefined || fit === undefined || !fits(node, inner.columns, fit.least.length, context)) return undefined;
      scale(inner.columns, fit, node.low, node.high, node.clip ?? false);
      return { columns: withoutRange(inner.columns), pipeline: { ...node, of: inner.pipeline, fit } };
    }
  }
}

function measured<T>(node: Pipeline, context: Context, measure: (train: Uint32Array) => { readonly fit: T } | { readonly problems: readonly DataProblem[] }): T | undefined {
  if (context.train === undefined) {
    context.problems.add({ message: t('{0} was not fitted to training rows. Build the data set first and use the pipeline it gives back.', node.kind), about: node });
    return undefined;
  }
  const result = measure(context.train);
  if ('fit' in result) return result.fit;
  const [material] = context.materials;
  const file = material?.kind === 'csv' ? material.source.file : material?.kind === 'idx' ? material.source.images : undefined;
  context.problems.addAll(result.problems.map((problem) => ({ ...(file === undefined ? {} : { file }), ...problem, about: node })));
  return undefined;
}

/** Whether a fit has an entry for each column, or one for all. */
function fits(node: Pipeline, columns: Columns, entries: number, context: Context): boolean {
  if (entries === columns.columns || (entries === 1 && columns.shared)) return true;
  context.problems.add({ message: t('{0} was fitted to {1} columns, but there are {2} here. Use data of the same shape.', node.kind, entries, columns.columns), about: node });
  return false;
}

/** A transform moves the range that the source's type gives. */
function withoutRange({ range: _, ...columns }: Columns): Columns {
  return columns;
}

function join(node: Extract<Pipeline, { kind: 'join' }>, context: Context, depth: number): Evaluated | undefined {
  const parts = node.of.map((part) => evaluate(part, context, depth + 1));
  if (parts.length === 0) context.problems.add({ message: t('There are no columns to put side by side. Name at least one.'), about: node });
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  const all = (parts as Evaluated[]).map((part) => ({ ...part, columns: written(part.columns, context) }));
  const width = all.reduce((sum, { columns }) => sum + columns.columns, 0);
  const values = createValues(context, width);
  let start = 0;
  for (const { columns } of all) {
    for (let row = 0; row < context.rows; row++) {
      for (let column = 0; column < columns.columns; column++) values[row * width + start + column] = columns.values[row * columns.columns + column]!;
    }
    start += columns.columns;
  }
  const named = all.every(({ columns }) => columns.names !== undefined);
  const columns: Columns = {
    rows: context.rows,
    columns: width,
    values,
    ...(named ? { names: all.flatMap((part) => part.columns.names ?? []) } : {}),
    origins: all.flatMap((part) => part.columns.origins),
    shared: false,
  };
  return { columns, pipeline: { ...node, of: all.map(({ pipeline }) => pipeline) } };
}

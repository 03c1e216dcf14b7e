/** Parameters of a transform, measured on the training rows, and the transform itself, in place. */
import { t } from '../../l10n/index.ts';
import { numberedColumn } from './cells.ts';
import type { Columns } from './columns.ts';
import { quoted } from './problems.ts';
import type { DataProblem, ScaleFit, StandardizeFit } from './types.ts';

type Measured<T> = { readonly fit: T } | { readonly problems: readonly DataProblem[] };

/**
 * Mean and deviation (root of the mean square distance from the mean, dividing by n) of each column over the training rows; of
 * all numbers together where they are one quantity. Two passes, so that a large mean does not swallow a small deviation.
 * @returns problems for a column that is constant: it could only be divided by zero
 */
export function fitStandardize(data: Columns, train: Uint32Array): Measured<StandardizeFit> {
  const groups = data.shared ? 1 : data.columns;
  const number = train.length * (data.columns / groups);
  const mean = sums(data, train, groups, (value) => value).map((sum) => sum / number);
  const deviation = sums(data, train, groups, (value, group) => (value - mean[group]!) ** 2).map((sum) => Math.sqrt(sum / number));
  const { least, most } = extremes(data, train, groups);
  const problems: DataProblem[] = [];
  for (let group = 0; group < groups; group++) {
    // Rounding may leave a constant column a tiny deviation: its extremes tell for sure.
    if (least[group] === most[group] || deviation[group] === 0) problems.push(constant(data, group, least[group]!, train.length, (name, same, rows) => (rows === 1 ? t('{0} has the same value, {1}, in the only training row, so standardizing it would divide by zero. Leave it out.', name, same)
      : t('{0} has the same value, {1}, in all {2} training rows, so standardizing it would divide by zero. Leave it out.', name, same, rows))));
    else if (!Number.isFinite(deviation[group])) problems.push(tooWide(data, group));
  }
  return problems.length > 0 ? { problems } : { fit: { mean, deviation } };
}

/** Least and most of each column over the training rows, or of all numbers together, or those that the source's type gives. */
export function fitScale(data: Columns, train: Uint32Array): Measured<ScaleFit> {
  if (data.range !== undefined) return { fit: { least: [data.range.least], most: [data.range.most] } };
  const groups = data.shared ? 1 : data.columns;
  const { least, most } = extremes(data, train, groups);
  const problems: DataProblem[] = [];
  for (let group = 0; group < groups; group++) {
    if (least[group] === most[group]) problems.push(constant(data, group, least[group]!, train.length, (name, same, rows) => (rows === 1 ? t('{0} has the same value, {1}, in the only training row, so scaling it would divide by zero. Leave it out.', name, same)
      : t('{0} has the same value, {1}, in all {2} training rows, so scaling it would divide by zero. Leave it out.', name, same, rows))));
    else if (!Number.isFinite(most[group]! - least[group]!)) problems.push(tooWide(data, group));
  }
  return problems.length > 0 ? { problems } : { fit: { least, most } };
}

/** Value ↦ (value − mean) / deviation. */
export function standardize({ columns: width, values, codes }: Columns, { mean, deviation }: StandardizeFit): void {
  const several = mean.length > 1;
  const columns = codes === undefined ? width : 1;
  for (let start = 0; start < values.length; start += columns) {
    for (let column = 0; column < columns; column++) {
      const group = several ? column : 0;
      values[start + column] = (values[start + column]! - mean[group]!) / deviation[group]!;
    }
  }
}

/** Value ↦ low + (high − low)·(value − least) / (most − least), kept within [low, high] if `clip`. */
export function scale({ columns: width, values, codes }: Columns, { least, most }: ScaleFit, low: number, high: number, clip: boolean): void {
  const several = least.length > 1;
  const columns = codes === undefined ? width : 1;
  const height = high - low;
  for (let start = 0; start < values.length; start += columns) {
    for (let column = 0; column < columns; column++) {
      const group = several ? column : 0;
      const value = low + height * ((values[start + column]! - least[group]!) / (most[group]! - least[group]!));
      values[start + column] = clip ? Math.min(Math.max(value, low), high) : value;
    }
  }
}

function sums({ columns, values, codes }: Columns, train: Uint32Array, groups: number, term: (value: number, group: number) => number): number[] {
  const total = new Array<number>(groups).fill(0);
  if (codes !== undefined) {
    histogram(codes, columns, train).forEach((times, code) => (total[0]! += times * term(values[code]!, 0)));
    return total;
  }
  for (const row of train) {
    for (let column = 0; column < columns; column++) {
      const group = groups === 1 ? 0 : column;
      total[group]! += term(values[row * columns + column]!, group);
    }
  }
  return total;
}

function extremes({ columns, values, codes }: Columns, train: Uint32Array, groups: number): { least: number[]; most: number[] } {
  if (codes !== undefined) {
    const times = histogram(codes, columns, train);
    const present = [...values].filter((_, code) => times[code]! > 0);
    return { least: [Math.min(...present)], most: [Math.max(...present)] };
  }
  const least = new Array<number>(groups).fill(Infinity);
  const most = new Array<number>(groups).fill(-Infinity);
  for (const row of train) {
    for (let column = 0; column < columns; column++) {
      const group = groups === 1 ? 0 : column;
      const value = values[row * columns + column]!;
      if (value < least[group]!) least[group] = value;
      if (value > most[group]!) most[group] = value;
    }
  }
  return { least, most };
}

/** How often each byte stands in the training rows. */
function histogram(codes: readonly Uint8Array[], columns: number, train: Uint32Array): Float64Array {
  const times = new Float64Array(256);
  const own = codes[0]!;
  // Training rows are all of the first material: held-out rows of their own come after it.
  for (const row of train) for (let index = row * columns; index < (row + 1) * columns; index++) times[own[index]!]!++;
  return times;
}

function nameOf(data: Columns, group: number): string {
  if (data.shared) return t('Every pixel');
  const column = data.origins[group]!, name = data.names?.[group];
  return name === undefined || name === numberedColumn(column) ? t('Column {0}', column) : t('Column {0} ({1})', column, quoted(name));
}

function constant(data: Columns, group: number, value: number, rows: number, told: (name: string, value: number, rows: number) => string): DataProblem {
  return {
    ...(data.shared ? {} : { column: data.origins[group]! }),
    message: told(nameOf(data, group), value, rows),
  };
}

function tooWide(data: Columns, group: number): DataProblem {
  return { column: data.origins[group]!, message: t('{0} spans more than a number can hold. Rescale it in the source.', nameOf(data, group)) };
}

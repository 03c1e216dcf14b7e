/** A concentration cannot be negative: inputs that are need two rails. */
import { t } from '../../l10n/index.ts';
import type { BuiltDataSet } from './build.ts';
import type { DataProblem, Matrix } from './types.ts';

export interface NegativeValue {
  /** From 0. */
  readonly row: number;
  /** From 0. */
  readonly column: number;
  readonly value: number;
}

/** The first value below zero, by row, then column; undefined when single rails can carry the matrix (−0 counts as 0). */
export function firstNegative({ columns, values }: Matrix): NegativeValue | undefined {
  for (let index = 0; index < values.length; index++) {
    if (values[index]! < 0) return { row: Math.floor(index / columns), column: index % columns, value: values[index]! };
  }
  return undefined;
}

/** The same as a problem for a network whose inputs have one rail, with the place in the source; undefined when there is none. */
export function negativeInput({ data, placeOf }: BuiltDataSet): DataProblem | undefined {
  const negative = firstNegative(data.inputs);
  if (negative === undefined) return undefined;
  const { row, column, value } = negative;
  const name = data.inputs.names?.[column];
  const input = name === undefined ? t('Input {0}', column + 1) : t('Input {0} (“{1}”)', column + 1, name), shown = Number(value.toPrecision(6));
  const message = data.test.includes(row)
    ? t('{0} of this row, a held-out row, is {1}, and a concentration cannot be negative. Put the inputs on two rails, with inputs = signed in the network, or scale them to [0, 1] with clip.', input, shown)
    : t('{0} of this row is {1}, and a concentration cannot be negative. Put the inputs on two rails, with inputs = signed in the network, or scale them to [0, 1].', input, shown);
  return { ...placeOf(row), message };
}

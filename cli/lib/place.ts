/** Where something that the network holds stands in its text. */
import type { Origin } from '../../chemistry/index.ts';
import { Lines } from './lines.ts';
import { shown, type Model } from './model.ts';

/** `FILE:LINE:COLUMN`, as findings are placed. */
export function whereIs(model: Model, { unit, start, file }: Origin): string {
  const { line, column } = new Lines(file === undefined ? model.text : (model.imported.get(file) ?? '')).at(unit.start + start);
  return `${file === undefined ? model.file : shown(file)}:${line}:${column}`;
}

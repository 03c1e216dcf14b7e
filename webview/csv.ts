/** A trajectory as comma-separated values (RFC 4180): full precision, one row a time, one column a species. */
import type { ModelSummary, Trajectory } from './worker-protocol.ts';
import { componentValues, elementName } from './series.ts';

/** A field; quoted when it holds a separator, a quote or a line break (`"X[1,2]"`). */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table of names and numbers. Lines end in \r\n. */
export function csvRows(head: readonly string[], rows: Iterable<readonly (string | number)[]>): string {
  const line = (cells: readonly (string | number)[]): string => cells.map((cell) => csvField(String(cell))).join(',');
  return [head, ...rows].map((cells) => `${line(cells)}\r\n`).join('');
}

/** Every species, in order of declaration; the first column is the time. Lines end in \r\n. */
export function csvText(model: ModelSummary, trajectory: Trajectory): string {
  const count = trajectory.times.length;
  const columns: { name: string; values: Float64Array }[] = [];
  for (const block of model.blocks) {
    for (let k = 0; k < block.size; k++) {
      columns.push({ name: elementName(block, k), values: componentValues(trajectory, block.offset + k) });
    }
  }
  const rows = Array.from({ length: count }, (_, i) => [trajectory.times[i]!, ...columns.map(({ values }) => values[i]!)]);
  return csvRows(['t', ...columns.map((column) => column.name)], rows);
}

/** The same numbers by name, for programs. */
export function trajectoryJson(model: ModelSummary, trajectory: Trajectory): { readonly t: readonly number[]; readonly species: Readonly<Record<string, readonly number[]>> } {
  const species = model.blocks.flatMap((block) => Array.from({ length: block.size }, (_, k) => [elementName(block, k), [...componentValues(trajectory, block.offset + k)]] as const));
  return { t: [...trajectory.times], species: Object.fromEntries(species) };
}

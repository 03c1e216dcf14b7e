/** A part of the page of case studies: its text and the figures it shows. */
export interface Section {
  /** Markdown, from the heading on. */
  readonly text: string;
  /** SVG by name; shown as `pictures/case-NAME.svg`. */
  readonly figures: ReadonlyMap<string, string>;
}

/** How much is computed: quick runs show that everything works, and no more. */
export interface Extent {
  readonly quick: boolean;
}

/** `count` seeds from `first` on. */
export const seeds = (count: number, first = 1): number[] => Array.from({ length: count }, (_, n) => first + n);

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard deviation of a sample. */
export function spread(values: readonly number[]): number {
  const middle = mean(values);
  return values.length < 2 ? 0 : Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const percent = (value: number, digits = 1): string => `${(100 * value).toFixed(digits)} %`;
export const digits = (value: number, count = 2): string => (Number.isFinite(value) ? String(Number(value.toPrecision(count))) : '–');
/** `12 ms`, `3.4 s` */
export const seconds = (value: number): string => (value < 1 ? `${digits(1000 * value)} ms` : value < 100 ? `${digits(value)} s` : `${digits(value / 60)} min`);
export const shown = (name: string, caption: string): string => `![${caption.replaceAll(/[[\]]/g, '')}](pictures/case-${name}.svg)\n\n*${caption}*`;

/** Figures that the end-to-end run measures: kept as JSON beside the pictures, and printed as a table. Nothing is judged by them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { pictureFolder } from './pictures.ts';

export interface Figure {
  /** What was measured, in words. */
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What it should be at most or at least. */
  readonly bound?: string;
}

/** The value below which a part of a list lies, from 0 to 1; the list need not be sorted. */
export function quantile(list: readonly number[], part: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

export class Figures {
  readonly #list: Figure[] = [];
  readonly #name: string;

  /** @param name of the file in e2e/out */
  constructor(name = 'figures') {
    this.#name = name;
  }

  add(what: string, value: number, unit: string, bound?: string): void {
    this.#list.push({ what, value, unit, ...(bound === undefined ? {} : { bound }) });
  }

  /** Writes e2e/out/NAME.json and prints the table. */
  async report(): Promise<void> {
    const machine = { processor: cpus()[0]?.model ?? '', cores: cpus().length, node: process.version, load: loadavg()[0] };
    await mkdir(pictureFolder, { recursive: true });
    await writeFile(join(pictureFolder, `${this.#name}.json`), `${JSON.stringify({ machine, figures: this.#list }, null, 1)}\n`);
    const rows = this.#list.map(({ what, value, unit, bound }) => [what, `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`, bound ?? '']);
    const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
    process.stdout.write(`${machine.processor}, ${machine.cores} cores, load ${machine.load!.toFixed(1)}\n${rows.map((row) => row.map((cell, column) => (column === 1 ? cell.padStart(widths[1]!) : cell.padEnd(widths[column]!))).join('  ').trimEnd()).join('\n')}\n`);
  }
}

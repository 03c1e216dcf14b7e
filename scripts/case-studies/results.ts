/**
 * Results of runs, kept in a folder by name: an interrupted `npm run case-studies` goes on where it was, and a page can be written
 * anew without computing anything. A result counts only for the very settings that it was computed with.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { duration, say, StepError } from '../lib/console.ts';

/** The time that the run was given is over; what is done is kept. */
export class OutOfTime extends StepError {}

/** The result has not been computed, and this is no time to compute it. */
export class Missing extends StepError {}

export interface Kept<R = unknown> {
  readonly settings: unknown;
  readonly result: R;
}

/** Results by name, as a page's data file holds them. */
export type Published = ReadonlyMap<string, Kept>;

/** The data file of a page; empty where there is none. @throws StepError when it is not what `publishedText` writes */
export function readPublished(path: string): Published {
  if (!existsSync(path)) return new Map();
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, Kept>));
  } catch {
    throw new StepError(`${path} cannot be read: it is not JSON.`);
  }
}

/** A result a line, by name, so that versions of the file can be compared. */
export function publishedText(results: Published): string {
  const names = [...results.keys()].sort();
  return `{\n${names.map((name) => `${JSON.stringify(name)}: ${JSON.stringify(results.get(name))}`).join(',\n')}\n}\n`;
}

export class Results {
  private readonly folder: string;
  private readonly end: number;
  private readonly computes: boolean;
  private readonly published: Published;
  /** All that was given, by name. */
  readonly given = new Map<string, Kept>();

  /**
   * @param minutes after which nothing new is begun; or that only what is kept is to be used
   * @param published taken where the folder has nothing
   */
  constructor(folder: string, minutes: number | 'kept only' = Infinity, published: Published = new Map()) {
    this.folder = folder;
    this.published = published;
    this.computes = minutes !== 'kept only';
    this.end = performance.now() + 60_000 * (minutes === 'kept only' ? 0 : minutes);
  }

  private path(name: string): string {
    return join(this.folder, `${name}.json`);
  }

  /**
   * The result kept under this name for these settings, else the one that `compute` gives.
   * @param settings plain JSON: all that the result depends on
   * @throws OutOfTime when it would have to be computed after the end; Missing when nothing is to be computed
   */
  get<R>(name: string, settings: unknown, compute: () => R): R {
    const kept = this.read<R>(name, settings) ?? this.fromPublished<R>(name, settings);
    if (kept !== undefined) return this.give(name, kept);
    if (!this.computes) throw new Missing(`${name} has not been computed yet.`);
    this.checkTime();
    const start = performance.now();
    const result = compute();
    this.write(name, { settings, result });
    say(`${name} (${duration(performance.now() - start)})`);
    // Read back: what a later run finds is what this one goes on with.
    return this.give(name, this.read<R>(name, settings) ?? { settings, result });
  }

  private give<R>(name: string, kept: Kept<R>): R {
    this.given.set(name, kept);
    return kept.result;
  }

  private fromPublished<R>(name: string, settings: unknown): Kept<R> | undefined {
    const kept = this.published.get(name);
    return kept !== undefined && JSON.stringify(kept.settings) === JSON.stringify(settings) ? kept as Kept<R> : undefined;
  }

  /** @throws OutOfTime after the end */
  checkTime(): void {
    if (performance.now() > this.end) throw new OutOfTime('The time given with --minutes is over. Run the same command again: it goes on from here.');
  }

  /** Something half done, under a name of its own; undefined when there is nothing for these settings. */
  unfinished<R>(name: string, settings: unknown): R | undefined {
    return this.read<R>(`${name}.unfinished`, settings)?.result;
  }

  keepUnfinished(name: string, settings: unknown, result: unknown): void {
    this.write(`${name}.unfinished`, { settings, result });
  }

  dropUnfinished(name: string): void {
    rmSync(this.path(`${name}.unfinished`), { force: true });
  }

  private read<R>(name: string, settings: unknown): Kept<R> | undefined {
    const path = this.path(name);
    if (!existsSync(path)) return undefined;
    try {
      const kept = JSON.parse(readFileSync(path, 'utf8')) as Kept<R>;
      return JSON.stringify(kept.settings) === JSON.stringify(settings) ? kept : undefined;
    } catch {
      return undefined; // torn by an interruption: computed anew
    }
  }

  private write(name: string, kept: Kept<unknown>): void {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, JSON.stringify(kept));
    renameSync(`${path}.new`, path);
  }
}

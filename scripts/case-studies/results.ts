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

interface Kept<R> {
  readonly settings: unknown;
  readonly result: R;
}

export class Results {
  private readonly folder: string;
  private readonly end: number;
  private readonly computes: boolean;

  /** @param minutes after which nothing new is begun; or that only what is kept is to be used */
  constructor(folder: string, minutes: number | 'kept only' = Infinity) {
    this.folder = folder;
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
    const kept = this.read<R>(name, settings);
    if (kept !== undefined) return kept.result;
    if (!this.computes) throw new Missing(`${name} has not been computed yet.`);
    this.checkTime();
    const start = performance.now();
    const result = compute();
    this.write(name, { settings, result });
    say(`${name} (${duration(performance.now() - start)})`);
    // Read back: what a later run finds is what this one goes on with.
    return this.read<R>(name, settings)?.result ?? result;
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

/** The course of one run: the state that an engine moves on, and the grid on which it is written down. */
import { go, type Poll } from '../cancel.ts';
import type { Stream } from './generator.ts';
import type { Watch } from './watch.ts';

/** What an engine's turn ended with. */
export type Turn =
  /** The end time is reached. */
  | 'end'
  /** No reaction can happen any more. */
  | 'extinct'
  /** The turn's share of work is done; another turn goes on as if there had been no pause. */
  | 'pause'
  | 'event limit'
  /** What `Course.watch` waits for has come about. */
  | 'condition'
  /** A propensity is negative or not a number; `Course.fault` says whose. */
  | 'fault';

/** An engine: moves a course on by a share of work. `begin` before the first turn. */
export interface Engine {
  readonly name: EngineName;
  begin(course: Course): void;
  turn(course: Course): Turn;
}
export type EngineName = 'direct' | 'sorted direct' | 'composition rejection' | 'tau leaping' | 'langevin';

export class Course {
  /** Molecules by component, followed by two slots that are always 1. */
  readonly counts: Float64Array;
  readonly stream: Stream;
  /** When the run is over. */
  readonly until: number;
  /** Within the run: from when and until when rates depend on the state alone, or nearly; a turn ends there. */
  from = 0;
  end: number;
  maxEvents: number;
  readonly grid: Grid;
  t = 0;
  /** Time of the last event. */
  lastEvent = 0;
  /** Events so far; with leaps, the events that they stand for. */
  events = 0;
  /** Rejected candidates, leaps, or Langevin steps. */
  steps = 0;
  /** Asked within turns that take long; what it throws leaves the course where it was. */
  readonly poll: Poll;
  /** Looked at wherever the state has changed. */
  readonly watch: Watch | undefined;
  fault: { readonly reaction: number; readonly value: number } | undefined;

  constructor(counts: Float64Array, stream: Stream, until: number, maxEvents: number, grid: Grid, poll: Poll = go, watch?: Watch) {
    this.poll = poll;
    this.watch = watch;
    this.counts = counts;
    this.stream = stream;
    this.until = this.end = until;
    this.maxEvents = maxEvents;
    this.grid = grid;
  }
}

/** Counts of chosen components at given times, row by row: the path takes no notice of it. */
export class Grid {
  readonly times: Float64Array;
  readonly components: Int32Array;
  /** times × components */
  readonly rows: Float64Array;
  /** The next time to be written down; Infinity after the last. */
  next: number;
  filled = 0;

  constructor(times: Float64Array, components: Int32Array) {
    this.times = times;
    this.components = components;
    this.rows = new Float64Array(times.length * components.length);
    this.next = times.length > 0 ? times[0]! : Infinity;
  }

  reset(): void {
    this.filled = 0;
    this.next = this.times.length > 0 ? this.times[0]! : Infinity;
  }

  /** Writes the state down for the next time. */
  write(counts: Float64Array): void {
    const { components, rows } = this, from = this.filled * components.length;
    for (let c = 0; c < components.length; c++) rows[from + c] = counts[components[c]!]!;
    this.filled++;
    this.next = this.filled < this.times.length ? this.times[this.filled]! : Infinity;
  }

  /** Writes the state down for all times before t. */
  before(t: number, counts: Float64Array): void {
    while (this.next < t) this.write(counts);
  }

  /** Writes the state down for all times up to t. */
  upTo(t: number, counts: Float64Array): void {
    while (this.next <= t) this.write(counts);
  }
}

/**
 * Where a run crosses a threshold: the first time at which g(t, y) becomes positive. Looked for on the dense output of every step, at its
 * end and at points within, and then narrowed by the Illinois method (Dowell & Jarratt, BIT 1971); the steps are those of the run without it.
 */
import type { Step } from './system.ts';

/** Above zero where the event has happened; continuous. */
export type EventFunction = (t: number, y: Float64Array) => number;

/** A step is looked at in so many parts: shorter excursions than these may be passed over. */
const PARTS = 8;
const ROUNDS = 100;

export class EventFinder {
  private readonly g: EventFunction;
  private readonly y: Float64Array;
  private before: number;
  /** When it happened, and the state there. */
  found: { readonly t: number; readonly y: Float64Array } | undefined;

  constructor(g: EventFunction, t0: number, y0: Float64Array) {
    this.g = g;
    this.y = new Float64Array(y0.length);
    this.before = g(t0, y0);
    if (this.before > 0) this.found = { t: t0, y: Float64Array.from(y0) };
  }

  /** The step, or as much of it as lies before the event. */
  look(step: Step): Step {
    if (this.found !== undefined) return step;
    let left = step.t0, atLeft = this.before;
    for (let part = 1; part <= PARTS; part++) {
      const right = part === PARTS ? step.t1 : step.t0 + ((step.t1 - step.t0) * part) / PARTS;
      const atRight = this.value(step, right);
      if (atRight > 0) {
        const t = this.narrow(step, left, atLeft, right, atRight), y = Float64Array.from(this.y);
        step.at(t, y);
        this.found = { t, y };
        return { t0: step.t0, t1: t, y, at: (time, out) => { step.at(time, out); } };
      }
      left = right;
      atLeft = atRight;
    }
    this.before = atLeft;
    return step;
  }

  private value(step: Step, t: number): number {
    step.at(t, this.y);
    return this.g(t, this.y);
  }

  /** g ≤ 0 at a, > 0 at b: the end b of the last bracket, which is no wider than rounding. */
  private narrow(step: Step, a: number, ga: number, b: number, gb: number): number {
    let side = 0;
    for (let k = 0; k < ROUNDS && b - a > 4 * Number.EPSILON * Math.max(Math.abs(a), Math.abs(b)); k++) {
      // Every few rounds in the middle, so that the bracket shrinks from both ends.
      let t = k % 4 === 3 || !Number.isFinite(ga) ? (a + b) / 2 : (a * gb - b * ga) / (gb - ga);
      if (!(t > a && t < b)) t = (a + b) / 2;
      const g = this.value(step, t);
      if (g > 0) {
        b = t;
        gb = g;
        if (side === 1) ga /= 2;
        side = 1;
      } else {
        a = t;
        ga = g;
        if (side === -1) gb /= 2;
        side = -1;
      }
    }
    return b;
  }
}

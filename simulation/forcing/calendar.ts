/** The times that matter to an integration beside its start and end: when rates jump, and where steps should look at what depends on time. */
import type { Scalar } from '../../chemistry/index.ts';
import type { OdeSystem } from '../system.ts';
import { smallestStep } from '../vector.ts';
import type { TimeParts } from './parts.ts';
import { jumpsOf, turnsOf } from './search.ts';

export class Calendar {
  /** The next moment from which some rate is another; Infinity when there is none. */
  jump = Infinity;
  /** The stretch of time in which no rate jumps: rates are taken within it. */
  readonly stretch: { least: number; most: number };
  private readonly pending: { at: number; readonly rest: Generator<number, undefined> }[] = [];
  private readonly curves: readonly Scalar[];
  private readonly t1: number;
  private turns: readonly number[] = [];
  private turn = 0;

  /** @param t1 may be Infinity: then jumps alone are looked for */
  constructor({ steps, curves }: TimeParts, t0: number, t1: number) {
    this.curves = curves;
    this.t1 = t1;
    this.stretch = { least: t0, most: t1 };
    for (const step of steps) this.follow(jumpsOf(step, t0, t1));
    this.next();
    if (!this.pass(t0)) this.lookForTurns();
  }

  /** The next time that no step from t on may pass. */
  stop(t: number): number {
    while (this.turn < this.turns.length && this.turns[this.turn]! <= t + smallestStep(t)) this.turn++;
    return Math.min(this.jump, this.turns[this.turn] ?? Infinity);
  }

  /** Goes on to the stretch that begins at t, or nearer than a step can come to it; true when it is another. */
  pass(t: number): boolean {
    let passed = false;
    for (; this.jump - t <= smallestStep(t); passed = true) {
      this.stretch.least = this.jump;
      this.next();
    }
    if (passed) this.lookForTurns();
    return passed;
  }

  private lookForTurns(): void {
    const { least, most } = this.stretch, to = Math.min(most, this.t1);
    this.turns = to > least && to < Infinity ? [...new Set(this.curves.flatMap((curve) => turnsOf(curve, least, to)))].sort((a, b) => a - b) : [];
    this.turn = 0;
  }

  private follow(rest: Generator<number, undefined>): void {
    const { value } = rest.next();
    if (value !== undefined) this.pending.push({ at: value, rest });
  }

  private next(): void {
    for (let k = this.pending.length - 1; k >= 0; k--) {
      const { at, rest } = this.pending[k]!;
      if (at > this.jump || this.jump === Infinity) continue;
      this.pending.splice(k, 1);
      this.follow(rest);
    }
    this.jump = this.pending.reduce((first, { at }) => Math.min(first, at), Infinity);
    if (this.jump < Infinity) this.stretch.most = before(this.jump);
    else this.stretch.most = Infinity;
  }
}

/** The largest number below a positive one. */
function before(t: number): number {
  WHOLE.setFloat64(0, t);
  WHOLE.setBigInt64(0, WHOLE.getBigInt64(0) - 1n);
  return WHOLE.getFloat64(0);
}
const WHOLE = new DataView(new ArrayBuffer(8));

/** The system with rates that, at any time, are those of a stretch: at its end, where they jump, still those before. */
export function within(system: OdeSystem, stretch: Calendar['stretch']): OdeSystem {
  const moment = (t: number): number => Math.min(Math.max(t, stretch.least), stretch.most);
  const { jacobian, inside } = system, nonZeros = system.nonZeros?.bind(system), times = system.jacobianTimes?.bind(system), prepare = system.prepare?.bind(system);
  const result: OdeSystem = {
    dimension: system.dimension,
    rhs(t, y, dy) { system.rhs(moment(t), y, dy); },
    get nonNegative() { return system.nonNegative === true; },
    ...(jacobian === undefined ? {} : { jacobian: { pattern: jacobian.pattern, fill(t, y, values) { jacobian.fill(moment(t), y, values); } } }),
    ...(times === undefined ? {} : { jacobianTimes(t, y, v, out) { times(moment(t), y, v, out); } }),
    ...(inside === undefined ? {} : { inside: { bytes: inside.bytes, place: (arena) => within(inside.place(arena), stretch) } }),
    ...(prepare === undefined ? {} : { prepare }),
    ...(nonZeros === undefined ? {} : {
      nonZeros(poll) {
        const listed = nonZeros(poll);
        return listed === undefined ? undefined : {
          ...listed,
          place(arena) {
            const fill = listed.place(arena);
            return (t, y, values) => { fill(moment(t), y, values); };
          },
        };
      },
    }),
  };
  // Worked out when first asked for, there as here.
  if ('conserved' in system) Object.defineProperty(result, 'conserved', { get: () => system.conserved });
  return result;
}

/**
 * Fixed points of a network: the one that its start comes to, and with several starts the others of the same stoichiometric
 * compatibility class, each with its stability. A start counts for the fixed point that the integrated course comes to; points that no course
 * comes to (saddles, the middle of an oscillation) are found by Newton's method and pseudo-transient continuation.
 */
import { t } from '../../l10n/index.ts';
import { componentName } from '../../chemistry/index.ts';
import { Cancelled, pollOf, type Poll } from '../cancel.ts';
import { FixedPointSolver } from '../fixed-point.ts';
import { integrate } from '../integrate.ts';
import type { SimulationRequest, SimulationResult, Simulator } from '../simulate.ts';
import type { Outcome } from '../system.ts';
import { absoluteTolerance, maximumNorm } from '../vector.ts';
import { measuredRate } from './rate.ts';
import { relax } from './relax.ts';
import { spectrumAt, UNKNOWN, type Spectrum } from './spectrum.ts';
import { RandomStarts } from './starts.ts';

export { fixedPointSensitivities, type Sensitivities } from './sensitivities.ts';
export type { Spectrum, Stability } from './spectrum.ts';
export { RandomStarts } from './starts.ts';

export interface FixedPointsRequest extends Omit<SimulationRequest, 'until' | 'times'> {
  /** The first is the network's own; default 1. */
  readonly starts?: number;
  /** Of the random starts; default 1. */
  readonly seed?: number;
  /** Called after every start with how many are done. */
  readonly onStart?: (done: number) => void;
}

export interface FoundFixedPoint {
  readonly y: Float64Array;
  /** By component name. */
  readonly values: ReadonlyMap<string, number>;
  /** max |dy_i/dt| there. */
  readonly residual: number;
  readonly spectrum: Spectrum;
  /** Rate at which disturbances die out in the end: minus the largest real part of an eigenvalue, where that is negative. */
  readonly rate?: number;
  /** How many starts came here. */
  readonly starts: number;
}

export interface FixedPointsResult {
  /** The run from the network's own start. */
  readonly simulation: SimulationResult;
  readonly outcome: Outcome;
  /** The one that this start comes to; undefined when it comes to none. */
  readonly reached?: FoundFixedPoint;
  /** The rate with which it came there, read off the course. */
  readonly measuredRate?: number;
  /** All that were found, the one reached first, then by the number of starts. */
  readonly points: readonly FoundFixedPoint[];
  readonly starts: number;
  /** Starts that did not come to rest, by what became of them. */
  readonly astray: { readonly diverged: number; readonly moving: number };
}

/** Fixed points nearer to each other than this (relative) are one. */
const SAME = 1e-5;
const STEPS_OF_A_START = 20_000;
/**
 * Where no tolerance is asked for, networks of so many components come to their fixed point this exactly: the residual then falls as far as it goes, and
 * the rate of approach is seen where the slowest mode alone is left. Random starts need not come as near: Newton's method does the rest.
 */
const SMALL = 500, EXACT = { rtol: 1e-9, atolOfLargest: 1e-13 } as const, OF_A_START = 1e-6;
/** Saddles are looked for between so many points of rest, at so many parts of the way. */
const MOST_RESTS = 6, PARTS = 8;

/**
 * @param request as for a run to the fixed point
 * @throws RangeError as `Simulator.run` does
 */
export function fixedPoints(simulator: Simulator, request: FixedPointsRequest = {}): FixedPointsResult {
  const { network } = simulator, asked = request.rtol !== undefined || request.atol !== undefined || request.atolOfLargest !== undefined;
  const { starts = 1, seed = 1, onStart, ...run } = asked || network.dimension > SMALL ? request : { ...request, ...EXACT }, cancel = request.cancel ?? ((): boolean => false);
  if (!Number.isSafeInteger(starts) || starts < 1) throw new RangeError(t('The number of starts must be a whole number from 1 on, not {0}.', starts));
  const simulation = simulator.run({ ...run, until: 'fixed point' }), { outcome } = simulation, { system } = simulator.compiled;
  const y0 = simulator.startState(request.initial), largest = maximumNorm(y0);
  const rtol = run.rtol ?? OF_A_START, atol = run.atol ?? absoluteTolerance(y0, run.atolOfLargest);
  const ofStart = asked ? { rtol: Math.min(rtol, OF_A_START), atol } : { rtol: OF_A_START, atol: absoluteTolerance(y0) };
  const poll = pollOf(request.cancel), smallest = 1e-12 * (largest > 0 && largest < 1 ? largest : 1);
  const collected = new Collection(simulator, new Float64Array(system.dimension).fill(Math.max(rtol > 0 ? atol / rtol : atol, smallest)), poll);
  const reached = outcome.kind === 'steady' ? collected.add(simulation.final, 1) : undefined;
  if (reached === undefined && outcome.kind !== 'cancelled') {
    collected.search(y0);
    if (outcome.kind === 'stuck') collected.search(simulation.final);
  }
  onStart?.(1);
  const astray = { diverged: outcome.kind === 'diverged' ? 1 : 0, moving: outcome.kind === 'steady' || outcome.kind === 'diverged' ? 0 : 1 };
  let done = 1;
  if (starts > 1 && simulator.compiled.form === 'written out') {
    const random = new RandomStarts(network, simulator.without, seed);
    for (; random.able && done < starts && !cancel(); done++) {
      const from = random.next(y0);
      const course = integrate(system, {
        t0: 0, t1: Infinity, y0: from, ...ofStart, steady: { tolerance: 1e-6 }, maxSteps: STEPS_OF_A_START, cancel,
        ...(request.method === undefined ? {} : { method: request.method }),
      });
      if (course.outcome.kind === 'cancelled') break;
      if (course.outcome.kind === 'steady') collected.add(course.y, 1);
      else if (course.outcome.kind === 'diverged') astray.diverged++;
      else astray.moving++;
      collected.search(from);
      onStart?.(done + 1);
    }
    collected.searchBetween();
  }
  const points = collected.points(), first = reached === undefined ? undefined : points[reached];
  const measured = first === undefined ? undefined : measuredRate(simulation, first.values, Math.min(1e-5, Math.max(1e-8, 10 * rtol)));
  return {
    simulation, outcome, starts: done, astray,
    points: [...(first === undefined ? [] : [first]), ...points.filter((point) => point !== first).sort((a, b) => b.starts - a.starts)],
    ...(first === undefined ? {} : { reached: first }), ...(measured === undefined ? {} : { measuredRate: measured }),
  };
}

/** What a search comes to, or nothing when it was given up. */
function unlessCancelled<Result>(search: () => Result): Result | undefined {
  try {
    return search();
  } catch (error) {
    if (error instanceof Cancelled) return undefined;
    throw error;
  }
}

/** Fixed points found so far, each once. */
class Collection {
  private readonly simulator: Simulator;
  private readonly scale: Float64Array;
  private readonly found: { readonly y: Float64Array; starts: number }[] = [];
  private readonly newton: FixedPointSolver | undefined;
  private readonly poll: Poll;

  /** @param poll what it throws ends a search, and leaves the stability of points unknown */
  constructor(simulator: Simulator, scale: Float64Array, poll: Poll) {
    const { system } = simulator.compiled;
    this.simulator = simulator;
    this.scale = scale;
    this.poll = poll;
    this.newton = unlessCancelled(() => (FixedPointSolver.able(system) ? new FixedPointSolver(system, scale, () => undefined, poll) : undefined));
  }

  /** @returns its position */
  add(y: Float64Array, starts: number): number {
    const largest = maximumNorm(y);
    const known = this.found.findIndex((one) => one.y.every((value, i) => Math.abs(value - y[i]!) <= SAME * Math.max(Math.abs(value), Math.abs(y[i]!), this.scale[i]!, 1e-3 * largest)));
    if (known >= 0) {
      this.found[known]!.starts += starts;
      return known;
    }
    this.found.push({ y, starts });
    return this.found.length - 1;
  }

  /** What Newton's method and pseudo-transient continuation find from here, whether or not a course would come there. */
  search(from: Float64Array): void {
    const { system } = this.simulator.compiled;
    for (const look of [() => this.newton?.near(0, from, 0), () => relax(system, from, this.scale, this.poll)]) {
      const found = unlessCancelled(look);
      if (found !== undefined && found !== 'far') this.add(found.y, 0);
    }
  }

  /** Between two places where courses come to rest lies what parts them, a saddle; all mixtures of the two have their totals. */
  searchBetween(): void {
    const rests = this.found.filter(({ starts }) => starts > 0).slice(0, MOST_RESTS);
    for (const [k, one] of rests.entries()) {
      for (const other of rests.slice(0, k)) {
        for (let part = 1; part < PARTS; part++) {
          const found = unlessCancelled(() => this.newton?.near(0, one.y.map((value, i) => value + ((other.y[i]! - value) * part) / PARTS), 0));
          if (found !== undefined && found !== 'far') this.add(found.y, 0);
        }
      }
    }
  }

  points(): FoundFixedPoint[] {
    const { network, compiled: { system } } = this.simulator;
    return this.found.map(({ y, starts }) => {
      const f = new Float64Array(y.length), spectrum = unlessCancelled(() => spectrumAt(system, y, this.scale, this.poll)) ?? UNKNOWN, values = new Map<string, number>();
      system.rhs(0, y, f);
      y.forEach((value, component) => { values.set(componentName(network, component), value); });
      return { y, values, residual: maximumNorm(f), spectrum, starts, ...(spectrum.stability === 'stable' && spectrum.real.length > 0 ? { rate: -spectrum.real[0]! } : {}) };
    });
  }
}

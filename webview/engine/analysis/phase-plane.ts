/**
 * The plane of two species: its vector field, nullclines and courses. A plane shows the whole of what happens where the other species
 * follow from the two by what is conserved; otherwise the others are held at a fixed point and the field is that of this section.
 */
import { t } from '../../../l10n/index.ts';
import { componentName } from '../../../chemistry/index.ts';
import { RandomStarts, integrate, type FixedPointsResult, type OdeSystem, type Simulator, type Step } from '../../../simulation/index.ts';
import type { PhaseLineAnswer, PhasePlaneAnswer, PhasePlaneQuestion } from '../../analysis-protocol.ts';
import { linearLimits } from '../../axes.ts';
import { coordinate, zeroSegments } from './contour.ts';
import { requestOf } from './fixed-points.ts';

type Limits = readonly [number, number];

const FIELD = 17, FINE = 97;
/** Evaluations of a component in one plane at most: of a large network the nullclines become coarser, and then are left out. */
const WORK = 30e6;
const STEPS = 4000;
/** A course is drawn so finely, in parts of the window, and of so many points at most. */
const RESOLUTION = 1 / 500, MOST_POINTS = 4000;
/** Random starts are looked at until enough lie in the window. */
const TRIES = 400;

/** Components that reactions may change. */
export function movingSpecies({ network }: Simulator): number[] {
  return network.blocks.flatMap((block) => (block.kind === 'fixed' ? [] : Array.from({ length: block.size }, (_, k) => block.offset + k)));
}

/** The states of a plane; undefined where there is none. */
export interface Section {
  readonly others: PhasePlaneAnswer['others'];
  /** Writes the state with these values of the two species; false where a species would be negative that cannot be. */
  readonly state: (x: number, y: number, out: Float64Array) => boolean;
}

/** @param base a state through which the plane goes */
export function sectionThrough(system: OdeSystem, base: Float64Array, x: number, y: number, moving: readonly number[]): Section {
  const held: Section['state'] = (a, b, out) => {
    out.set(base);
    out[x] = a;
    out[y] = b;
    return true;
  };
  if (moving.every((component) => component === x || component === y)) return { others: 'none', state: held };
  const totals = system.conserved, pivots = new Set(totals?.pivots);
  const free = moving.filter((component) => !pivots.has(component));
  if (totals === undefined || free.length !== 2) return { others: 'held', state: held };
  // Row c of L: how component c changes with the two free ones when all totals stay.
  const [u, v] = free as [number, number], rows = new Map<number, readonly [number, number]>([[u, [1, 0]], [v, [0, 1]]]);
  for (let k = 0; k < totals.pivots.length; k++) {
    let byU = 0, byV = 0;
    for (let p = totals.rowStart[k]!; p < totals.rowStart[k + 1]!; p++) {
      if (totals.component[p] === u) byU -= totals.coefficient[p]!;
      if (totals.component[p] === v) byV -= totals.coefficient[p]!;
    }
    if (byU !== 0 || byV !== 0) rows.set(totals.pivots[k]!, [byU, byV]);
  }
  const [a, b] = rows.get(x) ?? [0, 0], [c, d] = rows.get(y) ?? [0, 0], determinant = a * d - b * c;
  if (Math.abs(determinant) < 1e-9) return { others: 'held', state: held };
  const follow: Section['state'] = (atX, atY, out) => {
    const dx = atX - base[x]!, dy = atY - base[y]!, du = (d * dx - b * dy) / determinant, dv = (a * dy - c * dx) / determinant;
    out.set(base);
    let possible = true;
    for (const [component, [byU, byV]] of rows) {
      const value = base[component]! + byU * du + byV * dv;
      out[component] = value;
      if (system.nonNegative === true && value < -1e-9 * (1 + Math.abs(base[component]!))) possible = false;
    }
    return possible;
  };
  return { others: 'follow', state: follow };
}

/** The window that shows these values of a species, with some air. */
function windowOf(values: readonly number[], nonNegative: boolean): Limits {
  let low = Infinity, high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const [bottom, top] = linearLimits(low, high), air = 0.15 * (top - bottom);
  return [nonNegative ? Math.max(0, bottom) : bottom, top + air];
}

/** One course in the plane, as fine as the eye sees; it ends at rest, or after many steps. */
function course(system: OdeSystem, from: Float64Array, x: number, y: number, grain: readonly [number, number], { rtol, atol }: { rtol: number; atol: number }): Float64Array {
  const points: number[] = [from[x]!, from[y]!], at = new Float64Array(from.length);
  const add = (a: number, b: number): void => {
    if (points.length >= 2 * MOST_POINTS || !(Math.hypot((a - points.at(-2)!) / grain[0], (b - points.at(-1)!) / grain[1]) >= 1)) return;
    points.push(a, b);
  };
  const onStep = (step: Step): void => {
    for (let part = 1; part < 4; part++) {
      step.at(step.t0 + ((step.t1 - step.t0) * part) / 4, at);
      add(at[x]!, at[y]!);
    }
    add(step.y[x]!, step.y[y]!);
  };
  const { y: end } = integrate(system, { t0: 0, t1: Infinity, y0: from, rtol: Math.min(rtol, 1e-5), atol, steady: { tolerance: 1e-6 }, maxSteps: STEPS, onStep, cancel: () => points.length >= 2 * MOST_POINTS });
  points.push(end[x]!, end[y]!);
  return Float64Array.from(points);
}

/** Where courses begin: around the window where two species are all there is, else random states with the same totals. */
function startsOf(simulator: Simulator, question: PhasePlaneQuestion, section: Section, own: Float64Array, xLimits: Limits, yLimits: Limits): Float64Array[] {
  const { starts, seed, x, y } = question, wanted = starts - 1, found: Float64Array[] = [];
  if (section.others === 'none') {
    // Each side of the window has as many; they are seen to come in.
    for (let k = 0; k < wanted; k++) {
      const round = (4 * (k + 0.5)) / wanted, side = Math.floor(round), part = round - side, back = side > 1 ? 1 - part : part;
      const a = side % 2 === 0 ? coordinate(xLimits, back, 2) : side === 1 ? xLimits[1] : xLimits[0];
      const b = side % 2 === 1 ? coordinate(yLimits, back, 2) : side === 2 ? yLimits[1] : yLimits[0];
      const state = new Float64Array(own.length);
      if (section.state(a, b, state)) found.push(state.map((value) => (simulator.compiled.system.nonNegative === true ? Math.max(0, value) : value)));
    }
    if (found.length > 0) return found;
  }
  if (wanted === 0 || simulator.compiled.form !== 'written out') return found;
  const random = new RandomStarts(simulator.network, simulator.without, seed), inside = (value: number, [low, high]: Limits): boolean => value >= low && value <= high;
  for (let k = 0; random.able && k < TRIES && found.length < wanted; k++) {
    const state = random.next(own);
    if (inside(state[x]!, xLimits) && inside(state[y]!, yLimits)) found.push(state);
  }
  return found;
}

/**
 * @param found the fixed points for the same setting; the simulator has its parameters
 * @throws RangeError where fewer than one species moves
 */
export function phasePlane(simulator: Simulator, question: PhasePlaneQuestion, found: FixedPointsResult, report: (done: number, total: number) => void): PhasePlaneAnswer | PhaseLineAnswer {
  const { x, y, setting } = question, { system } = simulator.compiled, moving = movingSpecies(simulator), nonNegative = system.nonNegative === true;
  const own = simulator.startState(requestOf(setting).initial), base = (found.points[question.point] ?? found.points[0])?.y ?? found.simulation.final;
  const values = (component: number): number[] => {
    // The course from the text's own start, where it was recorded and did not run away.
    const ownCourse = found.outcome.kind === 'diverged' ? undefined : found.simulation.species.get(componentName(simulator.network, component));
    return [own[component]!, ...found.points.map((point) => point.y[component]!), ...(ownCourse ?? [])];
  };
  if (moving.length === 1) return phaseLine(system, base, moving[0]!, windowOf(values(moving[0]!), nonNegative));
  if (moving.length === 0) throw new RangeError(t('No species moves.'));
  const xLimits = windowOf(values(x), nonNegative), yLimits = windowOf(values(y), nonNegative);
  const section = sectionThrough(system, base, x, y, moving), state = new Float64Array(system.dimension), rates = new Float64Array(system.dimension);
  const evaluate = (columns: number): Float64Array => {
    const vectors = new Float64Array(2 * columns * columns).fill(NaN);
    for (let row = 0, at = 0; row < columns; row++) {
      for (let column = 0; column < columns; column++, at += 2) {
        if (!section.state(coordinate(xLimits, column, columns), coordinate(yLimits, row, columns), state)) continue;
        system.rhs(0, state, rates);
        vectors[at] = rates[x]!;
        vectors[at + 1] = rates[y]!;
      }
    }
    return vectors;
  };
  const affordable = Math.min(FINE, Math.floor(Math.sqrt(WORK / Math.max(1, system.dimension)))), none = new Float64Array(0);
  const fine = affordable >= 2 * FIELD ? evaluate(affordable) : none, grid = { columns: affordable, rows: affordable, x: xLimits, y: yLimits };
  const nullcline = (part: 0 | 1): Float64Array => (fine.length === 0 ? none : zeroSegments(Float64Array.from({ length: fine.length / 2 }, (_, k) => fine[2 * k + part]!), grid));
  const grain = [(xLimits[1] - xLimits[0]) * RESOLUTION, (yLimits[1] - yLimits[0]) * RESOLUTION] as const;
  const states = [own, ...startsOf(simulator, question, section, own, xLimits, yLimits)];
  const courses = states.map((from, k) => {
    report(k, states.length);
    return course(system, from, x, y, grain, setting);
  });
  return {
    kind: 'phase plane', x, y, xLimits, yLimits, others: section.others, courses,
    field: { columns: FIELD, rows: FIELD, vectors: evaluate(FIELD) }, xNullcline: nullcline(0), yNullcline: nullcline(1),
  };
}

function phaseLine(system: OdeSystem, base: Float64Array, x: number, limits: Limits): PhaseLineAnswer {
  const count = 401, at = new Float64Array(count), rate = new Float64Array(count), state = Float64Array.from(base), rates = new Float64Array(base.length);
  for (let k = 0; k < count; k++) {
    state[x] = at[k] = coordinate(limits, k, count);
    system.rhs(0, state, rates);
    rate[k] = rates[x]!;
  }
  return { kind: 'phase line', x, at, rate };
}

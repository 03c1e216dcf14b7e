/** From what an integration samples to what the page draws. */
import type { Network, Term } from '../../chemistry/index.ts';
import { sampleAdaptively, type OdeSystem, type Step } from '../../simulation/index.ts';
import type { Trajectory } from '../worker-protocol.ts';

/** Most numbers a recording may hold (128 MB); the sampler keeps four candidates for every point. */
const BUDGET = 16e6;
const CANDIDATES = 4;
/** States up to this size are recorded whole without asking what moves. */
const SMALL = 5000;

/** How many points a trajectory of this many components may have: as wished, or as many as memory allows. */
export function affordablePoints(wished: number, components: number): number {
  return Math.max(4, Math.min(wished, Math.floor(BUDGET / CANDIDATES / Math.max(1, components))));
}

/**
 * Components that can change, ascending: those of blocks that some family makes or uses up. In a large layered network nearly all
 * components are weights that only catalyse; recording them would cost all of the memory and show straight lines.
 */
export function movingComponents(network: Network): Int32Array {
  if (network.dimension <= SMALL) return Int32Array.from({ length: network.dimension }, (_, i) => i);
  const moving = new Set<number>();
  for (const family of network.families) {
    const net = new Map<string, { readonly block: number; change: number }>();
    const add = (term: Term, sign: 1 | -1): void => {
      const key = `${term.block} ${JSON.stringify(term.index)}`;
      const entry = net.get(key) ?? { block: term.block, change: 0 };
      entry.change += sign * term.stoichiometry;
      net.set(key, entry);
    };
    for (const term of family.reactants) add(term, -1);
    for (const term of family.products) add(term, 1);
    for (const { block, change } of net.values()) if (change !== 0) moving.add(block);
  }
  const blocks = network.blocks.filter((block) => moving.has(block.id) && block.kind !== 'fixed');
  const result = new Int32Array(blocks.reduce((sum, block) => sum + block.size, 0));
  let next = 0;
  for (const block of blocks) for (let k = 0; k < block.size; k++) result[next++] = block.offset + k;
  return result.sort();
}

/** max |f_i|. */
export function residualOf(rates: Float64Array): number {
  let residual = 0;
  for (const rate of rates) residual = Math.max(residual, Math.abs(rate));
  return residual;
}

/** Records a run: `onStep` is for the integrator, `finish` gives the trajectory so far; the recording may go on after it. */
export interface Recording {
  readonly onStep: (step: Step) => void;
  finish(): Trajectory;
}

/** @param components what is recorded, ascending; the others must stay what they are in y0 */
export function record(system: OdeSystem, y0: Float64Array, components: Int32Array, points: number): Recording {
  const whole = components.length === system.dimension;
  const pick = (state: Float64Array, out: Float64Array): Float64Array => {
    for (let i = 0; i < out.length; i++) out[i] = state[components[i]!]!;
    return out;
  };
  const state = Float64Array.from(y0);
  const sampler = sampleAdaptively(affordablePoints(points, components.length), 0, pick(y0, new Float64Array(components.length)));
  const onStep = whole ? sampler.onStep : (step: Step): void => {
    sampler.onStep({
      t0: step.t0, t1: step.t1, y: pick(step.y, new Float64Array(components.length)),
      at: (t, out) => {
        step.at(t, state);
        pick(state, out);
      },
    });
  };
  return { onStep, finish: () => trajectoryOf(sampler.finish(), system, y0, components) };
}

/** Rows by component instead of rows by time, and the residual at every time. */
function trajectoryOf(samples: { readonly times: Float64Array; readonly states: readonly Float64Array[] }, system: OdeSystem, y0: Float64Array, components: Int32Array): Trajectory {
  const { times, states } = samples;
  const count = times.length;
  const rows = new Int32Array(system.dimension).fill(-1);
  for (const [row, component] of components.entries()) rows[component] = row;
  const values = new Float64Array(count * components.length);
  const residuals = new Float64Array(count);
  const full = Float64Array.from(y0);
  const rates = new Float64Array(system.dimension);
  for (const [k, state] of states.entries()) {
    for (let i = 0; i < state.length; i++) {
      values[i * count + k] = state[i]!;
      full[components[i]!] = state[i]!;
    }
    system.rhs(times[k]!, full, rates);
    residuals[k] = residualOf(rates);
  }
  return { times, rows, initial: Float64Array.from(y0), values, residuals };
}

/** How near the end a solution must stay to count as settled, relative to each component. */
const SETTLED = 1e-4;

/**
 * The time from which on every component stays within SETTLED of its final value. An integrator must look on much longer than
 * this to be sure that nothing happens any more. Between two recorded times the distance is taken to fall exponentially.
 * @param small what counts as nothing for a component (atol/rtol)
 */
export function settlingTime(trajectory: Trajectory, final: Float64Array, small: number): number {
  const { times, rows, values } = trajectory;
  const count = times.length;
  let settled = 0;
  for (let i = 0; i < final.length; i++) {
    const row = rows[i]!;
    if (row < 0) continue;
    const allowed = SETTLED * (Math.abs(final[i]!) + small);
    const distance = (k: number): number => Math.abs(values[row * count + k]! - final[i]!);
    let last = count - 1;
    while (last >= 0 && times[last]! > settled && distance(last) <= allowed) last--;
    if (last < 0 || distance(last) <= allowed) continue;
    if (last === count - 1) return times[last]!;
    const before = distance(last) / allowed;
    const after = Math.max(distance(last + 1) / allowed, 1e-6);
    settled = Math.max(settled, times[last]! + ((times[last + 1]! - times[last]!) * Math.log(before)) / Math.log(before / after));
  }
  return settled;
}

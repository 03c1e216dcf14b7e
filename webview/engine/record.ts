/** From what an integration sampled to what the page draws. */
import type { OdeSystem, Samples } from '../../simulation/index.ts';
import type { Trajectory } from '../worker-protocol.ts';

/** Most numbers a recording may hold (128 MB); the sampler keeps four candidates for every point. */
const BUDGET = 16e6;
const CANDIDATES = 4;

/** How many points a trajectory of this many components may have: as wished, or as many as memory allows. */
export function affordablePoints(wished: number, dimension: number): number {
  return Math.max(4, Math.min(wished, Math.floor(BUDGET / CANDIDATES / Math.max(1, dimension))));
}

/** max |f_i|. */
export function residualOf(rates: Float64Array): number {
  let residual = 0;
  for (const rate of rates) residual = Math.max(residual, Math.abs(rate));
  return residual;
}

/** The samples with one row a component instead of one a time, and the residual at every time. */
export function trajectoryOf(samples: Samples, system: OdeSystem): Trajectory {
  const { times, states } = samples;
  const count = times.length;
  const values = new Float64Array(count * system.dimension);
  const residuals = new Float64Array(count);
  const rates = new Float64Array(system.dimension);
  for (const [k, state] of states.entries()) {
    for (let i = 0; i < state.length; i++) values[i * count + k] = state[i]!;
    system.rhs(times[k]!, state, rates);
    residuals[k] = residualOf(rates);
  }
  return { times, values, residuals };
}

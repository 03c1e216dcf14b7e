/** A dwell of the pot molecule by molecule: the reactions of all rails written out, run by one of the stochastic engines. */
import { familyText, type Network, type ParameterValues } from '../../chemistry/index.ts';
import { Cancelled, pollOf, type Poll } from '../cancel.ts';
import { CompositionRejection } from '../stochastic/composition-rejection.ts';
import { Course, Grid, type Engine } from '../stochastic/course.ts';
import { Stream } from '../stochastic/generator.ts';
import { Langevin } from '../stochastic/langevin.ts';
import { Propensities } from '../stochastic/propensities.ts';
import { TauLeaping } from '../stochastic/tau-leaping.ts';
import { moleculesPerConcentration } from '../stochastic/volume.ts';
import type { Cancel } from '../system.ts';
import { grownBeyond, ratesAreNoNumbers, tooManyEvents } from './lost.ts';
import type { DwellResult, Watch } from './pot.ts';
import { streamOf } from './streams.ts';
import type { IntrinsicNoise } from './types.ts';

/** Events that one dwell may have; a pot that needs more is lost or far too large for this. */
const MOST_EVENTS = 1e9;
const LEAP = 0.03, LANGEVIN_STEP = 0.01;

export class MoleculeDwells {
  /** What ran, in words: `ssa (composition rejection)`. */
  readonly method: string;
  readonly omega: number;
  private readonly network: Network;
  private readonly noise: IntrinsicNoise;
  private readonly propensities: Propensities;
  private readonly engine: Engine;
  private readonly counts: Float64Array;
  private readonly grid = new Grid(new Float64Array(0), new Int32Array(0));

  /** @throws StochasticError for reactions that cannot be counted, UnrollError for a network too large to write out; Cancelled */
  constructor(network: Network, values: ParameterValues, noise: IntrinsicNoise, options: { readonly cancel?: Cancel } = {}) {
    this.network = network;
    this.noise = noise;
    this.omega = moleculesPerConcentration(network, noise.volume);
    this.propensities = new Propensities(network, values, options);
    this.engine = noise.method === 'ssa' ? new CompositionRejection(this.propensities)
      : noise.method === 'tau' ? new TauLeaping(this.propensities, LEAP) : new Langevin(this.propensities, LANGEVIN_STEP);
    this.method = this.engine.name === noise.method ? noise.method : `${noise.method} (${this.engine.name})`;
    this.counts = new Float64Array(network.dimension + 2).fill(1);
  }

  /**
   * Lets a pot react for a time; `state` in concentrations is changed in place. Event by event and in leaps there are whole numbers
   * of molecules of all species but those that are held (an input of 0.37 is a rate, not a count).
   * @param seed with `place`, decides every event
   * @param cancel true ends it, `state` somewhere on the way
   */
  run(state: Float64Array, duration: number, values: ParameterValues, seed: number, place: readonly [number, number], bound: number, watch?: Watch, cancel?: Cancel): DwellResult {
    try {
      return this.react(state, duration, values, seed, place, bound, watch, pollOf(cancel));
    } catch (error) {
      if (error instanceof Cancelled) return { kind: 'cancelled' };
      throw error;
    }
  }

  private react(state: Float64Array, duration: number, values: ParameterValues, seed: number, place: readonly [number, number], bound: number, watch: Watch | undefined, poll: Poll): DwellResult {
    const { counts, omega, propensities, noise, engine, grid, network } = this, n = network.dimension;
    for (let s = 0; s < n; s++) {
      const molecules = state[s]! * omega;
      counts[s] = noise.method === 'langevin' || propensities.fixed[s] === 1 ? molecules : Math.round(molecules);
    }
    propensities.prepare(values, omega, counts);
    propensities.whole = noise.method !== 'langevin';
    const random = streamOf(seed, 'molecules', ...place), words = [random.bits(), random.bits(), random.bits(), random.bits() | 1];
    // Leaps and Langevin steps stand for any number of events at no cost.
    const course = new Course(counts, Stream.fromState(words), duration, noise.method === 'ssa' ? MOST_EVENTS : Infinity, grid, poll);
    engine.begin(course);
    for (;;) {
      poll();
      const turn = engine.turn(course);
      for (let s = 0; s < n; s++) state[s] = counts[s]! / omega;
      watch?.(course.t, state);
      const top = largest(state), value = state[top]!, lost = (told: (species: string) => string): DwellResult => ({ kind: 'lost', component: top, value, t: course.t, told });
      if (value > bound) return lost(grownBeyond(bound));
      switch (turn) {
        case 'pause':
          continue;
        // A dwell has no condition that could end it.
        case 'end': case 'extinct': case 'condition':
          return { kind: 'reached' };
        case 'event limit':
          return lost(tooManyEvents(MOST_EVENTS));
        case 'fault': {
          const family = network.families[propensities.family[course.fault?.reaction ?? 0] ?? 0];
          return lost(ratesAreNoNumbers(family === undefined ? undefined : familyText(network, family)));
        }
      }
    }
  }
}

function largest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/**
 * The condition that ends a run molecule by molecule. Between two events molecules stay as they are, so the exact methods look after every
 * event (and at the time between, where the condition depends on it); leaps and Langevin steps are looked at where they end and, where it
 * holds there, searched for the place where it begins to.
 */
import { componentsOf, conditionHolds, dependsOnTime, type EndCondition, type Network, type ParameterValues } from '../../chemistry/index.ts';

/** Halvings of a step in search of the place: as fine as a number in [0, 1]. */
const HALVINGS = 52;

export class Watch {
  /** Whether it may come to hold while the counts stay as they are. */
  readonly usesTime: boolean;
  private readonly condition: EndCondition;
  private readonly network: Network;
  private readonly parameters: ParameterValues;
  private readonly omega: number;
  /** Concentrations, kept up for these components only. */
  private readonly state: Float64Array;
  private readonly components: Int32Array;

  /** @param omega molecules per unit of concentration */
  constructor(condition: EndCondition, network: Network, parameters: ParameterValues, omega: number) {
    this.usesTime = dependsOnTime(condition);
    this.condition = condition;
    this.network = network;
    this.parameters = parameters;
    this.omega = omega;
    this.state = new Float64Array(network.dimension);
    this.components = componentsOf(condition, network);
  }

  holds(t: number, counts: Float64Array): boolean {
    const { condition, network, parameters, state, components, omega } = this;
    for (const s of components) state[s] = counts[s]! / omega;
    return conditionHolds(condition, { network, parameters, state, time: t });
  }

  /** The first time, about, at which it holds while the counts rest from t0 to t1; undefined where it does not hold at t1. */
  resting(t0: number, t1: number, counts: Float64Array): number | undefined {
    if (!this.usesTime || !this.holds(t1, counts)) return undefined;
    const share = this.share((part) => this.holds(t0 + part * (t1 - t0), counts));
    return share === 1 ? t1 : t0 + share * (t1 - t0);
  }

  /** The part of a step at which it begins to hold, for one at whose end it holds: 1 where it does so only there. */
  share(holdsAt: (share: number) => boolean): number {
    let before = 0, after = 1;
    for (let k = 0; k < HALVINGS; k++) {
      const middle = (before + after) / 2;
      if (holdsAt(middle)) after = middle;
      else before = middle;
    }
    return after;
  }
}

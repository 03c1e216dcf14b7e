/** Runs molecule by molecule: events a second of the method that suits the size, and of the plain direct method. */
import { analyse } from '../chemistry/index.ts';
import { importNet } from '../exchange/index.ts';
import { parse } from '../grammar/index.ts';
import { StochasticSimulator, type StochasticMethod } from '../simulation/index.ts';
import { cpu } from './measure.ts';

export interface Molecules {
  readonly model: string;
  readonly until: number;
  readonly method: string;
  readonly events: number;
  /** Of the second run, events a CPU second. */
  readonly eventsPerSecond: number;
  readonly directEventsPerSecond: number;
}

/** The direct method is stopped after so many events: it does not get faster. */
const DIRECT_EVENTS = { small: 300_000, large: 10_000 } as const;

export function molecules(net: string, model: string, until: number): Molecules {
  const { network } = analyse(parse(importNet(net, model).text));
  const simulator = new StochasticSimulator(network, { clock: cpu });
  const run = (method: StochasticMethod, maxEvents: number): { readonly method: string; readonly events: number; readonly rate: number } => {
    const { events, seconds, method: ran } = simulator.run({ until, method, maxEvents, points: 2 });
    return { method: ran, events, rate: events / seconds };
  };
  run('ssa', 100_000);
  const ours = run('ssa', 20_000_000), direct = run('direct', network.families.length > 10_000 ? DIRECT_EVENTS.large : DIRECT_EVENTS.small);
  return { model, until, method: ours.method, events: ours.events, eventsPerSecond: ours.rate, directEventsPerSecond: direct.rate };
}

/** Our own integration of an imported model, each phase timed in CPU seconds of this process. */
import { analyse, initialState, parameterValues } from '../chemistry/index.ts';
import { importNet } from '../exchange/index.ts';
import { parse } from '../grammar/index.ts';
import { compileNetwork, integrate, type MethodName, type OdeSystem } from '../simulation/index.ts';
import { cpu } from './measure.ts';

export interface Built {
  readonly system: OdeSystem;
  readonly initial: Float64Array;
  readonly species: number;
  readonly reactions: number;
  /** From the .crn text to a system that is ready. */
  readonly buildSeconds: number;
}

export function build(net: string, name: string): Built {
  const { text } = importNet(net, name);
  const before = cpu();
  const { network, hasErrors } = analyse(parse(text));
  if (hasErrors) throw new Error(`${name} has errors after import.`);
  const parameters = parameterValues(network);
  const system = compileNetwork(network, parameters).system;
  return { system, initial: initialState(network, parameters), species: network.dimension, reactions: network.families.length, buildSeconds: cpu() - before };
}

export interface Solved {
  readonly seconds: number;
  readonly steps: number;
  readonly evaluations: number;
  readonly methods: readonly string[];
  readonly final: Float64Array;
}

export function solve({ system, initial }: Built, end: number, method: MethodName, rtol: number, atol: number): Solved {
  const before = cpu();
  const result = integrate(system, { t0: 0, t1: end, y0: initial, rtol, atol, method });
  const seconds = cpu() - before;
  if (result.outcome.kind !== 'reached') throw new Error(`The integration ended as “${result.outcome.kind}” at t = ${result.outcome.t}.`);
  return { seconds, steps: result.steps, evaluations: result.evaluations, methods: result.methods, final: result.y };
}

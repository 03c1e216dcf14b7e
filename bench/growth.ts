/** Cost of one evaluation as networks grow: synthetic sparse networks of 1,000 to 100,000 reactions. */
import { analyse, initialState, parameterValues } from '../chemistry/index.ts';
import { parse } from '../grammar/index.ts';
import { compileNetwork } from '../simulation/index.ts';
import { cpu, seeded } from './measure.ts';

export interface Growth {
  readonly reactions: number;
  readonly species: number;
  readonly buildSeconds: number;
  /** CPU seconds of one right-hand side, and of one product with the Jacobian. */
  readonly rates: number;
  readonly jacobianTimes: number;
}

const SIZES = [1_000, 10_000, 100_000];

/** Bindings and conversions among species that are near each other, three reactions a species. */
function text(reactions: number): string {
  const random = seeded(reactions), species = Math.round(reactions / 3), lines: string[] = [];
  const near = (i: number): number => (i + 1 + Math.floor(20 * random())) % species;
  for (let i = 0; i < species; i++) lines.push(`species S${i} = ${(random() + 0.1).toFixed(3)}`);
  for (let r = 0; r < reactions; r++) {
    const i = r % species, k = (random() + 0.1).toFixed(3);
    lines.push(random() < 0.6 ? `S${i} + S${near(i)} -> S${near(i)} @ ${k}` : `S${i} -> S${near(i)} @ ${k}`);
  }
  return lines.join('\n');
}

export function growth(): Growth[] {
  return SIZES.map((reactions) => {
    const { network, hasErrors } = analyse(parse(text(reactions)));
    if (hasErrors) throw new Error('The synthetic network has errors.');
    const before = cpu(), parameters = parameterValues(network), { system } = compileNetwork(network, parameters), buildSeconds = cpu() - before;
    const y = initialState(network, parameters), out = new Float64Array(y.length);
    return { reactions, species: y.length, buildSeconds, rates: quickest(() => { system.rhs(0, y, out); }, reactions), jacobianTimes: quickest(() => { system.jacobianTimes!(0, y, y, out); }, reactions) };
  });
}

/** Seconds of one call: the best of several rounds of many. */
function quickest(call: () => void, reactions: number): number {
  const calls = Math.ceil(3e7 / reactions / 10);
  let best = Infinity;
  for (let round = 0; round < 8; round++) {
    const before = cpu();
    for (let k = 0; k < calls; k++) call();
    best = Math.min(best, (cpu() - before) / calls);
  }
  return best;
}

/** Cost of one evaluation as networks grow: synthetic sparse networks of 1,000 to 100,000 reactions. */
import { analyse, initialState, parameterValues } from '../chemistry/index.ts';
import { parse } from '../grammar/index.ts';
import { compileNetwork } from '../simulation/index.ts';
import { cpu, median, seeded } from './measure.ts';

type Work = 'rates' | 'jacobianTimes';

export interface Growth {
  readonly reactions: number;
  readonly species: number;
  readonly buildSeconds: number;
  /** CPU seconds of one right-hand side, and of one product with the Jacobian: of the best round. */
  readonly rates: number;
  readonly jacobianTimes: number;
  /** Both over those of the size before: medians over the rounds, each of which takes all sizes within a moment. */
  readonly ratio?: { readonly rates: number; readonly jacobianTimes: number };
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

/** Rounds of all sizes, one after the other: a machine that is shared has bad moments, which then spoil no size alone. */
const ROUNDS = 60;

export function growth(): Growth[] {
  const built = SIZES.map((reactions) => {
    const { network, hasErrors } = analyse(parse(text(reactions)));
    if (hasErrors) throw new Error('The synthetic network has errors.');
    const before = cpu(), parameters = parameterValues(network), { system } = compileNetwork(network, parameters), buildSeconds = cpu() - before;
    const y = initialState(network, parameters), out = new Float64Array(y.length), calls = Math.ceil(3e6 / reactions);
    return { reactions, species: y.length, buildSeconds, rates: () => secondsOf(() => { system.rhs(0, y, out); }, calls), jacobianTimes: () => secondsOf(() => { system.jacobianTimes!(0, y, y, out); }, calls) };
  });
  const rounds = Array.from({ length: ROUNDS }, () => built.map(({ rates, jacobianTimes }) => ({ rates: rates(), jacobianTimes: jacobianTimes() })));
  return built.map(({ reactions, species, buildSeconds }, k) => {
    const best = (of: Work): number => Math.min(...rounds.map((round) => round[k]![of]));
    const ratio = (of: Work): number => median(rounds.map((round) => round[k]![of] / round[k - 1]![of]));
    return {
      reactions, species, buildSeconds, rates: best('rates'), jacobianTimes: best('jacobianTimes'),
      ...(k > 0 && { ratio: { rates: ratio('rates'), jacobianTimes: ratio('jacobianTimes') } }),
    };
  });
}

/** Seconds of one of so many calls. */
function secondsOf(call: () => void, calls: number): number {
  const before = cpu();
  for (let k = 0; k < calls; k++) call();
  return (cpu() - before) / calls;
}

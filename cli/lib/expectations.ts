/** Tests a model's `expect` statements: simulations are run once each, whatever is expected of them. */
import { evaluateScalar, parameterValues, type Expectation, type Network } from '../../chemistry/index.ts';
import type { SimulationResult } from '../../simulation/index.ts';
import { FailedError, UnusableError } from './errors.ts';
import { number, outcomeSentence } from './outcome.ts';
import { prepare, run } from './run.ts';
import { experimentNamed, settingsOf, type RunSettings } from './settings.ts';

export interface Verdict {
  readonly expectation: Expectation;
  readonly holds: boolean;
  /** What was found, for the report. */
  readonly found: string;
}

/** Fixed points are tested to nine digits and more; integration errors must stay well below. */
const FIXED_POINT: RunSettings = { until: 'fixed point', endGiven: true, method: 'auto', rtol: 1e-10, atol: 1e-14, points: 2, plot: [], off: [] };
/** A simulation is run at its own tolerances, or at these when it has none. */
const TOLERANCES = { rtol: 1e-8, atol: 1e-12 };

/** A tester for one network. */
export function tester(network: Network): (expectation: Expectation) => Verdict {
  const runs = new Map<string | undefined, SimulationResult | string>();
  const end = (experiment: string | undefined): SimulationResult | string => {
    let known = runs.get(experiment);
    if (known === undefined) runs.set(experiment, (known = runOnce(network, experiment)));
    return known;
  };
  return (expectation) => {
    const { check } = expectation;
    if (check.kind === 'decided') return { expectation, holds: check.holds, found: check.found };
    const ended = end(expectation.experiment);
    if (typeof ended === 'string') return { expectation, holds: false, found: ended };
    const context = { network, parameters: parameterValues(network), state: ended.final, time: ended.outcome.t };
    const left = evaluateScalar(check.left, context);
    const right = evaluateScalar(check.right, context);
    if (check.kind === 'compare') return { expectation, holds: compare(left, check.operator, right), found: `${number(left)} ${check.operator} ${number(right)}` };
    const off = Math.abs(left - right);
    const allowed = check.relative ? check.tolerance * Math.abs(right) : check.tolerance;
    return { expectation, holds: off <= allowed, found: `${left} is ${number(off)} away from ${right}; allowed is ${number(allowed)}` };
  };
}

function runOnce(network: Network, experiment: string | undefined): SimulationResult | string {
  try {
    const settings = experiment === undefined ? FIXED_POINT : { ...TOLERANCES, ...withoutUndefined(settingsOf(experimentNamed(network, experiment), {})) };
    const result = run(prepare(network, [], settings.off), { ...settings, points: 2 }, { species: [] });
    const wanted = settings.until === 'fixed point' ? 'steady' : 'reached';
    return result.outcome.kind === wanted ? result : outcomeSentence(result.outcome, network, settings.until);
  } catch (error) {
    if (error instanceof UnusableError || error instanceof FailedError) return error.message;
    throw error;
  }
}

/** An absent tolerance must not hide the default. */
function withoutUndefined(settings: RunSettings): RunSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as unknown as RunSettings;
}

function compare(left: number, operator: '>=' | '<=' | '>' | '<' | '=', right: number): boolean {
  switch (operator) {
    case '>=':
      return left >= right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '<':
      return left < right;
    case '=':
      return left === right;
  }
}

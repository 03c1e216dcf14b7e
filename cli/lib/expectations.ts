/** Tests a model's `expect` statements: simulations are run once each, whatever is expected of them. */
import { evaluateScalar, parameterValues, type Expectation, type Network, type Scalar } from '../../chemistry/index.ts';
import { summariseEnsemble } from '../../simulation/index.ts';
import { compare } from './comparison.ts';
import { FailedError, UnusableError } from './errors.ts';
import type { Model } from './model.ts';
import { allReplicas, prepareMolecules } from './molecules.ts';
import { number } from './number.ts';
import { conditionSentence, moleculesSentence, outcomeSentence } from './outcome.ts';
import { namesOf, prepare, run } from './run.ts';
import { experimentNamed, settingsOf, type MoleculeSettings, type RunSettings } from './settings.ts';
import { trainedTester } from './trained-expectations.ts';

export interface Verdict {
  readonly expectation: Expectation;
  readonly holds: boolean;
  /** What was found, for the report. */
  readonly found: string;
  /** What is asked for and what is the case, where two numbers are compared. */
  readonly expected?: string;
  readonly actual?: string;
}

/** Where a simulation ended; of several runs molecule by molecule the means, and the variances. */
interface End {
  readonly state: Float64Array;
  readonly time: number;
  readonly variance?: Float64Array;
}

/** Fixed points are tested to nine digits and more; integration errors must stay well below. */
const FIXED_POINT: RunSettings = { until: 'fixed point', endGiven: true, method: 'auto', starts: 1, seed: 1, rtol: 1e-10, atol: undefined, atolOfLargest: 1e-14, points: 2, plot: [], off: [] };
/** A simulation is run at its own tolerances, or at these when it has none. */
const TOLERANCES = { rtol: 1e-8, atolOfLargest: 1e-12 };

/** A tester for one model. */
export function tester(model: Model): (expectation: Expectation) => Verdict {
  const { network } = model.analysis;
  const ofTraining = trainedTester(model);
  const runs = new Map<string | undefined, End | string>();
  const end = (experiment: string | undefined): End | string => {
    let known = runs.get(experiment);
    if (known === undefined) runs.set(experiment, (known = runOnce(network, experiment)));
    return known;
  };
  return (expectation) => {
    const { check } = expectation;
    switch (check.kind) {
      case 'decided':
        return { expectation, holds: check.holds, found: check.found };
      case 'training':
        return { expectation, ...ofTraining(check) };
      case 'near':
      case 'compare':
        break;
    }
    const ended = end(expectation.experiment);
    if (typeof ended === 'string') return { expectation, holds: false, found: ended };
    const parameters = parameterValues(network);
    const at = (state: Float64Array) => (scalar: Scalar): number => evaluateScalar(scalar, { network, parameters, state, time: ended.time });
    const left = at(check.statistic === 'variance' && ended.variance !== undefined ? ended.variance : ended.state)(check.left);
    const right = at(ended.state)(check.right);
    if (check.kind === 'compare') return { expectation, holds: compare(left, check.operator, right), found: `${number(left)} ${check.operator} ${number(right)}`, expected: `${check.operator} ${right}`, actual: String(left) };
    const off = Math.abs(left - right);
    const allowed = check.relative ? check.tolerance * Math.abs(right) : check.tolerance;
    return { expectation, holds: off <= allowed, found: `${left} is ${number(off)} away from ${right}; allowed is ${number(allowed)}`, expected: `${right} ± ${number(allowed)}`, actual: String(left) };
  };
}

function runOnce(network: Network, experiment: string | undefined): End | string {
  try {
    const settings = experiment === undefined ? FIXED_POINT : { ...TOLERANCES, ...withoutUndefined(settingsOf(experimentNamed(network, experiment), {})) };
    if (settings.molecules !== undefined) return runReplicas(network, settings, settings.molecules);
    const result = run(prepare(network, [], settings.off), { ...settings, points: 2 }, { species: [] });
    const { condition } = settings, { outcome, event } = result;
    if (condition !== undefined && event === undefined) return conditionSentence(condition, outcome, event, network) ?? outcomeSentence(outcome, network, settings.until);
    const wanted = settings.until === 'fixed point' && condition === undefined ? 'steady' : 'reached';
    return outcome.kind === wanted ? { state: result.final, time: outcome.t } : outcomeSentence(outcome, network, settings.until);
  } catch (error) {
    if (error instanceof UnusableError || error instanceof FailedError) return error.message;
    throw error;
  }
}

/** The mean over the runs, of which there may be one. */
function runReplicas(network: Network, settings: RunSettings, molecules: MoleculeSettings): End | string {
  const end = settings.until as number, { condition } = settings;
  const { sums, stopped, moleculesPerConcentration } = allReplicas(prepareMolecules(network, { ...settings, points: 1 }, molecules), molecules.replicas);
  if (stopped !== undefined) return `Run ${stopped.replica + 1} of ${molecules.replicas}: ${moleculesSentence(stopped.outcome, network, end)}`;
  const { species, met } = summariseEnsemble(network, sums, { scale: 1 / moleculesPerConcentration });
  // What is expected of one run is expected at its condition; over many the runs stay where they ended.
  const reached = met?.replicas ?? 0;
  if (condition !== undefined && (reached === 0 || molecules.replicas === 1) && reached < molecules.replicas) return `“${condition.text}” did not come true up to t = ${number(end)}`;
  const time = condition === undefined ? end : ((met?.mean ?? 0) * reached + end * (molecules.replicas - reached)) / molecules.replicas;
  const names = namesOf(network);
  return {
    time,
    state: Float64Array.from(names, (name) => species.get(name)?.mean[0] ?? NaN),
    variance: Float64Array.from(names, (name) => species.get(name)?.variance[0] ?? NaN),
  };
}

/** An absent tolerance must not hide the default. */
function withoutUndefined(settings: RunSettings): RunSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as unknown as RunSettings;
}

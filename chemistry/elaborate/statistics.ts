/** `mean(X)` and `variance(X)` on the left of an `expect`: of a species over the runs of a simulation molecule by molecule. */
import { t } from '../../l10n/index.ts';
import type { Expression, Name } from '../../grammar/index.ts';
import type { Statistic } from '../analysis.ts';
import { statisticOfNothing } from '../diagnostics/crn808-statistic-of-nothing.ts';
import { STOCHASTIC_METHODS } from '../names/settings.ts';
import type { Experiment, Network, Scalar } from '../network.ts';
import { placeOf, report, type Context } from './context.ts';
import { elaborate } from './expression.ts';

const STATISTICS: readonly Statistic[] = ['mean', 'variance'];

/**
 * @param experiment the one that the expectation names
 * @returns undefined when the expression is something else, 'wrong' when what is wrong with it has been reported
 */
export function statisticOf(
  expression: Expression, experiment: Name | undefined, context: Context, network: Network,
): { readonly statistic: Statistic; readonly scalar: Scalar } | 'wrong' | undefined {
  if (expression.kind !== 'Call') return undefined;
  const statistic = STATISTICS.find((name) => name === expression.callee.text);
  if (statistic === undefined) return undefined;
  const [argument] = expression.arguments;
  const wrong = (at: Expression, why: string): 'wrong' => {
    report(context, statisticOfNothing(placeOf(context, at), statistic, why));
    return 'wrong';
  };
  if (argument === undefined || expression.arguments.length !== 1 || expression.named.length > 0) return wrong(expression, t('Write {0}(X) with one species.', statistic));
  const value = elaborate(argument, 'read', context);
  if (value === undefined) return 'wrong';
  if (value.scalar.kind !== 'species') return wrong(argument, t('Name a species, an element such as X[2] or a rail such as W^+.'));
  if (experiment === undefined) return wrong(expression, t('Say of which simulation: add “in NAME”.'));
  const named = network.experiments.find((one) => one.name === experiment.text);
  // One that is not there is reported elsewhere, and so is one that could not be read as a whole.
  if (named === undefined || named.origin.unit.problems.length > 0) return 'wrong';
  if (!runsOften(named)) return wrong(expression, t('The simulation {0} needs {1}.', named.name, byMolecules(named) ? t('replicas of 2 or more') : t('method = ssa, tau or langevin, and replicas of 2 or more')));
  return { statistic, scalar: value.scalar };
}

function byMolecules({ settings }: Experiment): boolean {
  const method = settings.get('method');
  return method?.kind === 'word' && STOCHASTIC_METHODS.some((name) => name === method.text);
}

function runsOften(experiment: Experiment): boolean {
  const replicas = experiment.settings.get('replicas');
  return byMolecules(experiment) && replicas?.kind === 'number' && replicas.value >= 2;
}

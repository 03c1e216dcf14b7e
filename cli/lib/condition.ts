/** `--until "X > 0.5"`: a condition in the words of the model. */
import { evaluateScalar, parameterValues } from '../../chemistry/index.ts';
import type { EventFunction } from '../../simulation/index.ts';
import { UnusableError } from './errors.ts';
import { loadModel, type Model } from './model.ts';

/**
 * The condition as a function that is above zero where it holds. It is checked as an `expect` of the model would be.
 * @throws UnusableError for one that makes no sense
 */
export function conditionOf(model: Model, condition: string, parameters: ReadonlyMap<string, number>): EventFunction {
  const refuse = (why: string): never => { throw new UnusableError(`--until "${condition}": ${why}`); };
  if (/[\n;{}]/u.test(condition)) refuse('write a comparison such as X > 0.5.');
  const { analysis } = loadModel(model.file, `${model.text}\nexpect ${condition}\n`);
  const fault = analysis.diagnostics.find(({ severity }) => severity === 'error');
  if (fault !== undefined) refuse(fault.message);
  const check = analysis.expectations.at(-1)?.check;
  if (check?.kind !== 'compare' || check.statistic !== undefined || check.operator === '=') return refuse('write a comparison with < or >, such as X > 0.5.');
  const { network } = analysis, values = parameterValues(network, parameters), sign = check.operator.startsWith('>') ? 1 : -1;
  return (time, state) => {
    const context = { network, parameters: values, state, time };
    return sign * (evaluateScalar(check.left, context) - evaluateScalar(check.right, context));
  };
}

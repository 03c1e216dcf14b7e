/** `--until "X > 0.5"`: a condition in the words of the model, as `until` of a `simulate` statement has it. */
import type { EndCondition } from '../../chemistry/index.ts';
import { UnusableError } from './errors.ts';
import { loadModel, type Model } from './model.ts';

/**
 * The condition as the model's own checker reads it.
 * @throws UnusableError for one that makes no sense
 */
export function conditionOf(model: Model, condition: string): EndCondition {
  const refuse = (why: string): never => { throw new UnusableError(`--until "${condition}": ${why}`); };
  if (/[\n;{}]/u.test(condition)) refuse('write a comparison such as X > 0.5.');
  const taken = new Set(model.analysis.network.experiments.map(({ name }) => name));
  let name = 'until';
  while (taken.has(name)) name += '_';
  // Whether an end time is given beside it is a matter of the command line.
  const { analysis } = loadModel(model.file, `${model.text}\nsimulate ${name} { until = ${condition}; t = 1 }\n`);
  const fault = analysis.diagnostics.find(({ severity }) => severity === 'error');
  if (fault !== undefined) refuse(fault.message);
  const read = analysis.network.experiments.find((experiment) => experiment.name === name)?.settings.get('until');
  return read?.kind === 'condition' ? read.condition : refuse('write a comparison with < or >, such as X > 0.5.');
}

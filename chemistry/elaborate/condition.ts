/** `until = X > 0.5`: what is compared, and whether that can ever decide anything. */
import { printCondition, type Condition, type SimulateStatement } from '../../grammar/index.ts';
import { endOfEquality } from '../diagnostics/crn825-end-of-equality.ts';
import { endNeverChanges } from '../diagnostics/crn823-end-never-changes.ts';
import { endAtOnce } from '../diagnostics/crn824-end-at-once.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { EndCondition, Experiment, Network, Scalar } from '../network.ts';
import { some } from '../polynomial/keys.ts';
import { conditionHolds, initialState, parameterValues } from '../unroll/index.ts';
import { placeOf, report, type Context } from './context.ts';
import { compareUnits, elaborate } from './expression.ts';

/** undefined when it has an error, which is reported. Both sides have to be of one unit. */
export function elaborateCondition(condition: Condition, context: Context): EndCondition | undefined {
  const left = elaborate(condition.left, 'read', context), right = elaborate(condition.right, 'read', context);
  if (left === undefined || right === undefined) return undefined;
  compareUnits(left, condition.left, right, condition.right, context);
  const text = printCondition(condition), { operator } = condition, place = placeOf(context, condition);
  if (operator === '=') {
    report(context, endOfEquality(place, text, placeOf(context, { start: condition.left.end, end: condition.right.start })));
    return undefined;
  }
  const changes = (leaf: Scalar): boolean => leaf.kind === 'time' || (leaf.kind === 'species' && context.builder.blocks[leaf.operand.block]?.kind !== 'fixed');
  if (!some(left.scalar, changes) && !some(right.scalar, changes)) {
    report(context, endNeverChanges(place, text));
    return undefined;
  }
  return { text, left: left.scalar, operator, right: right.scalar };
}

/** Of a condition that holds at the start already, for values as declared; on the finished network. */
export function holdsAtStart(statement: SimulateStatement, experiment: Experiment, context: Context, network: Network): Diagnostic | undefined {
  const until = experiment.settings.get('until'), written = statement.settings.find(({ condition }) => condition !== undefined)?.condition;
  if (until?.kind !== 'condition' || written === undefined) return undefined;
  const parameters = parameterValues(network);
  const holds = conditionHolds(until.condition, { network, parameters, state: initialState(network, parameters), time: 0 });
  return holds ? endAtOnce(placeOf(context, written), until.condition.text) : undefined;
}

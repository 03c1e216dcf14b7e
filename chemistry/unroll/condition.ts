/** Conditions that end runs, as numbers. */
import type { EndCondition, Network } from '../network.ts';
import { hasTime, some } from '../polynomial/keys.ts';
import { evaluateScalar, flatPosition, type EvaluationContext } from './evaluate.ts';

/**
 * How far a condition holds, in the unit of its two sides: above 0 exactly where it holds, and continuous as they are. Of `>=` and `<=` it is
 * the least number above 0 where both sides are equal. NaN where a side has no value.
 */
export function conditionMargin({ left, operator, right }: EndCondition, context: EvaluationContext): number {
  const above = evaluateScalar(left, context) - evaluateScalar(right, context), margin = operator.startsWith('>') ? above : -above;
  return operator.endsWith('=') && margin === 0 ? Number.MIN_VALUE : margin;
}

/** Whether it holds; not where a side has no value. */
export function conditionHolds(condition: EndCondition, context: EvaluationContext): boolean {
  return conditionMargin(condition, context) > 0;
}

/** Whether it changes by itself as time goes by, also where nothing reacts. */
export function dependsOnTime({ left, right }: EndCondition): boolean {
  return hasTime(left) || hasTime(right);
}

/** State components that it looks at, each once. */
export function componentsOf({ left, right }: EndCondition, network: Pick<Network, 'blocks'>): Int32Array {
  const components = new Set<number>();
  for (const side of [left, right]) {
    some(side, (leaf) => {
      const block = leaf.kind === 'species' ? network.blocks[leaf.operand.block] : undefined;
      if (leaf.kind === 'species' && block !== undefined) components.add(block.offset + flatPosition(leaf.operand.index, block.axes, []));
      return false;
    });
  }
  return Int32Array.from(components);
}

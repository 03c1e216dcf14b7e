/** Values in a `data` statement that need no names. */
import type { Expression } from '../../grammar/index.ts';

/** A name standing alone. */
export function wordOf(expression: Expression): string | undefined {
  return expression.kind === 'Reference' && expression.indices === undefined && expression.rail === undefined ? expression.name.text : undefined;
}

/** The value of an expression of numbers alone; data sets know no parameters. */
export function constant(expression: Expression): number | undefined {
  switch (expression.kind) {
    case 'Number':
      return expression.value;
    case 'Parenthesised':
      return constant(expression.inner);
    case 'Unary': {
      const value = constant(expression.operand);
      return value === undefined || expression.operator === '+' ? value : -value;
    }
    case 'Binary': {
      const [left, right] = [constant(expression.left), constant(expression.right)];
      if (left === undefined || right === undefined) return undefined;
      return { '+': left + right, '-': left - right, '*': left * right, '/': left / right, '^': left ** right }[expression.operator];
    }
    default:
      return undefined;
  }
}

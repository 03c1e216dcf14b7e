/** Lines of blocks that hold no statements → text. */
import type { Condition, OdeEquation, Setting } from './ast.ts';
import { printExpression, printReference } from './print.ts';

export function printEquation({ species, right }: OdeEquation): string {
  return `${printReference(species)}' = ${printExpression(right)}`;
}
export function printSetting({ key, values, condition }: Setting): string {
  return `${key.text} = ${condition === undefined ? values.map(printExpression).join(', ') : printCondition(condition)}`;
}
export function printCondition({ left, operator, right }: Omit<Condition, 'start' | 'end'>): string {
  return `${printExpression(left)} ${operator} ${printExpression(right)}`;
}

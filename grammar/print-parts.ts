/** Lines of blocks that hold no statements → text. */
import type { OdeEquation, Setting } from './ast.ts';
import { printExpression, printReference } from './print.ts';

export function printEquation({ species, right }: OdeEquation): string {
  return `${printReference(species)}' = ${printExpression(right)}`;
}
export function printSetting({ key, values }: Setting): string {
  return `${key.text} = ${values.map(printExpression).join(', ')}`;
}

import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN521',
  severity: 'error',
  title: 'Negative rate constant',
  manual: `A reaction cannot run at a negative rate: its constant is 0 or more. To run it the other way, swap its sides; for a negative weight choose the
reaction that removes instead of the one that produces, or carry the weight on a dual.`,
  examples: [
    { text: 'species A = 1, B\nA -> B @ -2\n//       ^^' },
    { text: 'param k = -1\nspecies A = 1, B\nA -> B @ k\n//       ^' },
  ],
};

export function negativeConstant(place: Place, value: number, name: string | undefined, element: boolean): Diagnostic {
  const what = name === undefined ? `It is ${value}` : element ? (Number.isFinite(value) ? `${name} has ${value} in it` : `${name} can be negative`) : `${name} is ${value}`;
  return finding(spec, place, `A rate constant cannot be negative: ${what.replace(/^It is/, 'this is')}. Swap the sides of the reaction, or use a value from 0 on.`);
}

import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN816',
  severity: 'error',
  title: 'Data without rows, inputs or targets',
  manual: `Inline data has a first line such as \`x[2] -> y[1]\` and at least one row. Data from a file says which columns are inputs and which are
targets: x = columns(1..4); y = onehot(column("species")).`,
  examples: [
    { text: 'data d {\n//   ^\n  x[2] -> y[1]\n}' },
    { text: 'data flowers = csv("iris.csv") { x = columns(1..4) }\n//   ^^^^^^^' },
  ],
};

export function dataIncomplete(place: Place, problem: string): Diagnostic {
  return finding(spec, place, `${problem}.`);
}

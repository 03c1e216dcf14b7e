/** A `data` block without a table and without a file, or with both. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem } from './problem.ts';

export const noDataSpec: DiagnosticSpec = {
  code: 'CRN134',
  severity: 'error',
  title: 'A table or a file is missing',
  manual: `Data is either a table or a file. A table begins with a line that names its columns and says how many they are, and a row follows on
each line:

\`\`\`crn
data truth_table {
  x[2] -> y[1]
  0 0 -> 0
  0 1 -> 1
}
\`\`\`

A file is named behind \`=\`, and the block says what is read from it:
\`data iris = csv("iris.csv") { x = columns(1..4); y = onehot(column("species")); split 0.8 seed 1 }\`.`,
  examples: [
    { text: 'data d {\n  0 0 -> 0\n//^^^^^^^^\n  0 1 -> 1\n}' },
    { text: '  data d { split 0.8 }\n//     ^' },
    { text: 'data d = csv("a.csv") {\n  x[1] -> y[1]\n//^^^^^^^^^^^^\n  x = column("a")\n}' },
  ],
};

export function noTableHead(row: Span): SyntaxProblem {
  return problem(noDataSpec, row, t('The columns have no names and sizes yet. Begin the table with a line such as `x[2] -> y[1]`.'));
}
export function noData(name: Span): SyntaxProblem {
  return problem(noDataSpec, name, t('This data has neither a table nor a file. Write rows below a line such as `x[2] -> y[1]`, or `= csv("…")` behind the name.'));
}
export function tableAndFile(line: Span): SyntaxProblem {
  return problem(noDataSpec, line, t('This data comes from a file: a table cannot stand here as well. Put it into a `data` block of its own.'));
}

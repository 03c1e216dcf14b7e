import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN328',
  severity: 'error',
  title: 'Module that does not work with these arguments',
  manual: `A module is fine by itself, but not with the arguments of this \`use\`: an index leaves an array that is shorter here, say. The message says
what happens inside, and the related place where.`,
  examples: [{ text: 'species X[2]\nmodule chain(x[n]: species) { for i in 1..n { x[i] -> x[i+1] @ 1 } }\nuse chain(X)\n//  ^^^^^' }],
};

export function failsHere(place: Place, name: string, problem: Diagnostic): Diagnostic {
  const { unit, span, file, message } = problem;
  const related = { unit, span, ...(file === undefined ? {} : { file }), message };
  return finding(spec, place, t('Module {0} does not work with these arguments. Inside it: {1}', name, message), { related: [related, ...(problem.related ?? [])] });
}

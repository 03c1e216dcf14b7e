import { counted, t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import type { FunctionSpec } from '../names/builtins.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN322',
  severity: 'error',
  title: 'Wrong arguments for a function',
  manual: `A function is called with too few or too many arguments, or with a named one that it does not have.`,
  examples: [{ text: 'species A = 1\nA -> 0 rate sqrt(A, 2)\n//          ^^^^^^^^^^' }],
};

export function wrongArgumentCount(place: Place, called: FunctionSpec, given: number, named: string | undefined): Diagnostic {
  if (named !== undefined) return finding(spec, place, t('{0} has no argument called {1}. Remove it.', called.name, named));
  return finding(spec, place, t('{0} takes {1}; {2}.', called.name, called.least === called.most
    ? counted(called.least, '1 argument', '{0} arguments', String(called.least))
    : counted(called.least, 'at least 1 argument', 'at least {0} arguments', String(called.least)), counted(given, 'there is {0}', 'there are {0}', String(given))));
}

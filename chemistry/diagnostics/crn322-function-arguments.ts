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
  if (named !== undefined) return finding(spec, place, `${called.name} has no argument called ${named}. Remove it.`);
  const needed = called.least === called.most ? String(called.least) : `at least ${called.least}`;
  return finding(spec, place, `${called.name} takes ${needed} argument${needed === '1' || needed === 'at least 1' ? '' : 's'}; there ${given === 1 ? 'is' : 'are'} ${given}.`);
}

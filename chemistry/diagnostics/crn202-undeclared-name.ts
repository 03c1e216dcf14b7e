import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Fix, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN202',
  severity: 'error',
  title: 'Undeclared name',
  manual: `An expression uses a name that the text does not declare: a parameter, a species or a loop variable. A missing value is never
taken for 0 or 1.

Correct the name, or declare a parameter with a value.`,
  examples: [
    { text: 'param kcat = 2\nspecies A = 1\nA -> 0 @ kkat\n//       ^^^^', fixed: 'param kcat = 2\nspecies A = 1\nA -> 0 @ kcat' },
    { text: 'species A = 1\nA -> 0 @ k\n//       ^', fixed: 'param k = 1\nspecies A = 1\nA -> 0 @ k' },
  ],
};

export function undeclaredName(place: Place, name: string, suggestion: string | undefined, declare: Fix['edits']): Diagnostic {
  const fixes: Fix[] = [];
  if (suggestion !== undefined) fixes.push(fix(`Change to ${suggestion}`, place, suggestion, true));
  fixes.push({ title: `Declare param ${name} = 1`, edits: declare, ...(suggestion === undefined ? { preferred: true } : {}) });
  const advice = suggestion === undefined ? `Declare it with a value: param ${name} = 1` : `Did you mean ${suggestion}? If it is a new parameter, declare it with a value: param ${name} = 1`;
  return finding(spec, place, `${name} is not declared. ${advice}.`, { fixes });
}

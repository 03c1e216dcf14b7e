import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN203',
  severity: 'error',
  title: 'Undeclared module',
  manual: `\`use\` names a module that neither this text nor a text that it imports declares.

Correct the name, declare the module, or import the file that has it.`,
  examples: [
    { text: 'species A\nmodule decay(x: species) { x -> 0 @ 1 }\nuse decai(A)\n//  ^^^^^', fixed: 'species A\nmodule decay(x: species) { x -> 0 @ 1 }\nuse decay(A)' },
    { text: 'species A\nuse decay(A)\n//  ^^^^^' },
  ],
};

/** \`other\`: what the name is instead, such as "a species". */
export function undeclaredModule(place: Place, name: string, suggestion: string | undefined, other: string | undefined): Diagnostic {
  if (other !== undefined) return finding(spec, place, `${name} is ${other}, not a module. Name a module here.`);
  const advice = suggestion === undefined ? 'Declare it with module, or import the file that has it' : `Did you mean ${suggestion}`;
  return finding(spec, place, `There is no module ${name}. ${advice}${suggestion === undefined ? '.' : '?'}`, {
    fixes: suggestion === undefined ? [] : [fix(`Change to ${suggestion}`, place, suggestion, true)],
  });
}

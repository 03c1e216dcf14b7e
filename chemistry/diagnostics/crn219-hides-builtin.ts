import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN219',
  severity: 'warning',
  title: 'Hides a name of the language',
  manual: `A declaration uses \`time\`, \`pi\` or \`π\`, which the language knows already: the simulation's time and the ratio π. In this text
the name then means what is declared.`,
  examples: [{ text: 'species time = 1\n//      ^^^^\ntime -> 0 @ 1' }],
};

export function hidesBuiltin(place: Place, name: string): Diagnostic {
  const meaning = name === 'time' ? 'the simulation’s time' : 'the ratio π';
  return finding(spec, place, `${name} is ${meaning}; this declaration hides it in this text. Choose another name to keep both.`);
}

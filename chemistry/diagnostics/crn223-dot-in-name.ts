import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN223',
  severity: 'error',
  title: 'Declared name with a dot',
  manual: `A name with a dot, such as \`m1.tmp\`, means the species \`tmp\` that belongs to the use \`m1\` of a module. Such species come with the use; they are not
declared by hand.

Take another name.`,
  examples: [{ text: 'species A1.b = 1\n//      ^^^^', fixed: 'species A1_b = 1' }],
};

export function dotInName(place: Place, name: string): Diagnostic {
  const other = name.replaceAll('.', '_');
  return finding(spec, place, `A name with a dot means something that a use of a module owns, so ${name} cannot be declared. Take a name without a dot, such as ${other}.`, {
    fixes: [fix(`Change to ${other}`, place, other)],
  });
}

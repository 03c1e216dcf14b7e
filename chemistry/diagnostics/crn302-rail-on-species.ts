import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN302',
  severity: 'error',
  title: 'Rail on something that is not a dual',
  manual: `\`^+\`, \`^-\` and \`^s\` choose a rail of a dual. A species has none: its amount is never negative. Remove the rail, or declare the name with
\`dual\` if it stands for a signed quantity.`,
  examples: [{ text: 'species A = 1\n0 -> A^+ @ 1\n//    ^^', fixed: 'species A = 1\n0 -> A @ 1' }],
};

export function railOnSpecies(place: Place, name: string, what: string): Diagnostic {
  return finding(spec, place, `${name} is a ${what} and has no rails. Remove the superscript, or declare ${name} with dual.`, { fixes: [fix('Remove the rail', place, '', true)] });
}

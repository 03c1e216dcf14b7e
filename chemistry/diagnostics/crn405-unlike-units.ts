import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { UnitReason } from '../dimensions/check.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';
import { unitReasons } from './unit-reasons.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN405',
  severity: 'error',
  title: 'Sum or choice of unlike units',
  manual: `Only quantities of one unit can be added, subtracted or compared: a concentration and a rate have no sum. Numbers written in the text take
whatever unit is needed. (In a file without a \`units\` statement this is a warning.)`,
  examples: [{ text: 'units time s, concentration uM\nparam Km: uM = 1, Vmax: uM/s = 2\nspecies A = 1\nA -> 0 rate Vmax*A/(Vmax + A)\n//                         ^' }],
};

export function unlikeSum(place: Place, other: Place, found: string, needed: string, what: 'sum' | 'choice', reasons: readonly UnitReason[]): Diagnostic {
  const verb = what === 'sum' ? 'be added to or subtracted from' : 'be compared or chosen together with';
  return finding(spec, place, `This is ${found} and cannot ${verb} ${needed}. Correct one of the two.`, {
    related: [{ ...other, message: `This is ${needed}.` }, ...unitReasons(reasons)],
  });
}

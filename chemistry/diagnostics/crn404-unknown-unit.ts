import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { COMMON_UNITS } from '../dimensions/table.ts';
import { nearest } from '../names/suggest.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN404',
  severity: 'error',
  title: 'Unknown unit',
  manual: `A unit is not known. Known are s, min, h, d; M, mol, molecules, L; m, g, Da, K, J, N, Pa, Hz, kat, with the prefixes f p n u µ m c d k M G; and
dimensionless (or 1). A unit of your own is declared in the units statement: \`units cells cell\`.`,
  examples: [{ text: 'units time s, concentration uM\nparam k: 1/sec = 1\n//         ^^^\nspecies A = 1\nA -> 0 @ k', fixed: 'units time s, concentration uM\nparam k: 1/s = 1\nspecies A = 1\nA -> 0 @ k' }],
};

const USUAL: Readonly<Record<string, string>> = {
  sec: 's', secs: 's', second: 's', seconds: 's', minute: 'min', minutes: 'min', mins: 'min', hour: 'h', hours: 'h', hr: 'h', days: 'd', molar: 'M', moles: 'mol', mole: 'mol',
  litre: 'L', liter: 'L', S: 's', um: 'uM', nm: 'nM', mm: 'mM', count: 'molecules', counts: 'molecules', particles: 'molecules', none: 'dimensionless',
};

export function unknownUnit(place: Place, name: string, own: Iterable<string>): Diagnostic {
  const suggestion = (Object.hasOwn(USUAL, name) ? USUAL[name] : undefined) ?? nearest(name, [...own, ...COMMON_UNITS]);
  const advice = suggestion === undefined ? t('If it is a unit of your own, declare it: units {0} {0}', name) : t('Did you mean {0}?', suggestion);
  return finding(spec, place, t('There is no unit {0}. {1}{2}', name, advice, suggestion === undefined ? '.' : ''), {
    fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)],
  });
}

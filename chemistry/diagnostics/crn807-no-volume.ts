import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN807',
  severity: 'warning',
  title: 'Run molecule by molecule in a litre',
  manual: `Where \`units\` gives concentrations a unit such as uM, the \`volume\` of a run molecule by molecule is in litres, and 1 when left out: at 1 uM a litre
holds 6·10¹⁷ molecules, more than anyone can follow one by one. Give the volume: a bacterium has about 1e-15 litres, a yeast cell 4e-14, a
HeLa cell 2e-12. Without a unit of concentration \`volume\` is the number of molecules that one unit of concentration stands for, and 1 means that
initial values are numbers of molecules.`,
  examples: [
    { text: 'units time s, concentration uM\nspecies A: uM = 1\nA -> 0 @ 1\nsimulate run { t = 1; method = ssa }\n//                             ^^^' },
  ],
};

export function noVolume(place: Place, unit: string): Diagnostic {
  return finding(spec, place, t('No volume is given, so this takes place in 1 litre, which holds far more molecules at 1 {0} than can be followed. Give volume in litres, such as volume = 1e-15.', unit));
}

import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN409',
  severity: 'error',
  title: 'Unit that does not measure its dimension',
  manual: `A \`units\` statement gives \`time\` a unit that is no time, or \`concentration\` one that is neither an amount per volume nor an amount nor a unit of your own.
For a model of plain numbers use \`units time 1, concentration 1\`.`,
  examples: [{ text: 'units time uM, concentration uM\n//         ^^\nspecies A = 1\nA -> 0 @ 1' }],
};

export function wrongDimension(place: Place, dimension: 'time' | 'concentration', unit: string): Diagnostic {
  const examples = dimension === 'time' ? t('s, ms, min, h, or 1 for plain numbers') : t('M, mM, uM, nM, mol/L, molecules, or 1 for plain numbers');
  return finding(spec, place, dimension === 'time' ? t('{0} does not measure time. Use {1}.', unit, examples) : t('{0} does not measure a concentration. Use {1}.', unit, examples));
}

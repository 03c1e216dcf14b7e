import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN728',
  severity: 'error',
  title: 'The width of a layer is no whole number',
  manual: `The number of units of a layer, or of inputs, is a whole number from 1 on, known when the text is checked: a number or a parameter.`,
  examples: [
    { text: 'network n {\n  input x[2]\n  layer y[0] = linear\n//        ^\n}' },
  ],
};

export function layerWidth(place: Place, name: string, value: number | undefined): Diagnostic {
  return finding(spec, place, t('The width of {0} has to be a whole number from 1 on that is known when the text is checked{1}.', name, value === undefined ? '' : t(', and it is {0}', value)));
}

import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN727',
  severity: 'error',
  title: 'A name twice in a network',
  manual: `The input and the layers of a network name its species, so each needs a name of its own. κ, η, λ, κ_error and A are taken by the
network itself.`,
  examples: [
    { text: 'network n {\n  input x[2]\n  layer h[2] = smooth_relu(h = 0.1)\n  layer h[1] = linear\n//      ^\n}' },
  ],
};

export function layerTwice(place: Place, first: Place | undefined, name: string): Diagnostic {
  const message = first === undefined ? t('{0} is a name that every network uses itself. Choose another name.', name) : t('There is already a layer or input {0} in this network. Choose another name.', name);
  return finding(spec, place, message, first === undefined ? {} : { related: [{ ...first, message: t('The first one.') }] });
}

import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN725',
  severity: 'error',
  title: 'Weights that are rate constants cannot be trained in the pot',
  manual: `In the form \`constants\` the weights of a network are rate constants, which no reaction changes. Training in the pot needs weights that
are species, form = rails; or train in silico, where = silico, and run the result in either form.`,
  examples: [
    {
      text: 'data d {\n  x[1] -> y[1]\n  0 -> 0\n  1 -> 1\n}\nnetwork n {\n  input x[1]\n  layer y[1] = linear\n  form = constants\n}\ntrain n on d { rate = 0.005 }\n//    ^',
    },
  ],
};

export function constantsNotTrained(place: Place, network: string): Diagnostic {
  return finding(spec, place, t('The weights of {0} are rate constants, which reactions cannot change. Set form = rails in the network, or train with where = silico.', network));
}

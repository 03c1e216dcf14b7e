import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Fix, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN817',
  severity: 'error',
  title: 'Noise that lacks something',
  manual: `A \`noise\` statement says what is noisy: \`rates\`, \`concentrations\` or \`intrinsic\`, one of them at least. Intrinsic noise, that of single molecules,
needs the \`volume\`: the number of molecules that a concentration of 1 stands for. The smaller it is, the noisier. A volume without
intrinsic noise has no effect.`,
  examples: [
    { text: 'noise quiet { }\n//    ^^^^^' },
    { text: 'noise drops { intrinsic = ssa }\n//            ^^^^^^^^^', fixed: 'noise drops { intrinsic = ssa; volume = 1000 }' },
    { text: 'noise jitter {\n  rates = lognormal(0.1, frozen, per: reaction)\n  volume = 100\n//^^^^^^\n}' },
  ],
};

export function noiseIncomplete(place: Place, problem: string, insertion?: Fix['edits'][number]): Diagnostic {
  return finding(spec, place, `${problem}.`, insertion === undefined ? {} : { fixes: [{ title: t('Add volume = 1000'), edits: [insertion] }] });
}

import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN821',
  severity: 'hint',
  title: 'A sweep that takes long',
  manual: `All values of all \`vary\` lines are combined with each other and repeated as often as \`replicas\` says: 7 values by 3 values by 20 replicas are 420 runs. This sweep
has more than 10,000 runs, or presents more than 100 million samples. A sweep can be interrupted at any moment and gone on with
later; or take fewer values, replicas or epochs.`,
  examples: [
    {
      text: 'data d {\n  x[1] -> y[1]\n  0 -> 0\n  1 -> 1\n}\nnetwork n {\n  input x[1]\n  layer y[1] = linear\n}\nsweep s {\n//    ^\n  train n on d\n  vary noise in 0..0.3 steps 101\n  replicas = 1000\n  epochs = 500\n}',
    },
  ],
};

export function sweepTakesLong(place: Place, what: string): Diagnostic {
  return finding(spec, place, t('{0}. That takes long; it can be interrupted at any moment and gone on with later.', what));
}

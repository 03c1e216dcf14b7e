import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

const TRAINING = 'data d {\n  x[1] -> y[1]\n  0 -> 0\n  1 -> 1\n}\nnetwork net {\n  input x[1]\n  layer y[1] = linear\n}\ntrain net on d { epochs = 200 }\n';

export const spec: DiagnosticSpec = {
  code: 'CRN822',
  severity: 'error',
  title: 'Expectation of a training that cannot be tested',
  manual: `\`accuracy(NAME)\`, \`loss(NAME)\` and \`relative_error(NAME)\` are of a network after its training, with the update reactions off, on the rows that are held out. NAME is the network,
where the file trains it once, or the name of the \`train\` statement. They stand alone on one side of the expectation; the other side is a constant expression.
Only targets that are classes have an accuracy.`,
  examples: [
    { text: `${TRAINING}expect accuracy(nett) >= 1\n//              ^^^^`, fixed: `${TRAINING}expect accuracy(net) >= 1` },
    { text: `${TRAINING}expect 2*loss(net) < 0.01\n//       ^^^^^^^^^` },
  ],
};

export function expectedTraining(place: Place, problem: string, suggestion?: string): Diagnostic {
  return finding(spec, place, /[.?]$/.test(problem) ? problem : `${problem}.`, { fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)] });
}

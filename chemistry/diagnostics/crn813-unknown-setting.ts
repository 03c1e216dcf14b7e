import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN813',
  severity: 'error',
  title: 'Unknown setting of a network, of data, of a training, of noise or of a sweep',
  manual: `A statement has a setting that does not exist and would have no effect.

A network has form, loss, κ, κ_error, biases and inputs. A training has where, rule, rate, dwell, epochs, decay, seed, order, noise, every,
stop, optimizer and batch. Data from a file has x and y. A noise has rates, concentrations, intrinsic and volume. A sweep has replicas, and the settings of its
training or, for a simulation, plot.`,
  examples: [
    {
      text: 'network n {\n  input x[1]\n  layer y[1] = linear\n  forn = rails\n//^^^^\n}',
      fixed: 'network n {\n  input x[1]\n  layer y[1] = linear\n  form = rails\n}',
    },
  ],
};

export function unknownNeuralSetting(place: Place, statement: string, name: string, suggestion: string | undefined, known: readonly string[]): Diagnostic {
  return finding(spec, place, t('{0} has no setting {1}. {2}', statement, name, suggestion === undefined ? t('The settings are {0}.', known.join(', ')) : t('Did you mean {0}?', suggestion)), {
    fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)],
  });
}

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
  return finding(spec, place, `${statement} has no setting ${name}. ${suggestion === undefined ? `The settings are ${known.join(', ')}.` : `Did you mean ${suggestion}?`}`, {
    fixes: suggestion === undefined ? [] : [fix(`Change to ${suggestion}`, place, suggestion, true)],
  });
}

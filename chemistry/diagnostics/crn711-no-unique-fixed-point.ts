import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN711',
  severity: 'error',
  title: 'An activation without exactly one stable positive fixed point',
  manual: `What a neuron computes is the fixed point of its activation, so there has to be exactly one positive fixed point for every pre-activation
y, and it has to be stable. Descartes' rule of signs decides this where the coefficients change sign once for every y; otherwise Sturm
sequences count the positive roots for a grid of values of y, and the message names one where the count is not one.

A positive constant term makes a positive fixed point where y is negative; a negative leading term keeps the species bounded.`,
  examples: [
    { text: "activation no_floor() { x' = y*x - x^2 }\n//         ^^^^^^^^" },
    { text: "activation switch() { x' = 0.1 + y*x + 3*x^2 - x^3 }\n//         ^^^^^^" },
  ],
};

/** `reason`: the counterexample in words. */
export function noUniqueFixedPoint(place: Place, activation: string, reason: string): Diagnostic {
  return finding(spec, place, t('{0} does not compute a function of y: {1}. An activation needs exactly one positive fixed point, a stable one, for every y.', activation, reason));
}

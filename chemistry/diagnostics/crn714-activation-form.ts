import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN714',
  severity: 'error',
  title: 'An activation that cannot be read',
  manual: `An activation is one equation for its species, x' = a(x) + y·b(x), in which y is the pre-activation and all other names are its own
parameters. A second species comes in by a conserved total, a line such as x + x̄ = 1. What is read out is the species of the equation, or
with a line output = x - x̄ the difference of the two.`,
  examples: [
    { text: "activation two(h) { x' = h + k*x + y*x - x^2 }\n//                           ^" },
    { text: "activation none(h) { x' = h - x^2 }\n//                        ^^^^^^^" },
  ],
};

/** `problem`: a sentence without its full stop. */
export function activationForm(place: Place, problem: string): Diagnostic {
  return finding(spec, place, `${problem}.`);
}

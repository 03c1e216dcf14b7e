import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { DISTRIBUTIONS, FUNCTIONS } from '../names/builtins.ts';
import { nearest } from '../names/suggest.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN216',
  severity: 'error',
  title: 'Unknown function',
  manual: `An expression calls a function that does not exist. The functions are exp, ln, log10, sqrt, abs, min, max, sin, cos, tan, tanh,
floor, ceil, if, less, lessEqual, equal, and, or, not; initial values can be uniform(a, b, seed: n) and normal(mean, sd, seed: n).

A product is written with \`*\`: \`k*(A + B)\`, not \`k(A + B)\`.`,
  examples: [
    { text: 'species A = 1\nA -> 0 rate expp(A)*A\n//          ^^^^', fixed: 'species A = 1\nA -> 0 rate exp(A)*A' },
    { text: 'param k = 1\nspecies A = 1\nA -> 0 rate k(A)\n//          ^', fixed: 'param k = 1\nspecies A = 1\nA -> 0 rate k*(A)' },
  ],
};

/** \`declared\`: the name is a species or parameter, so that a product was meant. */
export function unknownFunction(place: Place, name: string, declared: boolean): Diagnostic {
  if (declared) {
    return finding(spec, place, t('{0} is not a function. A product is written with *: {0}*(…).', name), { fixes: [fix(t('Write a product'), place, `${name}*`, true)] });
  }
  const usual: Readonly<Record<string, string>> = { log: 'ln', pow: '^', ceiling: 'ceil', lt: 'less', eq: 'equal' };
  const suggestion = (Object.hasOwn(usual, name) ? usual[name] : undefined) ?? nearest(name, [...FUNCTIONS.keys(), ...DISTRIBUTIONS.keys()]);
  const advice = suggestion === undefined ? t('The functions are {0}.', [...FUNCTIONS.keys()].join(', ')) : t('Did you mean {0}?', suggestion);
  return finding(spec, place, t('There is no function {0}. {1}', name, advice), {
    fixes: suggestion === undefined || suggestion === '^' ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)],
  });
}

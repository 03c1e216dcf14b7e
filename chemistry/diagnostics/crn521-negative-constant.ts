import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN521',
  severity: 'error',
  title: 'Negative rate constant',
  manual: `A reaction cannot run at a negative rate: its constant is 0 or more. To run it the other way, swap its sides; for a negative weight choose the
reaction that removes instead of the one that produces, or carry the weight on a dual.`,
  examples: [
    { text: 'species A = 1, B\nA -> B @ -2\n//       ^^' },
    { text: 'param k = -1\nspecies A = 1, B\nA -> B @ k\n//       ^' },
    { text: 'dual W = 1\nfor s in signs { W^s -> 0 @ s }\n//                          ^' },
    { text: 'param w[2] = [1, -1]\nspecies X[2] = 1\nfor i in 1..2 { X[i] -> 0 @ 2*w[i] }\n//                          ^^^^^^' },
  ],
};

/** `what`: the parameter that it is, or the case of the loops around (`s = −`) in which it is negative. */
export function negativeConstant(place: Place, value: number, what: { readonly name?: string; readonly where?: string }): Diagnostic {
  const number = Number.isFinite(value) ? `${Number(value.toPrecision(6))}` : t('below 0');
  const subject = what.name ?? t('this');
  const where = what.where === undefined || what.where === '' ? '' : t(' for {0}', what.where);
  const advice = /(^|, )\w+ = [+−]/u.test(what.where ?? '') ? t(' A sign as a constant is 1 or −1: to have both rails do the same, leave it out.') : '';
  return finding(spec, place, t('A rate constant cannot be negative: {0} is {1}{2}. Swap the sides of the reaction, or use a value from 0 on.{3}', subject, number, where, advice));
}

import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { UnitReason } from '../dimensions/check.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';
import { unitReasons } from './unit-reasons.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN401',
  severity: 'error',
  title: 'Constant whose unit does not fit the order of its reaction',
  manual: `The rate of a reaction is its constant times the concentrations of its reactants, and a rate is concentration per time. So the constant of a
reaction with n reactant molecules is concentration^(1−n)/time: \`1/s\` for one, \`1/(uM*s)\` for two, \`uM/s\` for none.

Correct the unit of the parameter, or the reactants. (In a file without a \`units\` statement this is a warning.)`,
  examples: [
    { text: 'units time s, concentration uM\nparam kon: 1/s = 0.5\nspecies A = 1, B = 1, AB\nA + B -> AB @ kon\n//            ^^^' },
    { text: 'units time s, concentration uM\nparam k: 1/s = 0.5, K: uM = 2\nspecies A = 1, B\nA -> B @ k/K\n//       ^^^' },
  ],
};

/** \`reason\`: the one parameter that the constant is made of; \`found\`: its unit. */
export function constantUnitMismatch(place: Place, reason: UnitReason | undefined, order: number, needed: string, found?: string, reasons?: readonly UnitReason[]): Diagnostic {
  const has = found ?? reason?.text ?? t('of another unit');
  const what = reason === undefined ? t('This constant') : reason.variable.name;
  return finding(spec, place, t('{0} is {1}, but the constant of a reaction of order {2} has to be {3}. Correct the unit or the reactants.', what, has, order, needed), {
    related: unitReasons(reasons ?? (reason === undefined ? [] : [reason])),
  });
}

import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { OrderUse } from '../elaborate/context.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN402',
  severity: 'error',
  title: 'One parameter as the constant of reactions of different orders',
  manual: `A parameter is the constant of a reaction with one reactant and of one with two (or none). The two have different units, 1/time and
1/(concentration·time), so no value is right for both once concentrations have a unit.

Use two parameters. If all quantities of the model are plain numbers, say so: \`units time 1, concentration 1\`. (Without a \`units\` statement
this is a warning.)`,
  examples: [{ text: 'units time s, concentration uM\nparam k = 1\nspecies A = 1, B = 1\nA -> B @ k\n//       ^\nA + B -> 0 @ k\n//           ^' }],
};

export interface OrderGroup {
  readonly use: OrderUse;
  readonly unit: string;
  readonly times: number;
}

export function twoOrders(at: OrderGroup, others: readonly OrderGroup[], name: string, declared: boolean): Diagnostic {
  const other = others[0];
  const there = other === undefined ? '' : t(' and elsewhere of one of order {0} ({1})', other.use.order, other.unit);
  const plain = declared ? '' : t(', or declare plain numbers: units time 1, concentration 1');
  return finding(spec, at.use.place, t('{0} is the constant of a reaction of order {1} here ({2}){3}. Use two parameters{4}.', name, at.use.order, at.unit, there, plain), {
    related: others.map(({ use, unit }) => ({ ...use.place, message: t('{0} is the constant of a reaction of order {1} here ({2}).', name, use.order, unit) })),
  });
}

import { counted, t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN306',
  severity: 'error',
  title: 'Index out of range',
  manual: `An index leaves its array, for some values of the loop variables at least. Indices run from 1 to the declared extent. The whole range of
every loop variable is looked at, so the message says at which value it happens.`,
  examples: [
    { text: 'species X[4]\nfor i in 1..4 { X[i] -> X[i+1] @ 1 }\n//                        ^^^' },
    { text: 'species X[4]\n0 -> X[5] @ 1\n//     ^' },
  ],
};

export interface RangeFacts {
  readonly name: string;
  /** The index it comes to, 1-based. */
  readonly index: number;
  readonly extent: number;
  readonly axis: number;
  readonly axes: number;
  readonly at: readonly { readonly name: string; readonly value: number }[];
}

export function outOfRange(place: Place, facts: RangeFacts): Diagnostic {
  const { name, index, extent, axis, axes, at } = facts;
  const when = at.length === 0 ? '' : t('at {0} ', at.map((variable) => `${variable.name} = ${variable.value}`).join(', '));
  const which = axes > 1 ? t('index {0} of {1}', axis + 1, name) : t('the index of {0}', name);
  const advice = at.length === 0 ? t('Use 1 to {0}', extent) : t('Shorten the range of the loop, or declare a larger array');
  return finding(spec, place, t('Out of range: {0}{1} is {2}, but {3} has {4}. {5}.', when, which, index, axes > 1 ? t('that axis') : name, counted(extent, '1 element', '{0} elements', String(extent)), advice));
}

import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Fix, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN202',
  severity: 'error',
  title: 'Undeclared name',
  manual: `An expression uses a name that the text does not declare: a parameter, a species or a loop variable. A missing value is never
taken for 0 or 1.

Correct the name, or declare it: a parameter with a value, or the species or dual that is meant where nothing else can stand (a plot, an argument
of a module) or where a name alone is compared (\`until = C > 1\`, \`expect C ~ 1\`).`,
  examples: [
    { text: 'param kcat = 2\nspecies A = 1\nA -> 0 @ kkat\n//       ^^^^', fixed: 'param kcat = 2\nspecies A = 1\nA -> 0 @ kcat' },
    { text: 'species A = 1\nA -> 0 @ k\n//       ^', fixed: 'param k = 1\nspecies A = 1\nA -> 0 @ k' },
    { text: 'module m(a: dual) {\n  a^+ + a^- -> 0 @ 1\n}\nuse m(P)\n//    ^', fixed: 'dual P\nmodule m(a: dual) {\n  a^+ + a^- -> 0 @ 1\n}\nuse m(P)' },
    { text: 'species A = 1\nA -> 0 @ 1\nsimulate run { t = 1; plot = H }\n//                           ^', fixed: 'species H\nspecies A = 1\nA -> 0 @ 1\nsimulate run { t = 1; plot = H }' },
  ],
};

/** What is meant by a name where a certain kind is needed. */
export type WantedKind = 'param' | 'species' | 'fixed' | 'dual';

/** `wanted`: the kind that can stand there; `array`: it needs extents, which are for the user to say. */
export function undeclaredName(place: Place, name: string, suggestion: string | undefined, wanted: WantedKind, array: boolean, declare: Fix['edits']): Diagnostic {
  const declaration = wanted === 'param' ? `param ${name} = 1` : `${wanted} ${name}`;
  const fixes: Fix[] = [];
  if (suggestion !== undefined) fixes.push(fix(t('Change to {0}', suggestion), place, suggestion, true));
  if (!array) fixes.push({ title: t('Declare {0}', declaration), edits: declare, ...(suggestion === undefined ? { preferred: true } : {}) });
  const advice = suggestion === undefined
    ? (array ? t('Declare it as an array: {0} {1}[…]', wanted, name) : wanted === 'param' ? t('Declare it with a value: {0}', declaration) : t('Declare it: {0}', declaration))
    : t('Did you mean {0}? {1}', suggestion, ifNew(wanted, array ? t('declare it as an array: {0} {1}[…]', wanted, name) : wanted === 'param' ? t('declare it with a value: {0}', declaration) : t('declare it: {0}', declaration)));
  return finding(spec, place, t('{0} is not declared. {1}.', name, advice), { fixes });
}

function ifNew(wanted: WantedKind, how: string): string {
  switch (wanted) {
    case 'param': return t('If it is a new parameter, {0}', how);
    case 'species': return t('If it is a new species, {0}', how);
    case 'fixed': return t('If it is a new fixed species, {0}', how);
    case 'dual': return t('If it is a new dual, {0}', how);
  }
}

/** A name with a dot that no use of a module owns. */
export function undeclaredOwn(place: Place, name: string, suggestion: string | undefined): Diagnostic {
  const at = name.lastIndexOf('.');
  const advice = suggestion === undefined ? t('A name with a dot means what a labelled use of a module owns: {0}: use …, and {1} declared in the module.', name.slice(0, at), name.slice(at + 1)) : t('Did you mean {0}?', suggestion);
  return finding(spec, place, t('{0} is not declared. {1}', name, advice), { fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)] });
}

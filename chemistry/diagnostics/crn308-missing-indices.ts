import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Fix, Place } from '../diagnostic.ts';
import type { LoopVariable } from '../network.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN308',
  severity: 'error',
  title: 'Array without indices',
  manual: `A reaction or an expression is about single species and numbers, so an array needs an index: \`X[2]\`, or \`X[i]\` in a loop over i. Whole arrays
can only be given to modules.`,
  examples: [{ text: 'species X[3], A\nfor i in 1..3 { A -> X @ 1 }\n//                   ^', fixed: 'species X[3], A\nfor i in 1..3 { A -> X[i] @ 1 }' }],
};

export function missingIndices(place: Place, name: string, shape: readonly number[], variables: readonly LoopVariable[]): Diagnostic {
  const loops = variables.filter((variable) => variable.kind === 'index');
  const fitting = shape.map((extent, axis) => (loops.length === shape.length ? loops[axis] : loops.find((loop) => loop.from + loop.extent - 1 === extent)));
  const known = fitting.every((loop) => loop !== undefined && loop.from >= 1);
  const at = { ...place, span: { start: place.span.end, end: place.span.end } };
  const text = `[${fitting.map((loop) => loop?.name ?? '').join(', ')}]`;
  const fixes: Fix[] = known ? [{ title: t('Write {0}{1}', name, text), edits: [{ ...at, text }], preferred: true }] : [];
  return finding(spec, place, t('{0} is an array [{1}]: say which element, such as {0}[{2}], or use a loop.', name, shape.join(', '), shape.map(() => '1').join(', ')), { fixes });
}

import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN214',
  severity: 'error',
  title: 'Label used twice',
  manual: `Two statements have the same label. Labels name reactions in tables and plots, and the own species of a module (\`m1.tmp\`), so each is
used once. Rename one of them.`,
  examples: [{ text: 'species A = 1, B\n  fold: A -> B @ 1\n  fold: B -> A @ 1\n//^^^^' }],
};

export function labelTwice(place: Place, first: Place, name: string): Diagnostic {
  return finding(spec, place, `The label ${name} is used twice. Rename one of them.`, { related: [{ ...first, message: `${name} is first used here.` }] });
}

/** A stoichiometric coefficient that is not a positive integer. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, quote, replace } from './problem.ts';

export const badCoefficientSpec: DiagnosticSpec = {
  code: 'CRN115',
  severity: 'error',
  title: 'A coefficient must be a positive whole number',
  manual: `The number before a species counts molecules: 1 (not written), 2, 3 and so on. Fractions and negative numbers have no meaning in
mass action. Multiply the whole reaction (\`2 A -> B\` for \`A -> 0.5 B\`; the rate constant changes with it), or give the rate as
a law. A number without species is allowed only as \`0\`, which stands for nothing.`,
  examples: [
    { text: 'A -> 0.5 B @ 1\n//   ^^^' },
    { text: 'A -> -2 B @ 1\n//   ^^', fixed: 'A -> 2 B @ 1' },
    { text: 'A -> 2*B @ 1\n//   ^^', fixed: 'A -> 2 B @ 1' },
    { text: 'A -> B + 3 @ 1\n//       ^' },
    { text: 'A -> 2E1 @ 1\n//   ^^^', fixed: 'A -> 2 E1 @ 1' }
  ],
};

export interface Coefficient {
  /** As written, with its minus sign. */
  readonly written: string;
  /** No species follows. */
  readonly alone: boolean;
  /** Nothing stands before it in its complex. */
  readonly first: boolean;
  /** Where the species begins. */
  readonly species?: number;
}

export function badCoefficient(span: Span, { written, alone, species }: Coefficient): SyntaxProblem {
  const glued = /^(\d+)([eE]\d+)$/.exec(written);
  if (alone && glued !== null) {
    const apart = `${glued[1]!} ${glued[2]!}`;
    return problem(badCoefficientSpec, span, t('{0} is a number. For {1} molecules of {2} put a space between them.', quote(written), glued[1]!, glued[2]!), replace(t('Write `{0}`', apart), span, apart));
  }
  if (alone) {
    return problem(
      badCoefficientSpec, span,
      written === '0' ? t('`0` stands for nothing, so it stands alone on its side.') : t('A species is missing after {0}.', quote(written)),
    );
  }
  const value = Math.abs(Number.parseFloat(written));
  const good = Number.isInteger(value) && value > 0 && value <= 1e6;
  const to = species ?? span.end;
  if (good && !written.startsWith('-')) {
    return problem(badCoefficientSpec, span, t('Write {0} and the species without `*`.', quote(written)), replace(t('Remove the `*`'), { start: span.start, end: to }, `${String(value)} `));
  }
  return problem(
    badCoefficientSpec, span,
    t('The number of molecules must be a positive whole number, not {0}.', quote(written)),
    good ? replace(t('Write {0}', String(value)), { start: span.start, end: to }, `${String(value)} `) : undefined,
  );
}

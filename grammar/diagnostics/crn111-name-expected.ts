/** A list or a statement that lacks a name. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem } from './problem.ts';

export const nameExpectedSpec: DiagnosticSpec = {
  code: 'CRN111',
  severity: 'error',
  title: 'A name is missing',
  manual: `A list goes on after its comma, or a statement needs a name here: of a species, a parameter, a module. Names begin with a letter
(Greek ones too) or \`_\` and go on with letters, digits and subscripts: \`kon\`, \`α\`, \`X₁\`.`,
  examples: [
    { text: 'species A, B,\n//          ^', fixed: 'species A, B' },
    { text: 'param = 2\n//    ^' }
  ],
};

/** @param comma span of a comma that nothing follows: the fix takes it away */
export function nameExpected(span: Span, after: string, comma?: Span): SyntaxProblem {
  return problem(
    nameExpectedSpec, span,
    comma === undefined ? t('A name is expected here, after `{0}`.', after) : t('A name is expected after this comma.'),
    comma === undefined ? undefined : { title: t('Remove the comma'), edits: [{ start: comma.start, end: comma.end, text: '' }] },
  );
}

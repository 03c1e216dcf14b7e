/** A statement of the language that this version does not read. */
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem } from './problem.ts';

export const notSupportedSpec: DiagnosticSpec = {
  code: 'CRN121',
  severity: 'error',
  title: 'Not supported yet',
  manual: `\`activation\`, \`neuron\`, \`network\`, \`data\`, \`train\`, \`noise\` and \`sweep\` belong to the language; this version does not read them yet. The
statement is left out. The words are reserved so that texts written now keep their meaning.`,
  examples: [
    { text: '  neuron H = smooth_relu(2*X1; h = 0.1)\n//^^^^^^' }
  ],
};

export function notSupportedYet(span: Span, word: string): SyntaxProblem {
  return problem(notSupportedSpec, span, `\`${word}\` is not supported yet: this statement is left out.`);
}

/** Statements with text that could not be read are left out of the network: half of a reaction is another reaction. */
import { grammarDiagnostics } from '../../grammar/index.ts';
import type { Span, Unit } from '../../grammar/index.ts';

const errors = new Set<string>(grammarDiagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code));

/** Whether an error of the text lies on a statement, up to the end of its line. */
export function isDamaged(statement: Span, unit: Unit): boolean {
  if (unit.problems.length === 0) return false;
  const newline = unit.text.indexOf('\n', statement.end);
  const end = newline < 0 ? unit.text.length : newline;
  return unit.problems.some((problem) => errors.has(problem.code) && problem.start <= end && problem.end >= statement.start);
}

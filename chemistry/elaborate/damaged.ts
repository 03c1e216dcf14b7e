/**
 * What text that could not be read spoils. A statement with such text is left out of the network: half of a reaction is
 * another reaction. A block whose head could not be read keeps what it holds, and names in it may mean anything.
 */
import { grammarDiagnostics } from '../../grammar/index.ts';
import type { DeclarationItem, Span, Statement, Unit } from '../../grammar/index.ts';

const errors = new Set<string>(grammarDiagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code));

/** Whether an error of the text lies on a statement, up to the end of its line. */
export function isDamaged(statement: Span, unit: Unit): boolean {
  if (unit.problems.length === 0) return false;
  const newline = unit.text.indexOf('\n', statement.end);
  const end = newline < 0 ? unit.text.length : newline;
  return unit.problems.some((problem) => errors.has(problem.code) && problem.start <= end && problem.end >= statement.start);
}

/** Whether an error of the text lies before the body of a block: then the names that its head declares are not all known. */
export function isHeadDamaged(block: Span & { readonly body: readonly Statement[] }, unit: Unit): boolean {
  if (unit.problems.length === 0) return false;
  const end = block.body[0]?.start ?? block.end;
  return unit.problems.some((problem) => errors.has(problem.code) && problem.code !== UNCLOSED && problem.start < end && problem.end > block.start);
}
/** A block that is never closed has a sound head. */
const UNCLOSED = 'CRN102';

type Declared = Span & { readonly items: readonly DeclarationItem[] };

/** Whether the shape of a declared name could not be read: text with an error lies on its brackets. */
export function isShapeDamaged(item: DeclarationItem, declaration: Declared, unit: Unit): boolean {
  if (!isDamaged(declaration, unit)) return false;
  const next = declaration.items.find((other) => other.start > item.start)?.start;
  const newline = unit.text.indexOf('\n', item.end);
  const end = item.unit?.start ?? item.value?.start ?? next ?? (newline < 0 ? unit.text.length : newline);
  return /[[\]]/.test(unit.text.slice(item.name.end, end)) && isTouched({ start: item.start, end }, unit);
}

/** Whether text with an error lies between a declared name and the end of its value: part of a number is another number. */
export function isValueDamaged(item: DeclarationItem, unit: Unit): boolean {
  return item.value !== undefined && isTouched({ start: item.name.end, end: item.value.end }, unit);
}

function isTouched(span: Span, unit: Unit): boolean {
  return unit.problems.some((problem) => errors.has(problem.code) && problem.start <= span.end && problem.end >= span.start);
}

/** Trees of single statements, and the codes of what is wrong with a text. */
import { expect } from 'vitest';
import { parse, type Statement } from '../index.ts';
import { problemsOf } from './marked.ts';

/** The one statement of a text, which is of this kind. */
export function one<Kind extends Statement['kind']>(text: string, kind: Kind): Extract<Statement, { kind: Kind }> {
  const tree = parse(text);
  expect(tree.units.length).toBe(1);
  expect(tree.units[0]!.statement.kind).toBe(kind);
  return tree.units[0]!.statement as Extract<Statement, { kind: Kind }>;
}

export function codes(text: string): string[] {
  return problemsOf(parse(text)).map((problem) => problem.code);
}

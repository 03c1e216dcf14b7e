import { expect, test } from 'vitest';
import { StatementParser } from '../parser.ts';
import { createLexer } from '../tokens.ts';

test('the grammar has no fault that Chevrotain knows of: no ambiguity, no left recursion, no rule of a wrong name', () => {
  expect(() => new StatementParser(true)).not.toThrow();
});

test('no pattern of a token is empty, out of reach or written twice', () => {
  expect(createLexer(true).lexerDefinitionErrors).toEqual([]);
});

import { expect, test } from 'vitest';
import { StatementParser } from '../parser.ts';

test('the grammar has no fault that Chevrotain knows of: no ambiguity, no left recursion, no rule of a wrong name', () => {
  expect(() => new StatementParser(true)).not.toThrow();
});

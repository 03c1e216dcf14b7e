/** What the Test Explorer makes of the output of `onepot test`. */
import { describe, expect, it } from 'vitest';
import { isExpectation, verdictsIn } from '../test-verdicts.ts';

describe('the output of a test run', () => {
  it('is read as verdicts', () => {
    expect(verdictsIn('[{"file":"a.crn","line":4,"text":"expect A ~ 1","holds":false,"found":"A is 2"}]')).toMatchObject([{ line: 4, holds: false, found: 'A is 2' }]);
    expect(verdictsIn('[]')).toEqual([]);
  });
  it('is no verdict when it was cut off, is empty, or says something else', () => {
    for (const output of ['', '[{"line":4', '{"line":4}', '[{"line":"4","holds":true,"found":""}]', '[null]', '[{"line":4,"holds":true,"found":"","actual":3}]']) expect(verdictsIn(output), output).toBeUndefined();
  });
});

describe('a text with expectations', () => {
  it('is told from one without', () => {
    expect(isExpectation('species A\n  expect A ~ 1\n')).toBe(true);
    expect(isExpectation('// expect nothing\nspecies expected\n')).toBe(false);
  });
});

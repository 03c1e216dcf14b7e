import { expect, it } from 'vitest';
import { placesOf } from '../places-of-names.ts';

const text = 'species S = 1, S₂, xS\n// S in words\nS + m.S -> S₂ @ k // and S\nS -> 0 @ 1\n';
const found = (names: readonly string[]): string[] => placesOf(text, names).map(([start, end]) => `${text.slice(0, start).split('\n').length}:${text.slice(start, end)}`);

it('finds whole names only, and none in comments', () => {
  expect(found(['S'])).toEqual(['1:S', '3:S', '4:S']);
  expect(found(['S₂', 'k'])).toEqual(['1:S₂', '3:S₂', '3:k']);
});

it('finds none in comments over several lines, nor in quoted paths', () => {
  const other = 'species A\n/* A\n A // */ A -> 0 @ 1\ndata d = csv("A/*.csv")\nA -> 0 @ 2 // A */ A\n';
  expect(placesOf(other, ['A']).map(([start]) => other.slice(0, start).split('\n').length)).toEqual([1, 3, 5]);
});

it('takes a name as it stands, and nothing for nothing', () => {
  expect(found(['m.S'])).toEqual(['3:m.S']);
  expect(found(['S.*'])).toEqual([]);
  expect(found([])).toEqual([]);
});

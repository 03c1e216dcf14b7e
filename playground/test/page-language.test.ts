/** Which language the page speaks. */
import { expect, it } from 'vitest';
import { chosen } from '../page-language.ts';

it('is the first that the visitor asks for and that there are texts in', () => {
  const known = ['de', 'pt-br'];
  expect(chosen(['de-AT', 'en'], known)).toBe('de');
  expect(chosen(['fr', 'pt-BR'], known)).toBe('pt-br');
  expect(chosen(['pt-PT', 'de'], known)).toBe('de');
});
it('is English where English is asked for first, or nothing that there is', () => {
  expect(chosen(['en-GB', 'de'], ['de'])).toBeUndefined();
  expect(chosen(['fr', 'es'], ['de'])).toBeUndefined();
  expect(chosen([], ['de'])).toBeUndefined();
  expect(chosen(['de'], [''])).toBeUndefined();
});

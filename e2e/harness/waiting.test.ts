import { expect, test } from 'vitest';
import { eventually, until } from './waiting.ts';

test('a wait ends with the first value there is', async () => {
  let turn = 0;
  expect(await until('the third turn', () => (++turn >= 3 ? turn : undefined))).toBe(3);
});

test('an error of the question means not yet', async () => {
  let turn = 0;
  const flaky = (): string => {
    if (++turn < 2) throw new Error('the page changed');
    return 'there';
  };
  expect(await until('it', flaky)).toBe('there');
});

test('a wait in vain says for what, what was seen, and the last error', async () => {
  await expect(eventually('two problems', () => ['one'], (list) => list.length === 2, 60)).rejects.toThrow(/^Waited 0\.06 s for two problems\.\nLast seen: \[\n "one"\n\]$/);
  await expect(until('it', () => Promise.reject(new Error('no such element')), { timeout: 60 })).rejects.toThrow(/for it\.\nno such element$/);
});

test('a value may be one that counts as false', async () => {
  expect(await eventually('an empty text', () => '', (text) => text === '')).toBe('');
});

import { describe, expect, it } from 'vitest';
import { addressOf, pathOf, resolve } from '../addresses.ts';

describe('addresses', () => {
  it('hold any path and give it back', () => {
    for (const path of ['xor.crn', 'data/iris.csv', 'a b/ü#?%.crn']) expect(pathOf(addressOf(path))).toBe(path);
    expect(addressOf('a b/ü.crn')).toBe('playground:/a%20b/%C3%BC.crn');
  });
  it('are not those of other texts', () => {
    for (const address of ['file:///a.crn', 'onepot:/library/a.crn', 'playground:/%E0%A4%A']) expect(pathOf(address)).toBeUndefined();
  });
  it('resolve imports beside the text, and nowhere else', () => {
    expect(resolve('motifs.crn', addressOf('a.crn'))).toBe('motifs.crn');
    expect(resolve('./data/../motifs.crn', addressOf('deep/a.crn'))).toBe('deep/motifs.crn');
    expect(resolve('../b.crn', addressOf('deep/a.crn'))).toBe('b.crn');
    for (const path of ['../b.crn', '/etc/passwd', 'https://example.org/a.crn', 'file:a', '', '\\\\host\\share']) expect(resolve(path, addressOf('a.crn'))).toBeUndefined();
    expect(resolve('b.crn', 'onepot:/library/a.crn')).toBeUndefined();
  });
});

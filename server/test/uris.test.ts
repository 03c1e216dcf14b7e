import { describe, expect, it } from 'vitest';
import { canonical, fileName, folderOf, resolvePath } from '../service/uris.ts';

describe('addresses of imports', () => {
  it.each([
    ['m.crn', 'file:///a/b/c.crn', 'file:///a/b/m.crn'],
    ['./x/m.crn', 'file:///a/b/c.crn', 'file:///a/b/x/m.crn'],
    ['../m.crn', 'file:///a/b/c.crn', 'file:///a/m.crn'],
    ['a b.crn', 'file:///a/c.crn', 'file:///a/a%20b.crn'],
    ['m.crn', 'vscode-vfs://github/owner/repo/c.crn', 'vscode-vfs://github/owner/repo/m.crn'],
    ['m.crn', 'inmemory://model/1.crn', 'inmemory://model/m.crn'],
  ])('%s beside %s is %s', (path, from, expected) => {
    expect(resolvePath(path, from)).toBe(expected);
  });
  it.each([
    ['/etc/passwd', 'file:///a/c.crn'],
    ['http://example.org/m.crn', 'file:///a/c.crn'],
    ['C:\\m.crn', 'file:///a/c.crn'],
    ['../../../m.crn', 'file:///a/c.crn'],
    ['', 'file:///a/c.crn'],
    ['m.crn', 'untitled:Untitled-1'],
    ['\ud800.crn', 'file:///a/c.crn'],
    ['m.crn', undefined],
  ])('%s beside %s is nowhere', (path, from) => {
    expect(resolvePath(path, from)).toBeUndefined();
  });
  it('tells two spellings of one file', () => {
    expect(canonical('file:///C%3A/a%20b.crn')).toBe(canonical('file:///c:/a b.crn'));
    expect(canonical('file:///100%/x')).toBe('file:///100%/x');
  });
  it('takes addresses apart', () => {
    expect(folderOf('file:///a/b.crn')).toBe('file:///a/');
    expect(fileName('file:///a/%CE%B1.crn')).toBe('α.crn');
  });
});

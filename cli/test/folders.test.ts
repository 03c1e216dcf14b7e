/** Folders in place of files: every .crn file below them, and nothing else. */
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { onepot, temporaryFolder } from './onepot.ts';

const folder = temporaryFolder();
const typo = 'species A = 1\nB -> 0 @ 1\n';
const ragged = 'species A=1\nA->0@1\nexpect A~0\n';
const neat = 'species A = 1\nA -> 0 @ 1\nexpect A ~ 0\n';

beforeAll(() => {
  for (const name of ['models/deep/deeper', 'models/node_modules/other', 'models/.hidden']) mkdirSync(join(folder.path, name), { recursive: true });
  for (const name of ['models/a.crn', 'models/deep/b.crn', 'models/deep/deeper/c.crn', 'models/deep/notes.txt', 'models/node_modules/other/d.crn', 'models/.hidden/e.crn']) folder.file(name, typo);
  // A circle that must not be gone round.
  symlinkSync(join(folder.path, 'models'), join(folder.path, 'models/deep/circle'), 'dir');
  for (const name of ['rough/one', 'rough/two']) mkdirSync(join(folder.path, name), { recursive: true });
  folder.file('rough/one/x.crn', ragged);
  folder.file('rough/two/y.crn', neat);
});

describe('a folder', () => {
  it('is checked as a whole, without node_modules and what is hidden', async () => {
    const { code, out } = await onepot('check', join(folder.path, 'models'), '--json');
    expect(code).toBe(1);
    const errors = (JSON.parse(out) as { file: string; severity: string }[]).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ file }) => relative(folder.path, file))).toEqual(['models/a.crn', 'models/deep/b.crn', 'models/deep/deeper/c.crn'].map((path) => join(path)));
    expect((await onepot('check', join(folder.path, 'models'))).out).toMatch(/3 files: 3 errors/);
  });

  it('named beside a file adds to it', async () => {
    const { out } = await onepot('check', join(folder.path, 'models/a.crn'), join(folder.path, 'rough'));
    expect(out).toMatch(/^3 files: 1 error/m);
  });

  it('is tested as a whole', async () => {
    const { code, out } = await onepot('test', join(folder.path, 'rough'));
    expect(out).toMatch(/2 passed, 0 failed\n$/);
    expect(code).toBe(0);
  });

  it('is laid out as a whole', async () => {
    const rough = join(folder.path, 'rough');
    const before = await onepot('fmt', '--check', rough);
    expect(before).toMatchObject({ code: 1, out: `${join(rough, 'one/x.crn')} is not in the standard layout.\n` });
    expect(before.error).toContain('1 file of 2 would change');
    expect((await onepot('fmt', rough)).code).toBe(0);
    expect(readFileSync(join(rough, 'one/x.crn'), 'utf8')).toBe(neat);
  });
});

/** Nothing is written over unless that is what the command is for. */
import { chmodSync, copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main, onepot, start, temporaryFolder } from './onepot.ts';

const folder = temporaryFolder();
const net = folder.file('model.net', 'begin parameters\n1 k 2\nend parameters\nbegin species\n1 A() 3\n2 B() 0\nend species\nbegin reactions\n1 1 2 k #R\nend reactions\n');

describe('what cannot be done', () => {
  it.each([['simulate', 'undeclared'], ['simulate', 'missing'], ['fixed-point', 'undeclared'], ['odes', 'undeclared'], ['train', 'undeclared'], ['sweep', 'missing']])('is an object for who asks %s of a model (%s) with --json', async (command, which) => {
    folder.file('undeclared.crn', 'species A = 1\nA -> B @ 1\n');
    const { code, out, error } = await onepot(command, join(folder.path, `${which}.crn`), '--json');
    expect(code).toBeGreaterThan(0);
    expect(Object.keys(JSON.parse(out) as object)).toEqual(['error']);
    expect(error).not.toBe('');
  });

  it('UTF-16 is called by its name', async () => {
    const file = folder.file('wide.crn', Buffer.from('\ufeffspecies A = 1\n', 'utf16le'));
    expect(await onepot('check', file)).toMatchObject({ code: 2, error: `${file}: This is UTF-16 text, not UTF-8. Save the file in UTF-8.\n` });
  });

  it('a file in place of the folder of a checkpoint', async () => {
    const taken = folder.file('taken', ''), net = 'network n {\n  input x[1]\n  layer y[1] = linear\n}\ndata d {\n  x[1] -> y[1]\n  0 -> 0\n  1 -> 1\n}\ntrain n on d { epochs = 1 }\n';
    expect(await onepot('train', folder.file('net.crn', net), '--checkpoint', taken)).toMatchObject({ code: 2, error: `${taken} is a file; name a folder for the checkpoint.\n` });
  });
});

describe('onepot import', () => {
  it('writes a file that passes the check', async () => {
    const out = join(folder.path, 'model.crn');
    const result = await onepot('import', net, '-o', out);
    expect(result).toEqual({ code: 0, out: '', error: `${out}: 2 species, 1 reaction; everything was kept.\n` });
    expect(readFileSync(out, 'utf8')).toContain('A -> B @ k\n');
    expect((await onepot('check', out)).code).toBe(0);
  });

  it('says which folder is missing', async () => {
    const out = join(folder.path, 'nowhere', 'model.crn');
    expect(await onepot('import', net, '-o', out)).toEqual({ code: 2, out: '', error: `${out} cannot be written: there is no folder ${join(folder.path, 'nowhere')}.\n` });
  });

  it('prints without -o', async () => {
    const { code, out } = await onepot('import', net);
    expect(code).toBe(0);
    expect(out).toContain('species A = 3\n');
  });

  it('does not write over a file without --force', async () => {
    const out = folder.file('precious.crn', 'precious');
    const refused = await onepot('import', net, '-o', out);
    expect(refused).toEqual({ code: 2, out: '', error: `${out} is there already; --force writes over it.\n` });
    expect(readFileSync(out, 'utf8')).toBe('precious');
    expect((await onepot('import', net, '-o', out, '--force')).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('A -> B @ k');
  });

  it('lists what it cannot keep, and exits with 1', async () => {
    const lossy = folder.file('lossy.net', readFileSync(net, 'utf8').replace('1 1 2 k', '1 1 2 mystery'));
    const { code, error } = await onepot('import', lossy, '-o', join(folder.path, 'lossy.crn'));
    expect(error).toMatch(/lossy\.net:9: not imported .*mystery/);
    expect(code).toBe(1);
  });

  it.each([
    ['what is no network', 'hello', /not a BioNetGen network/],
    ['a binary file', '\0\u0001', /binary/],
  ])('refuses %s', async (name, text, message) => {
    const out = join(folder.path, `${name.replace(/\W/g, '')}.crn`);
    const { code, error } = await onepot('import', folder.file('x.net', text), '-o', out);
    expect(error).toMatch(message);
    expect(code).toBe(2);
    expect(existsSync(out)).toBe(false);
  });

  it('refuses to write over its own source, and where there is no folder', async () => {
    expect((await onepot('import', net, '-o', net, '--force')).code).toBe(2);
    expect((await onepot('import', net, '-o', join(folder.path, 'no/where.crn'))).code).toBe(2);
    expect(readFileSync(net, 'utf8')).toContain('begin reactions');
  });
});

describe('onepot fmt', () => {
  const ragged = 'species   A=1 // start\nA->0@1\n';

  it('rewrites the file, keeps its mode and comments, and leaves nothing behind', async () => {
    const file = folder.file('ragged.crn', ragged);
    chmodSync(file, 0o640);
    const { code, out } = await onepot('fmt', file);
    expect({ code, out }).toEqual({ code: 0, out: `${file} formatted.\n` });
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('A -> 0 @ 1\n');
    expect(text).toContain('// start');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder.path).filter((name) => name.includes('.onepot-'))).toEqual([]);
    expect(await onepot('fmt', file)).toEqual({ code: 0, out: '', error: '' });
    expect((await onepot('fmt', '--check', file)).code).toBe(0);
  });

  it('--check changes nothing and exits with 1', async () => {
    const file = folder.file('ragged2.crn', ragged);
    const { code, out } = await onepot('fmt', '--check', file);
    expect({ code, out }).toEqual({ code: 1, out: `${file} is not in the standard layout.\n` });
    expect(readFileSync(file, 'utf8')).toBe(ragged);
  });

  it.skipIf(process.platform === 'win32')('follows a link and leaves it a link', async () => {
    const file = folder.file('target.crn', ragged);
    const link = join(folder.path, 'link.crn');
    symlinkSync(file, link);
    expect((await onepot('fmt', link)).code).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).not.toBe(ragged);
  });

  it('does not touch files that cannot be read as text; formats the others', async () => {
    const bytes = Uint8Array.of(65, 0, 66, 255);
    const binary = folder.file('binary.crn', bytes);
    const file = folder.file('ragged3.crn', ragged);
    const { code, error } = await onepot('fmt', binary, file);
    expect(code).toBe(2);
    expect(error).toContain('binary');
    expect([...readFileSync(binary)]).toEqual([...bytes]);
    expect(readFileSync(file, 'utf8')).not.toBe(ragged);
  });

  it('leaves lines with errors as they are', async () => {
    const file = folder.file('wrong.crn', 'species A\nA   ->   @@ 1\nA->0@1\n');
    expect((await onepot('fmt', file)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('A   ->   @@ 1\n');
  });
});

describe('the terminal', () => {
  it('every command explains itself', async () => {
    const { code, out } = await onepot('--help');
    expect(code).toBe(0);
    const commands = [...out.matchAll(/^ {2}([a-z-]+) /gm)].map((match) => match[1] ?? '').filter((name) => name !== 'help');
    expect(commands).toEqual(expect.arrayContaining(['check', 'odes', 'reactions', 'fmt', 'simulate', 'fixed-point', 'test', 'import']));
    for (const command of commands) {
      const help = await onepot(command, '--help');
      expect(help.code).toBe(0);
      expect(help.out).toContain(`Usage: onepot ${command}`);
    }
  });

  it('--version is the one of the manifest', async () => {
    const manifest = JSON.parse(readFileSync(resolve(import.meta.dirname, '../package.json'), 'utf8')) as { version: string };
    expect(await onepot('--version')).toEqual({ code: 0, out: `${manifest.version}\n`, error: '' });
  });

  it('has no colours in a pipe, whatever the environment wants', async () => {
    const wrong = folder.file('wrong.crn', 'A -> 0 @ 1\n');
    const { out } = await start(['check', wrong], { env: { FORCE_COLOR: '1', CI: '1' } }).ended;
    expect(out).not.toContain('\u001b');
  });

  it.skipIf(spawnSync('script', ['--version']).status !== 0)('has colours on a terminal, and none with NO_COLOR', () => {
    const wrong = folder.file('colour.crn', 'A -> 0 @ 1\n');
    const on = (env: NodeJS.ProcessEnv): string => spawnSync('script', ['-qec', `'${process.execPath}' '${main}' check '${wrong}'`, '/dev/null'], { encoding: 'utf8', env: { ...process.env, TERM: 'xterm', ...env } }).stdout;
    expect(on({ NO_COLOR: undefined })).toContain('\u001b[31m');
    expect(on({ NO_COLOR: '1' })).not.toContain('\u001b[31m');
  });

  it('a reader that closes the pipe early is no error', () => {
    const many = folder.file('many.crn', 'species X[300], Y[300]\nfor i in 1..300, j in 1..300 { X[i] -> Y[j] @ 1 }\n');
    const first = execFileSync('sh', ['-c', `'${process.execPath}' '${main}' reactions '${many}' | head -1`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    expect(first).toBe('X[1] -> Y[1] @ 1\n');
  });

  it('says what to do when it is not built', () => {
    const bin = join(folder.path, 'cli/bin');
    mkdirSync(bin, { recursive: true });
    copyFileSync(resolve(import.meta.dirname, '../bin/onepot.mjs'), join(bin, 'onepot.mjs'));
    const { status, stderr } = spawnSync(process.execPath, [join(bin, 'onepot.mjs'), 'check'], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('npm run build');
  });
});

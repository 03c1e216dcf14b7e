import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onepot, temporaryFolder } from './onepot.ts';

const folder = temporaryFolder();
const good = folder.file('good.crn', 'species A = 1, B\nA -> B @ 0.5\n');
const typo = folder.file('typo.crn', 'species Substrate = 1\n\nSubstrat -> 0 @ 1\n');

describe('onepot check', () => {
  it('is content with a sound file', async () => {
    expect(await onepot('check', good)).toEqual({ code: 0, out: '1 file: no findings\n', error: '' });
  });

  it('shows place, code, line, carets and the fix', async () => {
    const { code, out } = await onepot('check', typo);
    expect(code).toBe(1);
    expect(out).toContain(`${typo}:3:1: error CRN201 `);
    expect(out).toContain('    3 | Substrat -> 0 @ 1\n      | ^^^^^^^^\n');
    expect(out).toContain('fix: Change to Substrate');
    expect(out).not.toContain('\u001b');
  });

  it('--json is an array of places and messages', async () => {
    const { code, out, error } = await onepot('check', good, typo, '--json');
    expect(code).toBe(1);
    expect(error).toBe('');
    const [finding] = (JSON.parse(out) as Record<string, unknown>[]).filter((entry) => entry['code'] === 'CRN201');
    expect(Object.keys(finding ?? {})).toEqual(['file', 'line', 'column', 'endLine', 'endColumn', 'code', 'severity', 'message']);
    expect(finding).toMatchObject({ file: typo, line: 3, column: 1, endLine: 3, endColumn: 9, severity: 'error' });
  });

  it('--json of a sound file is an empty array', async () => {
    expect(await onepot('check', good, '--json')).toEqual({ code: 0, out: '[]\n', error: '' });
  });

  it('warnings leave the exit code at 0', async () => {
    const file = folder.file('warning.crn', 'species A = 1\nA -> A @ 1\n');
    const { code, out } = await onepot('check', file);
    expect(out).toContain('warning CRN');
    expect(code).toBe(0);
  });

  it('says the same word for a severity everywhere; JSON has the language server’s', async () => {
    const file = folder.file('remark.crn', 'species A = 1\nA -> 0 rate 2*A\n');
    const { code, out } = await onepot('check', file);
    expect(out).toMatch(/:2:8: remark CRN501 /);
    expect(out).toMatch(/1 file: 1 remark\n$/);
    expect(code).toBe(0);
    expect(JSON.parse((await onepot('check', file, '--json')).out)).toMatchObject([{ severity: 'information', code: 'CRN501' }]);
  });

  it('reads imports relative to the file, and locates what is wrong in them', async () => {
    mkdirSync(join(folder.path, 'parts'));
    folder.file('parts/part.crn', 'module decay(a; k = 1) { a -> 0 @ k }\n');
    folder.file('parts/broken.crn', 'species Z\nZ -> Y @ 1\n');
    expect((await onepot('check', folder.file('imports.crn', 'import "parts/part.crn"\nspecies A = 1\nuse decay(A)\n'))).code).toBe(0);
    const { code, out } = await onepot('check', folder.file('imports2.crn', 'import "parts/broken.crn"\nimport "gone.crn"\n'));
    expect(code).toBe(1);
    expect(out).toMatch(/broken\.crn:2:6: error CRN201/);
    expect(out).toMatch(/imports2\.crn:2:8: error CRN207 .*gone\.crn/);
  });
});

describe('files that cannot be used: exit code 2 and one sentence', () => {
  const binary = folder.file('binary.crn', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3));
  const latin = folder.file('latin.crn', Uint8Array.of(0x41, 10, 0xe9, 0x20, 10));
  it.each([
    ['a missing file', ['check', join(folder.path, 'gone.crn')], /^There is no file .*gone\.crn\.\n$/],
    ['a folder without models', ['check', folder.folder('empty')], /^There is no \.crn file in .*empty or below\.\n$/],
    ['a folder where one file is needed', ['odes', folder.path], /is a folder; name the files in it/],
    ['a BioNetGen network', ['check', folder.file('model.net', 'begin species\nend species\n')], /model\.net is a BioNetGen network\. Import it first: onepot import \S+model\.net -o model\.crn\n$/],
    ['a binary file', ['check', binary], /binary\.crn:1: This is a binary file, not a text\.\n$/],
    ['another encoding', ['check', latin], /latin\.crn:2: This is not UTF-8 text/],
    ['no file', ['check'], /missing required argument/],
    ['an unknown option', ['check', good, '--jsn'], /unknown option '--jsn'/],
    ['an unknown command', ['chekc', good], /unknown command 'chekc'\n\(Did you mean check\?\)/],
    ['a file where a folder should be', ['odes', join(good, 'x.crn')], /no folder/],
  ])('%s', async (_, args, message) => {
    const { code, out, error } = await onepot(...args);
    expect(error).toMatch(message);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it('the other files are still checked', async () => {
    const { code, out } = await onepot('check', join(folder.path, 'gone.crn'), typo);
    expect(code).toBe(2);
    expect(out).toContain('CRN201');
  });
});

describe('input that nobody wrote on purpose gets located messages, no crash and no hang', () => {
  it.each([
    ['an empty file', '', 0],
    ['a line of ten megabytes', `species A\nA -> ${'B + '.repeat(2_500_000)}C @ 1\n`, 1],
    ['a comment of ten megabytes', `// ${'x'.repeat(10_000_000)}\nspecies A = 1\nA -> 0 @ 1\n`, 0],
    ['brackets that never close', 'species A\nfor i in 1..3 {\n'.repeat(2000), 1],
    ['brackets that never opened', '}'.repeat(5000), 1],
    ['deep brackets', `species A\nA -> 0 @ ${'('.repeat(20_000)}1${')'.repeat(20_000)}\n`, 1],
    ['an array of 10⁹ elements', 'species X[1000000000]\nfor i in 1..1000000000 { X[i] -> 0 @ 1 }\n', undefined],
    ['an array of 10¹⁸ elements', 'species X[1000000000, 1000000000]\n', undefined],
    ['modules that use each other', 'species A\nmodule f(a) { use g(a) }\nmodule g(a) { use f(a) }\nuse f(A)\n', 1],
    ['a negative concentration', 'species A = -1\nA -> 0 @ 1\n', 1],
    ['0/0', 'param k = 0/0\nspecies A = 1\nA -> 0 @ k\n', undefined],
    ['carriage returns', 'species A = 1\r\nA -> 0 @ 1\r\n', 0],
    ['a byte order mark', '\ufeffspecies A = 1\nA -> 0 @ 1\n', 0],
    ['lone surrogates and controls', 'species A\u0001\u200b = 1\n', 1],
  ])('%s', async (name, text, expected) => {
    const file = folder.file(`${name.replace(/\W/g, '-')}.crn`, text);
    const { code, out, error } = await onepot('check', file, '--json');
    expect(error).toBe('');
    const findings = JSON.parse(out) as { line: number; column: number; severity: string }[];
    for (const { line, column } of findings) expect(line >= 1 && column >= 1).toBe(true);
    expect(code).toBe(findings.some((finding) => finding.severity === 'error') ? 1 : 0);
    if (expected !== undefined) expect(code).toBe(expected);
  });

  it('files that import each other', async () => {
    folder.file('one.crn', 'import "two.crn"\n');
    folder.file('two.crn', 'import "one.crn"\n');
    const { code, out } = await onepot('check', join(folder.path, 'one.crn'));
    expect(out).toMatch(/CRN2\d\d/);
    expect(code).toBe(1);
  });

  it('a long line is cut out around the finding', async () => {
    const { out } = await onepot('check', folder.file('long.crn', `species A\nA -> 0 @ 1 + ${'2 + '.repeat(300)}q + ${'3 + '.repeat(300)}4\n`));
    expect(out).toMatch(/\| ….*q.*…\n/);
    for (const line of out.split('\n')) expect(line.length).toBeLessThan(300);
  });
});

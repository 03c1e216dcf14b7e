import { spawnSync } from 'node:child_process';
import { join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundles, esbuildOptions } from '../lib/bundles.ts';
import { aboutScript, duration, tail } from '../lib/console.ts';
import { openCommand } from '../lib/open-address.ts';
import { filesNamed } from '../lib/manifest.ts';
import { cacheFolder, root } from '../lib/paths.ts';
import { countTests } from '../lib/report.ts';
import { withoutNpmScriptVariables } from '../lib/run.ts';
import { exitCodeOf } from '../lib/until-ended.ts';
import { withoutManual } from '../lib/without-manual.ts';

describe('durations', () => {
  test.each([
    [0, '0 ms'],
    [999.4, '999 ms'],
    [1000, '1.0 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min 0 s'],
    [125_400, '2 min 5 s'],
  ])('%d ms is %s', (milliseconds, text) => expect(duration(milliseconds)).toBe(text));
});

test('what a script is for stands at its head, and arguments that it does not have lead there', () => {
  expect(aboutScript('/**\n * `npm run it [-- --loud]`: does it.\n *\n * Twice.\n */\nimport x;\n')).toBe('`npm run it [-- --loud]`: does it.\n\nTwice.');
  const run = (...args: string[]) => spawnSync(process.execPath, [join(root, 'scripts/docs.ts'), ...args], { encoding: 'utf8' });
  expect(run('--help')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('`node scripts/docs.ts`: writes the pages') as string });
  const wrong = run('--chekc');
  expect(wrong.status).toBe(1);
  expect(wrong.stderr).toMatch(/'--chekc'[\s\S]*writes the pages/);
  expect(wrong.stderr).not.toMatch(/^ +at /m);
});

test('the tail of an output leaves out blank lines', () => {
  expect(tail('one\n\ntwo\r\n  \nthree\n', 2)).toBe('two\nthree');
  expect(tail('', 5)).toBe('');
});

describe('the cache folder', () => {
  const posix = (path: string): string => path.split(sep).join('/').replace(/^[A-Z]:/, '');
  test('is what ONEPOT_CACHE says, before all else', () => {
    expect(posix(cacheFolder({ ONEPOT_CACHE: '/fast/onepot', XDG_CACHE_HOME: '/x' }, 'linux', '/home/ada'))).toBe('/fast/onepot');
  });
  test('follows XDG_CACHE_HOME, unless it is empty', () => {
    expect(posix(cacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux', '/home/ada'))).toBe('/x/onepot');
    expect(posix(cacheFolder({ XDG_CACHE_HOME: '' }, 'linux', '/home/ada'))).toBe('/home/ada/.cache/onepot');
  });
  test('is in LOCALAPPDATA on Windows only', () => {
    const env = { LOCALAPPDATA: join('C:', 'Users', 'ada', 'Local') };
    expect(cacheFolder(env, 'win32', 'H')).toBe(join('C:', 'Users', 'ada', 'Local', 'onepot'));
    expect(cacheFolder(env, 'darwin', 'H')).toBe(join('H', '.cache', 'onepot'));
  });
});

test('an inner npm keeps the settings of the network and forgets those of the script', () => {
  const env = { PATH: '/bin', npm_config_registry: 'http://r', npm_config_local_prefix: '/repo', npm_package_name: 'onepot', npm_config_https_proxy: 'http://p', INIT_CWD: '/repo' };
  expect(withoutNpmScriptVariables(env)).toEqual({ PATH: '/bin', npm_config_registry: 'http://r', npm_config_https_proxy: 'http://p', INIT_CWD: '/repo' });
});

describe('opening the browser', () => {
  test('is not tried where nobody would see it', () => {
    expect(openCommand({ PATH: '/usr/bin' }, 'linux')).toBeUndefined();
    expect(openCommand({ SSH_CONNECTION: 'a b' }, 'darwin')).toBeUndefined();
    expect(openCommand({ CI: 'true' }, 'win32')).toBeUndefined();
    expect(openCommand({ DISPLAY: ':0', PATH: '' }, 'linux')).toBeUndefined();
  });
  test('uses what the platform has', () => {
    expect(openCommand({}, 'darwin')).toEqual(['open']);
    expect(openCommand({}, 'win32')?.[0]).toBe('cmd.exe');
  });
});

test('Ctrl-C is no failure, being ended by another process is', () => {
  expect([exitCodeOf('SIGINT'), exitCodeOf('SIGTERM'), exitCodeOf('SIGHUP')]).toEqual([0, 143, 129]);
});

describe('counting tests', () => {
  const file = (status: string, ...results: string[]): object => ({ status, assertionResults: results.map((result) => ({ status: result })) });
  const count = (...files: object[]): object => countTests(JSON.stringify({ testResults: files }));
  test('adds up the files', () => {
    expect(count(file('passed', 'passed', 'passed', 'pending'), file('failed', 'failed', 'passed', 'todo'))).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });
  test('a file that could not be loaded is a failure', () => {
    expect(count(file('failed'), file('failed', 'passed'), file('passed', 'passed'))).toEqual({ passed: 2, failed: 2, skipped: 0 });
  });
  test('refuses what is not a report', () => {
    expect(() => countTests('{"tests": 3}')).toThrow('not a JSON report');
  });
});

describe('bundles', () => {
  test('no two are written to the same file', () => {
    const outputs = bundles.flatMap(({ output, second }) => [output, ...(second === undefined ? [] : [second.output])]);
    expect(new Set(outputs).size).toBe(outputs.length);
  });
  test('each comes out under the name it states', () => {
    for (const bundle of bundles) {
      const { entryPoints, outExtension } = esbuildOptions(bundle, '/repo', false);
      const written = (entryPoints as { in: string; out: string }[]).map(({ in: entry, out }) => [entry, `${out}${outExtension?.['.js']}`]);
      expect(written).toEqual([bundle, ...(bundle.second === undefined ? [] : [bundle.second])].map(({ entry, output }) => [entry, output]));
    }
  });
  test('two entries share their parts only where files can be imported', () => {
    for (const bundle of bundles) expect(esbuildOptions(bundle, '/repo', false).splitting === true).toBe(bundle.second !== undefined && bundle.options.format === 'esm');
  });
  test('what runs in a webview or worker is one self-contained script', () => {
    for (const bundle of bundles.filter(({ entry }) => /^(webview|server\/worker)/.test(entry))) {
      expect(bundle.options).toMatchObject({ platform: 'browser', format: 'iife' });
      expect(bundle.options.external).toBeUndefined();
    }
  });
});

test('the files a manifest names are found wherever they stand', () => {
  const manifest = {
    main: './dist/main.cjs',
    icon: 'media/icon.png',
    contributes: {
      languages: [{ id: 'crn', extensions: ['.crn'], configuration: './language-configuration.json', icon: { light: 'media/a.svg', dark: './media/b.svg' } }],
      commands: [{ command: 'onepot.simulate', title: 'Simulate and/or plot', icon: '$(play)' }],
      walkthroughs: [{ steps: [{ media: { markdown: 'media/walk/hover.md' } }] }],
      configuration: { properties: { 'onepot.x': { default: 'https://example.org/a' } } },
    },
  };
  expect(filesNamed(manifest)).toEqual(['dist/main.cjs', 'language-configuration.json', 'media/a.svg', 'media/b.svg', 'media/icon.png', 'media/walk/hover.md']);
});

test('what only the manual reads of a diagnostic is left out of a bundle, and nothing else', () => {
  const source = "export const spec: DiagnosticSpec = {\n  code: 'CRN1', manual: `Long { text }.`,\n  examples: [{ text: 'A', files: { b: 'manual: 1' } }],\n};\nexport const other = { manual: 'kept' };\n";
  expect(withoutManual(source)).toBe("export const spec: DiagnosticSpec = {\n  code: 'CRN1', manual: '',\n  examples: [],\n};\nexport const other = { manual: 'kept' };\n");
});

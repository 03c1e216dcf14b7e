/** The manual says what is so: its examples check, its generated pages are fresh, what it mentions exists, its links lead somewhere. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  catalog, DATA_SETTINGS, libraryActivations, NETWORK_SETTINGS, NOISE_SETTINGS, SIMULATE_SETTINGS, SPECIAL_ACTIVATIONS, SWEEP_SETTINGS, TRAIN_SETTINGS,
} from '../../chemistry/index.ts';
import { FUNCTIONS } from '../../chemistry/names/builtins.ts';
import { keywords, parse, type Statement } from '../../grammar/index.ts';
import { commandsOf, optionsOf, shownExample, slug } from '../lib/docs.ts';
import { aboutText, libraryPage } from '../lib/docs-library.ts';
import { faultsOf } from '../lib/docs-check.ts';
import { cliHelp, generatedPages, manifest } from '../lib/docs-sources.ts';
import { anchors, codeBlocks, commandLines, prose, relativeLinks } from '../lib/docs-text.ts';
import { root } from '../lib/paths.ts';

const markdownIn = (folder: string): string[] => readdirSync(join(root, folder)).filter((name) => name.endsWith('.md')).map((name) => join(folder, name)).sort();
const paths = [...markdownIn('.'), ...markdownIn('docs')];
const pages = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
const generated = generatedPages();
const help = cliHelp();

test('the pages of the manual are there', () => {
  for (const name of ['README', 'language', 'library', 'how-to', 'diagnostics', 'cli', 'settings', 'theory', 'tour', 'tutorial']) expect(paths).toContain(`docs/${name}.md`);
});

describe('examples', () => {
  const blocks = [...pages].flatMap(([path, page]) => codeBlocks(page).filter(({ info }) => /^crn\b/.test(info)).map((block) => ({ place: `${path}:${block.line}`, block })));
  test('there are many', () => expect(blocks.length).toBeGreaterThan(30));
  test.each(blocks)('$place', ({ block }) => expect(faultsOf(block)).toEqual([]));
});

describe('the page of the language', () => {
  const page = pages.get(join('docs', 'language.md')) ?? '';
  /** As code: alone in backquotes, or the word of a longer piece of code, as in `weights START`. */
  const isNamed = (word: string): boolean => [...prose(page).matchAll(/`([^`\n]+)`/g)].some(([, code = '']) => code.split(/[^\p{L}\p{Nd}_]+/u).includes(word));
  test('names every word that begins a statement', () => expect(keywords.filter((word) => !isNamed(word))).toEqual([]));
  test('names every function', () => expect([...FUNCTIONS.keys()].filter((name) => !isNamed(name))).toEqual([]));
  test('names every setting and every word that one takes', () => {
    const settings = [...SIMULATE_SETTINGS, ...NETWORK_SETTINGS, ...TRAIN_SETTINGS, ...DATA_SETTINGS, ...NOISE_SETTINGS, ...SWEEP_SETTINGS];
    expect(settings.flatMap(({ name, words = [] }) => [name, ...words]).filter((word) => !isNamed(word))).toEqual([]);
  });
  test('names every activation', () => expect([...libraryActivations().keys(), ...SPECIAL_ACTIVATIONS.keys()].filter((name) => !isNamed(name))).toEqual([]));
  test('has an example of every kind of statement', () => {
    const shown = new Set<string>();
    const visit = (statement: Statement): void => {
      shown.add(statement.kind);
      if ('body' in statement) for (const inner of statement.body ?? []) visit(inner);
    };
    for (const { text } of codeBlocks(page).filter(({ info }) => /^crn\b/.test(info))) for (const { statement } of parse(text).units) visit(statement);
    const kinds = /export type Statement =((?:\s*\| \w+)+)/.exec(readFileSync(join(root, 'grammar/ast.ts'), 'utf8'))?.[1] ?? '';
    const all = [...kinds.matchAll(/\| (\w+?)(?:Statement|Declaration)?\b/g)].map((match) => match[1] ?? '').filter((kind) => kind !== 'Bad');
    expect(all.length).toBeGreaterThan(15);
    expect(all.filter((kind) => !shown.has(kind))).toEqual([]);
  });
});

describe('programs in other languages', () => {
  const programs = [...pages].flatMap(([path, page]) => codeBlocks(page).filter(({ info }) => info === 'python').map(({ line, text }) => ({ place: `${path}:${line}`, text })));
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0) ?? '';
  test('there are some', () => expect(programs.length).toBeGreaterThan(0));
  test.skipIf(python === '').each(programs)('$place runs', ({ text }) => {
    const { status, stderr } = spawnSync(python, ['-'], { cwd: root, input: text, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  }, 120_000);
});

describe('generated pages', () => {
  test.each([...generated])('%s is what its sources say (else: node scripts/docs.ts)', (path, text) => expect(pages.get(path)).toBe(text));
  test('hold every module and activation of the library, with what it does', () => {
    const page = generated.get('docs/library.md') ?? '';
    const files = readdirSync(join(root, 'chemistry/library')).filter((name) => name.endsWith('.crn'));
    for (const file of files) {
      const text = readFileSync(join(root, 'chemistry/library', file), 'utf8');
      for (const [head] of text.matchAll(/^(?:module|activation) [^{]*(?= \{)/gm)) expect(page, file).toContain(head);
      expect(page).toContain(`## onepot:${file.slice(0, -'.crn'.length)}\n\n`);
    }
    expect(page).not.toMatch(/```\n\n(###|$)/);
  });
  test('of the library are made of heads and comments', () => {
    const text = '// About\n// this.\n\n// Not this.\n\n/// y = 2*x.\nmodule twice(x, y; k = 1) {\n  x -> x + y @ 2*k\n}\nactivation id(h) { x\' = y - x }\n';
    expect(aboutText(text)).toBe('About this.');
    expect(libraryPage(new Map([['mine', text]]))).toMatch(/## onepot:mine\n\nAbout this\.\n\n### twice\n\n```text\nmodule twice\(x, y; k = 1\)\n```\n\ny = 2\\\*x\.\n\n### id\n\n```text\nactivation id\(h\) \{ x' = y - x \}\n```\n$/);
  });
  test('hold every diagnostic, command and setting', () => {
    for (const { code, title } of catalog) expect(generated.get('docs/diagnostics.md')).toContain(`### ${code}\n\n**${title}**`);
    const { commands, configuration } = manifest().contributes;
    for (const { command } of commands) expect(generated.get('docs/settings.md')).toContain(`\`${command}\``);
    for (const name of Object.keys(configuration.properties)) expect(generated.get('docs/settings.md')).toContain(`| \`${name}\` |`);
    expect(commandsOf(help.get('') ?? '').length).toBeGreaterThan(5);
    for (const name of commandsOf(help.get('') ?? '')) expect(generated.get('docs/cli.md')).toContain(`## onepot ${name}\n`);
  });
});

describe.each([...pages])('%s', (path, page) => {
  test('links lead to files and headings that are there', () => {
    const dead = relativeLinks(page).filter((target) => {
      const [file = '', anchor] = target.split('#');
      const at = file === '' ? path : relative(root, join(root, dirname(path), decodeURI(file)));
      if (!existsSync(join(root, at))) return true;
      if (anchor === undefined || !at.endsWith('.md')) return false;
      return !anchors(pages.get(at) ?? readFileSync(join(root, at), 'utf8')).has(decodeURIComponent(anchor));
    });
    expect(dead).toEqual([]);
  });
  test('every diagnostic it mentions exists', () => {
    const codes = new Set<string>(catalog.map((spec) => spec.code));
    expect([...page.matchAll(/CRN\d{3}/g)].map(([code]) => code).filter((code) => !codes.has(code))).toEqual([]);
  });
  test('every command and setting of the extension that it mentions exists', () => {
    const { commands, configuration } = manifest().contributes;
    const names = new Set([...commands.map(({ command }) => command), ...Object.keys(configuration.properties)]);
    expect([...page.matchAll(/`(onepot\.[a-z][A-Za-z.]*)`/g)].map((match) => match[1] ?? '').filter((name) => !names.has(name))).toEqual([]);
    const titles = new Set(commands.map(({ title }) => title));
    expect([...page.matchAll(/\*\*Onepot: ([^*]+)\*\*/g)].map((match) => match[1] ?? '').filter((title) => !titles.has(title))).toEqual([]);
  });
  test('every command line in it can be typed', () => {
    const wrong = commandLines(page).filter(({ command, options }) => {
      const text = help.get(command);
      const known = text === undefined ? [] : optionsOf(text);
      return text === undefined || options.some((option) => !known.includes(option));
    });
    expect(wrong).toEqual([]);
  });
});

describe('reading pages', () => {
  const page = '# A *b*: c (d)\n\n```crn error CRN201\nA -> 0 @ 1\n```\n\nSee [x](y.md#z), `[no](link)` and ![p](q.png).\n\n# A *b*: c (d)\n\n```sh\nnpx onepot check a.crn --json # now\n```\n`onepot nonsense`\n```yaml\n- run: npx onepot test models\n```';
  test('blocks, links, anchors and command lines', () => {
    expect(codeBlocks(page).map(({ line, info, text }) => [line, info, text])).toEqual([[3, 'crn error CRN201', 'A -> 0 @ 1'], [11, 'sh', 'npx onepot check a.crn --json # now'], [15, 'yaml', '- run: npx onepot test models']]);
    expect(relativeLinks(page)).toEqual(['y.md#z', 'q.png']);
    expect([...anchors(page)]).toEqual(['a-b-c-d', 'a-b-c-d-1']);
    expect(commandLines(page)).toEqual([{ command: 'check', options: ['--json'] }, { command: 'test', options: [] }, { command: 'nonsense', options: [] }]);
    expect(codeBlocks('1. a\n\n   ```crn\n   A\n     B\n\n   ```\n')).toEqual([{ line: 3, info: 'crn', text: 'A\n  B\n' }]);
    expect(() => codeBlocks('```crn\nA')).toThrow('line 1');
  });
  test('an example block is held to what it says', () => {
    const faults = (info: string, text: string): string[] => faultsOf({ line: 1, info, text });
    expect(faults('crn error CRN201', 'A -> 0 @ 1')).toEqual([]);
    expect(faults('crn', 'A -> 0 @ 1')).toHaveLength(1);
    expect(faults('crn error CRN202', 'A -> 0 @ 1')).toHaveLength(1);
    expect(faults('crn error CRN201', 'species A\nA -> 0 @ 1')).toHaveLength(1);
    expect(faults('crn', 'species A = 1\nA -> 0 @ 1\nexpect A ~ 1')).toHaveLength(1);
    expect(faults('crn', 'species A = 1\nA -> A @ 1')).toHaveLength(1);
    expect(faults('crn eror CRN201', 'A -> 0 @ 1')).toHaveLength(1);
  });
  test('headings become anchors, marker lines lose their slashes', () => {
    expect(slug('Units: `time` & α²')).toBe('units-time--α');
    expect(shownExample('A -> B\n//   ^\n// a comment')).toBe('A -> B\n     ^\n// a comment');
  });
  test('commands and options of a help text', () => {
    const text = 'Usage: x\n\nOptions:\n  -o, --out <f>  where\n  --json   as JSON\n                 --not-this\n\nCommands:\n  check [options] <file>  about\n                          more\n  help [command]  help\n\nExit codes: 0';
    expect(commandsOf(text)).toEqual(['check']);
    expect(optionsOf(text)).toEqual(['-o', '--out', '--json']);
  });
});

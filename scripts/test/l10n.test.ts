/** Every text a user of the extension reads can be translated: those of package.json and those of the code. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { bundleOf, productTexts, sourcesOf, textsIn } from '../lib/l10n.ts';
import { pageTexts } from '../lib/l10n-page.ts';
import { codeWords, unsaidIn } from '../lib/l10n-unsaid.ts';
import { keysNamed, localised, manifestTexts, rawManifest } from '../lib/manifest.ts';
import { root } from '../lib/paths.ts';

describe('package.json', () => {
  const manifest = rawManifest();
  const texts = manifestTexts();

  test('names every text of package.nls.json and no other', () => {
    expect([...keysNamed(manifest)].sort()).toEqual(Object.keys(texts).sort());
    for (const [key, text] of Object.entries(texts)) expect(text.trim(), key).not.toBe('');
  });

  test('writes no text out where a user reads it', () => {
    const shown = new Set(['title', 'category', 'displayName', 'description', 'markdownDescription', 'contents', 'altText', 'contextualTitle', 'shortTitle', 'label']);
    const written: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [name, part] of Object.entries(value)) {
        const isShown = shown.has(name) || /enumDescriptions$/i.test(path) || (name === 'name' && path.startsWith('contributes.views.'));
        if (typeof part === 'string' && isShown && !/^%[\w.]+%$/.test(part)) written.push(`${path}.${name}: ${part}`);
        visit(part, path === '' ? name : `${path}.${name}`);
      }
    };
    visit({ displayName: manifest['displayName'], description: manifest['description'], capabilities: manifest['capabilities'], contributes: manifest['contributes'] }, '');
    expect(written).toEqual([]);
  });

  test('is packed with its texts and those of the code', () => {
    const ignore = readFileSync(join(root, '.vscodeignore'), 'utf8').split('\n');
    expect(ignore).toContain('!package.nls*.json');
    expect(ignore).toContain('!l10n/bundle.l10n*.json');
    expect(manifest['l10n']).toBe('./l10n');
    expect(existsSync(join(root, 'l10n/bundle.l10n.json'))).toBe(true);
  });
});

describe('the code', () => {
  const { texts, unreadable, early, misfits } = productTexts();

  test('says what it says in one piece, so that a translation can be found', () => expect(unreadable).toEqual([]));
  test('says nothing while modules load, before the language is known', () => expect(early).toEqual([]));
  test('gives a value for every placeholder', () => expect(misfits).toEqual([]));

  test('is in the bundle, completely (else: node scripts/docs.ts)', () => {
    expect(texts.length).toBeGreaterThan(100);
    expect(readFileSync(join(root, 'l10n/bundle.l10n.json'), 'utf8')).toBe(bundleOf(texts));
  });
});

/** Rooms in which nothing is said past the bundle. */
const TRANSLATED = ['webview', 'server', 'playground', 'simulation', 'exchange', 'chemistry/diagnostics', 'grammar/diagnostics'];

/** Literals that look like words for a reader and are none, by room: names, code of the language, heads of files, keys. */
const NO_WORDS: Readonly<Record<string, readonly string[]>> = {
  webview: [
    '{0} ms', '{0} on {1}', 'Tsit5', 'Onepot {0}', 'node {0}{1}',
    'stands for', 'output {0}', 'relative error', 'target {0}', '{0} meant', '{0}, meant', 'layer {0}',
  ],
  server: [
    'The text has changed.', 'a document has an address and a text',
    'rate ', 'on ', 'in ', 'steps ', 'seed: ', 'seed: n', '{0}(a, b, seed: n)', '{0}({1}, {2}, seed: {3})', '{0}(${1:-1}, ${2:1}, seed: ${3:7})',
    'simulate', 'sweep', 'train {0} on {1}', 'neuron {0}', 'data {0}', 'activation {0}', 'module {0}', 'module dense',
  ],
  playground: [
    'Editor', 'Onepot language server', 'Onepot', 'Files', '(prefers-color-scheme: dark)', '(prefers-contrast: more)',
    // Told of in the browser's console, or to who builds the page.
    'The browser keeps no database.', 'The browser did not keep it.', 'There is no storage.', 'not supported', 'The page has no {0} called {1}.',
    'The list of samples calls {0} by another name, {1}.', 'The list of samples names {0}, which is not there.',
  ],
  simulation: [
    'Cancelled', 'CheckpointError', 'StochasticError', 'TrainingError', 'noise {0}',
    // Faults of who calls it, of which no user is told.
    'An arena of {0} bytes has no room for {1}.', 'The species have no addresses of 16 bits.', "the Jacobian's pattern lacks its diagonal entry {0}", 'Only sums of the same request can be added: same output times, species and method.',
    'The state of xoshiro128** must not be all zero.', 'There is no run {0}.', 'The plan names block {0}, which the network does not have.',
  ],
  exchange: [
    'NetFormatError', 'BioNetGen', ' rate {0}', 'param {0} = {1}', 'and({0}, {1})', 'or({0}, {1})', 'equal({0}, {1})', 'not(equal({0}, {1}))', 'column {0}',
    // A fault of who calls it.
    'There is no row {0}.',
  ],
  'chemistry/diagnostics': ['param {0} = 1'],
};

describe.each(TRANSLATED)('what the room %s says', (room) => {
  const sources = sourcesOf(room), known = NO_WORDS[room] ?? [];
  const found = [...sources].flatMap(([name, file]) => unsaidIn(file, codeWords(sources)).map(({ line, words }) => ({ at: `${name}:${line}`, words })));

  // A text for a reader goes through `t` or `counted` (l10n/texts.ts); what is no text for a reader is named above.
  test('goes through the bundle', () => expect(found.filter(({ words }) => !known.includes(words))).toEqual([]));
  test('is found in spite of the exceptions, all of which are there', () => expect(known.filter((words) => !found.some((one) => one.words === words))).toEqual([]));
});

describe('reading texts', () => {
  test('keys are replaced wherever they stand, and one without a text is told', () => {
    expect(localised({ title: '%a.b%', list: ['%c%', '50 %', 3, null] }, { 'a.b': 'A', c: 'C' })).toEqual({ title: 'A', list: ['C', '50 %', 3, null] });
    expect(() => localised({ title: '%toString%' }, {})).toThrow('%toString%');
    expect(keysNamed({ title: '%a.b%', list: ['%c%', '%a.b%', 'a %b%'] })).toEqual(['a.b', 'c']);
  });

  const read = (source: string): ReturnType<typeof textsIn> => textsIn(new Map([['f.ts', ts.createSourceFile('f.ts', source, ts.ScriptTarget.Latest, true)]]));

  test('calls are found however they are laid out', () => {
    const source = 'const a = () => vscode.l10n.t("B {0}", 1);\nconst b = () => t(\n  \'A\',\n) + counted(n, "1 cat", `{0} cats`);\nclass D { d = t(a + "x"); }\nother.t("no"); // t("no")';
    expect(read(source)).toEqual({ texts: ['1 cat', 'A', 'B {0}', '{0} cats'], unreadable: ['f.ts:5'], early: [], misfits: [] });
  });

  test('calls that come too early are found, except where the language is set', () => {
    expect(read('const a = { b: t("A") };\nclass D { static d = t("B"); }').early).toEqual(['f.ts:1', 'f.ts:2']);
    expect(read('speak(found);\nconst a = t("A");').early).toEqual([]);
  });

  test('texts that go past the bundle are found where they are read, and by their looks', () => {
    const source = "const a = () => h('p', { title: n > 1 ? 'Two' : t('One'), class: 'wide and high' }, `${n} left`); type K = 'a kind of'; const b: K = 'a kind of'; setText(c, d ?? 'yes'); throw new Error('It is gone.');";
    const file = ts.createSourceFile('f.ts', source, ts.ScriptTarget.Latest, true), files = new Map([['f.ts', file]]);
    expect(unsaidIn(file, codeWords(files)).map(({ words }) => words)).toEqual(['Two', '{0} left', 'yes', 'It is gone.']);
  });

  test('texts of a page are contents of elements, with their keys, and what is read of attributes', () => {
    const page = '<!DOCTYPE html><html><head><meta name="x" content="Not this"><title>A page</title><script src="x.js"></script></head><body class="not this"><!-- Not <p>this</p> -->'
      + '<h1><img src="x.svg" alt="">Onepot</h1><label><span>Theme</span><select title="Light &amp; dark"><option value="no">Dark</option></select></label>'
      + '<p>Press <kbd>F8</kbd> to go on.</p><dt><kbd>Ctrl</kbd>+<kbd>M</kbd></dt><button aria-label="Close">×</button><input placeholder="Search"><noscript>No script</noscript></body></html>';
    expect(pageTexts(page)).toEqual(['A page', 'Theme', 'Light & dark', 'Dark', 'Press `F8` to go on.', 'Close', 'Search']);
    expect(() => pageTexts('<p><b>x</p>')).toThrow('</p>');
  });

  test('placeholders agree with values', () => {
    const misfits = (call: string): readonly string[] => read(`const f = () => ${call};`).misfits;
    for (const right of ['t("a")', 't("{1} of {0}", n, m)', 't("{0} {0}", n)', 'counted(n, "one", "{0} of them")', 'counted(n, "1 in {1}", "{0} in {1}", s, x)']) expect(misfits(right), right).toEqual([]);
    for (const wrong of ['t("a {0}")', 't("a", n)', 't("{1}", n)', 't("{0} {2}", n, m)', 'counted(n, "one", "{1}")', 'counted(n, "1 in {1}", "{0}", s, x)']) expect(misfits(wrong), wrong).not.toEqual([]);
  });
});

/**
 * What the editor shows of a text in a language of dots (../lib/dots.ts): hovers, lenses, hints, completion, the tree and the read-only texts.
 * What still has letters is a name of the text, code of the language, or was said past the bundle.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CONSTANTS, DATA_SETTINGS, DISTRIBUTIONS, FUNCTIONS, libraryActivations, libraryNames, libraryText, NETWORK_SETTINGS, NOISE_SETTINGS, SIMULATE_SETTINGS, SPECIAL_ACTIVATIONS, SWEEP_SETTINGS, TRAIN_SETTINGS, unitNamed,
} from '../../chemistry/index.ts';
import { keywords } from '../../grammar/index.ts';
import { speak } from '../../l10n/index.ts';
import * as service from '../../server/service/index.ts';
import { open, URI } from '../../server/test/kit.ts';
import { dottedTexts } from '../lib/dots.ts';
import { root } from '../lib/paths.ts';

beforeAll(() => {
  speak({ tag: 'en-GB', texts: dottedTexts() });
  // What is known of the library is said when it is first asked for, in the language in force then.
  CODE = codeWords();
});
afterAll(() => speak(undefined));

const wordsOf = (text: string): readonly string[] => text.match(/\p{L}{2,}/gu) ?? [];

/** Words that are code: of the language, of its library, of the texts themselves. */
const settings = [...SIMULATE_SETTINGS, ...TRAIN_SETTINGS, ...NETWORK_SETTINGS, ...DATA_SETTINGS, ...NOISE_SETTINGS, ...SWEEP_SETTINGS];
const library = libraryNames.map((name) => libraryText(`onepot:${name}`) ?? libraryText(name) ?? '').join('\n');
const codeWords = (): ReadonlySet<string> => new Set([
  // As in `A + B = const`.
  'const', ...NAMES(), ...keywords, ...settings.flatMap(({ name, words }) => [name, ...(words ?? [])]), ...[FUNCTIONS, DISTRIBUTIONS, CONSTANTS, libraryActivations(), SPECIAL_ACTIVATIONS].flatMap((known) => [...known.keys()]),
].flatMap(wordsOf));
/** Names that stand in sentences as they are: activations, rules, groups of reactions, and dimensions where a text names no units. */
const NAMES = (): readonly string[] => [...libraryActivations().keys(), ...SPECIAL_ACTIVATIONS.keys(), ...TRAIN_SETTINGS.flatMap(({ words }) => words ?? []), 'forward', 'backward', 'update', 'concentration', 'time'].flatMap(wordsOf);
let CODE: ReadonlySet<string> = new Set();
/** The library's comments are in English, as the manual is. */
const docs = library.split('\n').flatMap((line) => /\/\/\/ ?(.*)/.exec(line)?.[1] ?? []).filter((doc) => doc !== '');

const texts: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['mistakes', 'neurons', 'xor', 'groups', 'signed-arithmetic', 'rate-laws', 'repressilator', 'ode-to-reactions', 'iris', 'xor-noise', 'feed-forward-families']
    .map((name) => [name, readFileSync(join(root, 'samples', `${name}.crn`), 'utf8')])),
  // What no sample has: a word for nearly everything that a hover can say.
  words: [
    'units time s, concentration uM', 'param k = 0.5', 'param left: 1/s = 2*3', 'fixed E = 2', 'species A = 1, B, X[4] = 2, Q', 'dual W[2] = 0.5', 'activation own(h) { x\' = h + y*x - x^2 }',
    'bind: A + E -> B + E @ k', '2 A + 2 B -> 0 @ 3', '0 -> A @ 1', '3 A -> B @ 1', 'B <-> A @ 1, 2', 'A -> B rate k*A', 'for i in 1..4 { X[i] -> 0 @ k }', 'for i in 1..2, s in signs { W^s[i] -> 0 @ 1 }',
    'A -> Q @@ 3', 'Q -> 0 @ missing', 'module m(a: species; r = 2) { a -> 0 @ r }', 'use m(A)', 'module unused(a: species) { a -> 2 a @ 1 }',
    'data table { x[2] -> y[1]\n 0 1 -> 1\n 1 1 -> 0 }', 'data far = csv("far.csv") { x = columns(1..2); y = onehot(column("kind")); split 0.8 seed 1 }',
    'network net { input x[2]\n layer hidden[3] = own(h = 0.1)\n layer out[1] = linear\n weights uniform(-1, 1, seed: 7) }', 'network broken { input x[2]\n layer u[3] = nothing }',
    'train net on table { epochs = 3; where = silico }', 'train first: net on table { epochs = 3 }', 'simulate run { until = 5; plot = A }', 'simulate { until = fixed_point }', 'noise jitter { rates = lognormal(0.1, frozen, per: reaction) }',
  ].join('\n'),
};

/** The text without comments, which are in their author's language. */
const bare = (text: string): string => text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/\/\/.*$/gm, '');

function opened(name: string): { snapshot: service.Snapshot; text: string; own: ReadonlySet<string> } {
  const text = bare(texts[name] ?? '');
  return { snapshot: open(text, { 'motifs.crn': 'module never(a: species) { a -> 0 @ 1 }' }).snapshot, text, own: new Set([...wordsOf(text).filter((word) => !CODE.has(word)), ...NAMES(), ...wordsOf(URI)]) };
}

/** Words of Markdown that are neither names nor code in a place for code. */
function english(markdown: string, own: ReadonlySet<string>): readonly string[] {
  let said = markdown.replaceAll(/\]\([^)]*\)/g, ']').replaceAll(/<img[^>]*>/g, '');
  for (const doc of docs) said = said.replaceAll(doc, '');
  const prose = said.replaceAll(/```[a-z]*\n([^]*?)```|`[^`]*`|\*\*.*?\*\*|^\|.*\|$|^- \w+ = .*$/gm, '');
  const code = said.match(/```[a-z]*\n([^]*?)```|`[^`]*`|\*\*.*?\*\*|^\|.*\|$|^- \w+ = .*$/gm)?.map((part) => part.replace(/^```[a-z]*/, '')) ?? [];
  const strange = (word: string): boolean => !own.has(word) && unitNamed(word) === undefined;
  return [...wordsOf(prose).filter(strange), ...code.flatMap(wordsOf).filter((word) => strange(word) && !CODE.has(word))];
}

const noEnglish = (said: readonly string[], own: ReadonlySet<string>): void => {
  const rest = [...new Set(said)].map((one) => ({ one: one.replaceAll(/\]\(data:[^)]*\)/g, ']'), words: english(one, own).join(' ') })).filter(({ words }) => words !== '');
  expect(rest).toEqual([]);
};
const code = (text: string | undefined): string => (text === undefined ? '' : `\`${text}\``);

describe.each(Object.keys(texts))('in the text %s', (name) => {
  test('hovers speak in dots', () => {
    const { snapshot, text, own } = opened(name);
    // A word is asked about once a statement.
    const asked = new Set<string>(), said: string[] = [];
    for (const { index, 0: word } of text.matchAll(/\p{L}[\p{L}\p{N}_.]*|->|<->/gu)) {
      const position = snapshot.document.positionAt(index), key = `${snapshot.tree.units.findLast(({ start }) => start <= index)?.start} ${word}`;
      if (asked.has(key)) continue;
      asked.add(key);
      const found = service.hover(snapshot, position);
      if (found !== null) said.push((found.contents as { value: string }).value);
    }
    expect(said.join('')).toContain('·');
    noEnglish(said, own);
  });

  test('lenses, hints, symbols, the tree, the read-only texts and repairs do', () => {
    const { snapshot, own } = opened(name);
    const whole = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
    const lenses = service.codeLenses(snapshot, { simulate: 'a', train: 'b' }).map(({ command }) => command?.title ?? '');
    const hints = service.inlayHints(snapshot, whole).map(({ label }) => code(typeof label === 'string' ? label : ''));
    const symbols = service.documentSymbols(snapshot).flatMap(function all(symbol): string[] { return [code(symbol.name), code(symbol.detail), ...(symbol.children ?? []).flatMap(all)]; });
    const tree = service.contents(snapshot).sections.flatMap(({ entries }) => entries.flatMap(function all(entry): string[] { return [code(entry.label), code(entry.detail), code(entry.doc), ...(entry.entries ?? []).flatMap(all)]; }));
    const actions = service.codeActions(snapshot, whole).map(({ title }) => title);
    const made = [service.odes(snapshot).text, service.reactions(snapshot, 3).text].map((text) => `\`\`\`text\n${text}\`\`\``);
    noEnglish([...lenses, ...hints, ...symbols, ...tree, ...made], own);
    // Repairs name code without marking it as such, `Declare it: species X`.
    expect(actions.flatMap(wordsOf).filter((word) => !own.has(word) && !CODE.has(word))).toEqual([]);
    for (const text of made) expect(text).toContain('·');
  });

  test('completion does', () => {
    const { snapshot, text, own } = opened(name);
    const said: string[] = [];
    for (const { index } of text.matchAll(/(?<=[\s({=;@,^])(?=\S)/gu)) {
      if (index % 7 !== 0) continue;
      for (const { detail, documentation } of service.completion(snapshot, snapshot.document.positionAt(index)).items) said.push(code(detail), typeof documentation === 'object' ? documentation.value : '');
      const help = service.signatureHelp(snapshot, snapshot.document.positionAt(index))?.signatures[0];
      if (help !== undefined) said.push(code(help.label), typeof help.documentation === 'object' ? help.documentation.value : '');
    }
    expect(said.join('')).toContain('·');
    noEnglish(said, own);
  });
});

test('what cannot be renamed is told in dots', () => {
  const { snapshot, text, own } = opened('words');
  const told = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      return (error as Error).message;
    }
    return 'renamed';
  };
  const at = (words: string): ReturnType<typeof snapshot.document.positionAt> => snapshot.document.positionAt(text.indexOf(words));
  noEnglish([told(() => service.prepareRename(snapshot, at('2*3'))), ...['2x', 'species', 'B'].map((name) => told(() => service.rename(snapshot, at('A = 1'), name).changes))].map((one) => one.replace('species', '')), own);
});

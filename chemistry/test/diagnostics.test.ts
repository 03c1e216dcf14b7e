/** Every diagnostic's own examples: the marked places and nothing else, and the first fix repairs them. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import { analyse, catalog } from '../index.ts';
import type { Diagnostic, TextEdit } from '../index.ts';
import { applyEdits, markedText, rangeOf } from './marked-text.ts';

function check(text: string, files: Readonly<Record<string, string>> = {}): readonly Diagnostic[] {
  const trees = new Map(Object.entries({ ...files, 'main.crn': text }).map(([path, content]) => [path, parse(content)]));
  const main = trees.get('main.crn');
  if (main === undefined) throw new Error('no main text');
  return analyse(main, {
    uri: 'main.crn',
    resolveImport: (path) => {
      const tree = trees.get(path);
      return tree === undefined ? { error: 'there is no such file' } : { uri: path, tree };
    },
  }).diagnostics;
}

const own = (diagnostics: readonly Diagnostic[], code: string): Diagnostic[] => diagnostics.filter((diagnostic) => diagnostic.code === code && diagnostic.file === undefined);

/** Texts that a page cannot show: a line of megabytes, deep nesting, a binary file, thousands of mistakes. Tested with the grammar. */
const unprintable = new Set<string>(['CRN118', 'CRN119', 'CRN120', 'CRN137']);

describe('the catalog', () => {
  test('codes are unique, ascending and of the form CRNnnn', () => {
    const codes = catalog.map((spec) => spec.code);
    expect(new Set(codes).size).toBe(codes.length);
    expect([...codes].sort()).toEqual(codes);
    for (const code of codes) expect(code).toMatch(/^CRN\d{3}$/);
  });
  test('every file of a diagnostic is in it', () => {
    const files = readdirSync(new URL('../diagnostics/', import.meta.url)).filter((name) => name.startsWith('crn'));
    const codes = catalog.map((spec) => spec.code.toLowerCase());
    for (const file of files) expect(codes, file).toContain(file.slice(0, 6));
  });
  test('every diagnostic has a title, a page for the manual and an example', () => {
    for (const spec of catalog) {
      expect(spec.title.length, spec.code).toBeGreaterThan(5);
      expect(spec.manual.length, spec.code).toBeGreaterThan(60);
      if (!unprintable.has(spec.code)) expect(spec.examples.length, spec.code).toBeGreaterThan(0);
    }
  });
});

const cases = catalog.flatMap((spec: DiagnosticSpec) => spec.examples.map((example, i) => ({ name: `${spec.code} ${spec.title} (${i + 1})`, spec, example })));

describe('examples', () => {
  test.each(cases)('$name', ({ spec, example }) => {
    const { text, marks } = markedText(example.text);
    const found = own(check(text, example.files), spec.code);
    expect(marks.length, 'an example marks something').toBeGreaterThan(0);
    expect(found.map((diagnostic) => [rangeOf(diagnostic), text.slice(...rangeOf(diagnostic))])).toEqual(marks.map((mark) => [mark, text.slice(...mark)]));
    for (const diagnostic of found) expect(diagnostic.message.length).toBeGreaterThan(10);
    if (example.fixed === undefined) return;
    const fix = found[0]?.fixes?.[0];
    expect(fix, 'has a fix').toBeDefined();
    const fixed = applyEdits(text, fix?.edits ?? ([] as TextEdit[]));
    expect(fixed).toBe(example.fixed);
    const after = own(check(fixed, example.files), spec.code);
    expect(after.length).toBeLessThan(found.length);
  });
});

describe('fixes', () => {
  test.each(cases)('of $name keep to the text', ({ spec, example }) => {
    const { text } = markedText(example.text);
    for (const diagnostic of own(check(text, example.files), spec.code)) {
      for (const fix of diagnostic.fixes ?? []) {
        expect(fix.title).toMatch(/^\p{Lu}/u);
        expect(applyEdits(text, fix.edits)).not.toBe(text);
      }
    }
  });
});

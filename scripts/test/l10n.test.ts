/** Every text a user of the extension reads can be translated: those of package.json and those of the code. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundleOf, extensionTexts, textsIn } from '../lib/l10n.ts';
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
    expect(ignore).toContain('!l10n/*.json');
    expect(manifest['l10n']).toBe('./l10n');
    expect(existsSync(join(root, 'l10n/bundle.l10n.json'))).toBe(true);
  });
});

describe('the code of the extension', () => {
  const { texts, unreadable } = extensionTexts();

  test('says what it says in one piece, so that a translation can be found', () => expect(unreadable).toEqual([]));

  test('is in the bundle, completely (else: node scripts/docs.ts)', () => {
    expect(texts.length).toBeGreaterThan(30);
    expect(readFileSync(join(root, 'l10n/bundle.l10n.json'), 'utf8')).toBe(bundleOf(texts));
  });
});

describe('reading texts', () => {
  test('keys are replaced wherever they stand, and one without a text is told', () => {
    expect(localised({ title: '%a.b%', list: ['%c%', '50 %', 3, null] }, { 'a.b': 'A', c: 'C' })).toEqual({ title: 'A', list: ['C', '50 %', 3, null] });
    expect(() => localised({ title: '%toString%' }, {})).toThrow('%toString%');
    expect(keysNamed({ title: '%a.b%', list: ['%c%', '%a.b%', 'a %b%'] })).toEqual(['a.b', 'c']);
  });

  test('calls are found however they are laid out', () => {
    const source = 'const a = vscode.l10n.t("B {0}", 1);\nvscode.l10n.t(\n  \'A\',\n);\nvscode.l10n.t(`C`);\nvscode.l10n.t(a + "x");\nother.t("no"); // vscode.l10n.t("no")';
    expect(textsIn(new Map([['f.ts', source]]))).toEqual({ texts: ['A', 'B {0}', 'C'], unreadable: ['f.ts:6'] });
  });
});

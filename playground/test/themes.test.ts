import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { themeFor, themes, tokenColours } from '../colours/themes.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Contrast of two colours by WCAG 2.2: (L₁ + 0.05)/(L₂ + 0.05) of their relative luminances. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

describe('themes', () => {
  it.each(Object.entries(themes))('%s is legible: WCAG’s 4.5, and 7 for high contrast where it is text', (name, { colours, tokens }) => {
    const least = 4.5;
    const background = colours['editor.background']!;
    for (const [token, colour] of Object.entries(tokens)) expect(contrast(colour, background), token).toBeGreaterThan(least);
    const pairs: [string, string][] = [
      ['foreground', 'editor.background'], ['descriptionForeground', 'editor.background'], ['foreground', 'sideBar.background'], ['button.foreground', 'button.background'],
      ['button.secondaryForeground', 'button.secondaryBackground'], ['input.foreground', 'input.background'], ['input.placeholderForeground', 'input.background'],
      ['textLink.foreground', 'editor.background'], ['panelTitle.inactiveForeground', 'editor.background'], ['panelTitle.inactiveForeground', 'sideBar.background'], ['badge.foreground', 'badge.background'],
    ];
    // High contrast leaves these two to the editor.
    for (const id of ['editorLineNumber.foreground', 'editorCodeLens.foreground']) if (colours[id] !== undefined) pairs.push([id, 'editor.background']);
    for (const [front, back] of pairs) expect(contrast(colours[front]!, colours[back]!), `${front} on ${back}`).toBeGreaterThan(least);
    if (name.startsWith('hc')) expect(contrast(colours['foreground']!, background)).toBeGreaterThan(7);
  });
  it('follow the system unless the user chose', () => {
    expect(themeFor('system', { dark: true, contrast: false })).toBe('dark');
    expect(themeFor('system', { dark: false, contrast: true })).toBe('hc-light');
    expect(themeFor('system', { dark: false, contrast: false })).toBe('light');
    expect(themeFor('hc-dark', { dark: false, contrast: false })).toBe('hc-dark');
  });
  it('have every colour that the lab asks VS Code for', () => {
    const sheets = readdirSync(path.join(root, 'webview'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'));
    const text = sheets.map((name) => readFileSync(path.join(root, 'webview', name), 'utf8')).join('\n');
    const asked = [...text.matchAll(/var\(--vscode-([\w-]+)\s*([,)])/g)].flatMap(([, name, end]) => (end === ')' ? [name!] : []));
    const given = new Set([...Object.keys(themes.light.colours), ...Object.keys(themes['hc-dark'].colours)].map((id) => id.replaceAll('.', '-')));
    expect([...new Set(asked)].filter((name) => !given.has(name))).toEqual([]);
  });
  it('colour every scope of the grammar that says what something is', () => {
    const grammar = readFileSync(path.join(root, 'syntaxes/crn.tmLanguage.json'), 'utf8');
    const scopes = [...grammar.matchAll(/"name": "([\w.-]+)\.crn"/g)].map(([, scope]) => scope!).filter((scope) => !scope.startsWith('punctuation'));
    expect(scopes.length).toBeGreaterThan(15);
    expect(scopes.filter((scope) => !Object.keys(tokenColours).some((key) => scope === key || scope.startsWith(`${key}.`)))).toEqual([]);
  });
});

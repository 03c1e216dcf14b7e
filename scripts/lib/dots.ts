/** A language in which every letter of every text of the bundle is a dot, so that what was said past the bundle stands out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

/** The letters of a text as dots; its placeholders stay. */
const dotted = (text: string): string => text.replace(/\{\d+\}|\p{L}/gu, (part) => (part.startsWith('{') ? part : '·'));

/** The bundle of the language. */
export function dottedTexts(): Readonly<Record<string, string>> {
  const bundle = JSON.parse(readFileSync(join(root, 'l10n/bundle.l10n.json'), 'utf8')) as Record<string, string>;
  return Object.fromEntries(Object.keys(bundle).map((text) => [text, dotted(text)]));
}

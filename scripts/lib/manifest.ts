/** The extension's manifest, package.json: what it promises to be in the package, and its texts, which stand in package.nls.json. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

/**
 * The files a manifest names, relative to its folder: entry points, icons, and everything under `contributes` that is
 * a path by its looks (`./syntaxes/crn.json`, `docs/walkthrough/hover.md`).
 */
export function filesNamed(manifest: Readonly<Record<string, unknown>>): string[] {
  const named = new Set<string>();
  const plain = (path: string): string => path.replace(/^\.\//, '');
  for (const key of ['main', 'browser', 'icon']) {
    const value = manifest[key];
    if (typeof value === 'string') named.add(plain(value));
  }
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      if (/^(\.\/|[\w.-]+\/)([\w.-]+\/)*[\w.-]+\.(json|md|svg|png|gif|ttf|woff2?|css|js|cjs)$/.test(value)) named.add(plain(value));
    } else if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value)) visit(part);
    }
  };
  visit(manifest['contributes']);
  return [...named].sort();
}

/** A text of package.json that stands for one of package.nls.json: `%command.train%`. */
const KEY = /^%([\w.-]+)%$/;

/**
 * A manifest as its users read it: every `%key%` replaced by its text.
 * @throws Error when a key has no text
 */
export function localised<T>(manifest: T, texts: Readonly<Record<string, string>>): T {
  const replaced = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const key = KEY.exec(value)?.[1];
      if (key === undefined) return value;
      const text = Object.hasOwn(texts, key) ? texts[key] : undefined;
      if (text === undefined) throw new Error(`package.json names %${key}%, which package.nls.json does not have.`);
      return text;
    }
    if (Array.isArray(value)) return value.map(replaced);
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, replaced(part)]));
    return value;
  };
  return replaced(manifest) as T;
}

/** The keys that a manifest names, in the order of their first place. */
export function keysNamed(manifest: unknown): readonly string[] {
  const named = new Set<string>();
  const visit = (value: unknown): void => {
    const key = typeof value === 'string' ? KEY.exec(value)?.[1] : undefined;
    if (key !== undefined) named.add(key);
    if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) visit(part);
  };
  visit(manifest);
  return [...named];
}

/** package.json of this repository as it stands there. */
export function rawManifest(): Record<string, unknown> {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
}

/** The English texts of package.json. */
export function manifestTexts(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
}

/** package.json of this repository in English. */
export function readManifest(): Record<string, unknown> {
  return localised(rawManifest(), manifestTexts());
}

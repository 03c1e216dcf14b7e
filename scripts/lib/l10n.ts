/** The texts of the extension's code that can be translated: first arguments of `vscode.l10n.t`, for l10n/bundle.l10n.json. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './paths.ts';

export interface Texts {
  /** In alphabetical order, each once. */
  readonly texts: readonly string[];
  /** `file:line` of calls whose text is put together at run time, so that no translation could be found for it. */
  readonly unreadable: readonly string[];
}

/** @param sources texts of TypeScript files by their names */
export function textsIn(sources: ReadonlyMap<string, string>): Texts {
  const texts = new Set<string>();
  const unreadable: string[] = [];
  for (const [name, source] of sources) {
    const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText(file) === 'vscode.l10n.t') {
        const [first] = node.arguments;
        if (first !== undefined && ts.isStringLiteralLike(first)) texts.add(first.text);
        else unreadable.push(`${name}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return { texts: [...texts].sort(), unreadable };
}

/** What the extension's own files say. */
export function extensionTexts(): Texts {
  const names = globSync('extension/**/*.ts', { cwd: root }).map((name) => name.replaceAll('\\', '/')).filter((name) => !name.startsWith('extension/test/')).sort();
  return textsIn(new Map(names.map((name) => [name, readFileSync(join(root, name), 'utf8')])));
}

/** The bundle that translators copy: every text under itself. */
export function bundleOf(texts: readonly string[]): string {
  return `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), null, 2)}\n`;
}

/**
 * The texts of the product that can be translated: what is given to `t` and `counted` (l10n/texts.ts) in the rooms that users read, and to
 * `vscode.l10n.t` in the extension host, and what the playground's page is written with. They make up l10n/bundle.l10n.json, which translators copy.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { pageTexts } from './l10n-page.ts';
import { root } from './paths.ts';

/** Functions by the places of their arguments that are texts. */
export const SPEAKING: ReadonlyMap<string, readonly number[]> = new Map([['t', [0]], ['counted', [1, 2]], ['marked', [0]], ['vscode.l10n.t', [0]]]);

/** Rooms whose texts are translated. */
export const ROOMS = ['grammar', 'chemistry', 'simulation', 'exchange', 'server', 'extension', 'webview', 'playground'] as const;

export interface Texts {
  /** In alphabetical order, each once. */
  readonly texts: readonly string[];
  /** `file:line` of calls whose text is put together at run time, so that no translation could be found for it. */
  readonly unreadable: readonly string[];
  /** `file:line` of calls that run while their module loads, before the language is known. */
  readonly early: readonly string[];
  /** `file:line` of texts with a placeholder that no value is given for, or of values that no placeholder stands for. */
  readonly misfits: readonly string[];
}

/** Places of the placeholders in a text: `{0}`, `{2}`. */
export function placeholders(text: string): ReadonlySet<number> {
  return new Set([...text.matchAll(/\{(\d+)\}/g)].map(([, at]) => Number(at)));
}

/** Whether what stands in it runs later than its module loads: a function, or what is set whenever an object is made. */
const runsLater = (node: ts.Node): boolean => ts.isFunctionLike(node) || (ts.isPropertyDeclaration(node) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) !== true);

/** Whether a module is where a process begins: it sets the language before all else. */
function speaks(file: ts.SourceFile): boolean {
  return file.statements.some((statement) => ts.isExpressionStatement(statement) && ts.isCallExpression(statement.expression) && statement.expression.expression.getText(file) === 'speak');
}

/** @param sources TypeScript files by their names */
export function textsIn(sources: ReadonlyMap<string, ts.SourceFile>): Texts {
  const texts = new Set<string>(), unreadable: string[] = [], early: string[] = [], misfits: string[] = [];
  for (const [name, file] of sources) {
    const visit = (node: ts.Node, later: boolean): void => {
      const called = ts.isCallExpression(node) ? node.expression.getText(file) : '', places = SPEAKING.get(called);
      if (ts.isCallExpression(node) && places !== undefined) {
        const at = `${name}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
        if (!later && called !== 'marked') early.push(at);
        for (const place of places) {
          const text = node.arguments[place];
          if (text === undefined || !ts.isStringLiteralLike(text)) {
            unreadable.push(at);
            continue;
          }
          texts.add(text.text);
          if (!fits(text.text, called, node.arguments)) misfits.push(at);
        }
      }
      ts.forEachChild(node, (child) => visit(child, later || runsLater(node)));
    };
    visit(file, speaks(file));
  }
  return { texts: [...texts].sort(), unreadable, early, misfits };
}

/** A value for each placeholder; all but the number of a count are used. */
function fits(text: string, called: string, values: readonly ts.Expression[]): boolean {
  if (values.some(ts.isSpreadElement)) return true;
  const used = placeholders(text);
  if (called !== 'counted') return used.size === values.length - 1 && [...used].every((at) => at < values.length - 1);
  const given = 1 + Math.max(0, values.length - 4);
  return [...used].every((at) => at < given) && Array.from({ length: given - 1 }, (_, k) => k + 1).every((at) => used.has(at));
}

/** The files of a room that are shipped, parsed. */
export function sourcesOf(room: string): ReadonlyMap<string, ts.SourceFile> {
  const names = globSync(`${room}/**/*.ts`, { cwd: root }).map((name) => name.replaceAll('\\', '/')).filter((name) => !/\/(test|assembly|generated\.ts)(\/|$)/.test(name)).sort();
  return new Map(names.map((name) => [name, ts.createSourceFile(name, readFileSync(join(root, name), 'utf8'), ts.ScriptTarget.Latest, true)]));
}

/** What the product says. */
export function productTexts(): Texts {
  const said = textsIn(new Map(ROOMS.flatMap((room) => [...sourcesOf(room)])));
  const page = pageTexts(readFileSync(join(root, 'playground/index.html'), 'utf8'));
  return { ...said, texts: [...new Set([...said.texts, ...page])].sort() };
}

/** The bundle that translators copy: every text under itself. */
export function bundleOf(texts: readonly string[]): string {
  return `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), null, 2)}\n`;
}

/** Leaves out of a bundle what only the manual and the tests read of a diagnostic: its page's text and its examples, a sixth of the checker. */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import ts from 'typescript';

/** Values that stand for the parts left out. */
const LEFT_OUT: ReadonlyMap<string, string> = new Map([['manual', "''"], ['examples', '[]']]);

/** The source of a diagnostic's file with the manual and the examples of its specs emptied. */
export function withoutManual(source: string): string {
  const file = ts.createSourceFile('diagnostic.ts', source, ts.ScriptTarget.Latest, true), cuts: { from: number; to: number; by: string }[] = [];
  const visit = (node: ts.Node): void => {
    const by = ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) ? LEFT_OUT.get(node.name.text) : undefined;
    if (by !== undefined && ts.isPropertyAssignment(node)) cuts.push({ from: node.initializer.getStart(), to: node.initializer.end, by });
    else ts.forEachChild(node, visit);
  };
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { type, initializer } of statement.declarationList.declarations) if (type?.getText() === 'DiagnosticSpec' && initializer !== undefined) visit(initializer);
  }
  return cuts.reverse().reduce((text, { from, to, by }) => text.slice(0, from) + by + text.slice(to), source);
}

export const leaveManualOut: Plugin = {
  name: 'leave-manual-out',
  setup(run): void {
    run.onLoad({ filter: /[\\/](grammar|chemistry)[\\/]diagnostics[\\/]\w[\w-]*\.ts$/ }, async ({ path }) => ({ contents: withoutManual(await readFile(path, 'utf8')), loader: 'ts' }));
  },
};

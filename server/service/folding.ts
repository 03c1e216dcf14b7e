/** What can be folded: blocks and comments of several lines. */
import { FoldingRangeKind } from 'vscode-languageserver';
import type { FoldingRange } from 'vscode-languageserver';
import type { Statement, Unit } from '../../grammar/index.ts';
import type { Snapshot } from './snapshot.ts';

export function folding(snapshot: Snapshot): FoldingRange[] {
  const { document } = snapshot;
  const found: FoldingRange[] = [];
  const add = (start: number, end: number, kind?: FoldingRangeKind): void => {
    const startLine = document.positionAt(start).line;
    // The closing brace stays in sight.
    const endLine = document.positionAt(end).line - (kind === undefined ? 1 : 0);
    if (endLine > startLine) found.push({ startLine, endLine, ...(kind === undefined ? {} : { kind }) });
  };
  const visit = (unit: Unit, statement: Statement): void => {
    switch (statement.kind) {
      case 'For':
      case 'Module':
      case 'Group':
        add(unit.start + statement.start, unit.start + statement.end);
        for (const inner of statement.body) visit(unit, inner);
        break;
      case 'Simulate':
      case 'Ode':
      case 'Activation':
      case 'Network':
      case 'Data':
      case 'Train':
      case 'Noise':
      case 'Sweep':
        add(unit.start + statement.start, unit.start + statement.end);
        break;
      case 'Units':
      case 'Declaration':
      case 'Reaction':
      case 'Use':
      case 'Neuron':
      case 'Import':
      case 'Expect':
      case 'Bad':
        break;
    }
  };
  for (const unit of snapshot.tree.units) visit(unit, unit.statement);
  for (const { start, end } of comments(snapshot.document.getText())) add(start, end, FoldingRangeKind.Comment);
  return found.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}

/** Block comments, and runs of whole lines of `//` comments. Text in strings is told apart by the line it stands on. */
function* comments(text: string): Generator<{ start: number; end: number }> {
  const pattern = /(?:^[ \t]*\/\/[^\n]*(?:\n|$))+|"[^"\n]*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//gm;
  for (const match of text.matchAll(pattern)) {
    const [found] = match;
    if (found.startsWith('"')) continue;
    yield { start: match.index, end: match.index + found.trimEnd().length };
  }
}

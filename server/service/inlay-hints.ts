/** Units that were inferred, shown behind the names that have none written. */
import { InlayHintKind } from 'vscode-languageserver';
import type { InlayHint, Range } from 'vscode-languageserver';
import type { Snapshot } from './snapshot.ts';

export function inlayHints(snapshot: Snapshot, range: Range): InlayHint[] {
  const { document, analysis } = snapshot;
  const from = document.offsetAt(range.start);
  const to = document.offsetAt(range.end);
  const hints: InlayHint[] = [];
  for (const symbol of analysis.symbols) {
    const { declaration, unit } = symbol;
    if (unit?.inferred !== true || declaration.file !== undefined) continue;
    const end = declaration.unit.start + declaration.span.end;
    if (end < from || end > to) continue;
    hints.push({ position: document.positionAt(end), label: `: ${unit.text}`, kind: InlayHintKind.Type });
  }
  return hints;
}

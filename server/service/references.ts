/** Everywhere a name stands. */
import { DocumentHighlightKind } from 'vscode-languageserver';
import type { DocumentHighlight, Location, Position } from 'vscode-languageserver';
import { locationOf, symbolAt } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

export function references(snapshot: Snapshot, position: Position, includeDeclaration = true): Location[] {
  const symbol = symbolAt(snapshot, position);
  if (symbol === undefined) return [];
  return snapshot.analysis
    .occurrencesOf(symbol)
    .filter((occurrence) => includeDeclaration || occurrence.role !== 'declaration')
    .flatMap((occurrence) => locationOf(snapshot, occurrence) ?? []);
}

/** The same inside the document, told apart: what a reaction consumes or makes is written, the rest is read. */
export function documentHighlight(snapshot: Snapshot, position: Position): DocumentHighlight[] {
  const symbol = symbolAt(snapshot, position);
  if (symbol === undefined) return [];
  const highlights: DocumentHighlight[] = [];
  for (const occurrence of snapshot.analysis.occurrencesOf(symbol)) {
    const location = locationOf(snapshot, occurrence);
    if (location?.uri !== snapshot.uri) continue;
    const written = occurrence.role === 'declaration' || occurrence.role === 'product' || occurrence.role === 'reactant';
    highlights.push({ range: location.range, kind: written ? DocumentHighlightKind.Write : DocumentHighlightKind.Read });
  }
  return highlights;
}

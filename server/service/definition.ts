/** Go to definition: a name's declaration, an import's file. */
import type { Location, Position } from 'vscode-languageserver';
import { locationOf, occurrenceAt, spotAt } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { resolvePath } from './uris.ts';

export function definition(snapshot: Snapshot, position: Position): Location | null {
  const target = occurrenceAt(snapshot, position);
  if (target !== undefined) return locationOf(snapshot, target.occurrence.symbol.declaration) ?? null;
  const { unit, inUnit } = spotAt(snapshot, position);
  if (unit?.statement.kind !== 'Import') return null;
  const { path } = unit.statement;
  if (inUnit < path.start || inUnit > path.end) return null;
  const uri = resolvePath(path.value, snapshot.uri);
  if (uri === undefined || snapshot.imported(uri) === undefined) return null;
  return { uri, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };
}

/** Renaming what a name stands for, everywhere it stands. */
import { t } from '../../l10n/index.ts';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Position, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { isVirtual } from '../../chemistry/index.ts';
import type { CrnSymbol } from '../../chemistry/index.ts';
import { keywords as KEYWORDS, isName } from '../../grammar/index.ts';
import { kindName } from './kind-name.ts';
import { locationOf, occurrenceAt, unitRange } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

/** Why something cannot be renamed, in the user's words; clients show it. */
export class RenameError extends ResponseError<void> {
  constructor(message: string) {
    super(LSPErrorCodes.RequestFailed, message);
  }
}

/** Range and text of the name that would be renamed. @throws RenameError where there is none. */
export function prepareRename(snapshot: Snapshot, position: Position): { range: Range; placeholder: string } {
  const target = occurrenceAt(snapshot, position);
  if (target === undefined) throw new RenameError(t('There is no name here that could be renamed.'));
  const { unit, occurrence } = target;
  refuseMade(occurrence.symbol);
  return { range: unitRange(snapshot, unit, occurrence.span), placeholder: unit.text.slice(occurrence.span.start, occurrence.span.end) };
}

/**
 * Edits that give a symbol another name.
 * @throws RenameError when the new name is no name, or would change what other names in the text mean.
 */
export function rename(snapshot: Snapshot, position: Position, newName: string): WorkspaceEdit {
  const target = occurrenceAt(snapshot, position);
  if (target === undefined) throw new RenameError(t('There is no name here that could be renamed.'));
  const name = newName.trim();
  if (!isName(name)) throw new RenameError(t('“{0}” is no name: a name begins with a letter and has letters, digits and _ after it.', name));
  if ((KEYWORDS as readonly string[]).includes(name)) throw new RenameError(t('“{0}” is a word of the language; choose another name.', name));
  const { symbol } = target.occurrence;
  refuseMade(symbol);
  if (name === symbol.name) return { changes: {} };
  const rival = clash(snapshot, symbol, name);
  if (rival !== undefined) throw new RenameError(t('There is already a {0} {1}; two different things would get one name.', kindName(rival.kind), name));
  const changes: Record<string, TextEdit[]> = {};
  const seen = new Set<string>();
  for (const occurrence of snapshot.analysis.occurrencesOf(symbol)) {
    const location = locationOf(snapshot, occurrence);
    if (location === undefined) continue;
    const { start } = location.range;
    const key = `${location.uri} ${start.line} ${start.character}`;
    if (seen.has(key)) continue;
    seen.add(key);
    (changes[location.uri] ??= []).push({ range: location.range, newText: name });
  }
  return { changes };
}

/** What the library or a network's reactions declare has no text that could be edited. @throws RenameError */
function refuseMade({ name, kind, declaration }: CrnSymbol): void {
  const dot = name.lastIndexOf('.');
  if (dot > 0 && kind !== 'reaction' && declaration.unit.text.slice(declaration.span.start, declaration.span.start + name.length) !== name) {
    const own = name.slice(dot + 1);
    throw new RenameError(t('{0} is the {1} of a module: rename {1} in the module\'s text.', name, own));
  }
  if (!isVirtual(declaration.file)) return;
  const made = declaration.file?.startsWith('onepot:network/') === true;
  throw new RenameError(made ? t('{0} is made from a network: rename the network or its layer in its statement.', name) : t('{0} belongs to the library, which cannot be changed. Copy its module into this file to change it.', name));
}

/** A symbol that is seen under the new name at one of the old name's places. */
function clash(snapshot: Snapshot, symbol: CrnSymbol, name: string): CrnSymbol | undefined {
  for (const occurrence of snapshot.analysis.occurrencesOf(symbol)) {
    if (occurrence.file !== undefined && occurrence.file !== snapshot.uri) continue;
    const rival = snapshot.analysis.visibleAt(occurrence.unit, occurrence.span.start).find((other) => other.name === name);
    if (rival !== undefined && rival !== symbol) return rival;
  }
  return undefined;
}

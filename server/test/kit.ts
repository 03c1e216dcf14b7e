/** Documents from marked text: `‸` stands where the cursor is. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position, TextEdit } from 'vscode-languageserver';
import { Workspace } from '../service/index.ts';
import type { Snapshot } from '../service/index.ts';

export const CURSOR = '‸';
export const URI = 'file:///home/user/model.crn';

export interface Marked {
  readonly snapshot: Snapshot;
  readonly text: string;
  readonly position: Position;
}

/** A workspace over files in memory, and the document opened in it. */
export function open(marked: string, files: Readonly<Record<string, string>> = {}): Marked {
  const at = marked.indexOf(CURSOR);
  const text = marked.replace(CURSOR, '');
  const workspace = new Workspace(hostOf(files));
  workspace.open(URI, 1, text);
  const snapshot = workspace.snapshot(URI)!;
  return { snapshot, text, position: snapshot.document.positionAt(Math.max(0, at)) };
}

/** Files beside the document, by name. */
export function hostOf(files: Readonly<Record<string, string>>): ConstructorParameters<typeof Workspace>[0] {
  return {
    read(uri) {
      const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
      const text = files[name];
      return text === undefined ? { error: `There is no file ${name}.` } : { text };
    },
    list: () => Object.keys(files),
  };
}

export function apply(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create(URI, 'crn', 1, text), [...edits]);
}

/** The text with a cursor mark at a position, for readable expectations. */
export function textIn(text: string, range: { start: Position; end: Position }): string {
  const document = TextDocument.create(URI, 'crn', 1, text);
  return document.getText(range);
}

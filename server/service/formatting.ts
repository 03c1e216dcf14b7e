/**
 * Formatting as small edits. The formatter changes blanks and line ends only, so the two texts are walked side by side
 * and every run of blanks that differs becomes an edit: the cursor, folds and marks elsewhere stay where they are.
 */
import type { Range, TextEdit } from 'vscode-languageserver';
import { format } from '../../grammar/index.ts';
import type { Span } from '../../grammar/index.ts';
import { rangeOf } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

interface Replacement extends Span {
  readonly text: string;
}

/** With more edits than this, one that replaces the text is cheaper for everybody. */
const MOST_EDITS = 5000;

export function formatting(snapshot: Snapshot): TextEdit[] {
  const before = snapshot.document.getText();
  const after = format(snapshot.tree);
  if (after === before) return [];
  const edits = blankEdits(before, after);
  return (edits === undefined || edits.length > MOST_EDITS ? [{ start: 0, end: before.length, text: after }] : edits).map((edit) => toEdit(snapshot, edit));
}

/** The edits of the whole document that fall into the lines of a range. */
export function rangeFormatting(snapshot: Snapshot, range: Range): TextEdit[] {
  const { document } = snapshot;
  const from = document.offsetAt({ line: range.start.line, character: 0 });
  const to = document.offsetAt(range.end);
  const edits = blankEdits(document.getText(), format(snapshot.tree)) ?? [];
  return edits.filter((edit) => edit.start >= from && edit.end <= to).map((edit) => toEdit(snapshot, edit));
}

function toEdit(snapshot: Snapshot, edit: Replacement): TextEdit {
  return { range: rangeOf(snapshot.document, edit), newText: edit.text };
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** Edits between texts that differ in blanks only; undefined when they differ in more. */
function blankEdits(before: string, after: string): Replacement[] | undefined {
  const edits: Replacement[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const start = i;
    const from = j;
    while (i < before.length && isBlank(before.charCodeAt(i))) i++;
    while (j < after.length && isBlank(after.charCodeAt(j))) j++;
    const text = after.slice(from, j);
    if (before.slice(start, i) !== text) edits.push(shortest(before, start, i, text));
    if (i === before.length || j === after.length) return i === before.length && j === after.length ? edits : undefined;
    if (before.charCodeAt(i++) !== after.charCodeAt(j++)) return undefined;
  }
}

/** The edit without what the two runs of blanks have in common at their ends. */
function shortest(before: string, start: number, end: number, text: string): Replacement {
  let [from, to] = [start, end];
  let [a, b] = [0, text.length];
  while (to > from && b > a && before.charCodeAt(to - 1) === text.charCodeAt(b - 1)) [to, b] = [to - 1, b - 1];
  while (from < to && a < b && before.charCodeAt(from) === text.charCodeAt(a)) [from, a] = [from + 1, a + 1];
  return { start: from, end: to, text: text.slice(a, b) };
}

/** Texts with carets: `//   ^^^` below a line marks a range in it. */
import type { SyntaxTree } from '../index.ts';

export interface Marked {
  readonly text: string;
  /** Offsets in `text`, in order. */
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}

export function unmark(marked: string): Marked {
  const kept: string[] = [];
  const ranges: { start: number; end: number }[] = [];
  let lineStart = 0;
  let offset = 0;
  for (const line of marked.split('\n')) {
    if (/^\/\/[ ^]*\^[ ^]*$/.test(line)) {
      for (const mark of line.matchAll(/\^+/g)) ranges.push({ start: lineStart + mark.index, end: lineStart + mark.index + mark[0].length });
      continue;
    }
    kept.push(line);
    lineStart = offset;
    offset += line.length + 1;
  }
  return { text: kept.join('\n'), ranges };
}

export interface Found {
  readonly code: string;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly fix?: { readonly title: string; readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[] };
}

/** All problems of a tree with offsets in the document. */
export function problemsOf(tree: SyntaxTree): Found[] {
  return tree.units.flatMap((unit) =>
    unit.problems.map(({ code, start, end, message, fix }) => ({
      code, message, start: start + unit.start, end: end + unit.start,
      ...(fix === undefined ? {} : { fix: { title: fix.title, edits: fix.edits.map((edit) => ({ start: edit.start + unit.start, end: edit.end + unit.start, text: edit.text })) } }),
    })),
  );
}

export function applyEdits(text: string, edits: readonly { readonly start: number; readonly end: number; readonly text: string }[]): string {
  let result = text;
  for (const edit of [...edits].sort((a, b) => b.start - a.start)) result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
  return result;
}

/** Texts with their expected ranges marked below the lines: `//   ^^^^`. */
import type { Diagnostic, TextEdit } from '../index.ts';

export type Range = [start: number, end: number];

/** Takes the marker lines out; gives the marked ranges as offsets into the text that is left, in document order. */
export function markedText(source: string): { text: string; marks: Range[] } {
  const lines: string[] = [];
  const marks: Range[] = [];
  let previousStart = 0;
  let length = 0;
  for (const line of source.split('\n')) {
    if (/^\/\/\s*\^[\^\s]*$/.test(line)) {
      for (const match of line.matchAll(/\^+/g)) marks.push([previousStart + match.index, previousStart + match.index + match[0].length]);
      continue;
    }
    previousStart = length;
    lines.push(line);
    length += line.length + 1;
  }
  return { text: lines.join('\n'), marks };
}

/** A diagnostic's range in the document. */
export function rangeOf(diagnostic: Pick<Diagnostic, 'unit' | 'span'>): Range {
  return [diagnostic.unit.start + diagnostic.span.start, diagnostic.unit.start + diagnostic.span.end];
}

/** The text after edits, which must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => rangeOf(b)[0] - rangeOf(a)[0]);
  let result = text;
  let limit = Infinity;
  for (const edit of ordered) {
    const [start, end] = rangeOf(edit);
    if (end > limit) throw new Error('edits overlap');
    result = result.slice(0, start) + edit.text + result.slice(end);
    limit = start;
  }
  return result;
}

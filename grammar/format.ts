/**
 * The formatter. It changes the blanks between words and the indentation, and nothing else: words, comments and their order
 * stay, so it cannot change a meaning. Lines with problems stay as they are, and so does a text whose braces do not balance.
 */
import type { Span, SyntaxTree } from './ast.ts';
import { cutsFor, innerCuts } from './document.ts';
import { spacedWords, type SpacedLine } from './spacing.ts';
import type { Chunk } from './structure.ts';
import { printRow, rowCells, widthsOf } from './tables.ts';
import * as T from './tokens.ts';

/** Reactions longer than this to their `@` stand out of the alignment, and so do lines longer than this before a comment. */
const WIDEST = 60;

interface Line {
  /** Spaces before it; undefined for text that stays as it is. */
  readonly indent: number | undefined;
  text: string;
  /** Where `@` stands, of a reaction on one line. */
  readonly at: number;
  readonly reaction: boolean;
  /** The `//` comment behind it. */
  trailing: string;
  readonly own: boolean;
}

/** Formats a text. Idempotent. The line ends of the text are kept; the last line ends with one. */
export function format(source: SyntaxTree | string): string {
  const text = typeof source === 'string' ? source : source.text;
  const cuts = cutsFor(text, typeof source === 'string' ? undefined : source.units);
  if (cuts === undefined) return text;
  const layout = new Layout(text);
  const problems = cuts.flatMap(({ unit }) => unit.problems.map(({ start, end }) => ({ start: start + unit.start, end: end + unit.start })));
  layout.problems = problems.sort((a, b) => a.start - b.start);
  layout.body(cuts.map(({ chunk }) => chunk), 0, text.length, 0);
  const result = layout.finish();
  return text.includes('\r\n') ? result.replaceAll('\n', '\r\n') : result;
}

class Layout {
  private readonly lines: (Line | undefined)[] = [];
  /** Text of a `/* … *\/` that stands before a statement on its line. */
  private prefix = '';
  /** Of the block of data around: its rows, printed. */
  private table: ReadonlyMap<Chunk, string> | undefined;
  private readonly text: string;
  /** Spans of all problems, in order of their beginnings. */
  problems: readonly Span[] = [];

  constructor(text: string) {
    this.text = text;
  }

  private add(line: Partial<Line> & { readonly text: string; readonly indent: number | undefined }): void {
    this.lines.push({ at: -1, reaction: false, trailing: '', own: false, ...line });
  }
  private blank(): void {
    if (this.lines.length > 0 && this.lines.at(-1) !== undefined && !this.opensBlock()) this.lines.push(undefined);
  }
  private opensBlock(): boolean {
    return this.lines.at(-1)?.text.endsWith('{') === true && this.lines.at(-1)!.indent !== undefined && !this.lines.at(-1)!.own;
  }

  /** What stands between statements: blank lines and comments, and `;` in blocks. */
  gap(from: number, to: number, indent: number): void {
    const { text } = this;
    let newlines = 0;
    let sinceStart = 0;
    for (let at = from; at < to; ) {
      const code = text.charCodeAt(at);
      if (code === 47 && text.charCodeAt(at + 1) === 47) {
        let end = text.indexOf('\n', at);
        if (end < 0 || end > to) end = to;
        this.comment(text.slice(at, end).trimEnd(), indent, sinceStart === 0 && from > 0, newlines);
        newlines = 0;
        at = end;
      } else if (code === 47 && text.charCodeAt(at + 1) === 42) {
        const end = T.commentEnd(text, at);
        const comment = text.slice(at, end).split(/\r?\n/).map((line, index) => (index === 0 ? line : line.trimEnd())).join('\n');
        const rest = /^[^\n]*/.exec(text.slice(end, to))![0];
        const before = end + rest.length >= to && to < text.length && rest.trim() === '' && !comment.includes('\n');
        if (before && (sinceStart > 0 || from === 0)) {
          if (newlines > 1) this.blank();
          this.prefix += `${comment} `;
        } else this.comment(comment, indent, sinceStart === 0 && from > 0, newlines);
        newlines = 0;
        at = end;
      } else {
        if (code === 10) {
          newlines++;
          sinceStart++;
        } else if (code === 59 && sinceStart > 0 && /^[)\]{]/.test(text.slice(to, to + 1))) {
          // Without it the next line would go on with the one before.
          this.add({ text: ';', indent, own: true });
          newlines = 0;
        }
        at++;
      }
    }
    if (newlines > 1) this.blank();
  }

  private comment(text: string, indent: number, trailing: boolean, newlines: number): void {
    const last = this.lines.at(-1);
    if (trailing && newlines === 0 && last !== undefined && (last.trailing === '' || !last.trailing.startsWith('//'))) {
      last.trailing += (last.trailing === '' ? '' : ' ') + text;
      return;
    }
    if (newlines > 1) this.blank();
    this.add({ text: this.prefix + text, indent, own: true });
    this.prefix = '';
  }

  /** Statements of a block or of the whole text, with everything between them. */
  body(chunks: readonly Chunk[], from: number, to: number, indent: number): void {
    let at = from;
    for (let i = 0; i < chunks.length; ) {
      // What stands on the line of something bad stays on it.
      let after = i + 1;
      let bad = this.isBad(chunks[i]!);
      while (after < chunks.length && !this.text.slice(chunks[after - 1]!.end, chunks[after]!.start).includes('\n')) bad = this.isBad(chunks[after++]!) || bad;
      const group = bad && after > i + 1 ? [{ start: chunks[i]!.start, end: chunks[after - 1]!.end }] : chunks.slice(i, after);
      for (const part of group) {
        this.gap(at, part.start, indent);
        if ('kind' in part) this.chunk(part, indent);
        else this.verbatim(part.start, part.end);
        at = part.end;
      }
      i = after;
    }
    this.gap(at, to, indent);
  }

  /** Whether the chunk, or the head of a block, stays as it is. */
  private isBad(chunk: Chunk): boolean {
    if (chunk.kind === 'block') return this.hasProblem(chunk.start, chunk.open + 1) || (!this.text.slice(chunk.open, chunk.end).includes('\n') && this.hasProblem(chunk.start, chunk.end));
    return chunk.kind !== 'simple' || chunk.long || this.hasProblem(chunk.start, chunk.end);
  }
  private hasProblem(from: number, to: number): boolean {
    // Problems of one unit lie close together: find the first that begins after the range.
    let low = 0;
    let high = this.problems.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.problems[middle]!.start <= to) low = middle + 1;
      else high = middle;
    }
    for (let i = low - 1; i >= 0 && i >= low - 64; i--) if (this.problems[i]!.end >= from) return true;
    return false;
  }

  private chunk(chunk: Chunk, indent: number): void {
    if (this.isBad(chunk)) {
      this.verbatim(chunk.start, chunk.end);
      return;
    }
    const row = this.table?.get(chunk);
    if (row === 'as it is') {
      this.verbatim(chunk.start, chunk.end);
      return;
    }
    if (row !== undefined) {
      this.add({ text: this.prefix + row, indent });
      this.prefix = '';
      return;
    }
    if (chunk.kind !== 'block') {
      this.statementLines(spacedWords(this.text.slice(chunk.start, chunk.end), indent), indent, '');
      return;
    }
    if (!this.text.slice(chunk.open, chunk.close).includes('\n')) {
      const printed = this.inline(chunk);
      if (printed !== undefined) {
        this.add({ text: this.prefix + printed, indent });
        this.prefix = '';
        return;
      }
    }
    this.statementLines(spacedWords(this.text.slice(chunk.start, chunk.headEnd), indent), indent, ' {');
    const inner = innerCuts(this.text, chunk);
    const outer = this.table;
    this.table = chunk.word === 'data' ? this.rowsOf(inner) : undefined;
    this.body(inner, chunk.open + 1, chunk.close, indent + 2);
    this.table = outer;
    if (this.lines.at(-1) === undefined) this.lines.pop();
    this.add({ text: '}', indent });
  }

  /** The printed rows of a table; a row with a problem has no part in it. */
  private rowsOf(chunks: readonly Chunk[]): ReadonlyMap<Chunk, string> {
    const cells = chunks.flatMap((chunk) => {
      const row = chunk.kind === 'simple' && !this.isBad(chunk) ? rowCells(this.text.slice(chunk.start, chunk.end)) : undefined;
      return row === undefined ? [] : [{ chunk, row }];
    });
    const widths = widthsOf(cells.flatMap(({ row }) => (row === 'as it is' ? [] : [row])));
    return new Map(cells.map(({ chunk, row }) => [chunk, row === 'as it is' ? row : printRow(row, widths)]));
  }

  /** `for s in signs { a; b }` stays on one line, unless a comment in it cannot; it has no problems. */
  private inline(chunk: Chunk): string | undefined {
    const { text } = this;
    const head = spacedWords(text.slice(chunk.start, chunk.headEnd), 0);
    if (head.length !== 1 || head[0]!.comment) return undefined;
    const parts: string[] = [];
    let at = chunk.open + 1;
    for (const child of innerCuts(text, chunk)) {
      if (/[^\s;]/.test(text.slice(at, child.start))) return undefined;
      if (child.kind === 'block') {
        const inner = this.inline(child);
        if (inner === undefined) return undefined;
        parts.push(inner);
      } else {
        const row = chunk.word === 'data' ? rowCells(text.slice(child.start, child.end)) : undefined;
        if (row === 'as it is') return undefined;
        const words = row === undefined ? spacedWords(text.slice(child.start, child.end), 0) : [{ text: printRow(row), comment: false }];
        if (words.length !== 1 || words[0]!.comment) return undefined;
        parts.push(words[0]!.text);
      }
      at = child.end;
    }
    if (/[^\s;]/.test(text.slice(at, chunk.close))) return undefined;
    return parts.length === 0 ? `${head[0]!.text} { }` : `${head[0]!.text} { ${parts.join('; ')} }`;
  }

  private statementLines(lines: readonly SpacedLine[], indent: number, ending: string): void {
    lines.forEach((line, index) => {
      const first = index === 0;
      const last = index === lines.length - 1;
      const text = (first ? this.prefix : '') + line.text + (last ? ending : '');
      const single = lines.length === 1 && ending === '';
      this.add({
        text, indent: first ? indent : line.indent, own: line.comment && !first,
        at: single && line.at >= 0 ? line.at + this.prefix.length : -1,
        reaction: single && line.reaction,
        trailing: '',
      });
    });
    this.prefix = '';
  }

  /** Text with a problem: exactly as it stands, indentation included. */
  private verbatim(start: number, end: number): void {
    const { text } = this;
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const before = text.slice(lineStart, start);
    const margin = before.trim() === '' ? before : '';
    const [first, ...rest] = text.slice(start, end).split(/\r?\n/);
    this.add({ text: margin + this.prefix + first!, indent: undefined });
    for (const line of rest) this.add({ text: line, indent: undefined });
    this.prefix = '';
  }

  finish(): string {
    const { lines } = this;
    if (this.prefix !== '') this.add({ text: this.prefix.trimEnd(), indent: 0, own: true });
    while (lines.length > 0 && lines.at(-1) === undefined) lines.pop();
    alignReactions(lines);
    alignComments(lines);
    const printed = lines.map((line) => {
      if (line === undefined) return '';
      const body = (line.indent === undefined ? '' : ' '.repeat(line.indent)) + line.text;
      return line.indent === undefined && line.trailing === '' ? body : (line.trailing === '' ? body : `${body} ${line.trailing}`).trimEnd();
    });
    return printed.length === 0 ? '' : `${printed.join('\n')}\n`;
  }
}

/** Number of characters as seen: code points. */
function width(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Puts the `@` of consecutive reactions into one column. */
function alignReactions(lines: (Line | undefined)[]): void {
  for (let i = 0; i < lines.length; ) {
    const first = lines[i];
    if (first === undefined || !first.reaction) {
      i++;
      continue;
    }
    let end = i;
    let column = 0;
    while (end < lines.length && lines[end] !== undefined && lines[end]!.reaction && lines[end]!.indent === first.indent) {
      const line = lines[end++]!;
      const own = line.at < 0 ? 0 : width(line.text.slice(0, line.at));
      if (own <= WIDEST) column = Math.max(column, own);
    }
    for (let j = i; j < end; j++) {
      const line = lines[j]!;
      if (line.at >= 0) line.text = line.text.slice(0, line.at) + ' '.repeat(Math.max(0, column - width(line.text.slice(0, line.at)))) + line.text.slice(line.at);
    }
    i = end;
  }
}

/** Puts the comments behind consecutive lines into one column, two blanks behind the longest. */
function alignComments(lines: (Line | undefined)[]): void {
  const widthOf = (line: Line): number => (line.indent ?? 0) + width(line.text);
  for (let i = 0; i < lines.length; ) {
    if (lines[i] === undefined || lines[i]!.trailing === '' || lines[i]!.text.includes('\n')) {
      i++;
      continue;
    }
    let end = i;
    let column = 0;
    while (end < lines.length && lines[end] !== undefined && lines[end]!.trailing !== '' && !lines[end]!.text.includes('\n')) {
      const own = widthOf(lines[end++]!);
      if (own <= WIDEST) column = Math.max(column, own);
    }
    for (let j = i; j < end; j++) {
      const line = lines[j]!;
      if (line.indent !== undefined || line.trailing.startsWith('//')) line.text += ' '.repeat(Math.max(0, column - widthOf(line)) + 1);
    }
    i = end;
  }
}


/** A text → units, and the next tree after an edit. */
import type { SyntaxProblem, SyntaxTree, Unit } from './ast.ts';
import { build } from './build.ts';
import { binaryFile, tooManyMistakes } from './diagnostics/index.ts';
import { holdsLines, isAnyLine, parseLine } from './lines.ts';
import { cutItem, linePieces, pieces, wholeStatement, type Reader } from './pieces.ts';
import { isGivenUp, namesIn, withPatience } from './reading.ts';
import { scan, type Item } from './scan.ts';
import { structure, type Chunk } from './structure.ts';

/** What a tree was made of: the chunks, and how many units each gave. For `reparse`. */
interface Outline {
  readonly chunks: readonly Chunk[];
  readonly counts: Uint32Array;
}
const outlines = new WeakMap<SyntaxTree, Outline>();

/** Parses a text. Never throws; linear in the length of the text. */
export function parse(text: string): SyntaxTree {
  return withPatience(() => make(text, undefined));
}

/**
 * Parses a text that came out of another by an edit. Units that the edit does not touch are the same objects, moved:
 * `previous` must not be used afterwards, for the starts of its units change.
 */
export function reparse(previous: SyntaxTree, text: string): SyntaxTree {
  if (previous.text === text) return previous;
  return withPatience(() => make(text, previous));
}

/** A unit with the cut of its text, and for blocks the cuts of what they hold: for the formatter. */
export interface Cut {
  readonly chunk: Chunk;
  readonly unit: Unit;
}

/**
 * How a text is cut into units; undefined when its braces do not balance or it holds control characters.
 * @param read the units of the text, where it has been parsed
 */
export function cutsFor(text: string, read?: readonly Unit[]): readonly Cut[] | undefined {
  if (BINARY.test(text)) return undefined;
  const items = scan(text);
  let depth = 0;
  for (const { kind } of items) {
    if (kind === 'open') depth++;
    else if (kind === 'close' && --depth < 0) return undefined;
  }
  if (depth !== 0) return undefined;
  const cuts: Cut[] = [];
  for (const chunk of structure(items, NO_JUDGE)) {
    for (const piece of pieces(text, chunk, wholeStatement)) {
      const known = read?.[cuts.length];
      const start = startOf(piece);
      const fits = known?.start === start && known.text.length === piece.end - start;
      cuts.push({ chunk: piece, unit: fits ? known : unitOf(text, piece, false) });
    }
  }
  return cuts;
}
const NO_JUDGE = { isStatement: () => true, isLine: () => true, cut: (item: Item) => [item] };

/** What stands in a block, cut as `parse` cuts it. */
export function innerCuts(text: string, block: Chunk): Chunk[] {
  const { word } = block;
  return block.children.flatMap((child) => (holdsLines(word) ? linePieces(text, child, word) : pieces(text, child, wholeStatement)));
}

function make(text: string, previous: SyntaxTree | undefined): SyntaxTree {
  if (isBinary(text)) return binaryTree(text);
  const judged = (reader: Reader) => (item: Item): boolean =>
    item.end - item.start < 10_000 && reader(text.slice(item.start, item.end)).problems.length === 0;
  const isLine = (item: Item, word?: string): boolean => {
    if (item.end - item.start >= 10_000) return false;
    const line = text.slice(item.start, item.end);
    return word === undefined ? isAnyLine(line) : parseLine(word, line, 0).problems.length === 0;
  };
  const chunks = structure(scan(text), {
    isStatement: judged(wholeStatement),
    isLine,
    cut: (item) => cutItem(text, item),
  });
  const old = previous === undefined ? undefined : outlines.get(previous);
  const counts = new Uint32Array(chunks.length);
  let units: Unit[] = [];
  let head = 0;
  let tail = 0;
  let oldTail = 0;
  if (old !== undefined && previous !== undefined) {
    const { prefix, suffix } = common(previous.text, text);
    const delta = text.length - previous.text.length;
    const limit = Math.min(old.chunks.length, chunks.length);
    while (head < limit && reachOf(chunks[head]!) < prefix && same(old.chunks[head]!, chunks[head]!, 0)) {
      counts[head] = old.counts[head]!;
      head++;
    }
    const suffixStart = text.length - suffix;
    while (tail < limit - head) {
      const before = old.chunks[old.chunks.length - 1 - tail]!;
      const now = chunks[chunks.length - 1 - tail]!;
      if (startOf(now) <= suffixStart || !same(before, now, delta)) break;
      counts[chunks.length - 1 - tail] = old.counts[old.chunks.length - 1 - tail]!;
      tail++;
    }
    let kept = 0;
    for (let i = 0; i < head; i++) kept += counts[i]!;
    units = previous.units.slice(0, kept);
    for (let i = 0; i < tail; i++) oldTail += counts[chunks.length - 1 - i]!;
    let faulty = faultyFrom(units, 0) + faultyFrom(previous.units, previous.units.length - oldTail);
    if (faulty > MOST_FAULTY) return make(text, undefined);
    for (let i = head; i < chunks.length - tail; i++) {
      const before = units.length;
      if (addUnits(text, chunks[i]!, units, true) !== undefined) return make(text, undefined);
      counts[i] = units.length - before;
      faulty += faultyFrom(units, before);
      if ((faulty > MOST_FAULTY || isGivenUp()) && i + 1 < chunks.length) return make(text, undefined);
    }
    for (let i = previous.units.length - oldTail; i < previous.units.length; i++) {
      const unit = previous.units[i]!;
      unit.start += delta;
      units.push(unit);
    }
  } else {
    let faulty = 0;
    for (let i = 0; i < chunks.length; i++) {
      const before = units.length;
      const rest = addUnits(text, chunks[i]!, units, false);
      if (rest !== undefined) return cutOff(text, units, rest);
      counts[i] = units.length - before;
      faulty += faultyFrom(units, before);
      if ((faulty > MOST_FAULTY || isGivenUp()) && i + 1 < chunks.length) return cutOff(text, units, startOf(chunks[i + 1]!));
    }
  }
  const tree: SyntaxTree = { text, units };
  outlines.set(tree, { chunks, counts });
  return tree;
}

function startOf(chunk: Chunk): number {
  return chunk.doc >= 0 ? chunk.doc : chunk.start;
}
function reachOf(chunk: Chunk): number {
  return chunk.end;
}

/** Whether two chunks were cut alike, the second one `delta` further on. Their text is known to be equal. */
function same(a: Chunk, b: Chunk, delta: number): boolean {
  return (
    a.kind === b.kind &&
    a.long === b.long &&
    a.start + delta === b.start &&
    a.end + delta === b.end &&
    moved(a.doc, delta) === b.doc &&
    a.headEnd + delta === b.headEnd &&
    moved(a.open, delta) === b.open &&
    moved(a.close, delta) === b.close &&
    a.ruinedClose === b.ruinedClose &&
    a.indent === b.indent &&
    a.crowded === b.crowded &&
    a.word === b.word &&
    (a.breaks?.length ?? 0) === (b.breaks?.length ?? 0) &&
    a.children.length === b.children.length &&
    a.children.every((child, index) => same(child, b.children[index]!, delta))
  );
}
function moved(offset: number, delta: number): number {
  return offset < 0 ? offset : offset + delta;
}

/** Lengths of the common beginning and the common end; they do not overlap. */
export function common(a: string, b: string): { readonly prefix: number; readonly suffix: number } {
  // Whole pieces first: V8 compares them much faster than we can.
  const PIECE = 4096;
  const most = Math.min(a.length, b.length);
  let prefix = 0;
  while (prefix + PIECE <= most && a.slice(prefix, prefix + PIECE) === b.slice(prefix, prefix + PIECE)) prefix += PIECE;
  while (prefix < most && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  const rest = most - prefix;
  let suffix = 0;
  while (suffix + PIECE <= rest && a.slice(a.length - suffix - PIECE, a.length - suffix) === b.slice(b.length - suffix - PIECE, b.length - suffix)) suffix += PIECE;
  while (suffix < rest && a.charCodeAt(a.length - 1 - suffix) === b.charCodeAt(b.length - 1 - suffix)) suffix++;
  return { prefix, suffix };
}

// ---------------------------------------------------------------- chunks → units

/** Adds the units of a chunk. Where too many of them cannot be read it stops, and gives the offset of the first one left out. */
function addUnits(text: string, chunk: Chunk, units: Unit[], copy: boolean): number | undefined {
  let faulty = 0;
  for (const piece of pieces(text, chunk, wholeStatement)) {
    if (faulty > MOST_FAULTY) return startOf(piece);
    const unit = unitOf(text, piece, copy);
    if (unit.problems.length > 0) faulty++;
    units.push(unit);
  }
  return undefined;
}

const NONE: readonly SyntaxProblem[] = [];

function unitOf(text: string, piece: Chunk, copy: boolean): Unit {
  const start = startOf(piece);
  const problems: SyntaxProblem[] = [];
  const statement = build(text, piece, start, problems);
  const slice = text.slice(start, piece.end);
  // A slice keeps the whole text alive; after an edit, a copy keeps memory from growing with every version.
  return { start, text: copy ? flat(slice) : slice, statement, problems: problems.length === 0 ? NONE : problems };
}

/** A copy of its own: V8 keeps the whole text behind a slice. */
function flat(text: string): string {
  return text.length < 13 ? text : JSON.parse(JSON.stringify(text)) as string;
}

// ---------------------------------------------------------------- texts of mistakes

/** After so many statements that cannot be read, the rest is not tried: a mistake costs fifty times what a good line does. */
const MOST_FAULTY = 2000;

/** How many units from `from` on have problems. */
function faultyFrom(units: readonly Unit[], from: number): number {
  let count = 0;
  for (let i = from; i < units.length; i++) if (units[i]!.problems.length > 0) count++;
  return count;
}

/** The tree of a text that is read up to `start` only. It has no outline, so the next text is read from its beginning. */
function cutOff(text: string, read: readonly Unit[], start: number): SyntaxTree {
  const rest = flat(text.slice(start).trimEnd());
  const line = rest.indexOf('\n');
  const problems = [tooManyMistakes({ start: 0, end: line < 0 ? rest.length : line })];
  // The names in it are kept from being called undeclared above, as far as it is cheap to look.
  const names = namesIn(rest.slice(0, 200_000), 0);
  const unit: Unit = { start, text: rest, statement: { kind: 'Bad', start: 0, end: rest.length, names }, problems };
  return { text, units: [...read, unit] };
}

// ---------------------------------------------------------------- files that are no text

/** Control characters in more than a third of the lines looked at. One bad line in a text is not enough. */
function isBinary(text: string): boolean {
  if (!BINARY.test(text.length > 4096 ? text.slice(0, 4096) : text)) return false;
  let lines = 0;
  let bad = 0;
  for (let at = 0; at < text.length && lines < 200; ) {
    let end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    const line = text.slice(at, Math.min(end, at + 4096));
    if (line.trim() !== '') {
      lines++;
      if (BINARY.test(line)) bad++;
    }
    at = end + 1;
  }
  return bad > 1 ? bad * 3 > lines : bad === 1 && lines === 1;
}
 
const BINARY = /[\u0000-\u0008\u000e-\u001f\ufffd]/;

function binaryTree(text: string): SyntaxTree {
  const at = Math.max(text.search(BINARY), 0);
  const problems = [binaryFile({ start: at, end: Math.min(at + 1, text.length) })];
  return { text, units: [{ start: 0, text, statement: { kind: 'Bad', start: 0, end: text.length, names: [] }, problems }] };
}

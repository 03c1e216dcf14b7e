/** A text → units, and the next tree after an edit. */
import type {
  BadStatement, OdeEquation, Setting, Statement, SyntaxProblem, SyntaxTree, Unit,
} from './ast.ts';
import {
  binaryFile, lineTooLong, nestedTooDeep, missingBlock, sameLine, strayCloser, unclosedBlock, unexpectedText,
} from './diagnostics/index.ts';
import { scan, isBlockWord, type Break } from './scan.ts';
import { docAbove, namesIn, parseEquation, parseHead, parseSetting, parseStatement, type BlockStatement, type Parsed, type Writable } from './statements.ts';
import { structure, type Chunk } from './structure.ts';

const RESERVED = new Set(['activation', 'network', 'data', 'train', 'noise', 'sweep']);

/** What a tree was made of: the chunks, and how many units each gave. For `reparse`. */
interface Outline {
  readonly chunks: readonly Chunk[];
  readonly counts: Uint32Array;
}
const outlines = new WeakMap<SyntaxTree, Outline>();

/** Parses a text. Never throws; linear in the length of the text. */
export function parse(text: string): SyntaxTree {
  return make(text, undefined);
}

/**
 * Parses a text that came out of another by an edit. Units that the edit does not touch are the same objects, moved:
 * `previous` must not be used afterwards, for the starts of its units change.
 */
export function reparse(previous: SyntaxTree, text: string): SyntaxTree {
  if (previous.text === text) return previous;
  return make(text, previous);
}

function make(text: string, previous: SyntaxTree | undefined): SyntaxTree {
  if (isBinary(text)) return binaryTree(text);
  const chunks = structure(scan(text), (item) => {
    return item.end - item.start < 10_000 && parseStatement(text.slice(item.start, item.end), 0).problems.length === 0;
  });
  const old = previous === undefined ? undefined : outlines.get(previous);
  const counts = new Uint32Array(chunks.length);
  const units: Unit[] = [];
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
    for (let i = 0; i < kept; i++) units.push(previous.units[i]!);
    for (let i = 0; i < tail; i++) oldTail += counts[chunks.length - 1 - i]!;
    for (let i = head; i < chunks.length - tail; i++) {
      const before = units.length;
      addUnits(text, chunks[i]!, units, true);
      counts[i] = units.length - before;
    }
    for (let i = previous.units.length - oldTail; i < previous.units.length; i++) {
      const unit = previous.units[i]!;
      unit.start += delta;
      units.push(unit);
    }
  } else {
    for (let i = 0; i < chunks.length; i++) {
      const before = units.length;
      addUnits(text, chunks[i]!, units, false);
      counts[i] = units.length - before;
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
    a.start + delta === b.start &&
    a.end + delta === b.end &&
    moved(a.doc, delta) === b.doc &&
    a.headEnd + delta === b.headEnd &&
    moved(a.open, delta) === b.open &&
    moved(a.close, delta) === b.close &&
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
  const most = Math.min(a.length, b.length);
  let prefix = 0;
  while (prefix < most && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  const rest = most - prefix;
  let suffix = 0;
  while (suffix < rest && a.charCodeAt(a.length - 1 - suffix) === b.charCodeAt(b.length - 1 - suffix)) suffix++;
  return { prefix, suffix };
}

// ---------------------------------------------------------------- chunks → units

function addUnits(text: string, chunk: Chunk, units: Unit[], copy: boolean): void {
  for (const piece of pieces(text, chunk, wholeStatement)) {
    const start = startOf(piece);
    const problems: SyntaxProblem[] = [];
    const statement = build(text, piece, start, problems);
    const slice = text.slice(start, piece.end);
    // A slice keeps the whole text alive; after an edit, a copy keeps memory from growing with every version.
    units.push({ start, text: copy ? flat(slice) : slice, statement, problems });
  }
}

/** A copy of its own: V8 keeps the whole text behind a slice. */
function flat(text: string): string {
  return text.length < 13 ? text : JSON.parse(JSON.stringify(text)) as string;
}

type Reader = (text: string) => Parsed<unknown>;
const wholeStatement: Reader = (text) => parseStatement(text, 0);

/** Lines that are tried as the beginning of a statement of their own, from either end of a long one. */
const MOST_TRIES = 8;

/**
 * A statement of several lines whose later lines are a statement by themselves is two: the first one is unfinished. Asked
 * when it does not parse, and for later lines that are not indented deeper than the first.
 */
function pieces(text: string, chunk: Chunk, reader: Reader): Chunk[] {
  const breaks = chunk.breaks;
  if (chunk.kind !== 'simple' || breaks === undefined || chunk.long) return [chunk];
  const failed = reader(text.slice(chunk.start, chunk.end)).problems.length > 0;
  const candidates: number[] = [];
  for (let j = 0; j < breaks.length; j++) {
    if (breaks[j]!.indent <= chunk.indent || (failed && j === 0)) candidates.push(j);
  }
  const tried = candidates.length <= 2 * MOST_TRIES ? candidates : [...candidates.slice(0, MOST_TRIES), ...candidates.slice(-MOST_TRIES)];
  for (const j of tried) {
    const at = breaks[j]!;
    if (reader(text.slice(at.start, chunk.end)).problems.length > 0) continue;
    const before = breaks.slice(0, j);
    const after = breaks.slice(j + 1);
    const doc = docAbove(text, at.start, at.previousEnd)?.start ?? -1;
    const first: Chunk = { ...chunk, end: at.previousEnd, headEnd: at.previousEnd, breaks: orNone(before) };
    const second: Chunk = { ...chunk, start: at.start, doc, headEnd: chunk.end, breaks: orNone(after), indent: at.indent, word: undefined, crowded: false };
    return [first, ...pieces(text, second, reader)];
  }
  return [chunk];
}
function orNone(breaks: readonly Break[]): readonly Break[] | undefined {
  return breaks.length === 0 ? undefined : breaks;
}

/** Reads one chunk. @param origin start of its unit: positions in tree and problems are relative to it */
function build(text: string, chunk: Chunk, origin: number, problems: SyntaxProblem[]): Statement {
  const base = chunk.start - origin;
  const end = chunk.end - origin;
  if (chunk.long) {
    problems.push(lineTooLong({ start: base, end: base + Math.min(chunk.end - chunk.start, 80) }, chunk.end - chunk.start));
    return { kind: 'Bad', start: base, end, names: [] };
  }
  if (chunk.kind === 'stray') {
    problems.push(strayCloser({ start: base, end }, '}'));
    return { kind: 'Bad', start: base, end, names: [] };
  }
  if (chunk.kind === 'deep') {
    problems.push(nestedTooDeep({ start: base, end: chunk.headEnd - origin }));
    return { kind: 'Bad', start: base, end, names: [] };
  }
  if (chunk.crowded) problems.push(sameLine({ start: base, end: chunk.headEnd - origin }));
  const doc = chunk.doc >= 0 ? docAbove(text, chunk.start, chunk.doc)?.text : undefined;
  let statement: Statement;
  if (chunk.kind === 'simple') {
    const parsed = parseStatement(text.slice(chunk.start, chunk.end), base);
    problems.push(...parsed.problems);
    statement = parsed.tree;
  } else statement = buildBlock(text, chunk, origin, problems);
  return doc === undefined ? statement : { ...statement, doc };
}

function buildBlock(text: string, chunk: Chunk, origin: number, problems: SyntaxProblem[]): Statement {
  const base = chunk.start - origin;
  const end = chunk.end - origin;
  const headText = text.slice(chunk.start, chunk.headEnd);
  const head = parseHead(headText, base, isBlockWord(chunk.word) ? chunk.word : undefined);
  problems.push(...head.problems);
  if (chunk.word !== undefined && RESERVED.has(chunk.word)) {
    return { kind: 'Bad', start: base, end, names: namesIn(text.slice(chunk.start, chunk.end), base) } satisfies BadStatement;
  }
  const tree: Writable<BlockStatement> = { ...head.tree, end };
  if (chunk.open < 0 && isBlockWord(chunk.word) && head.tree.kind !== 'Bad') {
    const length = chunk.word!.length;
    problems.push(missingBlock({ start: base, end: base + length }, chunk.word!, chunk.headEnd - origin, true));
  } else if (chunk.close < 0 && chunk.open >= 0) {
    const oneLine = !text.slice(chunk.open, chunk.end).includes('\n') && chunk.children.length > 0;
    const closing = oneLine ? ' }' : `\n${' '.repeat(chunk.indent)}}`;
    problems.push(unclosedBlock({ start: chunk.open - origin, end: chunk.open + 1 - origin }, chunk.word, end, closing));
  }
  switch (tree.kind) {
    case 'Ode':
      tree.equations = parts<OdeEquation>(text, chunk, origin, problems, parseEquation, "equations such as `X' = a - b*X`");
      return tree;
    case 'Simulate':
      tree.settings = parts<Setting>(text, chunk, origin, problems, parseSetting, 'settings such as `t = 100`');
      return tree;
    default: {
      const body: Statement[] = [];
      for (const child of chunk.children) {
        for (const piece of pieces(text, child, wholeStatement)) body.push(build(text, piece, origin, problems));
      }
      return { ...tree, body };
    }
  }
}

function parts<Part>(
  text: string, chunk: Chunk, origin: number, problems: SyntaxProblem[], reader: (text: string, base: number) => Parsed<Part | undefined>, expected: string,
): Part[] {
  const found: Part[] = [];
  for (const child of chunk.children) {
    if (child.kind !== 'simple' || child.long) {
      if (child.kind === 'block') problems.push(unexpectedText({ start: child.start - origin, end: child.headEnd - origin }, expected));
      else build(text, child, origin, problems);
      continue;
    }
    for (const piece of pieces(text, child, (part) => reader(part, 0))) {
      const parsed = reader(text.slice(piece.start, piece.end), piece.start - origin);
      problems.push(...parsed.problems);
      if (parsed.tree !== undefined) found.push(parsed.tree);
    }
  }
  return found;
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
  return bad > 3 ? bad * 3 > lines : bad === lines && bad > 0;
}
// eslint-disable-next-line no-control-regex
const BINARY = /[\u0000-\u0008\u000e-\u001f\ufffd]/;

function binaryTree(text: string): SyntaxTree {
  const at = Math.max(text.search(BINARY), 0);
  const problems = [binaryFile({ start: at, end: Math.min(at + 1, text.length) })];
  return { text, units: [{ start: 0, text, statement: { kind: 'Bad', start: 0, end: text.length, names: [] }, problems }] };
}

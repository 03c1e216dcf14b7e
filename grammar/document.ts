/** A text → units, and the next tree after an edit. */
import type {
  BadStatement, OdeEquation, Setting, Statement, SyntaxProblem, SyntaxTree, Unit,
} from './ast.ts';
import {
  binaryFile, lineTooLong, nestedTooDeep, missingBlock, sameLine, strayCloser, unclosedBlock, unexpectedText,
} from './diagnostics/index.ts';
import { scan, isBlockWord, type Break, type Item } from './scan.ts';
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

/** A unit with the cut of its text, and for blocks the cuts of what they hold: for the formatter. */
export interface Cut {
  readonly chunk: Chunk;
  readonly unit: Unit;
}

/** How a text is cut into units; undefined when its braces do not balance or it holds control characters. */
export function cutsFor(text: string): readonly Cut[] | undefined {
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
    const units: Unit[] = [];
    addUnits(text, chunk, units, false);
    const parts = pieces(text, chunk, wholeStatement);
    units.forEach((unit, index) => cuts.push({ chunk: parts[index]!, unit }));
  }
  return cuts;
}
const NO_JUDGE = { isStatement: () => true, isEquation: () => true, isSetting: () => true, cut: (item: Item) => [item] };

/** What stands in a block, cut as `parse` cuts it. */
export function innerCuts(text: string, block: Chunk): Chunk[] {
  const reader: Reader =
    block.word === 'ode' ? (part) => parseEquation(part, 0) : block.word === 'simulate' ? (part) => parseSetting(part, 0) : wholeStatement;
  return block.children.flatMap((child) => pieces(text, child, reader));
}

function make(text: string, previous: SyntaxTree | undefined): SyntaxTree {
  if (isBinary(text)) return binaryTree(text);
  const judged = (reader: Reader) => (item: Item): boolean =>
    item.end - item.start < 10_000 && reader(text.slice(item.start, item.end)).problems.length === 0;
  const chunks = structure(scan(text), {
    isStatement: judged(wholeStatement),
    isEquation: judged((part) => parseEquation(part, 0)),
    isSetting: judged((part) => parseSetting(part, 0)),
    cut: (item) => cutItem(text, item),
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
    a.long === b.long &&
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

/** Lines that are tried as the beginning of a statement of their own, from either end of a long one: keeps this linear. */
const MOST_TRIES = 4;

/**
 * A line that is a statement by itself never continues another: `A +` above `B -> C @ 1` is an unfinished line, not the
 * beginning of a longer reaction, so that an unfinished line cannot change the next one.
 */
function pieces(text: string, chunk: Chunk, reader: Reader, again = true): Chunk[] {
  if (chunk.kind !== 'simple' || chunk.breaks === undefined || chunk.long) return [chunk];
  const cuts = cutsOf(text, chunk, chunk.breaks, reader);
  if (cuts.length === 0) return [chunk];
  const found = cutAt(text, chunk, cuts);
  return again && cuts.length === 1 ? [found[0]!, ...found.slice(1).flatMap((rest) => pieces(text, rest, reader, false))] : found;
}

/** Which of the later lines of a text begin a statement (or whatever the reader reads) of their own. */
function cutsOf(text: string, { start, end }: Chunk | Item, breaks: readonly Break[], reader: Reader): number[] {
  const failed = reader(text.slice(start, end)).problems.length > 0;
  const candidates: number[] = [];
  for (let j = 0; j < breaks.length; j++) if (failed || lineOf(text, breaks, j, end).includes('->')) candidates.push(j);
  const tried = candidates.length <= 2 * MOST_TRIES ? candidates : [...candidates.slice(0, MOST_TRIES), ...candidates.slice(-MOST_TRIES)];
  const cut = tried.find((j) => segments(text, breaks[j]!.start, end).every(([from, to]) => reader(text.slice(from, to)).problems.length === 0));
  if (cut !== undefined) return [cut];
  if (!failed) return [];
  // Nothing fits: two arrows are two reactions.
  const cuts: number[] = [];
  let from = start;
  for (const j of candidates) {
    if (!lineOf(text, breaks, j, end).includes('->') || !text.slice(from, breaks[j]!.previousEnd).includes('->')) continue;
    cuts.push(j);
    from = breaks[j]!.start;
  }
  return cuts;
}

/** The same for a text whose place among the blocks is not known yet. */
function cutItem(text: string, item: Item): Item[] {
  const breaks = item.breaks!;
  const readers = [wholeStatement, (part: string) => parseEquation(part, 0), (part: string) => parseSetting(part, 0)];
  const whole = text.slice(item.start, item.end);
  const sound = readers.some((reader) => reader(whole).problems.length === 0);
  for (const reader of sound ? readers.slice(0, 1) : readers) {
    const [cut] = cutsOf(text, item, breaks, reader);
    if (cut === undefined) continue;
    const at = breaks[cut]!;
    const before = breaks.slice(0, cut);
    const after = breaks.slice(cut + 1);
    return [
      { ...item, end: at.previousEnd, breaks: before.length === 0 ? undefined : before, openTail: false, semicolonEnd: -1 },
      { ...item, start: at.start, indent: at.indent, line: at.line, first: true, semicolon: false, word: undefined, doc: -1, breaks: after.length === 0 ? undefined : after },
    ];
  }
  return [item];
}

/** Parts between `;` outside brackets: an unclosed bracket above has hidden them from the scanner. */
function segments(text: string, start: number, end: number): [number, number][] {
  const found: [number, number][] = [];
  let depth = 0;
  let from = start;
  const add = (to: number): void => {
    const part = text.slice(from, to);
    const trimmed = part.trim();
    if (trimmed !== '') found.push([from + part.indexOf(trimmed), from + part.indexOf(trimmed) + trimmed.length]);
    from = to + 1;
  };
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 40 || code === 91) depth++;
    else if (code === 41 || code === 93) depth--;
    else if (code === 34 || code === 47) return [[start, end]]; // strings and comments are not worth the trouble here
    else if (code === 59 && depth === 0) add(at);
  }
  add(end);
  return found.length === 0 ? [[start, end]] : found;
}

function lineOf(text: string, breaks: readonly Break[], j: number, end: number): string {
  return text.slice(breaks[j]!.start, breaks[j + 1]?.previousEnd ?? end);
}

/** Cuts a chunk before some of its later lines. */
function cutAt(text: string, chunk: Chunk, cuts: readonly number[]): Chunk[] {
  const breaks = chunk.breaks!;
  const found: Chunk[] = [];
  for (let c = -1; c < cuts.length; c++) {
    const from = c < 0 ? 0 : cuts[c]! + 1;
    const to = c + 1 < cuts.length ? cuts[c + 1]! : breaks.length;
    const end = to < breaks.length ? breaks[to]!.previousEnd : chunk.end;
    const inner = breaks.slice(from, to);
    const own = { end, headEnd: end, breaks: inner.length === 0 ? undefined : inner };
    if (c < 0) found.push({ ...chunk, ...own });
    else {
      const at = breaks[cuts[c]!]!;
      const doc = docAbove(text, at.start, at.previousEnd)?.start ?? -1;
      const rest: Chunk = { ...chunk, ...own, start: at.start, doc, indent: at.indent, word: undefined, crowded: false };
      const parts = segments(text, at.start, end);
      if (parts.length === 1) found.push(rest);
      else parts.forEach(([start, stop], index) => found.push({ ...rest, start, end: stop, headEnd: stop, doc: index === 0 ? doc : -1, breaks: undefined }));
    }
  }
  return found;
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
  if (chunk.headEnd === chunk.start) {
    problems.push(strayCloser({ start: chunk.close - origin, end }, '}'));
    return { kind: 'Bad', start: base, end, names: [], body: bodyOf(text, chunk, origin, problems, true) };
  }
  const headText = text.slice(chunk.start, chunk.headEnd).trimEnd();
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
      if (holdsStatements(text, chunk, parseEquation)) break;
      tree.equations = parts<OdeEquation>(text, chunk, origin, problems, parseEquation, "equations such as `X' = a - b*X`");
      return tree;
    case 'Simulate':
      if (holdsStatements(text, chunk, parseSetting)) break;
      tree.settings = parts<Setting>(text, chunk, origin, problems, parseSetting, 'settings such as `t = 100`');
      return tree;
    default:
      return { ...tree, body: bodyOf(text, chunk, origin, problems, tree.kind === 'Bad') };
  }
  problems.push(unexpectedText({ start: base, end: chunk.headEnd - origin }, undefined, `Statements cannot stand in a block of \`${chunk.word}\`.`));
  return { kind: 'Bad', start: base, end, names: namesIn(headText, base), body: bodyOf(text, chunk, origin, problems, true) };
}

/** @param headless the head could not be read: what is an equation or a setting is then no mistake of its own */
function bodyOf(text: string, chunk: Chunk, origin: number, problems: SyntaxProblem[], headless: boolean): Statement[] {
  const body: Statement[] = [];
  for (const child of chunk.children) {
    for (const piece of pieces(text, child, wholeStatement)) {
      const found: SyntaxProblem[] = [];
      const statement = build(text, piece, origin, found);
      const part = text.slice(piece.start, piece.end);
      const excused = headless && found.length > 0 && piece.kind === 'simple' && !piece.long &&
        (parseEquation(part, 0).problems.length === 0 || parseSetting(part, 0).problems.length === 0);
      if (!excused) problems.push(...found);
      body.push(statement);
    }
  }
  return body;
}

/** Whether a block of equations or settings holds none of them, and statements instead: then its head is what is wrong. */
function holdsStatements(text: string, chunk: Chunk, reader: (text: string, base: number) => Parsed<unknown>): boolean {
  let statements = 0;
  for (const child of chunk.children) {
    if (child.kind === 'block') {
      statements++;
      continue;
    }
    if (child.kind !== 'simple' || child.long) continue;
    const line = text.slice(child.start, child.end);
    if (reader(line, 0).problems.length === 0) return false;
    if ([wholeStatement, parseEquation, parseSetting].some((other) => other(line, 0).problems.length === 0)) statements++;
  }
  return statements > 0;
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
 
const BINARY = /[\u0000-\u0008\u000e-\u001f\ufffd]/;

function binaryTree(text: string): SyntaxTree {
  const at = Math.max(text.search(BINARY), 0);
  const problems = [binaryFile({ start: at, end: Math.min(at + 1, text.length) })];
  return { text, units: [{ start: 0, text, statement: { kind: 'Bad', start: 0, end: text.length, names: [] }, problems }] };
}

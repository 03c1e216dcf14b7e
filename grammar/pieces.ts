/**
 * Logical lines that are several statements. The scanner joins lines by their last character alone; here the parser has its
 * say, so that a line which breaks off (`A +`, `species A,`) cannot swallow the next one.
 */
import { LONGEST_LINE, type Break, type Item } from './scan.ts';
import { docAbove } from './reading.ts';
import { parseLine } from './lines.ts';
import { parseStatement, type Parsed } from './statements.ts';
import type { Chunk } from './structure.ts';

export type Reader = (text: string) => Parsed<unknown>;
export const wholeStatement: Reader = (text) => parseStatement(text, 0);
const lineOfBlock = (word: string): Reader => (text) => parseLine(word, text, 0);
/** A text may be any of these. Conserved sums of activations are left out: an unfinished `A +` above a setting would be one. */
const READERS: readonly Reader[] = [wholeStatement, ...['ode', 'simulate', 'network', 'data', 'sweep'].map(lineOfBlock)];

/** Lines that are tried as the beginning of a statement of their own, from either end of a long one: keeps this linear. What is longer than a line may be is not tried. */
const MOST_TRIES = 4;

/**
 * A line that is a statement by itself never continues another: `A +` above `B -> C @ 1` is an unfinished line, not the
 * beginning of a longer reaction, so that an unfinished line cannot change the next one.
 */
export function pieces(text: string, chunk: Chunk, reader: Reader, again = true): Chunk[] {
  if (chunk.kind !== 'simple' || chunk.breaks === undefined || chunk.long) return [chunk];
  const cuts = cutsOf(text, chunk, chunk.breaks, reader);
  if (cuts.length === 0) return [chunk];
  const found = cutAt(text, chunk, cuts);
  return again && cuts.length === 1 ? [found[0]!, ...found.slice(1).flatMap((rest) => pieces(text, rest, reader, false))] : found;
}

/**
 * What no line of such a block goes on with: a row of data that ends in a comma is a row, and `A +` above a conserved sum is no
 * part of it.
 */
const BEGINS: ReadonlyMap<string, string> = new Map([['data', '->'], ['activation', '=']]);

/** The same in a block that holds no statements. */
export function linePieces(text: string, chunk: Chunk, word: string): Chunk[] {
  const reader = lineOfBlock(word);
  const { breaks } = chunk;
  const mark = BEGINS.get(word);
  if (mark === undefined || chunk.kind !== 'simple' || breaks === undefined || chunk.long) return pieces(text, chunk, reader);
  const cuts = breaks.flatMap((_, j) => (lineOf(text, breaks, j, chunk.end).includes(mark) ? [j] : []));
  return cuts.length === 0 ? pieces(text, chunk, reader) : cutAt(text, chunk, cuts).flatMap((piece) => pieces(text, piece, reader));
}

/** Which of the later lines of a text begin a statement (or whatever the reader reads) of their own. */
function cutsOf(text: string, { start, end }: Chunk | Item, breaks: readonly Break[], reader: Reader): number[] {
  const failed = reader(text.slice(start, end)).problems.length > 0;
  const candidates: number[] = [];
  for (let j = 0; j < breaks.length; j++) if (failed || lineOf(text, breaks, j, end).includes('->')) candidates.push(j);
  const tried = candidates.length <= 2 * MOST_TRIES ? candidates : [...candidates.slice(0, MOST_TRIES), ...candidates.slice(-MOST_TRIES)];
  const cut = tried.find((j) => segments(text, breaks[j]!.start, end).every(([from, to]) => to - from <= LONGEST_LINE && reader(text.slice(from, to)).problems.length === 0));
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
export function cutItem(text: string, item: Item): Item[] {
  const breaks = item.breaks!;
  const whole = text.slice(item.start, item.end);
  const sound = READERS.some((reader) => reader(whole).problems.length === 0);
  for (const reader of sound ? READERS.slice(0, 1) : READERS) {
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

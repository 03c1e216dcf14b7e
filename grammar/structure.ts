/**
 * Second pass: which `}` closes which block. While the braces of a text balance, they alone decide. When they do not,
 * indentation decides which line is to blame, so that one bad line changes nothing around it:
 *
 *  1. A head whose next line of the same or smaller indentation is a lone `}` in its own column is closed by it. A head may
 *     then even have lost its `{` or its first word.
 *  2. What is left is matched in order between those; a block that nothing closes ends before the first line that is not
 *     indented deeper than its head, and a `}` that closes nothing stands for itself.
 */
import type { Break, Item } from './scan.ts';

/** Blocks nested deeper than this are not read. */
export const DEEPEST_BLOCK = 50;

export interface Chunk {
  readonly kind: 'simple' | 'block' | 'stray' | 'deep';
  readonly start: number;
  readonly end: number;
  /** Start of the `///` lines, or -1. */
  readonly doc: number;
  /** Of a block: its head, before the `{`. */
  readonly headEnd: number;
  /** Offset of `{`; -1 when it is missing. */
  readonly open: number;
  /** Offset of the closing `}`; -1 when it is missing. */
  readonly close: number;
  readonly children: readonly Chunk[];
  readonly indent: number;
  readonly breaks: readonly Break[] | undefined;
  readonly word: string | undefined;
  readonly long: boolean;
  /** Something stands before it on its line, and not a `;`. */
  readonly crowded: boolean;
}

const NO_CHILDREN: readonly Chunk[] = [];

/** Arranges items into chunks. `isWhole` tells whether a text is a statement without problems (asked for damage only). */
export function structure(items: readonly Item[], isWhole: (item: Item) => boolean): Chunk[] {
  const partner = matchByBraces(items) ?? matchByIndentation(items, isWhole);
  return build(items, partner.match, partner.limit, 0, items.length, 0);
}

interface Matching {
  /** Index of the `close` of a head, and the head of a `close`; -1 for none. */
  readonly match: Int32Array;
  /** For a head that nothing closes: index of the first item after its body. */
  readonly limit: Int32Array | undefined;
}

/** Plain counting; undefined when the braces of the text do not balance. */
function matchByBraces(items: readonly Item[]): Matching | undefined {
  const match = new Int32Array(items.length).fill(-1);
  const stack: number[] = [];
  for (let i = 0; i < items.length; i++) {
    const kind = items[i]!.kind;
    if (kind === 'open') stack.push(i);
    else if (kind === 'close') {
      const head = stack.pop();
      if (head === undefined) return undefined;
      match[head] = i;
      match[i] = head;
    }
  }
  return stack.length === 0 ? { match, limit: undefined } : undefined;
}

function matchByIndentation(items: readonly Item[], isWhole: (item: Item) => boolean): Matching {
  const count = items.length;
  const match = new Int32Array(count).fill(-1);
  const limit = new Int32Array(count).fill(count);
  const pair = (head: number, close: number): void => {
    match[head] = close;
    match[close] = head;
  };

  // Blocks that begin and end on one line.
  for (let i = 0; i < count; ) {
    let after = i + 1;
    while (after < count && !items[after]!.first) after++;
    const stack: number[] = [];
    for (let j = i; j < after; j++) {
      if (items[j]!.kind === 'open') stack.push(j);
      else if (items[j]!.kind === 'close' && stack.length > 0) pair(stack.pop()!, j);
    }
    i = after;
  }

  // The next and the previous line that are not indented deeper.
  const lines: number[] = [];
  for (let i = 0; i < count; i++) if (items[i]!.first) lines.push(i);
  const next = new Int32Array(count).fill(count);
  const previous = new Int32Array(count).fill(-1);
  const deeper: number[] = [];
  for (const i of lines) {
    const indent = items[i]!.indent;
    while (deeper.length > 0 && items[deeper.at(-1)!]!.indent >= indent) next[deeper.pop()!] = i;
    deeper.push(i);
  }
  deeper.length = 0;
  for (let at = lines.length - 1; at >= 0; at--) {
    const i = lines[at]!;
    const indent = items[i]!.indent;
    while (deeper.length > 0 && items[deeper.at(-1)!]!.indent >= indent) previous[deeper.pop()!] = i;
    deeper.push(i);
  }
  /** The last item of the line that begins with item i is a `}` and so is every other one. */
  const lone = (i: number): boolean => {
    for (let j = i; j < count && (j === i || !items[j]!.first); j++) if (items[j]!.kind !== 'close') return false;
    return true;
  };

  // 1. Closed in their own column. Heads first, then whatever else can be the ruin of a head.
  const firm = new Uint8Array(count);
  const lineOf = new Int32Array(count);
  for (let i = 0, line = 0; i < count; i++) {
    if (items[i]!.first) line = i;
    lineOf[i] = line;
  }
  for (let i = 0; i < count; i++) {
    const item = items[i]!;
    if (item.kind !== 'open' || match[i] !== -1) continue;
    const close = next[lineOf[i]!]!;
    if (close < count && items[close]!.kind === 'close' && items[close]!.indent === item.indent && match[close] === -1 && lone(close)) {
      pair(i, close);
      firm[i] = 1;
    }
  }
  for (const close of lines) {
    if (items[close]!.kind !== 'close' || match[close] !== -1 || !lone(close)) continue;
    const head = previous[close]!;
    if (head < 0 || next[head] !== close || items[head]!.indent !== items[close]!.indent) continue;
    const item = items[head]!;
    const body = head + 1 < close;
    if (item.kind !== 'text' || match[head] !== -1 || !body) continue;
    if (item.word !== undefined || item.openTail || !isWhole(item)) {
      pair(head, close);
      firm[head] = 1;
    }
  }

  // 2. The rest, in order.
  const stack: number[] = [];
  const giveUp = (head: number, end: number): void => {
    limit[head] = Math.min(next[lineOf[head]!]!, end);
  };
  for (let i = 0; i < count; i++) {
    if (match[i] !== -1) {
      if (match[i]! > i) stack.push(i);
      else {
        while (stack.length > 0 && stack.at(-1) !== match[i]) giveUp(stack.pop()!, i);
        stack.pop();
      }
      continue;
    }
    if (items[i]!.kind === 'open') stack.push(i);
    else if (items[i]!.kind === 'close') {
      const head = stack.at(-1);
      if (head !== undefined && match[head] === -1 && closesLate(items, next[lineOf[head]!]!, i)) pair(stack.pop()!, i);
    }
  }
  while (stack.length > 0) giveUp(stack.pop()!, count);
  return { match, limit };
}

/** A `}` out of its column closes a head unless the line after the body does so better. */
function closesLate(items: readonly Item[], afterBody: number, close: number): boolean {
  return afterBody >= items.length || afterBody <= close || items[afterBody]!.kind !== 'close';
}

function build(items: readonly Item[], match: Int32Array, limit: Int32Array | undefined, from: number, to: number, level: number): Chunk[] {
  const chunks: Chunk[] = [];
  for (let i = from; i < to; ) {
    const item = items[i]!;
    const crowded = !item.first && !item.semicolon && i > from;
    const partner = match[i]!;
    const closed = partner > i && partner < to;
    if (item.kind === 'close') {
      chunks.push(leaf(item, 'stray', crowded));
      i++;
    } else if (item.kind === 'text' && !closed) {
      if (item.semicolon && level === 0 && chunks.length > 0 && chunks.at(-1)!.kind === 'simple') {
        // At top level a `;` separates nothing: the text stays whole and is reported once.
        const before = chunks.pop()!;
        chunks.push({ ...before, end: item.end, breaks: joinBreaks(before.breaks, item.breaks) });
      } else chunks.push(leaf(item, 'simple', crowded));
      i++;
    } else {
      const after = closed ? partner : Math.max(i + 1, Math.min(limit === undefined ? to : limit[i]!, to));
      const end = closed ? items[partner]!.end : after > i + 1 ? items[after - 1]!.end : item.kind === 'open' ? item.brace + 1 : item.end;
      const open = item.kind === 'open' ? item.brace : -1;
      chunks.push({
        kind: level >= DEEPEST_BLOCK ? 'deep' : 'block',
        start: item.start,
        end,
        doc: item.doc,
        headEnd: item.end,
        open,
        close: closed ? items[partner]!.start : -1,
        children: level >= DEEPEST_BLOCK ? NO_CHILDREN : build(items, match, limit, i + 1, after, level + 1),
        indent: item.indent,
        breaks: item.breaks,
        word: item.word,
        long: false,
        crowded,
      });
      i = closed ? partner + 1 : after;
    }
  }
  return chunks;
}

function joinBreaks(a: readonly Break[] | undefined, b: readonly Break[] | undefined): readonly Break[] | undefined {
  return a === undefined ? b : b === undefined ? a : [...a, ...b];
}

function leaf(item: Item, kind: 'simple' | 'stray', crowded: boolean): Chunk {
  return {
    kind, start: item.start, end: item.end, doc: item.doc, headEnd: item.end, open: -1, close: -1, children: NO_CHILDREN,
    indent: item.indent, breaks: item.breaks, word: item.word, long: item.long, crowded,
  };
}

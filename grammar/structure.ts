/**
 * Second pass: which `}` closes which block. While the braces of a text balance, they alone decide. When they do not,
 * indentation decides which line is to blame, so that one bad line changes nothing around it:
 *
 *  1. A head whose next line of the same or smaller indentation is a lone `}` in its own column is closed by it. A head may
 *     then even have lost its `{` or its first word.
 *  2. What is left is matched in order between those; a block that nothing closes ends before the first line that is not
 *     indented deeper than its head, and a `}` that closes nothing stands for itself.
 */
import { holdsLines } from './lines.ts';
import { isBlockWord, type Break, type Item } from './scan.ts';

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
  /** The `}` is missing where a line stands that cannot be read, which is told already. */
  readonly ruinedClose: boolean;
  readonly children: readonly Chunk[];
  readonly indent: number;
  readonly breaks: readonly Break[] | undefined;
  readonly word: string | undefined;
  readonly long: boolean;
  /** Something stands before it on its line, and not a `;`. */
  readonly crowded: boolean;
}

const NO_CHILDREN: readonly Chunk[] = [];

/** What the repair of braces asks the parser; only for damaged texts. */
export interface Judge {
  /** A statement without problems. */
  readonly isStatement: (item: Item) => boolean;
  /** A line without problems (an equation, a setting, a row …) of the block with this word, or of any: never a statement. */
  readonly isLine: (item: Item, word?: string) => boolean;
  /** Cuts off later lines of a text that are statements or parts by themselves. */
  readonly cut: (item: Item) => readonly Item[];
}

/** Arranges items into chunks. */
export function structure(items: readonly Item[], judge: Judge): Chunk[] {
  const matching = matchByBraces(items);
  if (matching !== undefined) return build(items, matching, 0, items.length, 0);
  // An unfinished line may have swallowed the line that tells where a block ends.
  const lines = items.flatMap((item) => (item.kind === 'text' && item.breaks !== undefined ? judge.cut(item) : item));
  return build(lines, matchByIndentation(lines, judge), 0, lines.length, 0);
}

interface Matching {
  /** Index of the `close` of a head, and the head of a `close`; -1 for none. */
  readonly match: Int32Array;
  /** For a head that nothing closes: index of the first item after its body. */
  readonly limit: Int32Array | undefined;
  /** First item of a body that lost its head → its `}`. */
  readonly orphans?: ReadonlyMap<number, number>;
  /** Heads that nothing closes, with a line at the end of their body that cannot be read: it may have been the `}`. */
  readonly excused?: ReadonlySet<number>;
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

function matchByIndentation(items: readonly Item[], { isStatement, isLine }: Judge): Matching {
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

  /** A sound line of another kind than the block of a head can hold. */
  const isMisfit = (head: number, i: number): boolean => {
    const item = items[i]!;
    const word = items[head]!.word;
    const lines = holdsLines(word);
    if (item.kind !== 'text') return item.kind === 'open' && lines;
    // A line may begin as a statement does, and be broken.
    const own = (word === 'sweep' && (item.word === 'train' || item.word === 'simulate')) || ((word === 'sweep' || word === 'train') && item.word === 'noise');
    if (lines) return !isLine(item, word) && ((item.word !== undefined && !own) || isLine(item) || isStatement(item));
    return !isStatement(item) && isLine(item);
  };
  const isRuin = (head: number): boolean => head + 1 < count && items[head]!.kind === 'open' && items[head + 1]!.first && items[head + 1]!.kind === 'text' && isMisfit(head, head + 1);

  // 1. Closed in their own column. Heads first, then whatever else can be the ruin of a head.
  const lineOf = new Int32Array(count);
  for (let i = 0, line = 0; i < count; i++) {
    if (items[i]!.first) line = i;
    lineOf[i] = line;
  }
  const lineAfter = (i: number): number => {
    let at = i + 1;
    while (at < count && !items[at]!.first) at++;
    return at;
  };
  /** Neither a statement nor a line of a block that has lost its head. */
  const isUnread = (i: number): boolean => items[i]!.kind === 'text' && !isStatement(items[i]!) && (lineOf[i] === i ? items[i]!.indent === 0 || !isLine(items[i]!) : true);
  /** A line that is no statement, no head and no lone `}`. */
  const isRuined = (i: number): boolean => {
    const several = i + 1 < count && !items[i + 1]!.first;
    if (items[i]!.kind === 'close') return several || !lone(i);
    // A head whose lines are of another kind, or that has none, in the middle of a block.
    if (items[i]!.kind === 'open') {
      const below = lineAfter(i);
      return match[i] === -1 && (isRuin(i) || (below < count && items[below]!.kind === 'open' && isMisfit(i, below)) || (below < count && items[below]!.kind === 'close' && items[below]!.indent === items[i]!.indent));
    }
    for (let j = i + 1; j < count && !items[j]!.first; j++) if (items[j]!.kind === 'close' && match[j] === -1) return true;
    return items[i]!.kind === 'text' && !isStatement(items[i]!);
  };
  // Lines looked at past ruined ones: keeps this linear.
  let budget = 8 * count + 64;
  for (let i = 0; i < count; i++) {
    const item = items[i]!;
    if (item.kind !== 'open' || match[i] !== -1) continue;
    const inColumn = (at: number): boolean => at < count && items[at]!.kind === 'close' && items[at]!.indent === item.indent && match[at] === -1;
    let close = -1;
    let start = next[lineOf[i]!]!;
    // The column of a ruined line says nothing: look past one.
    if (start < count && !inColumn(start) && isRuined(start)) {
      const ruined = start;
      for (start = lineAfter(ruined); start < count && items[start]!.indent > item.indent && budget-- > 0; ) start = lineAfter(start);
    }
    // A `}` with more lines of the body right below it is the stray one of two.
    for (let at = start; inColumn(at); at = next[at]!) {
      if (lone(at)) close = at;
      const below = lineAfter(at);
      // Of several `}` on one line above a lone one in its column, none is the block's own.
      if (below < count && below === next[at] && below > at + 1 && inColumn(below) && lone(below)) continue;
      if (below >= count || below === next[at] || items[below]!.line !== items[at]!.line + 1) break;
      let tail = below; // the ruin of the next head ends in a `{`
      while (tail + 1 < count && !items[tail + 1]!.first) tail++;
      if (items[tail]!.openTail) break;
    }
    if (close < 0 || isRuin(i)) continue;
    pair(i, close);
  }
  for (const close of lines) {
    if (items[close]!.kind !== 'close' || match[close] !== -1 || !lone(close)) continue;
    // A head that has lost its beginning may be indented: then it is the first line below the previous one of this column.
    for (const line of [previous[close]!, previous[close]! < 0 ? 0 : lineAfter(previous[close]!)]) {
      let head = line;
      if (head < 0 || head >= close || match[close] !== -1) continue;
      // The `{` of a head that was broken in two stands behind its first part.
      for (let j = head + 1; j < close && !items[j]!.first; j++) if (items[j]!.openTail && match[j] === -1) head = j;
      const item = items[head]!;
      const body = lineAfter(head);
      if (match[head] !== -1 || body >= close) continue;
      // A `}` that closes nothing, with a body below it, stands where a head was.
      const isHead = item.openTail || (line === previous[close] && isBlockWord(item.word));
      const ruined = item.kind === 'text' ? isHead || isUnread(head) : item.kind === 'close' && lone(head);
      if (ruined) pair(head, close);
    }
  }

  // 2. The rest, in order.
  const stack: number[] = [];
  /** Each `}` that closes nothing and stands in no block. */
  const outside: number[] = [];
  const excused = new Set<number>();
  const giveUp = (head: number, end: number): void => {
    let last = Math.min(next[lineOf[head]!]!, end);
    for (let i = head + 1; i < last; i++) if (isMisfit(head, i)) last = i;
    limit[head] = last;
    const word = items[head]!.word;
    const isRuinOfClose = (i: number, inside: boolean): boolean => {
      const item = items[i];
      if (item === undefined || !item.first || i <= head) return false;
      if (item.kind === 'open') return !inside && match[i] === -1;
      return item.kind === 'text' && !isStatement(item) && !(inside && holdsLines(word) && isLine(item, word));
    };
    if (isRuinOfClose(last, false) || isRuinOfClose(last - 1, true)) excused.add(head);
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
      while (stack.length > 0 && match[stack.at(-1)!] === -1 && isRuin(stack.at(-1)!)) giveUp(stack.pop()!, i);
      const head = stack.at(-1);
      if (head !== undefined && match[head] === -1 && closesLate(items, next[lineOf[head]!]!, i)) pair(stack.pop()!, i);
      else if (stack.length === 0) outside.push(i);
    }
  }
  while (stack.length > 0) giveUp(stack.pop()!, count);

  // Equations and settings above a `}` that closes nothing have lost the head of their block.
  const orphans = new Map<number, number>();
  for (const close of outside) {
    if (!items[close]!.first) continue;
    const first = previous[close]! + 1;
    let all = first < close;
    for (let i = first; all && i < close; i++) all = items[i]!.kind === 'text' && items[i]!.indent > items[close]!.indent && isLine(items[i]!);
    if (all && items[first]!.first) orphans.set(first, close);
  }
  return { match, limit, orphans, excused };
}

/** A `}` out of its column closes a head unless the line after the body does so better. */
function closesLate(items: readonly Item[], afterBody: number, close: number): boolean {
  return afterBody >= items.length || afterBody <= close || items[afterBody]!.kind !== 'close';
}

function build(items: readonly Item[], matching: Matching, from: number, to: number, level: number): Chunk[] {
  const { match, limit, orphans, excused } = matching;
  const chunks: Chunk[] = [];
  for (let i = from; i < to; ) {
    const item = items[i]!;
    const crowded = !item.first && !item.semicolon && i > from && chunks.at(-1)?.kind !== 'stray';
    const partner = match[i]!;
    const closed = partner > i && partner < to;
    const orphanEnd = orphans?.get(i);
    if (orphanEnd !== undefined && orphanEnd < to) {
      const children = build(items, { match, limit, ...(excused === undefined ? {} : { excused }) }, i, orphanEnd, level + 1);
      chunks.push({ ...leaf(item, 'stray', false), kind: 'block', end: items[orphanEnd]!.end, headEnd: item.start, close: items[orphanEnd]!.start, children, word: undefined });
      i = orphanEnd + 1;
    } else if (item.kind === 'close' && !closed) {
      chunks.push(leaf(item, 'stray', crowded));
      i++;
    } else if (item.kind === 'text' && !closed) {
      if (item.semicolon && !item.first && level === 0 && chunks.at(-1)?.kind === 'simple') {
        // At top level a `;` separates nothing: the text stays whole and is reported once.
        const before = chunks.pop()!;
        const end = item.semicolonEnd < 0 ? item.end : item.semicolonEnd;
        chunks.push({ ...before, end, headEnd: end, breaks: joinBreaks(before.breaks, item.breaks) });
      } else chunks.push(leaf(item, 'simple', crowded, level === 0));
      i++;
    } else {
      const after = closed ? partner : Math.max(i + 1, Math.min(limit === undefined ? to : limit[i]!, to));
      const end = closed ? items[partner]!.end : reach(items[after - 1]!);
      chunks.push({
        kind: level >= DEEPEST_BLOCK ? 'deep' : 'block',
        start: item.start,
        end,
        doc: item.doc,
        headEnd: item.kind === 'text' && item.brace >= 0 ? item.brace : item.end,
        open: item.kind === 'close' ? -1 : item.brace,
        close: closed ? items[partner]!.start : -1,
        ruinedClose: excused?.has(i) === true,
        children: level >= DEEPEST_BLOCK ? NO_CHILDREN : build(items, matching, i + 1, after, level + 1),
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

/** Offset behind all of an item, its brace included. */
function reach(item: Item): number {
  return item.kind === 'open' ? item.brace + 1 : item.end;
}

function joinBreaks(a: readonly Break[] | undefined, b: readonly Break[] | undefined): readonly Break[] | undefined {
  return a === undefined ? b : b === undefined ? a : [...a, ...b];
}

function leaf(item: Item, kind: 'simple' | 'stray', crowded: boolean, withSemicolon = false): Chunk {
  const end = withSemicolon && item.semicolonEnd >= 0 ? item.semicolonEnd : item.end;
  return {
    kind, start: item.start, end, doc: item.doc, headEnd: end, open: -1, close: -1, ruinedClose: false, children: NO_CHILDREN,
    indent: item.indent, breaks: item.breaks, word: item.word, long: item.long, crowded,
  };
}

/**
 * First pass over a text, by hand and in one sweep: logical lines and the braces between them. Knows comments, strings,
 * continued lines and which words may open a block; knows nothing else of the grammar.
 *
 *  - A newline ends a statement. A line that ends in an operator, a comma or an open bracket goes on, and so does one
 *    with an open bracket when the next line begins with `)` or `]`.
 *  - Inside braces a `;` does what a newline does. At top level it does not separate (see `structure.ts`).
 *  - Only a line that begins, after an optional label, with a block word may open a block; any other brace stays text.
 *  - What never ends (a string, a comment) damages its own line only, and so does a line too long to read.
 */

/** A line longer than this many characters is reported and not read. */
export const LONGEST_LINE = 100_000;

export type ItemKind = 'text' | 'open' | 'close';

/** A piece of a logical line: a statement without braces, the head of a block with its `{`, or a `}`. */
export interface Item {
  readonly kind: ItemKind;
  readonly start: number;
  /** After the last character that is not a comment; of an `open`, before its `{`. */
  end: number;
  /** Offset of the brace of an `open` or `close`, and of a `{` at the end of a `text` that opens nothing; otherwise -1. */
  readonly brace: number;
  /** Column of the first character of the physical line. */
  readonly indent: number;
  /** Number of the physical line where it begins. */
  readonly line: number;
  /** Nothing stands before it on its line. */
  readonly first: boolean;
  /** A `;` stands between the item before it and this one. */
  readonly semicolon: boolean;
  /** After the `;` that ends it, or -1. */
  readonly semicolonEnd: number;
  /** Begins with a word that may open a block. */
  readonly word: string | undefined;
  /** Where the lines after the first one begin. */
  breaks: Break[] | undefined;
  /** Where the `///` lines directly above begin, or -1. */
  readonly doc: number;
  /** A line too long to read. */
  readonly long: boolean;
  /** A `{` that opens nothing is still open at the end. */
  openTail: boolean;
}
export interface Break {
  readonly start: number;
  readonly indent: number;
  readonly line: number;
  /** End of the text of the line before. */
  readonly previousEnd: number;
}

const BLOCK_WORDS = new Set(['for', 'module', 'group', 'ode', 'simulate', 'activation', 'network', 'data', 'train', 'noise', 'sweep']);
const STATEMENT_WORDS = new Set([
  ...BLOCK_WORDS, 'units', 'param', 'species', 'fixed', 'dual', 'use', 'import', 'expect', 'neuron',
]);

export function isBlockWord(word: string | undefined): boolean {
  return word !== undefined && BLOCK_WORDS.has(word);
}

/** White space of the language, as in the lexer, without the newline. */
export function isBlank(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13 && code !== 10);
  return (
    code === 0xa0 || code === 0xfeff || code === 0x1680 || (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000
  );
}

function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code >= 128;
}

/** The statement word at `start`, also after a label; undefined when there is none. */
function statementWordAt(text: string, start: number, end: number): string | undefined {
  let at = start;
  for (let round = 0; round < 2; round++) {
    const from = at;
    while (at < end && isWordCode(text.charCodeAt(at))) at++;
    const length = at - from;
    if (length === 0) return undefined;
    const first = text.charCodeAt(from);
    if (length >= 3 && length <= 10 && first >= 97 && first <= 122) {
      const word = text.slice(from, at);
      if (STATEMENT_WORDS.has(word)) return word;
    }
    while (at < end && isBlank(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) !== 58) return undefined;
    at++;
    while (at < end && isBlank(text.charCodeAt(at))) at++;
  }
  return undefined;
}

// What a character does to the scanner: 0 nothing, otherwise a case of the switch below.
const PLAIN = 0, BLANK = 1, QUOTE = 2, SLASH = 3, OPEN = 4, CLOSE = 5, SEMICOLON = 6, BRACKET = 7, UNBRACKET = 8;
const CLASS = new Uint8Array(128);
for (let code = 0; code < 128; code++) if (isBlank(code)) CLASS[code] = BLANK;
for (const [characters, kind] of [['"', QUOTE], ['/', SLASH], ['{', OPEN], ['}', CLOSE], [';', SEMICOLON], ['([', BRACKET], [')]', UNBRACKET]] as const) {
  for (const character of characters) CLASS[character.charCodeAt(0)] = kind;
}
/** `+ - * / ^ , ( [ = ~ < > @` at the end of a line: the statement goes on. */
const GOES_ON = new Uint8Array(128);
for (const character of '+-*/^,([=~<>@') GOES_ON[character.charCodeAt(0)] = 1;

/** Splits a text into items, in time linear in its length. */
export function scan(text: string): Item[] {
  const items: Item[] = [];
  const length = text.length;
  let line = 0;
  let doc = -1;
  // The logical line being read; it may go on over several physical lines.
  let open = false;
  let start = 0, end = 0, indentOfStart = 0, lineOfStart = 0, docOfStart = -1;
  let firstOfStart = false, semicolonBefore = false;
  let word: string | undefined;
  let breaks: Break[] | undefined;
  let depth = 0;
  let strayBraces = 0, lastBrace = -1;
  let goesOn = false;
  // Next "*/" and "/*" at or after the last place asked, so that unclosed comments cost nothing.
  let nextEnd = -2, nextStart = -2;
  const endOfComment = (offset: number): number => {
    if (nextEnd !== -1 && nextEnd < offset + 2) nextEnd = text.indexOf('*/', offset + 2);
    if (nextEnd === -1) return -1;
    if (nextStart !== -1 && nextStart < offset + 2) nextStart = text.indexOf('/*', offset + 2);
    return nextStart >= 0 && nextStart < nextEnd - 1 ? -1 : nextEnd + 2;
  };

  const finish = (semicolonEnd = -1): void => {
    if (!open) return;
    items.push({
      kind: 'text', start, end, brace: strayBraces > 0 && lastBrace === end - 1 ? lastBrace : -1, indent: indentOfStart, line: lineOfStart, first: firstOfStart,
      semicolon: semicolonBefore, word, breaks, doc: docOfStart, long: false, openTail: strayBraces > 0, semicolonEnd,
    });
    open = false;
    goesOn = false;
    depth = 0;
    strayBraces = 0;
    breaks = undefined;
  };

  let at = 0;
  while (at < length) {
    // ---- one physical line, or the rest of one after a comment of several lines
    const lineStart = at;
    let newline = text.indexOf('\n', at);
    if (newline < 0) newline = length;
    let indent = 0;
    for (; at < newline; at++) {
      const code = text.charCodeAt(at);
      if (code === 9) indent += 4 - (indent & 3);
      else if (code === 32 || isBlank(code)) indent++;
      else break;
    }
    if (at >= newline) {
      doc = -1;
      at = newline + 1;
      line++;
      continue;
    }
    if (newline - lineStart > LONGEST_LINE && !(text.charCodeAt(at) === 47 && text.charCodeAt(at + 1) === 47)) {
      finish();
      items.push({
        kind: 'text', start: at, end: trimEnd(text, at, newline), brace: -1, indent, line, first: true,
        semicolon: false, word: undefined, breaks: undefined, doc: -1, long: true, openTail: false, semicolonEnd: -1,
      });
      doc = -1;
      at = newline + 1;
      line++;
      continue;
    }

    let firstOnLine = true;
    let damaged = false;
    let jumped = false;
    /** Last character of the line that is neither blank nor comment, and the one before it. */
    let last = -1;
    let afterSemicolon = false;
    let leading = false;
    while (at < newline) {
      const code = text.charCodeAt(at);
      const kind = code < 128 ? CLASS[code]! : isBlank(code) ? BLANK : PLAIN;
      if (kind === PLAIN && open && !firstOnLine) {
        // The common case: run on to the next character that matters.
        last = at++;
        while (at < newline) {
          const inner = text.charCodeAt(at);
          if (inner >= 128 || CLASS[inner]! > BLANK) break;
          at++;
        }
        let trimmed = at - 1;
        while (trimmed > last && CLASS[text.charCodeAt(trimmed)] === BLANK) trimmed--;
        last = trimmed;
        end = trimmed + 1;
        continue;
      }
      if (kind === BLANK) {
        at++;
        continue;
      }
      if (kind === SLASH) {
        const next = text.charCodeAt(at + 1);
        if (next === 47) {
          if (firstOnLine && text.charCodeAt(at + 2) === 47 && text.charCodeAt(at + 3) !== 47) {
            if (doc < 0) doc = at;
            jumped = true; // keep the doc comment for the next statement
          }
          at = newline;
          break;
        }
        if (next === 42) {
          const stop = endOfComment(at);
          if (stop >= 0) {
            if (stop > newline) {
              // A comment of several lines ends the line it begins on.
              for (let from = newline; from >= 0 && from < stop; from = text.indexOf('\n', from + 1)) line++;
              jumped = true;
              doc = -1;
              at = stop;
              newline = -1;
              break;
            }
            at = stop;
            continue;
          }
          damaged = true;
        }
      }

      // ---- a character of code
      if (firstOnLine) {
        firstOnLine = false;
        if (open) {
          const startsBlock = code === 123 && isBlockWord(word) && strayBraces === 0 && !(word === 'ode' && end - start > 3);
          const continues =
            (goesOn || startsBlock || (depth > 0 && (code === 41 || code === 93))) &&
            code !== 125 &&
            statementWordAt(text, at, newline) === undefined;
          if (continues) (breaks ??= []).push({ start: at, indent, line, previousEnd: end });
          else finish();
        }
        if (!open) {
          open = true;
          start = at;
          end = at;
          indentOfStart = indent;
          lineOfStart = line;
          docOfStart = doc;
          firstOfStart = true;
          semicolonBefore = false;
          word = statementWordAt(text, at, newline);
        }
        doc = -1;
      } else if (!open && kind !== CLOSE && kind !== SEMICOLON) {
        open = true;
        start = at;
        end = at;
        indentOfStart = indent;
        lineOfStart = line;
        docOfStart = leading ? docOfStart : -1;
        firstOfStart = leading;
        leading = false;
        semicolonBefore = afterSemicolon;
        afterSemicolon = false;
        word = statementWordAt(text, at, newline);
      }
      if (damaged) {
        // A comment that never ends: the rest of the line belongs to it.
        end = trimEnd(text, at, newline);
        at = newline;
        break;
      }
      switch (kind) {
        case QUOTE: {
          let close = text.indexOf('"', at + 1);
          if (close < 0 || close >= newline) close = trimEnd(text, at, newline) - 1;
          last = at; // the quote, so that nothing inside an unclosed string makes the line go on
          at = close + 1;
          end = at;
          break;
        }
        case OPEN:
          if (isBlockWord(word) && strayBraces === 0) {
            items.push({
              kind: 'open', start, end: Math.max(end, start), brace: at, indent: indentOfStart, line: lineOfStart, first: firstOfStart,
              semicolon: semicolonBefore, word, breaks, doc: docOfStart, long: false, openTail: false, semicolonEnd: -1,
            });
            open = false;
            goesOn = false;
            depth = 0;
            breaks = undefined;
            last = -1;
            at++;
          } else {
            strayBraces++;
            lastBrace = at;
            last = at++;
            end = at;
          }
          break;
        case CLOSE:
          if (open && strayBraces > 0) {
            strayBraces--;
            last = at++;
            end = at;
          } else {
            const lone = open && end === start;
            if (open && !lone) finish();
            items.push({
              kind: 'close', start: at, end: at + 1, brace: at, indent, line, first: lone && firstOfStart,
              semicolon: false, word: undefined, breaks: undefined, doc: lone ? docOfStart : -1, long: false, openTail: false, semicolonEnd: -1,
            });
            open = false;
            goesOn = false;
            depth = 0;
            last = -1;
            at++;
          }
          break;
        case SEMICOLON:
          if (depth === 0 && strayBraces === 0) {
            if (open && end === start) {
              open = false; // a lone `;`
              leading = firstOfStart;
            }
            finish(at + 1);
            afterSemicolon = true;
            last = -1;
            at++;
          } else {
            last = at++;
            end = at;
          }
          break;
        case BRACKET:
          depth++;
          last = at++;
          end = at;
          break;
        case UNBRACKET:
          if (depth > 0) depth--;
          last = at++;
          end = at;
          break;
        default:
          last = at++;
          end = at;
      }
    }

    if (open && !firstOnLine) {
      if (damaged || strayBraces > 0) {
        finish();
      } else if (last >= 0) {
        const code = text.charCodeAt(last);
        goesOn =
          (code < 128 && GOES_ON[code] === 1 && !isRail(text, last) && !(code === 47 && text.charCodeAt(last - 1) === 42)) ||
          (code === 59 && depth > 0);
        if (!goesOn && depth === 0 && !isBlockWord(word)) finish();
      }
    }
    if (!jumped && firstOnLine) doc = -1; // a comment between the documentation and the statement
    if (newline >= 0) {
      at = newline + 1;
      line++;
    }
  }
  finish();
  return items;
}


/** The `+` or `-` at `offset` is the rail of `z^+`. */
function isRail(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  if (code !== 43 && code !== 45) return false;
  let before = offset - 1;
  while (before >= 0 && isBlank(text.charCodeAt(before))) before--;
  return text.charCodeAt(before) === 94;
}

function trimEnd(text: string, start: number, end: number): number {
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return end;
}

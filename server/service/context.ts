/**
 * What is being written at the cursor, told from the text before it alone: completion and signature help are wanted most
 * where the line is broken and no tree can be trusted.
 */
import type { Position } from 'vscode-languageserver';
import { spotAt } from './snapshot.ts';
import type { Snapshot, Spot } from './snapshot.ts';

export interface Token {
  readonly text: string;
  /** Offset in the document. */
  readonly start: number;
  readonly kind: 'name' | 'number' | 'string' | 'sign';
  /** First token of its line. */
  readonly first: boolean;
}

/** An open bracket around the cursor. */
export interface Opened {
  readonly bracket: '(' | '[' | '{';
  /** Tokens of the statement up to the bracket. */
  readonly head: readonly Token[];
  /** Tokens since the bracket (for a brace: since the last statement inside it). */
  readonly inside: Token[];
}

export interface CursorContext {
  readonly spot: Spot;
  /** The beginning of a name right before the cursor. */
  readonly prefix: string;
  readonly prefixStart: number;
  /** Inside a comment nothing is offered; inside a string only what belongs there. */
  readonly place: 'text' | 'comment' | 'string';
  /** Brackets around the cursor, outermost first; the first stands for the document itself. */
  readonly opened: readonly Opened[];
}

const NAME_END = /(?:[\p{L}_][\p{L}\p{N}\p{M}_]*)(?:\.[\p{L}_][\p{L}\p{N}\p{M}_]*)*\.?$/u;
const TOKEN = /(\r?\n)|[ \t\f\v\u00a0]+|(\/\/[^\n]*)|(\/\*(?:[\s\S]*?\*\/|[\s\S]*$))|("[^"\n]*"?)|((?:[\p{L}_][\p{L}\p{N}\p{M}_]*)(?:\.[\p{L}_][\p{L}\p{N}\p{M}_]*)*)|((?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|(<->|->|\.\.|[<>]=|[\s\S])/uy;

/** A file that never closes a bracket must not make every keystroke read all of it. */
const FARTHEST = 20_000;

export function cursorContext(snapshot: Snapshot, position: Position): CursorContext {
  const spot = spotAt(snapshot, position);
  const before = textBefore(snapshot, spot);
  const { place, opened } = scan(before.text, before.start);
  const typed = place === 'text' ? (NAME_END.exec(before.text.slice(-200))?.[0] ?? '') : '';
  return { spot, prefix: typed, prefixStart: spot.offset - typed.length, place, opened: place === 'text' && typed !== '' ? withoutLast(opened) : opened };
}

/** Text from the statement's start (or the line's, where there is no statement) to the cursor. */
function textBefore(snapshot: Snapshot, spot: Spot): { text: string; start: number } {
  const { document } = snapshot;
  const line = document.offsetAt({ line: document.positionAt(spot.offset).line, character: 0 });
  const { units } = snapshot.tree;
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (units[middle]!.start < spot.offset) low = middle + 1;
    else high = middle;
  }
  // The statement that begins last before the cursor holds it, or ended before; then its last line may still go on.
  const start = Math.max(Math.min(units[low - 1]?.start ?? line, line), spot.offset - FARTHEST);
  return { text: document.getText().slice(start, spot.offset), start };
}

/** The prefix being typed is no token of the statement yet. */
function withoutLast(opened: readonly Opened[]): Opened[] {
  const copy = opened.map((entry) => ({ ...entry, inside: [...entry.inside] }));
  copy.at(-1)?.inside.pop();
  return copy;
}

function scan(text: string, offset: number): { place: CursorContext['place']; opened: Opened[] } {
  const root: Opened = { bracket: '{', head: [], inside: [] };
  const opened: Opened[] = [root];
  let place: CursorContext['place'] = 'text';
  let first = true;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [whole, line, lineComment, blockComment, string, name, number, sign] = match;
    const atEnd = TOKEN.lastIndex === text.length;
    const innermost = opened.at(-1)!;
    if (line !== undefined) {
      if (innermost.bracket === '{' && !continues(innermost.inside)) innermost.inside.length = 0;
      first = true;
    } else if (lineComment !== undefined) {
      if (atEnd) place = 'comment';
    } else if (blockComment !== undefined) {
      if (atEnd && !(blockComment.length >= 4 && blockComment.endsWith('*/'))) place = 'comment';
    } else if (string !== undefined) {
      if (atEnd && !(string.length >= 2 && string.endsWith('"'))) place = 'string';
      innermost.inside.push({ text: string, start: offset + match.index, kind: 'string', first });
      first = false;
    } else if (name !== undefined || number !== undefined) {
      innermost.inside.push({ text: whole, start: offset + match.index, kind: name === undefined ? 'number' : 'name', first });
      first = false;
    } else if (sign !== undefined) {
      bracketOrSign(opened, { text: sign, start: offset + match.index, kind: 'sign', first });
      first = false;
    }
    if (atEnd) break;
  }
  return { place, opened };
}

const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

function bracketOrSign(opened: Opened[], token: Token): void {
  const innermost = opened.at(-1)!;
  const { text } = token;
  if (text === '(' || text === '[' || text === '{') opened.push({ bracket: text, head: [...innermost.inside], inside: [] });
  else if (text in CLOSES) {
    // A stray closing bracket closes nothing; one that fits closes what was left open inside, too.
    let at = opened.length - 1;
    while (at > 0 && opened[at]!.bracket !== CLOSES[text]) at--;
    if (at === 0) return;
    opened.length = at;
    const outer = opened.at(-1)!;
    if (text === '}') outer.inside.length = 0;
    else outer.inside.push({ text: text === ')' ? '()' : '[]', start: token.start, kind: 'sign', first: false });
  } else if (text === ';' && innermost.bracket === '{') innermost.inside.length = 0;
  else innermost.inside.push(token);
}

/** A line that ends in an operator or a comma goes on in the next. */
function continues(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  if (last?.kind !== 'sign' || last.text === '()' || last.text === '[]') return false;
  // `W^+` and `W^-` end in a sign, not in an operator.
  return !(/^[+-]$/.test(last.text) && tokens.at(-2)?.text === '^');
}

/** The innermost brace around the cursor: the block whose statement is being written. */
export function blockAround(context: CursorContext): Opened {
  for (let i = context.opened.length - 1; i > 0; i--) if (context.opened[i]!.bracket === '{') return context.opened[i]!;
  return context.opened[0]!;
}

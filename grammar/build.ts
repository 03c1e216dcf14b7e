/** Chunk → statement: heads, bodies and what is wrong with their braces. */
import { t } from '../l10n/index.ts';
import type { BadStatement, Name, Statement, SyntaxProblem } from './ast.ts';
import { append } from './append.ts';
import { lineTooLong, missingBlock, nestedTooDeep, sameLine, strayBrace, strayCloser, unclosedBlock, unexpectedText } from './diagnostics/index.ts';
import { fillBlock, type LinesBlock } from './fill.ts';
import { anyLine, expectedLines, holdsLines, parseLine, type Line } from './lines.ts';
import { linePieces, pieces, wholeStatement } from './pieces.ts';
import { docAbove, namesIn } from './reading.ts';
import { isBlockWord } from './scan.ts';
import { parseHead, parseStatement, type BlockStatement } from './statements.ts';
import type { Chunk } from './structure.ts';

type BodyBlock = Exclude<BlockStatement, LinesBlock>;

/** Reads one chunk. @param origin start of its unit: positions in tree and problems are relative to it */
export function build(text: string, chunk: Chunk, origin: number, problems: SyntaxProblem[]): Statement {
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
    append(problems, parsed.problems);
    statement = parsed.tree;
  } else statement = buildBlock(text, chunk, origin, problems);
  return doc === undefined ? statement : { ...statement, doc };
}

function buildBlock(text: string, chunk: Chunk, origin: number, problems: SyntaxProblem[]): Statement {
  const base = chunk.start - origin;
  const end = chunk.end - origin;
  if (chunk.headEnd === chunk.start) {
    problems.push(chunk.open < 0 ? strayCloser({ start: chunk.close - origin, end }, '}') : strayBrace({ start: base, end: base + 1 }));
    return { kind: 'Bad', start: base, end, names: [], body: bodyOf(text, chunk, origin, problems, true) };
  }
  const headText = text.slice(chunk.start, chunk.headEnd).trimEnd();
  if (headText === '}') {
    problems.push(strayCloser({ start: base, end: base + 1 }, '}'));
    return { kind: 'Bad', start: base, end, names: [], body: bodyOf(text, chunk, origin, problems, true) };
  }
  const head = parseHead(headText, base, isBlockWord(chunk.word) ? chunk.word : undefined);
  append(problems, head.problems);
  const tree: BlockStatement = { ...head.tree, end };
  if (chunk.open < 0 && isBlockWord(chunk.word) && head.tree.kind !== 'Bad') {
    const length = chunk.word!.length;
    problems.push(missingBlock({ start: base, end: base + length }, chunk.word!, chunk.headEnd - origin, true));
  } else if (chunk.close < 0 && chunk.open >= 0 && !chunk.ruinedClose) {
    const oneLine = !text.slice(chunk.open, chunk.end).includes('\n') && chunk.children.length > 0;
    const closing = oneLine ? ' }' : `\n${' '.repeat(chunk.indent)}}`;
    problems.push(unclosedBlock({ start: chunk.open - origin, end: chunk.open + 1 - origin }, chunk.word, end, closing));
  }
  if (!holdsLines(chunk.word)) return { ...tree as BodyBlock, body: bodyOf(text, chunk, origin, problems, tree.kind === 'Bad' || head.problems.length > 0 || chunk.open < 0) };
  if (!holdsStatements(text, chunk, chunk.word)) {
    const { lines, unread } = linesOf(text, chunk, chunk.word, origin, problems);
    if (tree.kind === 'Bad') return { ...tree, names: namesIn(text.slice(chunk.start, chunk.end), base), lines: lines.map(({ node }) => node) } satisfies BadStatement;
    return { ...fillBlock(tree as LinesBlock, lines, text.slice(origin, chunk.end), problems), ...(unread.length === 0 ? {} : { unread: [...(tree.unread ?? []), ...unread] }) };
  }
  problems.push(unexpectedText({ start: base, end: chunk.headEnd - origin }, undefined, t('Statements cannot stand in a block of `{0}`.', chunk.word)));
  return { kind: 'Bad', start: base, end, names: namesIn(headText, base), body: bodyOf(text, chunk, origin, problems, true) };
}

/** @param headless the head could not be read: what is a line of some block (an equation, a setting, a row) is then no mistake of its own */
function bodyOf(text: string, chunk: Chunk, origin: number, problems: SyntaxProblem[], headless: boolean): Statement[] {
  const body: Statement[] = [];
  for (const child of chunk.children) {
    for (const piece of pieces(text, child, wholeStatement)) {
      const found: SyntaxProblem[] = [];
      const statement = build(text, piece, origin, found);
      const part = text.slice(piece.start, piece.end);
      const line = headless && found.length > 0 && piece.kind === 'simple' && !piece.long ? anyLine(part, piece.start - origin) : undefined;
      if (line === undefined) append(problems, found);
      body.push(line !== undefined && statement.kind === 'Bad' ? { ...statement, lines: [line.node] } : statement);
    }
  }
  return body;
}

/** Whether a block of lines (equations, settings, rows …) holds none of them, and statements instead: then its head is what is wrong. */
function holdsStatements(text: string, chunk: Chunk, word: string): boolean {
  let statements = 0;
  for (const child of chunk.children) {
    if (child.kind === 'block') {
      statements++;
      continue;
    }
    if (child.kind !== 'simple' || child.long) continue;
    const line = text.slice(child.start, child.end);
    if (parseLine(word, line, 0).problems.length === 0) return false;
    if (wholeStatement(line).problems.length === 0 || anyLine(line, 0) !== undefined) statements++;
  }
  return statements > 0;
}

/** More bad rows of one table are not listed: the whole of it is of another form. */
const MOST_BAD_ROWS = 100;

/** The lines of a block that holds no statements, and the names in those that could not be read. */
function linesOf(text: string, chunk: Chunk, word: string, origin: number, problems: SyntaxProblem[]): { lines: Line[]; unread: Name[] } {
  const lines: Line[] = [];
  const unread: Name[] = [];
  let rows = 0;
  let badRows = 0;
  for (const child of chunk.children) {
    if (child.kind !== 'simple' || child.long) {
      if (child.kind === 'block') {
        const head = word === 'sweep' && child.word === 'train' ? parseLine(word, text.slice(child.start, child.headEnd), child.start - origin).tree : undefined;
        if (head === undefined) problems.push(unexpectedText({ start: child.start - origin, end: child.headEnd - origin }, expectedLines(word)));
        else {
          lines.push(head);
          const brace = child.open < 0 ? child.headEnd : child.open;
          problems.push(unexpectedText({ start: brace - origin, end: brace + 1 - origin }, undefined, t('In a sweep, `train` stands on a line without braces; its settings are lines of the sweep.')));
        }
      }
      else build(text, child, origin, problems);
      continue;
    }
    for (const piece of linePieces(text, child, word)) {
      if (piece.crowded) problems.push(sameLine({ start: piece.start - origin, end: piece.headEnd - origin }));
      const line = text.slice(piece.start, piece.end);
      const parsed = parseLine(word, line, piece.start - origin, rows + 1);
      if (parsed.tree?.is !== 'row' || badRows < MOST_BAD_ROWS) append(problems, parsed.problems);
      if (parsed.tree?.is === 'row' && parsed.problems.length > 0) badRows++;
      if (parsed.tree === undefined) append(unread, namesIn(line, piece.start - origin));
      else {
        if (parsed.tree.is === 'row') rows++;
        lines.push(parsed.tree);
      }
    }
  }
  return { lines, unread };
}

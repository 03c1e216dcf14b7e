/** Chunk → statement: heads, bodies and what is wrong with their braces. */
import type { BadStatement, OdeEquation, Setting, Statement, SyntaxProblem } from './ast.ts';
import { lineTooLong, missingBlock, nestedTooDeep, sameLine, strayCloser, unclosedBlock, unexpectedText } from './diagnostics/index.ts';
import { pieces, wholeStatement } from './pieces.ts';
import { docAbove, namesIn } from './reading.ts';
import { isBlockWord } from './scan.ts';
import { isReserved, parseEquation, parseHead, parseSetting, parseStatement, type BlockStatement, type Parsed } from './statements.ts';
import type { Chunk } from './structure.ts';

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

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
  if (chunk.word !== undefined && isReserved(chunk.word)) {
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

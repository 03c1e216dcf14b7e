/** Any single bad line leaves every other line's statements exactly as they were. */
import { describe, expect, it } from 'vitest';
import { parse, walk, type Node, type SyntaxTree } from '../index.ts';
import { GOOD } from './texts.ts';

/**
 * Every statement, equation and setting with a line of its own, by the number of that line: its tree without blocks below
 * it, with positions counted from its own beginning.
 */
export function piecesByLine(tree: SyntaxTree, lines: readonly number[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  const lineOf = (offset: number): number => lines.findLastIndex((start) => start <= offset);
  for (const unit of tree.units) {
    const visit = (node: Node, ancestors: readonly Node[]): void => {
      if (isPiece(node, ancestors)) {
        const key = lineOf(unit.start + node.start);
        const lastOfHead = lineOf(unit.start + headEnd(node));
        const own = BLOCKS.has(node.kind ?? '') ? Object.fromEntries(Object.entries(node).filter(([name]) => !HELD.has(name))) : node;
        const text = (isLoose(node, ancestors) ? 'loose ' : '') + JSON.stringify(own, (name, value: unknown) =>
          name === 'unread' || name === 'doc' || (name === 'kind' && value === 'setting') ? undefined
          : name === 'start' || name === 'end' ? (BLOCKS.has(node.kind ?? '') && name === 'end' ? undefined : (value as number) - node.start)
          : value);
        for (let line = key; line <= lastOfHead; line++) found.set(line, [...(found.get(line) ?? []), text]);
      }
    };
    walk(unit.statement, visit);
  }
  return found;
}
/** For each line with a statement of its own, the lines of the heads of the blocks around it, outermost first. */
function blocksByLine(tree: SyntaxTree, lines: readonly number[]): Map<number, string> {
  const found = new Map<number, string>();
  const lineOf = (offset: number): number => lines.findLastIndex((start) => start <= offset);
  for (const unit of tree.units) {
    walk(unit.statement, (node, ancestors) => {
      if (!STATEMENTS.has(node.kind ?? '') && !isLoose(node, ancestors)) return;
      const heads = ancestors.filter((outer) => 'body' in outer || 'settings' in outer || 'items' in outer || 'totals' in outer).map((outer) => lineOf(unit.start + outer.start));
      const line = lineOf(unit.start + node.start);
      if (!found.has(line)) found.set(line, heads.join('>'));
    });
  }
  return found;
}
const STATEMENTS = new Set(['Units', 'Declaration', 'Reaction', 'Ode', 'For', 'Module', 'Use', 'Group', 'Import', 'Simulate', 'Expect', 'Bad', 'Activation', 'Neuron', 'Network', 'Data', 'Train', 'Noise', 'Sweep']);
const BLOCKS = new Set(['For', 'Module', 'Group', 'Simulate', 'Ode', 'Activation', 'Network', 'Data', 'Train', 'Noise', 'Sweep']);
/** What a block holds on lines of its own. */
const HELD = new Set(['body', 'equations', 'settings', 'items', 'rows', 'header', 'split', 'train', 'vary', 'totals', 'output']);
/** A line of a block that means nothing without its head: a setting, a layer, a row … */
function isLoose(node: Node, ancestors: readonly Node[]): boolean {
  const outer = ancestors.at(-1);
  if (outer === undefined || !BLOCKS.has(outer.kind ?? '')) return false;
  const isOwn = (name: string): boolean => name !== 'body' && name !== 'output' && (name !== 'equations' || outer.kind === 'Activation');
  return Object.entries(outer).some(([name, value]) => HELD.has(name) && isOwn(name) && (value === node || (Array.isArray(value) && value.includes(node))));
}
function isPiece(node: Node, ancestors: readonly Node[]): boolean {
  return STATEMENTS.has(node.kind ?? '') || isLoose(node, ancestors) || ('species' in node && 'right' in node && !('kind' in node));
}
function headEnd(node: Node): number {
  return BLOCKS.has(node.kind ?? '') ? node.start : node.end;
}

export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

const INSERTS = ['{', '}', '(', ')', '[', ']', '"', '/*', '*/', '//', ';', ',', '+', '->', '@', '=', ':', '1.2.3', '§', '\u0000', 'for ', '} {', '{ }', '^', "'", '..', '((', '|'];
const WHOLE = ['', '}', '{', '(', '/*', '"', 'for i in 1..3 {', 'for', 'module m(a', 'A +', 'species A,', 'param k = (', 'A -> B @ 1 {', '} }', 'ode {', '///', '§§§', '] )', 'a b c', 'simulate x {'];

function* corruptions(line: string, every: number): Generator<string> {
  for (const text of WHOLE) yield text;
  const indent = /^\s*/.exec(line)![0];
  for (const text of WHOLE) if (indent !== '') yield indent + text;
  // Some of the rest, beginning elsewhere in every line: all of them take minutes.
  let count = line.length;
  for (const text of within(line, indent)) if (count++ % every === 0) yield text;
}
function* within(line: string, indent: string): Generator<string> {
  const step = Math.max(1, Math.floor(line.length / 12));
  for (let at = 0; at <= line.length; at += 1) {
    yield line.slice(0, at);
    yield line.slice(at);
    yield line.slice(0, at) + line.slice(at + 1);
    if (at % step === 0 || at === line.length || at === indent.length) {
      for (const text of INSERTS) {
        yield line.slice(0, at) + text + line.slice(at);
        yield line.slice(0, at) + text + line.slice(at + 1);
      }
    }
  }
}

/** Lines of the same top-level statement are not compared when it goes on over several lines without a block. */
function joined(tree: SyntaxTree, lines: readonly number[]): number[][] {
  const lineOf = (offset: number): number => lines.findLastIndex((start) => start <= offset);
  const spans: number[][] = [];
  for (const unit of tree.units) {
    walk(unit.statement, (node) => {
      if (STATEMENTS.has(node.kind ?? '') && (!BLOCKS.has(node.kind ?? '') || ('block' in node && node.block === false))) {
        const from = lineOf(unit.start + node.start);
        const to = lineOf(unit.start + node.end);
        if (to > from) spans.push([from, to]);
      }
    });
  }
  return spans;
}

describe('a bad line', () => {
  for (const [name, text] of Object.entries(GOOD)) {
    it(`leaves the other lines of "${name}" as they were`, () => {
      const good = parse(text);
      expect(good.units.flatMap((unit) => unit.problems)).toEqual([]);
      const starts = lineStarts(text);
      const before = piecesByLine(good, starts);
      const spans = joined(good, starts);
      const lines = text.split('\n');
      const nested = blocksByLine(good, starts);
      const failures: string[] = [];
      const moved: string[] = [];
      let cases = 0;
      let ambiguous = 0;
      lines.forEach((line, number) => {
        if (line.trimStart().startsWith('///') || inComment(text, starts[number]!)) return;
        const own = spans.find(([from, to]) => number >= from! && number <= to!) ?? [number, number];
        for (const corrupted of corruptions(line, text.length > 1000 ? 8 : 3)) {
          cases++;
          const changed = [...lines.slice(0, number), corrupted, ...lines.slice(number + 1)].join('\n');
          const tree = parse(changed);
          const after = piecesByLine(tree, lineStarts(changed));
          const chains = blocksByLine(tree, lineStarts(changed));
          for (const [at, chain] of nested) {
            if (at >= own[0]! && at <= own[1]!) continue;
            // Lines whose block lost its head belong to nothing.
            if (chain.split('>').at(-1) === String(number) && before.get(at)?.every((piece) => piece.startsWith('loose ')) === true) continue;
            // A ruined head may lose its own block, for nothing may be left of it; never another one.
            const others = (heads = ''): string => heads.split('>').filter((head) => head !== String(number)).join('>');
            if (others(chains.get(at)) !== others(chain)) {
              if (hasOtherReading(changed.split('\n'), number)) ambiguous++;
              else moved.push(`line ${number} (${JSON.stringify(line)}) → ${JSON.stringify(corrupted)}: line ${at} was in [${chain}], is in [${chains.get(at)}]`);
              break;
            }
          }
          for (const [at, pieces] of before) {
            if (at >= own[0]! && at <= own[1]!) continue;
            const missing = pieces.find((piece) => !after.get(at)?.includes(piece));
            if (missing === undefined) continue;
            // Lines whose block lost its head belong to nothing.
            if (missing.startsWith('loose ') && number === headOf(lines, at)) continue;
            failures.push(`line ${number} → ${JSON.stringify(corrupted)}: line ${at}\n  was ${missing}\n  is  ${after.get(at)?.join('\n      ')}`);
            break;
          }
        }
      });
      expect(cases).toBeGreaterThan(1000);
      expect(failures.slice(0, 6).join('\n'), `${failures.length} of ${cases}`).toBe('');
      // Few enough that a change for the worse shows.
      expect(ambiguous, 'ambiguous').toBeLessThan(cases / 900);
      expect(moved.slice(0, 200).join('\n'), `${moved.length} of ${cases} moved`).toBe('');
    });
  }
});

/**
 * A whole head in the first column in place of a line of a block, or a whole `}`, makes a text that one or two more `}` before
 * it, or one `}` less elsewhere, make sound: it has two readings, each as good as the other. Only the nesting of such texts is
 * excused, never the trees of their statements.
 */
function hasOtherReading(lines: readonly string[], number: number): boolean {
  const isSound = (candidate: readonly string[]): boolean => parse(candidate.join('\n')).units.every(({ problems }) => problems.length === 0);
  return [['}'], ['}', '}']].some((braces) => isSound([...lines.slice(0, number), ...braces, ...lines.slice(number)]))
    || lines.some((line, at) => at !== number && line.trim() === '}' && isSound([...lines.slice(0, at), ...lines.slice(at + 1)]));
}

/** The last line above that is indented less. */
function headOf(lines: readonly string[], at: number): number {
  const indent = (line: string): number => line.length - line.trimStart().length;
  return lines.findLastIndex((line, index) => index < at && line.trim() !== '' && indent(line) < indent(lines[at]!));
}

function inComment(text: string, at: number): boolean {
  const open = text.lastIndexOf('/*', at + 1);
  return open >= 0 && text.indexOf('*/', open) >= at;
}

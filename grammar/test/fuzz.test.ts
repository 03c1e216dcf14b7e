/** Properties over random texts. Seeded: a failure can be run again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  format, parse, parseExpression, printExpression, printStatement, reparse, tokensFor, unitAt, pathAt, walk, type Expression, type Node, type SyntaxTree, type Unit,
} from '../index.ts';
import { damaged, program, soup } from './random.ts';
import { GOOD } from './texts.ts';

const RUNS = { numRuns: 400, seed: 20240611 };
const any = fc.oneof(program, damaged, soup);

/** The tree without positions. */
function meaning(tree: SyntaxTree): unknown[] {
  return tree.units.map((unit) => JSON.parse(JSON.stringify(unit.statement, (key, value: unknown) => (key === 'start' || key === 'end' ? undefined : value))) as unknown);
}
function shape(tree: SyntaxTree): unknown {
  return tree.units.map(({ start, text, statement, problems }) => ({ start, text, statement, problems }));
}

describe('parse', () => {
  it('reads good programs without problems', () => {
    let statements = 0;
    fc.assert(fc.property(program, (text) => {
      const tree = parse(text);
      statements += tree.units.length;
      const problems = tree.units.flatMap((unit) => unit.problems.map((problem) => `${problem.code} ${problem.message}`));
      // Two bad luck cases of random formulas: a rate left out by chance is not made here, so none is excused.
      expect(problems).toEqual([]);
    }), RUNS);
    expect(statements).toBeGreaterThan(500);
  });

  it('never throws, and every span lies in its text', () => {
    fc.assert(fc.property(any, (text) => {
      const tree = parse(text);
      let end = 0;
      for (const unit of tree.units) {
        expect(unit.start).toBeGreaterThanOrEqual(end);
        end = unit.start + unit.text.length;
        expect(text.slice(unit.start, end)).toBe(unit.text);
        const inside = (span: { start: number; end: number }): void => {
          if (!(span.start >= 0 && span.start <= span.end && span.end <= unit.text.length)) throw new Error(`${JSON.stringify(span)} in ${JSON.stringify(unit.text)}`);
        };
        walk(unit.statement, (node) => {
          inside(node);
          if ('text' in node && node.kind === undefined && 'text' in node) expect(unit.text.slice(node.start, node.end)).toBe((node as Node & { text: string }).text);
        });
        for (const problem of unit.problems) {
          inside(problem);
          for (const edit of problem.fix?.edits ?? []) inside(edit);
        }
        for (const word of tokensFor(unit)) expect(unit.text.slice(word.start, word.end)).toBe(word.text);
      }
    }), RUNS);
  });

  it('loses no text: what is in no unit is blank, a comment or a `;`', () => {
    fc.assert(fc.property(any, (text) => {
      const tree = parse(text);
      let at = 0;
      const rest: string[] = [];
      for (const unit of tree.units) {
        rest.push(text.slice(at, unit.start));
        at = unit.start + unit.text.length;
      }
      rest.push(text.slice(at));
      for (const gap of rest) expect(gap.replace(/\/\/[^\n]*|\/\*[^]*?\*\//g, '').replace(/[\s;\ufeff]/g, '')).toBe('');
    }), RUNS);
  });

  it('is bad only with a problem that says so', () => {
    fc.assert(fc.property(any, (text) => {
      for (const unit of parse(text).units) if (unit.statement.kind === 'Bad') expect(unit.problems.length).toBeGreaterThan(0);
    }), RUNS);
  });
});

describe('spans', () => {
  it('cover the text of their formula exactly', () => {
    let count = 0;
    fc.assert(fc.property(program, (text) => {
      for (const unit of parse(text).units) {
        walk(unit.statement, (node) => {
          // A superscript reads otherwise by itself, so what stands above a rail is left out.
          if ('sign' in node || ('expression' in node && node.kind === undefined)) return false;
          if (node.kind !== 'Binary' && node.kind !== 'Unary' && node.kind !== 'Call' && node.kind !== 'Number') return;
          count++;
          const alone = parseExpression(unit.text.slice(node.start, node.end));
          expect(alone.problems).toEqual([]);
          expect(plain(alone.expression), unit.text.slice(node.start, node.end)).toEqual(plain(node));
          return;
        });
      }
    }), RUNS);
    expect(count).toBeGreaterThan(500);
  });
});

describe('reparse', () => {
  it('makes the tree that parse makes', () => {
    fc.assert(fc.property(fc.oneof(program, damaged, fc.constantFrom(...Object.values(GOOD))), fc.array(fc.tuple(fc.nat(), fc.nat(8), fc.oneof(soup, fc.constantFrom('/*', '*/', '}', '{', '\n', 'x', '"'))), { minLength: 1, maxLength: 5 }), (text, edits) => {
      let tree = parse(text);
      for (const [at, remove, insert] of edits) {
        const from = at % (tree.text.length + 1);
        const next = tree.text.slice(0, from) + insert.slice(0, 12) + tree.text.slice(from + remove);
        tree = reparse(tree, next);
        expect(tree.text).toBe(next);
        expect(shape(tree)).toEqual(shape(parse(next)));
      }
    }), RUNS);
  });

  it('keeps the units that an edit does not touch', () => {
    const text = Array.from({ length: 50 }, (_, i) => `R${i}: A${i} -> B @ ${i}`).join('\n');
    const before = parse(text);
    const units = [...before.units];
    const at = text.indexOf('A25') + 1;
    const after = reparse(before, `${text.slice(0, at)}x${text.slice(at)}`);
    expect(after.units.map((unit, index) => unit === units[index])).toEqual(units.map((_, index) => index !== 25));
    expect(after.units[26]!.start).toBe(after.text.indexOf('R26'));
  });
});

describe('format', () => {
  it('is idempotent and keeps meaning and comments', () => {
    fc.assert(fc.property(any, (text) => {
      const once = format(text);
      expect(format(once)).toBe(once);
      const comments = (source: string): string[] => wordsOf(source).filter(([kind]) => kind === 'comment').map(([, word]) => word);
      const words = (source: string): string[] => wordsOf(source).filter(([kind]) => kind === 'word').map(([, word]) => word);
      expect(comments(once)).toEqual(comments(text));
      expect(words(once)).toEqual(words(text));
      expect(meaning(parse(once))).toEqual(meaning(parse(text)));
    }), RUNS);
  });

  it('changes something', () => {
    expect(format('A+B->C@k//x\nspecies   A=1,B')).toBe('A + B -> C @ k  // x\nspecies A = 1, B\n'.replace('// x', '//x'));
  });
});

/** All words and comments of a text; a `;` that only separates does not count, blanks in comments count once. */
function wordsOf(text: string): ['comment' | 'word', string][] {
  const unit = { start: 0, text, statement: { kind: 'Use' }, problems: [] } as unknown as Unit;
  return tokensFor(unit)
    .filter((word) => word.text !== ';')
    .map((word) => [word.kind === 'comment' || word.kind === 'doc' ? 'comment' : 'word', word.text.split('\n').map((line) => line.trim()).join('\n')]);
}

describe('print', () => {
  it('prints statements that read back as the same tree', () => {
    let count = 0;
    fc.assert(fc.property(program, (text) => {
      for (const unit of parse(text).units) {
        if (unit.statement.kind === 'Bad' || text.includes('///')) continue;
        count++;
        const printed = printStatement(unit.statement);
        // A bracket may have been added where nothing but a power needs it.
        const normal = (source: SyntaxTree): string =>
          JSON.stringify(withoutBrackets(meaning(source) as never), (key, value: unknown) => (key === 'unit' ? sortedFactors(value) : value));
        expect(normal(parse(printed)), printed).toBe(normal(parse(unit.text)));
      }
    }), RUNS);
    expect(count).toBeGreaterThan(300);
  });

  it('adds the brackets that a tree without brackets needs', () => {
    fc.assert(fc.property(program, (text) => {
      for (const unit of parse(text).units) {
        walk(unit.statement, (node) => {
          if (node.kind !== 'Binary' && node.kind !== 'Unary') return;
          const bare = withoutBrackets(node as Expression);
          const again = parseExpression(printExpression(bare));
          expect(again.problems).toEqual([]);
          expect(plain(withoutBrackets(again.expression)), printExpression(bare)).toEqual(plain(bare));
          return false;
        });
      }
    }), RUNS);
  });
});

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === 'start' || key === 'end' ? undefined : part)));
}
function sortedFactors(unit: unknown): unknown {
  const factors = (unit as { factors?: { exponent: number }[] }).factors;
  return factors === undefined ? unit : [...factors].sort((a, b) => Number(b.exponent > 0) - Number(a.exponent > 0));
}
function withoutBrackets(node: Expression): Expression {
  return JSON.parse(JSON.stringify(node), (_key, value: unknown) => {
    let now = value as Expression | undefined;
    while (typeof now === 'object' && now !== null && now.kind === 'Parenthesised') now = now.inner;
    return now;
  }) as Expression;
}

describe('positions', () => {
  it('are found by unitAt and pathAt', () => {
    fc.assert(fc.property(program, (text) => {
      const tree = parse(text);
      for (const unit of tree.units) {
        expect(unitAt(tree, unit.start + unit.text.length)).toBe(unit);
        for (let at = unit.statement.start; at <= unit.statement.end; at += 3) {
          const path = pathAt(unit, at);
          expect(path[0]).toBe(unit.statement);
          for (const node of path) expect(node.start <= at && at <= node.end).toBe(true);
        }
      }
    }), { ...RUNS, numRuns: 100 });
  });
});

/** Every diagnostic of the text: its examples raise it where they say, and its fixes repair it. */
import { describe, expect, it } from 'vitest';
import { grammarDiagnostics, parse } from '../index.ts';
import { applyEdits, problemsOf, unmark } from './marked.ts';

/** Their texts are made here: nobody would read them in a manual. */
const MADE: Readonly<Record<string, { readonly text: string; readonly range: string }>> = {
  CRN118: { text: `A -> B @ 1\nspecies ${'B, '.repeat(40_000)}C\nC -> D @ 1`, range: `species ${'B, '.repeat(24)}`.slice(0, 80) },
  CRN119: { text: `A -> B @ ${'('.repeat(101)}1${')'.repeat(101)}\nC -> D @ 1`, range: '(' },
  CRN137: { text: `${'A + -> B\n'.repeat(2001)}C -> D @ 1\nE -> F @ 1`, range: 'C -> D @ 1' },
  CRN120: { text: '\u0000PNG\u0001\u0002\nab\u0003\ncd\u0004\nef\u0005\n\u0006', range: '\u0000' },
};

describe('the diagnostics of the text', () => {
  it('have codes of their own, in order', () => {
    const codes = grammarDiagnostics.map((spec) => spec.code);
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(codes.every((code) => /^CRN1\d\d$/.test(code))).toBe(true);
    expect(codes.length).toBeGreaterThanOrEqual(14);
  });

  for (const spec of grammarDiagnostics) {
    describe(`${spec.code} ${spec.title}`, () => {
      it('has an example', () => {
        expect(spec.examples.length > 0 || spec.code in MADE).toBe(true);
        expect(spec.manual.length).toBeGreaterThan(60);
      });
      for (const example of spec.examples) {
        const { text, ranges } = unmark(example.text);
        const found = problemsOf(parse(text));
        it(`is raised where marked: ${JSON.stringify(text)}`, () => {
          expect(ranges.length).toBeGreaterThan(0);
          const own = found.filter((problem) => problem.code === spec.code);
          expect(own.map(({ start, end }) => text.slice(start, end) + `@${start}`)).toEqual(ranges.map(({ start, end }) => text.slice(start, end) + `@${start}`));
          for (const problem of own) expect(problem.message).toMatch(/[.?]$/);
        });
        if (example.fixed !== undefined) {
          it(`is repaired by its fix: ${JSON.stringify(text)}`, () => {
            const { start, fix } = found.find((problem) => problem.code === spec.code)!;
            expect(fix).toBeDefined();
            const repaired = applyEdits(text, fix!.edits);
            expect(repaired).toBe(example.fixed);
            expect(problemsOf(parse(repaired)).filter((problem) => problem.code === spec.code && problem.start === start)).toEqual([]);
          });
        }
      }
      const made = MADE[spec.code];
      if (made !== undefined) {
        it('is raised by a text that does not belong into a manual', () => {
          const own = problemsOf(parse(made.text)).filter((problem) => problem.code === spec.code);
          expect(own.length).toBe(1);
          expect(made.text.slice(own[0]!.start, own[0]!.end)).toBe(made.range);
        });
      }
    });
  }

  it('say how a tolerance is written, to those who write it as elsewhere', () => {
    for (const line of ['expect A ~ 0.3 tol 1e-3', 'expect A ~ 0.3 rtol = 1e-3']) {
      const [problem, ...more] = problemsOf(parse(line));
      expect(more).toEqual([]);
      expect(problem!.message).toContain('`within 1e-3`');
      expect(line.slice(problem!.start, problem!.end)).toMatch(/^r?tol$/);
    }
    expect(problemsOf(parse('expect tol ~ 0.3 within 1e-3'))).toEqual([]);
  });
});

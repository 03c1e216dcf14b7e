import { describe, expect, it } from 'vitest';
import { FormulaError, parseFormula } from '../bionetgen/expression.ts';
import { evaluate, print, rewrite } from '../bionetgen/to-crn.ts';

const written = (text: string): string => print(rewrite(parseFormula(text)));
const value = (text: string, names: Record<string, number> = {}): number | undefined => evaluate(parseFormula(text), (name) => names[name]);

describe('formulas of .net files', () => {
  it.each([
    ['(0.212*Na)*V', '0.212*Na*V'],
    ['a-(b-c)', 'a - (b - c)'],
    ['a/(b*c)/d', 'a/(b*c)/d'],
    ['-a^2', '-a^2'],
    ['(-a)^2', '(-a)^2'],
    ['a^-1', 'a^(-1)'],
    ['a**2', 'a^2'],
    ['a^b^c', 'a^(b^c)'],
    ['2.*x', '2*x'],
    ['if(a<b,1,2)', 'if(less(a, b), 1, 2)'],
    ['a>b ? x : y', 'if(less(b, a), x, y)'],
    ['a>=b && !(c==d)', 'and(lessEqual(b, a), not(equal(c, d)))'],
    ['a!=b || a~=c', 'or(not(equal(a, b)), not(equal(a, c)))'],
    ['log2(x)', 'ln(x)/ln(2)'],
    ['sum(a,b,c)', 'a + b + c'],
    ['avg(a,b)', '(a + b)/2'],
    ['rint(x)', 'floor(x + 0.5)'],
    ['sinh(x)', '(exp(x) - exp(-x))/2'],
  ])('%s becomes %s', (text, expected) => {
    expect(written(text)).toBe(expected);
  });

  it.each([
    ['2+3*4^2/8', 8],
    ['-2^2', -4],
    ['2^3^2', 512],
    ['1-2-3', -4],
    ['8/4/2', 1],
    ['1<2 && 2<1', 0],
    ['1 ? 5 : 6', 5],
    ['1e-3*.5', 0.0005],
  ])('%s is %d', (text, expected) => {
    expect(value(text)).toBeCloseTo(expected, 12);
  });

  it('gives names their values, and none where one is unknown', () => {
    expect(value('a*b', { a: 2, b: 3 })).toBe(6);
    expect(value('a*b', { a: 2 })).toBeNaN();
  });

  it.each(['', 'a+', '(a', 'a b', 'f(a', 'a $ b', '"x"', 'a,b', ')'])('refuses “%s”', (text) => {
    expect(() => parseFormula(text)).toThrow(FormulaError);
  });

  it('refuses nesting that no stack holds, instead of overflowing it', () => {
    expect(() => parseFormula('('.repeat(100_000))).toThrow(FormulaError);
    expect(() => parseFormula('-'.repeat(100_000))).toThrow(FormulaError);
    expect(() => parseFormula('a^'.repeat(100_000))).toThrow(FormulaError);
  });

  it('refuses functions that have no counterpart', () => {
    expect(() => written('atan(x)')).toThrow(/atan/);
    expect(() => written('exp(x, y)')).toThrow(/exp/);
  });
});

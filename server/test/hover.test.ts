import { describe, expect, it } from 'vitest';
import { hover } from '../service/index.ts';
import { open, textIn } from './kit.ts';

const MODEL = `units time s, concentration uM

/// how fast they meet
param kon: 1/(uM*s) = 0.5
param koff = 1
species A: uM = 1, B = 0.5
/// the complex
species AB
bind: A + B -> AB @ kon
AB -> A + B @ koff
`;

function said(marked: string, options = {}): string {
  const { snapshot, position } = open(marked);
  const answer = hover(snapshot, position, options);
  if (answer === null) return '';
  if (typeof answer.contents !== 'object' || !('value' in answer.contents)) throw new Error('hovers are Markdown');
  return answer.contents.value;
}
const at = (from: string, to: string): string => MODEL.replace(from, to);

describe('hover on a species', () => {
  it('shows the ODE as a picture in the theme’s colour and as text below it', () => {
    const text = said(at('A: uM', '‸A: uM'), { foreground: '#abcdef' });
    const picture = /!\[[^\]]*\]\(data:image\/svg\+xml;base64,([A-Za-z0-9+/=]+)\)/.exec(text);
    expect(picture).not.toBeNull();
    const svg = Buffer.from(picture![1]!, 'base64').toString('utf8');
    expect(svg).toMatch(/^<svg /);
    expect(svg).toContain('#abcdef');
    expect(svg).not.toContain('currentColor');
    expect(text.indexOf('A′ = ')).toBeGreaterThan(picture!.index);
    // A′ = koff·AB − kon·A·B by mass action.
    expect(text).toMatch(/A′ = koff·AB − kon·A·B/);
  });
  it('names the lines that errors left out, and claims nothing that they may break', () => {
    expect(said(at('A: uM', '‸A: uM'))).toContain('Conserved: `A + AB = const`');
    const own = said(at('A: uM', '‸A: uM').replace('@ kon', '@ 1 +'));
    expect(own).toContain('A′ = koff·AB\n');
    expect(own).toContain('Left out because of errors: [line 9](');
    expect(own).not.toContain('Conserved');
    // Nothing is wrong with the line of the reaction, but its constant is in a line that is.
    expect(said(at('A: uM', '‸A: uM').replace('koff = 1', 'koff = ('))).toContain('Left out because of errors: [line 10](');
    // A use that is given a name from a bad line makes nothing.
    expect(said('module m(X, Y) {\n  X -> Y @ 1\n}\nspecies A = 1, ‸B\nspecies C =\nuse m(D, B)\nB -> A @ 1\n')).toContain('Left out because of errors: [line 6](');
    expect(said(at('A: uM', '‸A: uM').replace('koff = 1', 'koff = 1, unrelated = ('))).not.toContain('line 9');
  });
  it('of a module is told where an expectation names it', () => {
    const text = said('module fade(X) {\n  /// on its way\n  species tmp\n  X -> tmp @ 1\n}\nspecies A = 1\nm1: use fade(A)\nexpect m1.t‸mp ~ 1\n');
    expect(text).toContain('m1.tmp′ = A');
    expect(text).toContain('**m1.tmp** species, initially `0`');
    expect(text).toContain('on its way');
  });
  it('tells unit and initial value, and links to the reactions that make it and use it up', () => {
    const text = said(at('A: uM', '‸A: uM'));
    expect(text).toContain('`uM`');
    expect(text).toContain('initially `1`');
    expect(text).toMatch(/Produced by: \[line 10\]\(file:\/\/\/home\/user\/model\.crn#L10,1\)/);
    expect(text).toMatch(/Consumed by: \[bind\]/);
  });
  it('shows documentation', () => {
    expect(said(at('AB @ kon', '‸AB @ kon'))).toContain('the complex');
  });
  it('never paints thousands of terms', () => {
    const many = Array.from({ length: 400 }, (_, n) => `Z${n}`);
    const text = said(`species Q\nspecies ${many.join(', ')}\n${many.map((name) => `${name} -> Q @ 1`).join('\n')}\n0 -> ‸Q @ 1\n`);
    expect(text).toContain('more terms');
    expect(text.length).toBeLessThan(150_000);
    const svg = Buffer.from(/base64,([^)]+)\)/.exec(text)![1]!, 'base64').toString('utf8');
    expect(Number(/width="(\d+)"/.exec(svg)![1])).toBeLessThanOrEqual(500);
  });
  it('keeps sums as sums', () => {
    const text = said('species X[4]\ndual M[3, 4]\ndual Y[3]\nfor i in 1..3, j in 1..4, s in signs {\n  M^s[i,j] + X[j] -> M^s[i,j] + X[j] + ‸Y^s[i] @ 1\n}\n');
    expect(text).toContain('Y^s[i]′ = Σ_j M^s[i,j]·X[j]');
  });
  it('shows the whole array at its declaration', () => {
    expect(said('species ‸X[2]\nfor i in 1..2 { X[i] -> 0 @ 5 }\n')).toContain('X[i]′ = −5·X[i]');
  });
  it('shows one component where the text names one', () => {
    const text = said('species X[2]\nX[1] -> 0 @ 3\n‸X[2] -> 0 @ 5\n');
    expect(text).toContain('X[2]′ = −5·X[2]');
  });
});

describe('hover on a reaction', () => {
  it('tells order, the constant’s dimension, molecularity, net change and the rate', () => {
    const text = said(at('A + B -> AB', 'A + B -‸> AB'));
    expect(text).toContain('order 2, constant in 1/(uM*s)');
    expect(text).toContain('bimolecular');
    expect(text).toMatch(/net change: A −1, B −1, AB \+1/);
    expect(text).toContain('kon·A·B');
    expect(text).toContain('no factorials');
  });
  it('multiplies the loops of a family out', () => {
    const text = said('species X[4]\ndual M[3, 4]\ndual Y[3]\nfor i in 1..3, j in 1..4, s in signs {\n  M^s[i,j] + X[j] -‸> M^s[i,j] + X[j] + Y^s[i] @ 1\n}\n');
    expect(text).toContain('3 × 4 × 2 = 24 reactions');
  });
  it('names its group', () => {
    expect(said('species A\ngroup update { A -‸> 0 @ 1 }\n')).toContain('group update');
  });
});

describe('hover on other things', () => {
  it('tells a parameter’s value, declared unit and uses', () => {
    const text = said(at('kon: 1', 'k‸on: 1'));
    expect(text).toContain('0.5');
    expect(text).toContain('as declared');
    expect(text).toContain('how fast they meet');
    expect(text).toMatch(/\[line 9\]/);
  });
  it('tells an inferred unit', () => {
    const text = said(at('param koff', 'param ‸koff'));
    expect(text).toContain('`1/s`');
    expect(text).toContain('inferred');
  });
  it('shows a module’s signature and documentation', () => {
    const text = said('/// doubles\nmodule twice(a: species; k = 1) {\n  a -> 2 a @ k\n}\nspecies A\nuse ‸twice(A)\n');
    expect(text).toContain('module twice(a: species; k = 1)');
    expect(text).toContain('doubles');
  });
  it('explains words, settings, functions and units', () => {
    expect(said('‸simulate run { until = 3 }\n')).toContain('Describes a run');
    expect(said('network n {\n  ‸layer y[1] = linear\n}\n')).toContain('A layer, its size and its activation');
    expect(said('network n {\n  ‸loss = squared\n}\n')).toContain('What training lowers');
    expect(said('sweep s {\n  ‸vary rate in [1, 2]\n}\n')).toContain('What is varied');
    expect(said('species A\nsimulate run { ‸method = auto }\n')).toContain('How to integrate');
    const falling = 'species A = 1\nA -> 0 @ 2\nsimulate fall { until = A < 0.5; t = 3 }\n';
    expect(said(falling.replace('until', '‸until'))).toContain('a condition such as X > 0.5');
    expect(said(falling.replace('A <', '‸A <'))).toContain('A′ = −2·A');
    expect(said(falling.replace('fall', 'f‸all'))).toContain('- until = A < 0.5\n- t = 3');
    expect(said('species A\nA -> 0 rate m‸in(A, 1)\n')).toContain('smallest');
    expect(said('units time ‸ms, concentration uM\n')).toContain('0.001 s');
  });
  it('explains a loop variable', () => {
    expect(said('species X[3]\nfor i in 1..3 { X[‸i] -> 0 @ 1 }\n')).toContain('1..3');
  });
  it('covers just the name', () => {
    const { snapshot, text, position } = open('species Alpha\nAl‸pha -> 0 @ 1\n');
    expect(textIn(text, hover(snapshot, position)!.range!)).toBe('Alpha');
  });
  it('is silent in comments and on nothing', () => {
    expect(said('// sim‸ulate\nspecies A\n')).toBe('');
    expect(said('species A\n\n‸\n')).toBe('');
  });
});

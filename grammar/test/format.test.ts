/** The canonical layout, by hand: the properties in fuzz.test.ts hold for any layout, these say which one it is. */
import { describe, expect, it } from 'vitest';
import { format } from '../index.ts';

describe('blanks between words', () => {
  it.each([
    ['A+B->C@k', 'A + B -> C @ k'],
    ['A->B@- k*( a-b )', 'A -> B @ -k*(a - b)'],
    ['A->B@a- - b', 'A -> B @ a - -b'],
    ['A->B@x ^ - 2', 'A -> B @ x^-2'],
    ['z ^ + +z^ - ->0@κ', 'z^+ + z^- -> 0 @ κ'],
    ['M ^ s [ i,j ]->0@1', 'M^s[i, j] -> 0 @ 1'],
    ['dual M[3,4]=uniform( -1,1,seed :7 )', 'dual M[3, 4] = uniform(-1, 1, seed: 7)'],
    ['param k :1 / ( uM * s )=0.5', 'param k: 1/(uM*s) = 0.5'],
    ["ode X '=h+y * X", "ode X' = h + y*X"],
    ['expect H~1 within 1%', 'expect H ~ 1 within 1 %'],
    ['simulate a{until=X [ 1 ]>=-2*k ;t=3}', 'simulate a { until = X[1] >= -2*k; t = 3 }'],
    ['simulate a {until= W^+<W ^ -}', 'simulate a { until = W^+ < W^- }'],
    ['for i in 1 .. 3{A[i]->0@1}', 'for i in 1..3 { A[i] -> 0 @ 1 }'],
  ])('%s becomes %s', (text, wanted) => {
    expect(format(text)).toBe(`${wanted}\n`);
  });
});

describe('tables', () => {
  it('are aligned at the right of their columns, numbers as written', () => {
    expect(format('data d {\nx[2]->y[1]\n0 -1.50->+1\n10 , 1e-3   ->   -0 // c\n}')).toBe('data d {\n  x[2] -> y[1]\n    0 -1.50 -> +1\n  10,  1e-3 -> -0  // c\n}\n');
    expect(format('data d {x[1]->y[1];-1->-2;1  ->3}')).toBe('data d { x[1] -> y[1]; -1 -> -2; 1 -> 3 }\n');
  });
  it('leave bad rows, and rows with comments inside, as they are', () => {
    expect(format('data d {\nx[1]->y[1]\n  0  yes->1\n100->1\n}')).toBe('data d {\n  x[1] -> y[1]\n  0  yes->1\n  100 -> 1\n}\n');
    expect(format('data d {\nx[2]->y[1]\n   3 -1 /* x */->1\n}')).toBe('data d {\n  x[2] -> y[1]\n   3 -1 /* x */->1\n}\n');
  });
});

describe('networks', () => {
  it.each([
    ['neuron H=f( 2*X - 1;h=0.1 )', 'neuron H = f(2*X - 1; h = 0.1)'],
    ['network n{input x [2];layer y[1]=f( h=1 );weights  uniform( -1,1 )}', 'network n { input x[2]; layer y[1] = f(h = 1); weights uniform(-1, 1) }'],
    ['train a :b on c{rate=1}', 'train a: b on c { rate = 1 }'],
    ['sweep s{simulate   relax;vary h in[1]}', 'sweep s { simulate relax; vary h in [1] }'],
    ['sweep s{vary h in 0 .. 1 steps 3;vary k in[1,-2]}', 'sweep s { vary h in 0..1 steps 3; vary k in [1, -2] }'],
    ['data d=csv( "a" ){x=columns( 1 .. 4 );split .8 seed 1}', 'data d = csv("a") { x = columns(1..4); split .8 seed 1 }'],
    ["activation f( h ){x '=h;x+x̄=1}", "activation f(h) { x' = h; x + x̄ = 1 }"],
  ])('%s becomes %s', (text, wanted) => {
    expect(format(text)).toBe(`${wanted}\n`);
  });
});

describe('lines', () => {
  it('keep one blank line before statements and before comments', () => {
    expect(format('A -> B @ 1\n\n\n\n// why\nB -> C @ 1\n\n\nparam k = 1')).toBe('A -> B @ 1\n\n// why\nB -> C @ 1\n\nparam k = 1\n');
    expect(format('\n\nA -> B @ 1\n\n\n')).toBe('A -> B @ 1\n');
  });
  it('are indented by two, and lose blank lines at the ends of a block', () => {
    expect(format('group g {\n\n      A -> B @ 1\n\n}')).toBe('group g {\n  A -> B @ 1\n}\n');
  });
  it('align the @ of consecutive reactions, and no =', () => {
    expect(format('A -> B @ 1\nA + B -> C @ 2\n\nA -> D @ 3')).toBe('A -> B     @ 1\nA + B -> C @ 2\n\nA -> D @ 3\n');
    expect(format('param a = 1\nparam long = 2')).toBe('param a = 1\nparam long = 2\n');
  });
  it('with problems stay as they are', () => {
    expect(format('A+B->C\nA+B->C@1')).toBe('A+B->C\nA + B -> C @ 1\n');
    expect(format('for i in 1..3 {\nA->B@1')).toBe('for i in 1..3 {\nA->B@1');
  });
  it('keep the line ends of the text', () => {
    expect(format('A->B@1\r\nB->C@1\r\n')).toBe('A -> B @ 1\r\nB -> C @ 1\r\n');
  });
});

/** What the analysis makes of slips: names that are not declared, uses that cannot know them, texts that are slightly wrong. */
import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/index.ts';
import { analyse, familyText, loopsText } from '../index.ts';
import type { Analysis } from '../index.ts';

const of = (text: string): Analysis => analyse(parse(text));
const reactions = (analysis: Analysis): string[] => analysis.network.families.map((family) => `${loopsText(family)} ${familyText(analysis.network, family)}`.trim());

describe('undeclared names', () => {
  const advice = (text: string): string[] => of(text).diagnostics.filter(({ code }) => code === 'CRN202').map(({ message }) => message);
  test.each([
    ['module m(a: dual, k: param, e: fixed, x[n]) {\n  a^+ + a^- -> 0 @ k\n  for i in 1..n { x[i] + e -> e @ 1 }\n}\nuse m(-P, q, F, Z)', ['declare it: dual P', 'declare it with a value: param q = 1', 'declare it: fixed F', 'declare it as an array: species Z[…]']],
    ['species A = 1\nA -> 0 @ 1\nexpect conserved A + 2*Q', ['declare it: species Q']],
    ["species A = 1\nA -> 0 @ 1\nexpect ode H' = k*A", ['declare it: species H', 'declare it with a value: param k = 1']],
    ['species A = 1\nA -> 0 @ 1\nsimulate r { t = 1; plot = Hx, A }', ['declare it: species Hx']],
    ['species A = 1\nA -> 0 @ 1\nsimulate r { until = Q < level; t = 3 }\nexpect R ~ 2*r0 in r\nexpect Q/2 < 1', ['declare it: species Q', 'declare it with a value: param level = 1', 'declare it: species R', 'declare it with a value: param r0 = 1', 'declare it with a value: param Q = 1']],
    ['param level = 1\nspecies A = level\nA -> 0 @ 1\nexpect levle ~ 1', ['did you mean level? if it is a new species, declare it: species levle']],
    ['species A = 1\nA -> 0 @ 1\nsimulate r { t = 1 }\nexpect tiem > 1 in r', ['did you mean time?']],
  ])('say what can stand there: %s', (text, expected) => {
    const messages = advice(text).map((message) => message.toLowerCase());
    expect(messages.length).toBe(expected.length);
    expected.forEach((words, i) => expect(messages[i]).toContain(words.toLowerCase()));
  });
  test('one fix declares all, made once for all of them; none when there are thousands', () => {
    const text = (n: number): string => Array.from({ length: n }, (_, i) => `name${i} -> 0 @ 1`).join('\n');
    const few = of(text(20)).diagnostics;
    const all = few[0]?.fixes?.find(({ title }) => title.includes('20 species'));
    expect(all?.edits[0]?.text).toBe(`species ${Array.from({ length: 20 }, (_, i) => `name${i}`).join(', ')}\n`);
    expect(few.every(({ fixes }) => fixes?.includes(all as NonNullable<typeof all>))).toBe(true);
    const many = of(text(3000)).diagnostics;
    expect(many.length).toBe(3000);
    expect(many.every(({ fixes }) => (fixes ?? []).every(({ edits }) => edits.every((edit) => edit.text.length < 30)))).toBe(true);
  });
});

describe('places that cannot know', () => {
  const messages = (text: string): string[] => of(text).diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code} ${message}`);
  test.each([
    ['species X[3, 3]\nfor i in 1..3, j in 1..i { X[i,j] -> 0 @ 1 }', 'CRN312 The end i of this range depends on a loop variable'],
    ['species X[3, 3]\nfor j in i..3, i in 1..3 { X[i,j] -> 0 @ 1 }', 'CRN312 The end i of this range depends on a loop variable'],
    ['species X[3, 3]\nfor i in 1..3 { for j in 1..i { X[i,j] -> 0 @ 1 } }', 'CRN312 The end i of this range depends on a loop variable'],
    ['param h = 0.5\nspecies X[3]\nfor i in 1..h { X[i] -> 0 @ 1 }', 'CRN312 The end h of this range is not a whole number known'],
    ['param n = 3, m = n + 1\nspecies X[m]', 'CRN320 The extent m is not a whole number known in advance. Use a whole number from 1 on, or a parameter whose value is written as one'],
    ["dual W = 1\node W' = -W", "CRN301 W is a dual: its rails have the equations, W^+' = …"],
  ])('%s', (text, message) => {
    const found = messages(text);
    expect(found.length).toBe(1);
    expect(found[0]).toContain(message);
  });
  test('a range sees what is outside its loop under the name of its own variable', () => {
    expect(reactions(of('species X[3]\nparam n = 3\nfor n in 1..n, i in 1..2 { X[n] -> 0 @ i }'))).toEqual(['for n in 1..3, i in 1..2 X[n] -> 0 @ i']);
  });
});

describe('what uses of modules own', () => {
  const head = 'module chain(x) {\n  species tmp, v[2]\n  dual d\n  param q = 3\n  x -> tmp + v[1] + d^+ @ q\n  tmp -> v[2] + d^- @ 1\n  d^+ + d^- -> 0 @ 1\n}\nspecies X = 1, Y[2] = 1\na: use chain(X)\nfor i in 1..2 { b: use chain(Y[i]) }\nuse chain(X)\n';
  const found = (line: string): string[] => of(head + line).diagnostics.map(({ code, unit, span }) => `${code} ${unit.text.slice(span.start, span.end)}`);
  test.each([
    ['simulate r { t = 1; plot = a.tmp, a.v, a.v[2], a.d^-, b.tmp, chain1.tmp }', []],
    ['expect a.tmp ~ 1', []],
    ['expect a.v[1] + b.tmp[2] + chain1.d^+ ~ a.d + a.q', []],
    ["expect ode a.tmp' = a.q*X - a.tmp", []],
    ['expect a.tpm ~ 1', ['CRN202 a.tpm']],
    ['expect c.tmp ~ 1', ['CRN202 c.tmp']],
    ['expect a.v ~ 1', ['CRN308 a.v']],
    ['a.tmp -> X @ 1', ['CRN224 a.tmp']],
    ['X -> 0 rate a.tmp*X', ['CRN224 a.tmp']],
    ['param r = a.q', ['CRN205 r', 'CRN224 a.q']],
    ['species U.v\nU.v -> 0 @ 1', []],
    ['species a.v\na.v -> 0 @ 1', ['CRN223 a.v']],
    ['module p(x.y) {\n  x.y -> 0 @ 1\n}\nuse p(X)', ['CRN223 x.y']],
  ])('%s', (line, expected) => {
    expect(found(line)).toEqual(expected);
  });
  test('read what they mean', () => {
    const analysis = of(`${head}expect a.v[1] ~ 1\nsimulate r { t = 1; plot = a.tmp }`);
    const check = analysis.expectations[0]?.check;
    const block = analysis.network.blocks.find(({ name }) => name === 'a.v');
    expect(check?.kind === 'near' && check.left.kind === 'species' && check.left.operand.block).toBe(block?.id);
    expect(analysis.network.experiments[0]?.settings.get('plot')).toEqual({ kind: 'words', items: ['a.tmp'] });
  });
});

describe('slips in the text', () => {
  test.each([
    ['species X[5]\nfor i in [1, 3, 5] { X[i] -> 0 @ 1 }', ['CRN101 [1, 3, 5]']],
    ['param k = 1 species A\nA -> 0 @ k', ['CRN123 species']],
    ['param a = 1 b = 2\nspecies A\nA -> 0 @ a*b', ['CRN135 b']],
    ['dual W\nfor s in signs { W^-s -> 0 @ 1 }', ['CRN136 -s']],
    ['species A\nA -> 0 @ 1\nsimulate a { t = 1, until = 2 }', ['CRN135 ,']],
    ['species A\nA -> 0 @ 1\nsimulate a { t = 10 method = bdf }', ['CRN135 method']],
    ['species A = 1\nA -> 0 @ 3 k', ['CRN101 k']],
  ])('are one message: %s', (text, expected) => {
    expect(of(text).diagnostics.filter(({ severity }) => severity === 'error').map(({ code, unit, span }) => `${code} ${unit.text.slice(span.start, span.end)}`)).toEqual(expected);
  });
  test('an import that cannot be read hides undeclared names, nothing else', () => {
    const { diagnostics } = of('import "nowhere.crn"\nunits time s, concentration uM\nparam k = 1\nspecies A\nA -> 0 @ k\n2 A -> Unknown @ k\nA -> 0 @ -1');
    expect(diagnostics.map(({ code }) => code)).toEqual(['CRN207', 'CRN402', 'CRN402', 'CRN521']);
    expect(diagnostics[0]?.message).toContain('undeclared names are not reported');
  });
});

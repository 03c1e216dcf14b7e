import { describe, expect, it } from 'vitest';
import { parse, reparse } from '../../grammar/index.ts';
import { analyse as analyseTree, familyText, odeTexts } from '../index.ts';
import type { Analysis, Diagnostic } from '../index.ts';

const analyse = (text: string): Analysis => analyseTree(parse(text));

/** `CRN501 @ rate k*A` for every finding of mass action. */
function findings(text: string): string[] {
  return analyse(text).diagnostics.filter(isOurs).map((d) => `${d.code} @ ${underlined(d)}`);
}
function isOurs(d: Diagnostic): boolean {
  return /^CRN(5[01]|70)/.test(d.code);
}
function underlined(d: Diagnostic): string {
  return d.unit.text.slice(d.span.start, d.span.end);
}
function reactions(text: string): string[] {
  const { network } = analyse(text);
  return network.families.map((family) => familyText(network, family));
}
/** The text after a fix. */
function repaired(text: string, code: string, fix = 0): string {
  const found = analyse(text).diagnostics.find((d) => d.code === code);
  const edits = [...(found?.fixes?.[fix]?.edits ?? [])].map((edit) => ({ start: edit.unit.start + edit.span.start, end: edit.unit.start + edit.span.end, text: edit.text }));
  let result = text;
  for (const edit of edits.sort((a, b) => b.start - a.start)) result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
  return result;
}

describe('rate laws', () => {
  const head = 'param k = 2, l = 3, K = 1\nspecies A = 1, B = 1, C = 1, X[4]\n';
  it.each([
    ['A + B -> C rate k*A*B', ['CRN501 @ rate k*A*B']],
    ['A + B -> C rate B*A*(k + l)/2', ['CRN501 @ rate B*A*(k + l)/2']],
    ['2 A -> B rate k*A*A', ['CRN501 @ rate k*A*A']],
    ['2 A -> B rate k*A^3/A', ['CRN501 @ rate k*A^3/A']],
    ['A -> B rate k*A*(B + C)/(C + B)', ['CRN501 @ rate k*A*(B + C)/(C + B)']],
    ['A -> B rate (A + B)^2*k - k*B*(2*A + B) - k*A*A + A', ['CRN501 @ rate (A + B)^2*k - k*B*(2*A + B) - k*A*A + A']],
    ['0 -> A rate k', ['CRN501 @ rate k']],
    ['for i in 1..3 { X[i] -> X[i+1] rate k*X[i] }', ['CRN501 @ rate k*X[i]']],
    ['A -> B rate k*A/(K + A)', ['CRN502 @ k*A/(K + A)']],
    ['2 A -> B rate k*A', ['CRN502 @ k*A']],
    ['A -> B rate k*A*B', ['CRN502 @ k*A*B']],
    ['A -> B rate exp(A) - 1', ['CRN502 @ exp(A) - 1']],
    ['A -> B rate k*min(A, B)', ['CRN502 @ k*min(A, B)']],
    ['A -> B rate k*A^2/(K^2 + A^2)', ['CRN502 @ k*A^2/(K^2 + A^2)']],
    ['A -> B rate k*A^K', ['CRN502 @ k*A^K']],
    ['A + B -> C rate A*B/(A + B)', ['CRN502 @ A*B/(A + B)']],
    ['A -> B rate k', ['CRN503 @ k']],
    ['A -> B rate k*B', ['CRN503 @ k*B']],
    ['A + B -> C rate k*A', ['CRN503 @ k*A']],
    ['A -> B rate k/A', ['CRN503 @ k/A']],
    ['A -> B rate k*A - l', ['CRN503 @ k*A - l']],
    ['A -> B rate exp(A)', ['CRN503 @ exp(A)']],
    ['A -> B rate k*max(A, B)', ['CRN503 @ k*max(A, B)']],
    ['for i in 1..3 { X[i] -> X[i+1] rate k*X[i+1] }', ['CRN503 @ k*X[i+1]']],
    ['A + B -> A + C rate k*B', ['CRN511 @ k*B']],
    ['2 A -> 3 A rate k', ['CRN511 @ k']],
  ])('%s', (line, expected) => {
    expect(findings(head + line)).toEqual(expected);
  });
  it('are rewritten by the fixes', () => {
    expect(repaired(`${head}A + B -> C rate B*A*(k + l)/2`, 'CRN501')).toBe(`${head}A + B -> C @ 0.5*(k + l)`);
    expect(repaired(`${head}A -> B rate k*A*(B + C)/(C + B)`, 'CRN501')).toBe(`${head}A -> B @ k`);
    expect(repaired(`${head}2 A -> C rate k*A^2 - l*C`, 'CRN503')).toBe(`${head}2 A <-> C @ k, l`);
    expect(repaired(`${head}A + B -> C rate k + l`, 'CRN503')).toBe(`${head}A + B -> C rate (k + l)*A*B`);
  });
  it.each([
    ['A -> B rate -0.5*A', 'error', ''],
    ['param m = -1\nA -> B rate m*A', 'error', ''],
    ['param v[2] = [1, -1]\nfor i in 1..2 { X[i] -> X[i+1] rate v[i]*X[i] }', 'error', 'where i = 2'],
    ['A -> B rate -A/(K + A)', 'error', ''],
    ['dual W\n0 -> A rate W^+ - W^-', 'error', 'W^+ = 0'],
    ['dual W\n0 -> A rate W', 'error', 'W^- = '],
    ['dual W\nfor s in signs { W^s -> W^s + A rate W*W^s }', 'error', 'W^'],
    ['0 -> A rate k*A*(1 - A/l)', 'warning', 'A = 100'],
    ['0 -> A rate k*(B - C)', 'warning', 'B = '],
    ['fixed F = 3\n0 -> A rate k - F', 'error', ''],
  ])('that are negative are found: %s', (line, severity, where) => {
    const found = analyse(head + line).diagnostics.filter((d) => d.code === 'CRN516');
    expect(found.map((d) => d.severity)).toEqual([severity]);
    expect(found[0]?.message).toContain(where);
  });
  it.each([
    '0 -> A rate max(0, k - B)', 'dual W\n0 -> A rate W*W', 'dual W\n0 -> A rate max(W, 0)', 'fixed F = 0.5\n0 -> A rate k - F*B/(1 + B)',
    'for i in 1..3 { X[i] -> X[i+1] rate (4 - i)*X[i] }', '0 -> A rate (B - C)^2', '0 -> A rate (B + C)^2 - B^2 - 2*B*C', '0 -> A rate exp(B) - 1',
  ])('that are not negative are left alone: %s', (line) => {
    expect(findings(head + line)).not.toContainEqual(expect.stringContaining('CRN516'));
  });
  it('that are reversible are looked at in both directions', () => {
    expect(findings(`${head}A <-> 2 B rate k*A, l*B`)).toEqual(['CRN501 @ k*A', 'CRN502 @ l*B']);
  });
});

describe('constants', () => {
  const head = 'param k = 2, w[3] = [1, 2, -1], z = w[3]\nspecies A = 1, B, X[4]\n';
  it.each([
    ['for i in 1..3 { X[i] -> X[i+1] @ w[i] }', 'this is -1 for i = 3'],
    ['for i in 1..3 { X[i] -> X[i+1] @ k*w[i] }', 'this is -2 for i = 3'],
    ['for i in 1..3 { X[i] -> X[i+1] @ 2 - i }', 'this is -1 for i = 3'],
    ['dual W\nfor s in signs { W^s -> 0 @ s }', 'this is -1 for s = −'],
    ['A -> B @ w[3]', 'this is -1'],
    ['A -> B @ z', 'this is -1'],
    ['A -> B @ uniform(-1, -0.5, seed: 1)', undefined],
    ['A -> B @ 3 - time', 'this is -97 for time = 100'],
    ['for i in 1..2 { X[i] -> X[i+1] @ w[i] }', undefined],
    ['for i in 1..3 { X[i] -> X[i+1] @ i*i - i }', undefined],
    ['A -> B @ w[1]', undefined],
  ])('that are negative in some round are found: %s', (line, message) => {
    const found = analyse(head + line).diagnostics.filter((d) => d.code === 'CRN521');
    expect(found.length).toBe(message === undefined ? 0 : 1);
    if (message !== undefined) expect(found[0]?.message).toContain(message);
  });
  it('chains of thousands of parameters are no trouble', () => {
    const chain = Array.from({ length: 8000 }, (_, i) => `param k${i + 1} = ${i === 0 ? '1' : `k${i}*1`}`).join('\n');
    expect(findings(`${chain}\nspecies A = 1, B\node A' = -k8000*A\nB -> 0 @ k8000 - 2`)).toEqual(['CRN504 @ x'].slice(1));
    expect(analyse(`${chain}\nspecies A = 1\nA -> 0 @ -k8000`).diagnostics.map((d) => d.code)).toEqual(['CRN521']);
  });
});

describe('reactions from ODEs', () => {
  it('are the canonical ones', () => {
    expect(reactions("param h = 0.1, y = 2\nspecies X\node X' = h + y*X - X^2")).toEqual(['0 -> X @ h', 'X -> 2 X @ y', '2 X -> X @ 1']);
    expect(reactions("param h = 0.1, y = -2\nspecies X\node X' = h + y*X - X^2")).toEqual(['0 -> X @ h', 'X -> 0 @ -y', '2 X -> X @ 1']);
    expect(reactions("param a = 3, b = 2\nspecies X, Y\node X' = X*(a - b*Y)/2")).toEqual(['X -> 2 X @ 0.5*a', 'X + Y -> Y @ 0.5*b']);
  });
  it('take the sign of what shares a monomial together where one alone is no reaction', () => {
    expect(reactions("param a = 3, b = 2\nspecies X, Y = 1\node X' = a*Y - b*Y")).toEqual(['Y -> Y + X @ a - b']);
    expect(findings("param a = 1, b = 2\nspecies X, Y = 1\node X' = a*Y - b*Y")).toEqual(['CRN504 @ b*Y']);
  });
  it('with time in a constant point at the term with the time', () => {
    expect(findings("species X\node X' = 1 + time")).toEqual(['CRN514 @ time']);
  });
  it('are made anew when the largest value of an array changes its sign', () => {
    const text = (most: string): string => `param w[2] = [-2, ${most}]\nspecies X[2] = 1\nfor i in 1..2 {\n  ode X[i]' = w[i]*X[i]\n}`;
    const before = analyse(text('-1'));
    expect(before.diagnostics).toEqual([]);
    const after = analyseTree(reparse(before.tree, text('1')), { previous: before });
    expect(after.diagnostics.map((d) => d.code)).toEqual(['CRN506']);
  });
  it('give the ODE back', () => {
    const text = "param a = 2, b = 3, c = 0.5\nspecies X = 1, Y = 1, Z\node {\n  X' = a - (b + 1)*X + X^2*Y\n  Y' = b*X - X^2*Y\n  Z' = c*(X + Y)^2 - Z*(Z - X)\n}";
    const { network, diagnostics } = analyse(text);
    expect(diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
    const at: Record<string, number> = { X: 1.3, Y: 0.7, Z: 2.1, a: 2, b: 3, c: 0.5 };
    const evaluate = (expression: string): number => {
      let js = expression.replace(/\^/g, '**');
      for (const [name, value] of Object.entries(at)) js = js.replace(new RegExp(`\\b${name}\\b`, 'g'), String(value));
      if (!/^[\d\s.+\-*/()]*$/.test(js)) throw new Error(js);
      return product(js);
    };
    const { X, Y, Z } = odeTexts(network);
    expect(evaluate(X ?? '')).toBeCloseTo(2 - 4 * 1.3 + 1.69 * 0.7, 12);
    expect(evaluate(Y ?? '')).toBeCloseTo(3.9 - 1.69 * 0.7, 12);
    expect(evaluate(Z ?? '')).toBeCloseTo(0.5 * 4 - 2.1 * 0.8, 12);
  });
  it('work over arrays', () => {
    expect(reactions("param k[3] = [1, 2, 3]\nspecies X[3], Y[3]\nfor i in 1..3 { ode X[i]' = k[i]*Y[i] - X[i]*Y[1] }")).toEqual(['Y[i] -> Y[i] + X[i] @ k[i]', 'X[i] + Y[1] -> Y[1] @ 1']);
  });
  it.each([
    ["ode X' = 1 - Y", ['CRN504 @ Y']],
    ["ode X' = X*(1 - Y) - k*Y*Y", ['CRN504 @ k*Y*Y']],
    ["ode X' = Y*(X - 2)", ['CRN504 @ Y*(X - 2)']],
    ["ode X' = m*Y", ['CRN504 @ m*Y']],
    ["ode X' = X*Y/(1 + Y)", ['CRN505 @ X*Y/(1 + Y)']],
    ["ode X' = 1 - X^0.5", ['CRN505 @ X^0.5']],
    ["ode X' = exp(-X)", ['CRN505 @ exp(-X)']],
    ["ode X' = sin(time)*X", ['CRN506 @ sin(time)*X']],
    ["param a[2] = [2, 6], b[2] = [1, 3]\nfor i in 1..2 { ode V[i]' = V[i]/(a[i] - b[i]) }", ['CRN506 @ V[i]/(a[i] - b[i])']],
    ["param a[2] = [5, 6], b[2] = [1, 4]\nfor i in 1..2 { ode V[i]' = X/(a[i] - b[i]) }", []],
    ["for i in 1..2 { ode V[i]' = 1 - V[i] }\nV[3] -> 0 @ k", []],
    ["for i in 1..2 { ode V[i]' = 1 - V[i] }\nV[2] -> 0 @ k", ['CRN512 @ V[i]']],
    ["ode X' = exp(-time) - X", ['CRN514 @ exp(-time)']],
    ["ode X' = Y - Y + X - Z*0", []],
    ["ode X' = X^2*Y^2 - X^3", ['CRN508 @ X^2*Y^2', 'CRN507 @ X^3']],
    ["ode X' = 1 - X\nX -> 0 @ k", ['CRN512 @ X']],
    ["ode X' = 1 - X\node X' = 2", ['CRN512 @ X', 'CRN512 @ X']],
    ["ode X' = 1 - X\nX + Y -> X @ k", []],
  ])('%s', (line, expected) => {
    expect(findings(`param k = 2, m = -1\nspecies X = 1, Y = 1, Z = 1, V[3]\n${line}`)).toEqual(expected);
  });
  it('leave a system out as a whole when one of its terms is no reaction', () => {
    expect(reactions("species X, Y\node {\n  X' = 1 - X\n  Y' = -X\n}\nX -> Y @ 1")).toEqual(['X -> Y @ 1']);
  });
});

/** Value of a text of numbers and + − * ** / ( ), by recursive descent: tests do not evaluate code. */
function product(text: string): number {
  let at = 0;
  const peek = (): string => {
    while (text[at] === ' ') at++;
    return text[at] ?? '';
  };
  const sum = (): number => {
    let value = mul();
    for (;;) {
      if (peek() === '+') { at++; value += mul(); }
      else if (peek() === '-') { at++; value -= mul(); }
      else return value;
    }
  };
  const mul = (): number => {
    let value = unary();
    for (;;) {
      if (peek() === '*' && text[at + 1] !== '*') { at++; value *= unary(); }
      else if (peek() === '/') { at++; value /= unary(); }
      else return value;
    }
  };
  const unary = (): number => {
    if (peek() === '-') { at++; return -unary(); }
    const base = atom();
    if (peek() === '*' && text[at + 1] === '*') { at += 2; return base ** unary(); }
    return base;
  };
  const atom = (): number => {
    if (peek() === '(') {
      at++;
      const value = sum();
      peek();
      at++;
      return value;
    }
    const match = /^[\d.]+/.exec(text.slice(at));
    at += match?.[0].length ?? 1;
    return Number(match?.[0]);
  };
  return sum();
}

describe('complexes', () => {
  it.each([
    ['A + B + C -> A @ 1', ['CRN507 @ A + B + C']],
    ['A + 3 B -> A @ 1', ['CRN508 @ A + 3 B']],
    ['A <-> 3 B @ 1, 2', ['CRN507 @ 3 B']],
    ['A + B -> B + A @ 1', ['CRN509 @ A + B -> B + A']],
    ['A -> A rate A', ['CRN509 @ A -> A']],
    ['for i in 1..3 { X[i] -> X[i] @ 1 }', ['CRN509 @ X[i] -> X[i]']],
    ['A -> B @ k\nA -> B @ k', ['CRN510 @ A -> B']],
    ['A + C -> B @ k\nC + A -> B @ 3', ['CRN510 @ C + A -> B']],
    ['A <-> B @ k, 1\nB -> A @ 2', ['CRN510 @ B -> A']],
    ['for i in 1..3 { X[i] -> 0 @ 1 }\nfor j in 1..3 { X[j] -> 0 @ 1 }', ['CRN510 @ X[j] -> 0']],
    // Of the same blocks, and different by their elements alone.
    ['X[1] -> X[2] @ 1\nX[2] -> X[3] @ 1\nX[1] -> X[3] @ 1\nX[2] -> X[3] @ 2\nX[1] -> X[2] @ 1', ['CRN510 @ X[2] -> X[3]', 'CRN510 @ X[1] -> X[2]']],
    ['for i in 1..3 { X[i] -> 0 @ 1 }\nfor j in 1..2 { X[j] -> 0 @ 1 }', []],
    ['group a { A -> B @ k }\ngroup b { A -> B @ k }', []],
    ['A -> 101 B @ 1', ['CRN513 @ 101']],
    ['A -> B @ k*exp(-time)', ['CRN514 @ k*exp(-time)']],
    ['A -> B @ 0', ['CRN515 @ 0']],
    ['A -> B @ k', []],
  ])('%s', (line, expected) => {
    expect(findings(`param k = 2\nspecies A = 1, B = 1, C = 1, X[3]\n${line}`)).toEqual(expected);
  });
  it('of a module are reported once, in its body', () => {
    const text = 'module m(a, b) {\n  a -> b rate 2*a\n}\nspecies A = 1, B, C\nuse m(A, B)\nuse m(B, C)';
    expect(findings(text)).toEqual(['CRN501 @ rate 2*a']);
  });
  it('are merged by the fix of a duplicate', () => {
    expect(repaired('species A = 1, B\nA -> B @ 1\nA -> B @ 2', 'CRN510')).toBe('species A = 1, B\nA -> B @ 1 + 2\n');
  });
});

describe('rails', () => {
  it.each([
    ['A -> A + W^+ @ 1\nB -> B + W^- @ 1', ['CRN701 @ W']],
    ['for s in signs { V^s -> V^s + W^(-s) @ 1 }', ['CRN701 @ W']],
    ['A -> A + W^+ @ 1\nB -> B + W^- @ 1\nW^+ + W^- -> 0 @ 1', []],
    ['for s in signs { V^s -> V^s + W^s @ 1\n W^s -> 0 @ 1 }', []],
    ['A -> A + W^+ @ 1', []],
    ['W^+ + A -> A @ 1\nW^- + A -> A @ 2', ['CRN702 @ 2']],
    ['V^+ + A -> V^+ + A + W^- @ 1\nV^- + A -> V^- + A + W^+ @ 3\nW^+ + W^- -> 0 @ 1', ['CRN702 @ 3']],
    ['W^+ + A -> W^+ + 2 A @ 1\nW^- + A -> W^- @ 2', []],
    ['0 -> W^+ @ 1\n0 -> W^- @ 2\nW^+ + W^- -> 0 @ 1', []],
  ])('%s', (line, expected) => {
    expect(findings(`species A = 1, B = 1\ndual W = 0.5, V = 1\n${line}`)).toEqual(expected);
  });
  it('of an array are annihilated by the fix', () => {
    const text = 'species A = 1\ndual W[2, 3]\nfor i in 1..2, j in 1..3, s in signs { A -> A + W^s[i,j] @ 1 }';
    const fixed = repaired(text, 'CRN701');
    expect(fixed).toContain('dual W[2, 3]\nfor i in 1..2, j in 1..3 { W^+[i,j] + W^-[i,j] -> 0 @ 10 }\n');
    expect(findings(fixed)).toEqual([]);
  });
});

describe('expectations that need no numbers', () => {
  it('are decided', () => {
    const text = "param kon = 1, koff = 2\nspecies A = 1, E = 1, AE\nA + E <-> AE @ kon, koff\nexpect conserved A + AE\nexpect conserved A - E\nexpect conserved A\nexpect ode AE' = kon*A*E - koff*AE\nexpect ode A' = -kon*A*E";
    expect(analyse(text).expectations.map(({ check }) => check)).toEqual([
      { kind: 'decided', holds: true, found: 'no reaction changes it' },
      { kind: 'decided', holds: true, found: 'no reaction changes it' },
      { kind: 'decided', holds: false, found: 'A + E -> AE changes it by -1' },
      { kind: 'decided', holds: true, found: 'kon*A*E - koff*AE' },
      { kind: 'decided', holds: false, found: 'koff*AE - kon*A*E' },
    ]);
  });
  it('take a dual as the difference of its rails', () => {
    const text = "dual P, Q, R\nfor r in signs, s in signs { P^r + Q^s -> P^r + Q^s + R^(r*s) @ 2 }\nfor s in signs { R^s -> 0 @ 2 }\nR^+ + R^- -> 0 @ 100\nexpect ode R' = 2*(P*Q - R)\nexpect ode R^+' = 2*(P*Q - R)\nexpect conserved P";
    expect(analyse(text).expectations.map(({ check }) => check.kind === 'decided' && check.holds)).toEqual([true, false, true]);
  });
});

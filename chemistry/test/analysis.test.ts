/** Names, kinds, shapes, modules and imports. Expected values are written down or counted by brute force. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, reparse } from '../../grammar/index.ts';
import { analyse, componentName, conditionHolds, conditionMargin, evaluateScalar, familyText, initialState, loopsText, parameterValues, unrolledReactions } from '../index.ts';
import type { Analysis, ImportResolver } from '../index.ts';
import { applyEdits } from './marked-text.ts';

const of = (text: string): Analysis => analyse(parse(text));
const codes = (analysis: Analysis): string[] => analysis.diagnostics.map(({ code }) => code);
const errors = (text: string): string[] => of(text).diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
const reactions = (analysis: Analysis): string[] => analysis.network.families.map((family) => `${loopsText(family)} ${familyText(analysis.network, family)}`.trim());
const files = (texts: Record<string, string>): ImportResolver => {
  const trees = new Map(Object.entries(texts).map(([path, text]) => [path, parse(text)]));
  return (path) => {
    const tree = trees.get(path);
    return tree === undefined ? { error: 'there is no such file' } : { uri: path, tree };
  };
};

describe('declarations', () => {
  test('may stand below their use, in any order', () => {
    const analysis = of('units time 1, concentration 1\nA -> B @ k2\nparam k2 = 2*k1\nparam k1 = 3\nspecies A = k2, B');
    expect(codes(analysis)).toEqual([]);
    const values = parameterValues(analysis.network);
    const byName = Object.fromEntries(analysis.network.parameters.map(({ name, id }) => [name, values.values[id]]));
    expect(byName).toEqual({ k1: 3, k2: 6 });
    expect([...initialState(analysis.network)]).toEqual([6, 0]);
  });
  test('a species without a value starts at 0, a number fills an array, lists go row by row, duals split by sign', () => {
    const { network, diagnostics } = of('species A, X[2] = 3, M[2, 2] = [[1, 2], [3, 4]], L[2, 2] = [5, 6, 7, 8]\ndual W = -0.5, V[2] = [1, -2]');
    expect(diagnostics.every(({ code }) => code === 'CRN205')).toBe(true);
    const state = initialState(network);
    const byName = Object.fromEntries([...state].map((value, component) => [componentName(network, component), value]));
    expect(byName).toEqual({
      A: 0, 'X[1]': 3, 'X[2]': 3, 'M[1,1]': 1, 'M[1,2]': 2, 'M[2,1]': 3, 'M[2,2]': 4, 'L[1,1]': 5, 'L[1,2]': 6, 'L[2,1]': 7, 'L[2,2]': 8,
      'W^+': 0, 'W^-': 0.5, 'V^+[1]': 1, 'V^+[2]': 0, 'V^-[1]': 0, 'V^-[2]': 2,
    });
  });
  test('extents and ranges take parameters with a whole number, which then get no slider', () => {
    const { network, diagnostics } = of('param n = 3, k = 1\nspecies X[n], Y[2*n + 1]\nfor i in 1..n { X[i] -> Y[2*i] @ k }');
    expect(diagnostics).toEqual([]);
    expect(network.blocks.map(({ size }) => size)).toEqual([3, 7]);
    expect(network.parameters.map(({ name, structural }) => [name, structural ?? false])).toEqual([['n', true], ['k', false]]);
  });
  test('a rail may be any product of signs', () => {
    const { network } = of('dual z, a\nfor r in signs, s in signs { a^r -> a^r + z^(-r*s) @ 1 }');
    const made = unrolledReactions(network).map((line) => line.replace(/ @.*/, ''));
    // z gets −r·s: opposite signs produce +.
    expect(made.sort()).toEqual(['a^+ -> a^+ + z^+', 'a^+ -> a^+ + z^-', 'a^- -> a^- + z^+', 'a^- -> a^- + z^-']);
  });
  test('equal species of one side are collected', () => {
    expect(reactions(of('species A, B\nA + A + B -> B + 3 B @ 1'))).toEqual(['2 A + B -> 4 B @ 1']);
  });
});

describe('index ranges', () => {
  test('agree with trying every value', () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 6 }), fc.integer({ min: -2, max: 3 }), fc.integer({ min: 0, max: 4 }), fc.integer({ min: -2, max: 3 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 9 }),
      (extent, from, length, from2, length2, a, b, c) => {
        const text = `species X[${extent}]\nfor i in ${from}..${from + length}, j in ${from2}..${from2 + length2} { X[${a}*i + ${b}*j + ${c}] -> 0 @ 1 }`;
        let inside = true;
        const expected = new Map<string, number>();
        for (let i = from; i <= from + length; i++) {
          for (let j = from2; j <= from2 + length2; j++) {
            const index = a * i + b * j + c;
            if (index < 1 || index > extent) inside = false;
            expected.set(`X[${index}]`, (expected.get(`X[${index}]`) ?? 0) + 1);
          }
        }
        const analysis = of(text);
        expect(codes(analysis).includes('CRN306')).toBe(!inside);
        if (!inside) return;
        const found = new Map<string, number>();
        for (const line of unrolledReactions(analysis.network)) {
          const [species = ''] = line.split(' ');
          found.set(species, (found.get(species) ?? 0) + 1);
        }
        expect(found).toEqual(expected);
      },
    );
    fc.assert(property, { numRuns: 300, seed: 5 });
  });
  test('the message names the value at which it happens', () => {
    const [found] = of('species X[4]\nfor i in 1..4 { X[i] -> X[i+1] @ 1 }').diagnostics;
    expect(found?.message).toContain('at i = 4');
    expect(found?.message).toContain('is 5');
  });
});

describe('modules', () => {
  const multiply = 'module multiply(a: dual, b: dual, z: dual; k = 1, κ = 10) {\n  for r in signs, s in signs { a^r + b^s -> a^r + b^s + z^(r*s) @ k }\n  for s in signs { z^s -> 0 @ k }\n  z^+ + z^- -> 0 @ κ\n}\n';
  test('are what their body says, with the arguments', () => {
    const used = of(`dual P, Q, R\n${multiply}use multiply(P, Q, R; κ = 5)`);
    const written = of('dual P, Q, R\nfor r in signs, s in signs { P^r + Q^s -> P^r + Q^s + R^(r*s) @ 1 }\nfor s in signs { R^s -> 0 @ 1 }\nR^+ + R^- -> 0 @ 5');
    expect(codes(used)).toEqual([]);
    expect(reactions(used)).toEqual(reactions(written));
  });
  test('inside a loop get its variables first; own species get an axis for each; elements and negated duals are arguments', () => {
    const analysis = of(`dual P[3], Q, R[3]\n${multiply}for i in 1..3 { use multiply(P[i], -Q, R[i]) }\nmodule hold(x: species) { species tmp = 2\n  x -> tmp @ 1 }\nspecies X[2, 3]\nfor i in 1..2, j in 1..3 { use hold(X[i, j]) }\nh: use hold(X[1, 1])`);
    expect(codes(analysis)).toEqual([]);
    expect(reactions(analysis).slice(0, 1)).toEqual(['for i in 1..3, r in signs, s in signs P^r[i] + Q^(-s) -> P^r[i] + Q^(-s) + R^(r*s)[i] @ 1']);
    expect(analysis.network.blocks.map(({ name, shape }) => [name, [...shape]]).slice(-2)).toEqual([['hold1.tmp', [2, 3]], ['h.tmp', []]]);
    expect(reactions(analysis).slice(-2)).toEqual(['for i in 1..2, j in 1..3 X[i,j] -> hold1.tmp[i,j] @ 1', 'X[1,1] -> h.tmp @ 1']);
    expect(initialState(analysis.network).slice(-7)).toEqual(new Float64Array(7).fill(2));
  });
  test('extents that are names take those of the arguments', () => {
    const text = 'module total(x[n]: species, y: species; k = 1) { for i in 1..n { x[i] -> x[i] + y @ k }\n y -> 0 @ k }\nspecies A[4], B[2, 5], S, T\nuse total(A, S)\nuse total(B[2], T)';
    const analysis = of(text);
    expect(codes(analysis)).toEqual([]);
    expect(reactions(analysis)).toEqual(['for i in 1..4 A[i] -> A[i] + S @ 1', 'S -> 0 @ 1', 'for i in 1..5 B[2,i] -> B[2,i] + T @ 1', 'T -> 0 @ 1']);
  });
  test('may use other modules, but not themselves', () => {
    const nested = of('module a(x: species) { x -> 0 @ 1 }\nmodule b(x: species) { species t\n use a(x)\n use a(t)\n x -> t @ 1 }\nspecies X\nuse b(X)');
    expect(codes(nested)).toEqual([]);
    expect(nested.network.blocks.map(({ name }) => name)).toEqual(['X', 'b1.t']);
    const circle = of('module a(x: species) { use b(x) }\nmodule b(x: species) { use c(x) }\nmodule c(x: species) { use a(x) }\nspecies X\nuse a(X)');
    expect(codes(circle)).toEqual(['CRN210', 'CRN210', 'CRN210']);
    expect(circle.diagnostics[0]?.message).toContain('a → b → c → a');
  });
  test('are checked without being used, and their mistakes are said once', () => {
    expect(errors('module m(a: dual) { a -> 0 @ 1 }')).toEqual(['CRN301']);
    expect(errors('module m(a: dual) { a -> 0 @ 1 }\ndual P\nuse m(P)\nuse m(P)')).toEqual(['CRN301']);
    expect(errors('module m(a[3]: species) { a[4] -> 0 @ 1 }')).toEqual(['CRN306']);
  });
});

describe('imports', () => {
  const resolveImport = files({
    'motifs.crn': 'import "deeper.crn"\nmodule decay(x: species; k = rate0) { x -> 0 @ k }\nspecies Shared = 4\nsimulate own { until = 1 }',
    'deeper.crn': 'param rate0 = 7',
    'clash.crn': 'species A',
    'cycle.crn': 'import "main.crn"',
    'wrong.crn': 'species Z = -1',
    'main.crn': 'import "cycle.crn"',
  });
  const main = (text: string): Analysis => analyse(parse(text), { uri: 'main.crn', resolveImport });
  test('bring names, reactions and values; simulations stay where they are', () => {
    const analysis = main('import "motifs.crn"\nspecies A\nuse decay(A)\nShared -> A @ rate0');
    expect(codes(analysis)).toEqual([]);
    expect(reactions(analysis)).toEqual(['A -> 0 @ rate0', 'Shared -> A @ rate0']);
    expect(analysis.network.experiments).toEqual([]);
    expect(analysis.network.blocks.find(({ name }) => name === 'Shared')?.origin.file).toBe('motifs.crn');
  });
  test('are read once, and may form a diamond', () => {
    expect(codes(main('import "motifs.crn"\nimport "deeper.crn"\nspecies A\nuse decay(A)\nA -> Shared @ rate0'))).toEqual([]);
  });
  test('that clash, circle, miss or have errors say so here', () => {
    expect(codes(main('import "clash.crn"\nspecies A\nA -> 0 @ 1'))).toEqual(['CRN209']);
    expect(codes(main('import "cycle.crn"'))).toEqual(['CRN208']);
    expect(codes(main('import "missing.crn"\nX -> Y @ k'))).toEqual(['CRN207']);
    const wrong = main('import "wrong.crn"');
    expect(wrong.diagnostics.map(({ code, file }) => [code, file])).toEqual([['CRN218', undefined], ['CRN520', 'wrong.crn']]);
  });
});

describe('one mistake, one finding', () => {
  test('uses of a broken declaration are not reported', () => {
    expect(errors('species X[0]\nX[1] -> 0 @ 1\n0 -> X[2] @ 1')).toEqual(['CRN320']);
    expect(errors('param a = b\nparam b = a\nspecies A\nA -> 0 @ a\nA -> 0 @ 2*b')).toEqual(['CRN321']);
  });
  test('names of a line that cannot be read are not undeclared', () => {
    expect(errors('species A, B C\nA + B -> C @ 1').filter((code) => code === 'CRN201')).toEqual([]);
  });
  test('all undeclared species can be declared at once', () => {
    const text = 'A -> B @ 1\nB + Enzyme -> 0 @ 1';
    const [first] = of(text).diagnostics;
    const fix = first?.fixes?.find(({ title }) => title === 'Declare species A, B and Enzyme');
    expect(fix).toBeDefined();
    expect(errors(applyEdits(text, fix?.edits ?? []))).toEqual([]);
  });
  test('damage to any one line adds nothing to the others', () => {
    const lines = [
      'units time s, concentration uM', 'param k = 1, n = 3', 'species A = 1, B, X[n]', 'fixed E = 0.5', 'dual W = -1', 'A + E -> B + E @ kon', 'param kon = 2', 'bind: B -> A @ k',
      'for i in 1..n { X[i] -> 0 @ k }', 'module decay(x: species; rate0 = 1) { x -> 0 @ rate0 }', 'use decay(A)', 'for s in signs { W^s -> 0 @ k }', 'W^+ + W^- -> 0 @ kon', 'group update { 0 -> A @ 1 }',
      'simulate run { until = 10; off = update; plot = A, X }', 'expect A ~ 1 in run',
    ];
    expect(errors(lines.join('\n'))).toEqual([]);
    for (const [i, line] of lines.entries()) {
      for (const damaged of [line.slice(0, Math.floor(line.length / 2)), `${line} )`, `) ${line}`, line.replace(/\w+$/, '= ='), `${line.slice(0, 5)}\u0000`, '@@@ ->']) {
        const text = [...lines.slice(0, i), damaged, ...lines.slice(i + 1)].join('\n');
        const start = lines.slice(0, i).reduce((sum, other) => sum + other.length + 1, 0);
        const elsewhere = of(text).diagnostics.filter(({ unit, span, severity }) => severity === 'error' && (unit.start + span.end < start || unit.start + span.start > start + damaged.length));
        // A name whose line is gone for good, and which no broken text mentions, is rightly missed.
        const missed = elsewhere.filter(({ code, unit, span }) => !(/^CRN2(0[123]|15|20)$/.test(code) && !damaged.includes(unit.text.slice(span.start, span.end))));
        expect(missed.map(({ code, message }) => `${damaged}: ${code} ${message}`)).toEqual([]);
      }
    }
  });
});

describe('symbols and places', () => {
  const text = 'species A = 1, B\n/// how fast\nparam k = 2\nbind: A + B -> B @ k\nmodule m(x: species; c = 1) { for i in 1..2 { x -> 0 @ c*i } }\nuse m(A)\nuse m(B)';
  const analysis = of(text);
  const named = (name: string) => analysis.symbols.find((symbol) => symbol.name === name);
  test('every name is found, with its role', () => {
    expect(analysis.symbols.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'species A', 'species B', 'param k', 'reaction bind', 'module m', 'module parameter x', 'module constant c', 'index i',
    ]);
    expect(analysis.occurrencesOf(named('B') as never).map(({ role }) => role)).toEqual(['declaration', 'reactant', 'product', 'read']);
    expect(named('k')).toMatchObject({ doc: 'how fast', unit: { text: '1/(concentration*time)', inferred: true } });
    expect(named('x')?.module).toBe(named('m'));
  });
  test('what is visible depends on the place', () => {
    const module = analysis.tree.units.find((unit) => unit.statement.kind === 'Module');
    const inside = analysis.visibleAt(module, module?.text.indexOf('c*i') ?? 0).map(({ name }) => name);
    expect(inside.slice(0, 3)).toEqual(['i', 'c', 'x']);
    expect(analysis.visibleAt(undefined, 0).map(({ name }) => name)).toEqual(['A', 'B', 'k', 'm', 'bind']);
  });
  test('families are found from the text that made them', () => {
    const at = (kind: string, n = 0) => {
      const unit = analysis.tree.units.filter(({ statement }) => statement.kind === kind)[n];
      return unit === undefined ? [] : analysis.familiesAt(unit, unit.statement).map((id) => familyText(analysis.network, analysis.network.families[id] as never));
    };
    expect(at('Reaction')).toEqual(['A + B -> B @ k']);
    expect(at('Module')).toEqual(['A -> 0 @ 1*i', 'B -> 0 @ 1*i']);
    expect(at('Use', 1)).toEqual(['B -> 0 @ 1*i']);
  });
  test('an edit keeps what it does not touch, object by object', () => {
    const before = analyse(parse('species A, B\nparam k = 1\nA -> B @ k\nB -> A @ 2*k'));
    const after = analyse(reparse(before.tree, 'species A, B\nparam k = 1\nA -> B @ k\nB -> A @ 3*k'), { previous: before });
    expect(after.network.families[0]).toBe(before.network.families[0]);
    expect(after.network.families[1]).not.toBe(before.network.families[1]);
  });
});

describe('simulations and expectations', () => {
  const analysis = of("species A = 1, X[2]\nparam T = 5\nA -> 0 @ 1\node X[1]' = 2 - X[1]\nsimulate run { until = 2*T; method = bdf; plot = A, X[1], X; rtol = 1e-8 }\nexpect A ~ 0.5 within 1 % in run\nexpect A <= 1\nexpect ode A' = -A\nexpect ode A' = A\nexpect conserved A\nexpect conserved X[2]");
  test('settings are evaluated where they are constant', () => {
    expect(codes(analysis)).toEqual(['CRN804', 'CRN804']); // the two that are decided not to hold
    expect(analysis.hasErrors).toBe(false);
    expect([...(analysis.network.experiments[0]?.settings ?? [])]).toEqual([
      ['until', { kind: 'number', value: 10 }], ['method', { kind: 'word', text: 'bdf' }], ['plot', { kind: 'words', items: ['A', 'X[1]', 'X'] }], ['rtol', { kind: 'number', value: 1e-8 }],
    ]);
  });
  test('expectations about equations are decided', () => {
    expect(analysis.expectations.map(({ check, experiment }) => [check.kind, check.kind === 'decided' ? check.holds : experiment])).toEqual([
      ['near', 'run'], ['compare', undefined], ['decided', true], ['decided', false], ['decided', false], ['decided', true],
    ]);
    const [near] = analysis.expectations;
    expect(near?.check).toMatchObject({ tolerance: 0.01, relative: true });
  });
});

describe('conditions that end a run', () => {
  const head = 'units time s, concentration uM\nspecies Substrate = 1, Y[2] = 3\nfixed E = 2\ndual W = 1\nparam k: 1/s = 0.5, half = 0.5\nSubstrate -> Y[1] @ k\nW^+ + E -> E @ 1\nW^- -> 0 @ 1\nY[2] -> 0 @ 1\nexpect Y[1] > half\n';
  const at = (settings: string): Analysis => of(`${head}simulate run { ${settings} }`);
  const found = (settings: string): string[] => at(settings).diagnostics.filter(({ unit }) => unit.text.startsWith('simulate')).map(({ code, unit, span }) => `${code} ${unit.text.slice(span.start, span.end)}`);

  test('are both sides as expressions, and the text', () => {
    const analysis = at('until = 2*Y[2] <= W + half; t = 9');
    expect(codes(analysis)).toEqual([]);
    const [experiment] = analysis.network.experiments, until = experiment?.settings.get('until');
    if (until?.kind !== 'condition') throw new Error('no condition');
    expect(experiment?.settings.get('t')).toEqual({ kind: 'number', value: 9 });
    expect([until.condition.text, until.condition.operator]).toEqual(['2*Y[2] <= W + half', '<=']);
    const { network } = analysis, context = { network, parameters: parameterValues(network), state: initialState(network, parameterValues(network)), time: 0 };
    expect([evaluateScalar(until.condition.left, context), evaluateScalar(until.condition.right, context)]).toEqual([6, 1.5]);
    expect(conditionMargin(until.condition, context)).toBe(-4.5);
  });
  test('give a parameter its unit', () => {
    expect(at('until = Substrate < half').symbols.find(({ name }) => name === 'half')?.unit).toEqual({ text: 'uM', inferred: true });
  });
  test('with `=` hold where both sides are equal', () => {
    const holds = (condition: string): boolean => {
      const { network } = of(`species X = 1\nX -> 0 @ 1\nsimulate run { until = ${condition} }`), parameters = parameterValues(network);
      const until = network.experiments[0]?.settings.get('until');
      return until?.kind === 'condition' && conditionHolds(until.condition, { network, parameters, state: initialState(network, parameters), time: 0 });
    };
    expect(['X > 1', 'X >= 1', 'X < 1', 'X <= 1', 'X > 0.5', 'X <= 0.5', 'ln(X - 2) > 0'].map(holds)).toEqual([false, true, false, true, true, false, false]);
  });
  test.each([
    ['until = Substrate < 0.5', []], ['until = Y[1] > 3.5; t = 4', []], ['t = 4; until = W^- > 1', []], ['until = max(Y[1], Y[2]) > 5', []],
    ['until = Y > 1', ['CRN308 Y']], ['until = Y[3] > 1', ['CRN306 3']], ['until = Substrat < 0.5', ['CRN202 Substrat']],
    ['until = Substrate < k', ['CRN405 k']], ['until = Substrate < Y[1]*Y[2]', ['CRN405 Y[1]*Y[2]']],
    ['until = E > half', ['CRN823 E > half']], ['until = Substrate > 0.5', ['CRN824 Substrate > 0.5']], ['until = Substrate >= Y[2]/3', ['CRN824 Substrate >= Y[2]/3']],
    ['until = Substrate = 0.5', ['CRN825 Substrate = 0.5']],
    ['until = Substrate < 0.5; method = tau; volume = 1e-15', ['CRN826 Substrate < 0.5']], ['until = Substrate < 0.5; t = 1; method = tau; volume = 1e-15', []],
    ['until = Substrate*time > 9', ['CRN826 Substrate*time > 9']],
    ['until = Substrate < 0.5; t = -1', ['CRN801 -1']], ['until = Substrate < 0.5; starts = 3', ['CRN802 starts']],
    ['until = Substrate < 0.5; until = 4', ['CRN222 until']], ['t = 1; until = Substrate < 0.5; t = 4', ['CRN222 t']], ['t = 1; until = 4', ['CRN222 until']],
  ])('%s', (settings, expected) => {
    expect(found(settings).sort()).toEqual([...expected].sort());
  });
  test('know the name that was meant', () => {
    expect(at('until = Substrat < 0.5').diagnostics.map(({ message }) => message).join(' ')).toContain('Did you mean Substrate?');
  });
  test('are names used, and found where they stand', () => {
    const analysis = at('until = Y[1] > 7*half'), half = analysis.symbols.find(({ name }) => name === 'half');
    expect(codes(analysis)).toEqual([]);
    expect(analysis.occurrencesOf(half!).map(({ unit, span, role }) => [unit.text.slice(span.start, span.end), unit.statement.kind, role])).toEqual([['half', 'Declaration', 'declaration'], ['half', 'Expect', 'read'], ['half', 'Simulate', 'read']]);
  });
  test('after an edit are what they are in a new text', () => {
    const before = at('until = Substrate < 0.5');
    const after = analyse(reparse(before.tree, before.tree.text.replace('Substrate = 1', 'Substrate = 0.1')), { previous: before });
    expect([codes(before), codes(after)]).toEqual([[], ['CRN824']]);
  });
});

describe('what experiments cannot have', () => {
  const head = 'param k = 1, w[2] = [1, 2]\nspecies A = 1, X[2]\ndual W = 1\ngroup g { A -> 0 @ k }\n';
  const found = (settings: string): string[] => of(`${head}simulate run { ${settings} }`).diagnostics.filter(({ code }) => code.startsWith('CRN8') || code.startsWith('CRN3')).map(({ code, unit, span }) => `${code} ${unit.text.slice(span.start, span.end)}`);
  test.each([
    ['t = -1', ['CRN801 -1']], ['until = 0', ['CRN801 0']], ['rtol = 0', ['CRN801 0']], ['rtol = 1e-15', ['CRN801 1e-15']], ['rtol = 0.5', ['CRN801 0.5']], ['rtol = 0.1', []], ['points = -4', ['CRN801 -4']], ['points = 1.5', ['CRN801 1.5']], ['atol = -1e-9', ['CRN801 -1e-9']],
    ['atol = 0', []], ['t = k', []], ['t = 1 - k', ['CRN801 1 - k']],
    ['replicas = 0', ['CRN802 replicas', 'CRN801 0']], ['volume = -2', ['CRN802 volume', 'CRN801 -2']], ['starts = 3', ['CRN802 starts']], ['seed = 1', ['CRN802 seed']], ['method = bdf', []],
    ['t = 1; method = ssa; volume = 5; replicas = 3; seed = 0', []], ['t = 1; method = tau', []], ['t = 1; method = langevin; rtol = 1e-3; atol = 1', ['CRN802 rtol', 'CRN802 atol']],
    ['until = fixed_point; starts = 3; seed = 1', []], ['until = fixed_point; method = ssa', ['CRN806 fixed_point']], ['t = 1; method = ssa; starts = 2', ['CRN802 starts']],
    ['plot = A, X, W, X[2], W^-', []], ['plot = A + X[1]', ['CRN803 A + X[1]']], ['plot = k', ['CRN803 k']], ['plot = w[1]', ['CRN803 w[1]']], ['plot = time', ['CRN803 time']], ['plot = 2', ['CRN803 2']],
    ['plot = A^+', ['CRN302 ^+']], ['plot = X[3]', ['CRN306 3']],
  ])('%s', (settings, expected) => {
    expect(found(settings).sort()).toEqual([...expected].sort());
  });
  test('a percentage of 0 allows nothing', () => {
    expect(codes(of(`${head}expect A ~ 0*k within 1 %`))).toContain('CRN805');
    expect(codes(of(`${head}expect A ~ 0 within 1e-3`))).not.toContain('CRN805');
    expect(codes(of(`${head}expect A ~ k within 1 %`))).not.toContain('CRN805');
  });
});

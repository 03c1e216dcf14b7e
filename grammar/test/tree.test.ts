/** What the tree says of what was written, by hand. */
import { describe, expect, it } from 'vitest';
import { nodeAt, parse, parseExpression, parseUnit, printExpression, reparse, statementsOf, tokensFor, type Expression, type Statement, type SyntaxTree } from '../index.ts';
import { problemsOf } from './marked.ts';
import { codes, one } from './trees.ts';

/** A formula with all its brackets: `(a+(b*c))`. */
function bracketed(node: Expression): string {
  switch (node.kind) {
    case 'Binary':
      return `(${bracketed(node.left)}${node.operator}${bracketed(node.right)})`;
    case 'Unary':
      return `(${node.operator}${bracketed(node.operand)})`;
    case 'Parenthesised':
      return bracketed(node.inner);
    default:
      return printExpression(node);
  }
}

describe('formulas', () => {
  it.each([
    ['a + b*c', '(a+(b*c))'],
    ['a - b - c', '((a-b)-c)'],
    ['a/b*c', '((a/b)*c)'],
    ['-x^2', '(-(x^2))'],
    ['a^b^c', '(a^(b^c))'],
    ['2^-3*x', '((2^(-3))*x)'],
    ['-a*b', '((-a)*b)'],
    ['a - -b', '(a-(-b))'],
    ['(a + b)*c', '((a+b)*c)'],
    ['h + y*X - X^2', '((h+(y*X))-(X^2))'],
  ])('%s is %s', (text, tree) => {
    const { expression, problems } = parseExpression(text);
    expect(problems).toEqual([]);
    expect(bracketed(expression)).toBe(tree);
  });

  it('tell a rail from a power', () => {
    const kinds = (text: string) => {
      const { expression } = parseExpression(text);
      return expression.kind === 'Reference' ? { rail: expression.rail?.sign ?? (expression.rail === undefined ? undefined : 'named'), indices: expression.indices?.length } : expression.kind;
    };
    expect(kinds('z^+')).toEqual({ rail: '+', indices: undefined });
    expect(kinds('z^-')).toEqual({ rail: '-', indices: undefined });
    expect(kinds('M^s[i, j]')).toEqual({ rail: 'named', indices: 2 });
    expect(kinds('M^(r*s)[i]')).toEqual({ rail: 'named', indices: 1 });
    expect(kinds('X^s')).toBe('Binary');
    expect(kinds('X^-2')).toBe('Binary');
    expect(kinds('X^(-s)')).toBe('Binary');
    expect(bracketed(parseExpression('z^+ - z^-').expression)).toBe('(z^+-z^-)');
  });

  it('hold calls with named arguments, arrays and texts', () => {
    const call = parseExpression('uniform(-1, 1, seed: 7)').expression;
    expect(call).toMatchObject({ kind: 'Call', callee: { text: 'uniform' }, arguments: [{ kind: 'Unary' }, { value: 1 }], named: [{ name: { text: 'seed' }, value: { value: 7 } }] });
    expect(parseExpression('[[1, 2], [3, 4]]').expression).toMatchObject({ kind: 'Array', elements: [{ kind: 'Array', elements: [{ value: 1 }, { value: 2 }] }, { kind: 'Array' }] });
    expect(parseExpression('csv("a b.csv")').expression).toMatchObject({ arguments: [{ kind: 'String', value: 'a b.csv' }] });
  });

  it('are bad with a problem', () => {
    expect(parseExpression('a +').problems.map((problem) => problem.code)).toEqual(['CRN112']);
    expect(parseExpression('a b').expression.kind).toBe('BadExpression');
  });
});

describe('units of measure', () => {
  const factors = (text: string) => parseUnit(text).unit.factors.map(({ name, exponent }) => [name.text, exponent]);
  it('are products of powers', () => {
    expect(factors('1/(uM*s)')).toEqual([['uM', -1], ['s', -1]]);
    expect(factors('uM^-1 s^-1')).toEqual([['uM', -1], ['s', -1]]);
    expect(factors('mol/L')).toEqual([['mol', 1], ['L', -1]]);
    expect(factors('(mol/L)^2/s')).toEqual([['mol', 2], ['L', -2], ['s', -1]]);
    expect(factors('1')).toEqual([]);
  });
});

describe('reactions', () => {
  it('have label, sides, arrow and rate', () => {
    const tree = one('bind: A + 2 E <-> AE @ kon, 0.2', 'Reaction');
    expect(tree.label?.text).toBe('bind');
    expect(tree.left.terms.map((term) => [term.coefficient, term.species.name.text])).toEqual([[1, 'A'], [2, 'E']]);
    expect(tree.arrow).toEqual({ start: 14, end: 17, reversible: true });
    expect(tree.rate).toMatchObject({ kind: 'constant', forward: { name: { text: 'kon' } }, backward: { value: 0.2 } });
  });

  it('have 0 for nothing, glued coefficients, and rails as every superscript', () => {
    expect(one('0 -> A @ 1', 'Reaction').left.terms).toEqual([]);
    expect(one('2A + 2E -> 0 @ 1', 'Reaction').left.terms.map((term) => [term.coefficient, term.species.name.text])).toEqual([[2, 'A'], [2, 'E']]);
    const { left, right } = one('a^r + b^s -> z^(r*s) + E^(-s)[i] + W^- @ k', 'Reaction');
    expect(left.terms.map((term) => term.species.rail?.expression)).toMatchObject([{ name: { text: 'r' } }, { name: { text: 's' } }]);
    expect(right.terms[0]!.species.rail?.expression).toMatchObject({ kind: 'Parenthesised', inner: { operator: '*' } });
    expect(right.terms[1]!.species.indices?.length).toBe(1);
    expect(right.terms[2]!.species.rail?.sign).toBe('-');
    expect(one('W^- -> 0 @ 1', 'Reaction').left.terms.length).toBe(1);
  });

  it('have laws', () => {
    expect(one('B -> C rate Vmax*B/(Km + B)', 'Reaction').rate).toMatchObject({ kind: 'law', law: { operator: '/' } });
  });

  it('are kept as far as they can be read', () => {
    const noRate = one('A + B -> C', 'Reaction');
    expect([noRate.left.terms.length, noRate.right.terms.length, noRate.rate]).toEqual([2, 1, undefined]);
    const badLeft = one('A + + B -> C @ k', 'Reaction');
    expect([badLeft.left.terms.length, badLeft.right.terms.length, badLeft.rate?.kind]).toEqual([1, 1, 'constant']);
    expect(badLeft.unread?.map((name) => name.text)).toEqual(['B']);
    const badRate = one('A -> B @ k*', 'Reaction');
    expect([badRate.left.terms.length, badRate.right.terms.length, badRate.rate]).toEqual([1, 1, undefined]);
    expect(codes('A + B ->')).toEqual(['CRN126']);
    expect(problemsOf(parse('A + -> C @ 1'))).toMatchObject([{ code: 'CRN112', start: 2, end: 3 }]);
  });
});

describe('declarations', () => {
  it('have shape, unit, value and documentation of their own', () => {
    const tree = one('/// all\n/// of them\nspecies A: uM = 1, // first\n  /// the second\n  B[3, 4]', 'Declaration');
    expect(tree.doc).toBe('all\nof them');
    expect(tree.items.map((item) => [item.name.text, item.shape?.length, item.unit?.factors.length, item.value?.kind, item.doc])).toEqual([
      ['A', undefined, 1, 'Number', undefined],
      ['B', 2, undefined, undefined, 'the second'],
    ]);
  });

  it('keep their good items', () => {
    const tree = one('species A, 3x, B = , C[2 = 1, D = 4', 'Declaration');
    expect(tree.items.map((item) => item.name.text)).toContain('A');
    expect(one('species A = 1, 3 x, B = , D = 4', 'Declaration').items.map((item) => item.name.text)).toEqual(['A', 'B', 'D']);
    expect(one('param k: q = 1, in = 3, l = 2', 'Declaration').items.map((item) => item.name.text)).toEqual(['k', 'l']);
  });
});

describe('blocks', () => {
  it('nest, on several lines and on one', () => {
    const tree = one('module m(a: dual, b[2]; k = 1) {\n  for r in signs, i in 1..n { a^r -> 0 @ k; 0 -> b[i] @ 1 }\n}', 'Module');
    expect(tree.parameters.map((parameter) => [parameter.name.text, parameter.type?.text, parameter.shape?.length])).toEqual([['a', 'dual', undefined], ['b', undefined, 1]]);
    expect(tree.constants.map((constant) => constant.name.text)).toEqual(['k']);
    expect([...statementsOf(tree)].map((statement) => statement.kind)).toEqual(['Module', 'For', 'Reaction', 'Reaction']);
    expect((tree.body[0] as Extract<Statement, { kind: 'For' }>).binders.map((binder) => binder.range.kind)).toEqual(['signs', 'range']);
  });

  it('of settings take reserved words as keys', () => {
    expect(one('simulate fast { t = 100; rate = 2; plot = H, y }', 'Simulate').settings.map((setting) => [setting.key.text, setting.values.length])).toEqual([['t', 1], ['rate', 1], ['plot', 2]]);
  });

  it('of equations are one system', () => {
    const tree = one("ode {\n  X' = 1 - X\n  Y^+' = X\n}", 'Ode');
    expect([tree.block, tree.equations.map((equation) => equation.species.name.text)]).toEqual([true, ['X', 'Y']]);
  });

  it('may have their { on the next line', () => {
    expect(codes('for i in 1..3\n{\n  A[i] -> 0 @ 1\n}')).toEqual([]);
  });

  it('keep a body whose head is broken', () => {
    const tree = one('fr i in 1..3 {\n  A[i] -> 0 @ 1\n}', 'Bad');
    expect(tree.body?.map((statement) => statement.kind)).toEqual(['Reaction']);
    expect(tree.names.map((name) => name.text)).toEqual(['fr', 'i']);
  });
});

describe('other statements', () => {
  it('are use, import, group, expect', () => {
    expect(one('m1: use multiply(P, Q[2], R; κ = 100)', 'Use')).toMatchObject({ label: { text: 'm1' }, module: { text: 'multiply' }, arguments: [{}, {}, {}], constants: [{ name: { text: 'κ' } }] });
    expect(one('import "motifs.crn"', 'Import').path.value).toBe('motifs.crn');
    expect(one('expect H ~ 1 within 1 % in fast', 'Expect')).toMatchObject({ expectation: { kind: 'near', relative: true }, experiment: { text: 'fast' } });
    expect(one('expect H ~ 1', 'Expect').expectation).toMatchObject({ relative: false });
    expect(one("expect ode H' = h", 'Expect').expectation.kind).toBe('ode');
    expect(one('expect conserved A + AE', 'Expect').expectation.kind).toBe('conserved');
    expect(one('expect conserved >= 1', 'Expect').expectation).toMatchObject({ kind: 'compare', operator: '>=' });
  });
});

describe('lines', () => {
  it('go on after an operator, a comma or an open bracket', () => {
    expect(parse('A + B ->\n  C @ 1\nuse m(\n  A,\n  B\n)\nparam k = 1 +\n 2').units.map((unit) => unit.statement.kind)).toEqual(['Reaction', 'Use', 'Declaration']);
  });

  it('do not go on into a statement', () => {
    expect(parse('A +\n  B -> C @ 1').units.map((unit) => unit.statement.kind)).toEqual(['Bad', 'Reaction']);
    expect(parse('species A,\nparam k = 1').units.map((unit) => unit.statement.kind)).toEqual(['Declaration', 'Declaration']);
  });

  it('end after a rail', () => {
    expect(parse('expect conserved z^+ + z^-\nA -> z^+ @ 1').units.map((unit) => unit.statement.kind)).toEqual(['Expect', 'Reaction']);
  });
});

describe('foreign texts', () => {
  it.each([
    ['| A ->{k} B', 'A -> B @ k'],
    ['A + B ->{1.0} C', 'A + B -> C @ 1.0'],
    ['A <->{1}{2} B', 'A <-> B @ 1, 2'],
    ['A + B -> C [k = 1]', 'A + B -> C @ 1'],
    ['J0: A -> B; k*A;', 'J0: A -> B rate k*A'],
    ['init A 10', 'species A = 10'],
    ['k1, A + B --> C', 'A + B -> C @ k1'],
  ])('%s is told once, and rewritten as %s', (text, rewritten) => {
    const found = problemsOf(parse(text));
    expect(found.map((problem) => problem.code)).toEqual(['CRN117']);
    expect(found[0]!.fix!.edits).toEqual([{ start: 0, end: text.length, text: rewritten }]);
    expect(codes(rewritten)).toEqual([]);
  });
});

describe('what no one reads', () => {
  const kinds = (tree: SyntaxTree): string[] => tree.units.map((unit) => unit.statement.kind);
  it('is told where it is, and leaves the rest', () => {
    const deep = `A -> B @ 1\nC -> D @ ${'('.repeat(10_000)}1${')'.repeat(10_000)}\nE -> F @ 1`;
    expect(codes(deep)).toEqual(['CRN119']);
    expect(kinds(parse(deep))).toEqual(['Reaction', 'Reaction', 'Reaction'].map((kind, index) => (index === 1 ? 'Bad' : kind)));
    const blocks = `${'for i in 1..2 {'.repeat(5000)}A -> B @ 1${'}'.repeat(5000)}`;
    expect(codes(blocks)).toEqual(['CRN119']);
    for (const row of ['-', 'a^', '1 + ']) expect(codes(`A -> B @ ${row.repeat(3000)}1`)).toContain('CRN119');
    const long = `A -> B @ 1\n${'x'.repeat(10_000_000)}\nE -> F @ 1`;
    expect(codes(long)).toEqual(['CRN118']);
    expect(kinds(parse(long))).toEqual(['Reaction', 'Bad', 'Reaction']);
    expect(codes('\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR\u0000\n\u0001')).toEqual(['CRN120']);
  });

  it('are read on from once most of them are mended', () => {
    const faulty = parse(`${'A + -> B\n'.repeat(2500)}C -> D @ 1\n`);
    expect(faulty.units).toHaveLength(2002);
    expect(faulty.units.at(-1)!.problems.map(({ code }) => code)).toEqual(['CRN137']);
    const mended = `${'A + -> B\n'.repeat(500)}C -> D @ 1\n`;
    expect(reparse(faulty, mended)).toEqual(parse(mended));
    expect(reparse(parse(mended), faulty.text)).toEqual(faulty);
  });

  it('is a file only when most lines are, and a line otherwise', () => {
    expect(codes('A -> B @ 1\nC \u0000\u0001 -> D @ 1\nE -> F @ 1\nG -> H @ 1')).toEqual(['CRN110']);
  });
});

describe('words', () => {
  it('of a unit have kinds', () => {
    const unit = parse('/// doc\nspecies A = 1 // one').units[0]!;
    expect(tokensFor(unit).map((word) => `${word.kind} ${word.text}`)).toEqual(['doc /// doc', 'keyword species', 'name A', 'operator =', 'number 1']);
  });
  it('mean something where they stand alone', () => {
    const keywords = (text: string): string[] => tokensFor(parse(text).units[0]!).filter((word) => word.kind === 'keyword').map((word) => word.text);
    expect(keywords('network layer { input x[2]; layer layer[1] = linear; weights input }')).toEqual(['network', 'input', 'layer', 'weights']);
    expect(keywords('train on on on { on = 1 }')).toEqual(['train', 'on']);
    expect(keywords('sweep s { simulate vary; vary vary in [1] }')).toEqual(['sweep', 'simulate', 'vary', 'in']);
    expect(keywords('sweep s { train a on b; vary steps in 0..steps steps steps }')).toEqual(['sweep', 'train', 'on', 'vary', 'in', 'steps']);
    expect(keywords('data d { split[1] -> y[1]; split seed seed seed }')).toEqual(['data', 'split', 'seed']);
    expect(keywords("activation f { x' = output; output = output }")).toEqual(['activation', 'output']);
    expect(keywords('species input, on')).toEqual(['species']);
  });
  it('are found by offset', () => {
    const unit = parse('A + B -> C @ kon*A').units[0]!;
    expect(nodeAt(unit, unit.text.indexOf('kon') + 1)).toMatchObject({ text: 'kon' });
    expect(nodeAt(unit, unit.text.indexOf('B'))).toMatchObject({ text: 'B' });
  });
});

describe('conditions', () => {
  it('are both sides and the sign between them, where `until` has one', () => {
    const [until, end] = one('simulate a { until = X[1] + W^+ >= 2*k; t = 9 }', 'Simulate').settings;
    expect(until!.values).toEqual([]);
    const { left, operator, right } = until!.condition!;
    expect([printExpression(left), operator, printExpression(right)]).toEqual(['X[1] + W^+', '>=', '2*k']);
    expect([until!.condition!.start, until!.condition!.end]).toEqual([left.start, right.end]);
    expect(end!.condition).toBeUndefined();
    expect(one('simulate a { until = 2*T }', 'Simulate').settings[0]!.condition).toBeUndefined();
  });

  it.each([
    ['t = X > 5', '`until = X > 0.5`'], ['until = 1 < X < 2', 'two quantities, with one sign'], ['until = X > 1 and Y > 2', 'min('], ['until = X > 1 or Y > 2', 'max('],
  ])('%s says what to write', (setting, advice) => {
    expect(problemsOf(parse(`simulate a { ${setting} }\nA -> B @ 1\n`)).map(({ code, message }) => `${code} ${message}`)).toEqual([expect.stringMatching(/^CRN101 /)]);
    expect(problemsOf(parse(`simulate a { ${setting} }`))[0]!.message).toContain(advice);
  });

  it('are for `simulate`, no other block', () => {
    expect(codes('train n on d { until = X > 5 }')).toEqual(['CRN101']);
  });
});

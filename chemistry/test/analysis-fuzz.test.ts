/** Whatever the text, `analyse` answers; and after an edit it answers as it would have without a past. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, reparse } from '../../grammar/index.ts';
import { analyse, familyText, loopsText } from '../index.ts';
import type { Analysis, ImportResolver } from '../index.ts';

const names = ['A', 'B', 'X', 'W', 'M', 'k', 'n', 'i', 's', 'm1', 'm2', 'time', 'pi', 'α'] as const;
const name = fc.constantFrom(...names);
const atom: fc.Arbitrary<string> = fc.oneof(
  name,
  fc.constantFrom('0', '1', '2', '-1', '0.5', '1e999', '1/0', 'W^+', 'W^s', 'X[1]', 'X[i]', 'X[i+1]', 'X[9]', 'X[i*i]', 'X[s]', 'M[1,2]', 'M^s[i,1]', 'uniform(0,1,seed: 2)', 'normal(0,-1)', '[1,2,3]', '"x"', 'f(1)', 'exp(k)', 'min()', 'max(A,k)', 'sqrt(A)'),
);
const expression: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof({ depthSize: 'small' }, atom, fc.tuple(tie('e'), fc.constantFrom('+', '-', '*', '/', '^'), tie('e')).map((parts) => parts.join(' ')), tie('e').map((inner) => `(${inner})`), tie('e').map((inner) => `-${inner}`)),
})).e;
const complex = fc.oneof(fc.constant('0'), fc.array(fc.tuple(fc.constantFrom('', '2 ', '3 '), fc.oneof(name, atom)).map(([c, x]) => c + x), { minLength: 1, maxLength: 3 }).map((terms) => terms.join(' + ')));
const unit = fc.constantFrom('', ': s', ': 1/s', ': 1/(uM*s)', ': nM', ': uM', ': parsec', ': 1', ': 1/(nM*min)');
const range = fc.constantFrom('i in 1..3', 'i in 1..n', 's in signs', 'i in 3..1', 'i in 1..2, s in signs', 'i in 1..1000000000', 'i in 0..2', 'k in 1..2', 'i in 1..i');
const simple: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(complex, fc.constantFrom('->', '<->'), complex, fc.constantFrom('@', 'rate'), expression, expression).map(([l, a, r, w, e, f]) => `${l} ${a} ${r} ${w} ${e}${a === '<->' ? `, ${f}` : ''}`),
  fc.tuple(name, expression).map(([x, e]) => `ode ${x}' = ${e}`),
  fc.tuple(fc.constantFrom('m1', 'm2', 'A'), fc.array(fc.oneof(name, atom), { maxLength: 3 }), fc.constantFrom('', '; k = 2', '; z = 1')).map(([m, args, c]) => `use ${m}(${args.join(', ')}${c})`),
  fc.tuple(fc.constantFrom('species', 'fixed', 'dual', 'param'), name, fc.constantFrom('', '[3]', '[n]', '[0]', '[2, 2]', '[1000000000]', '[k]'), unit, expression).map(([kind, x, shape, u, e]) => `${kind} ${x}${shape}${u} = ${e}`),
  fc.tuple(fc.constantFrom('species', 'fixed', 'dual', 'param'), fc.uniqueArray(name, { minLength: 1, maxLength: 4 })).map(([kind, list]) => `${kind} ${list.map((x) => (kind === 'param' ? `${x} = 1` : x)).join(', ')}`),
);
const block = fc.tuple(range, fc.array(simple, { maxLength: 3 })).map(([r, body]) => `for ${r} {\n${body.join('\n')}\n}`);
const statement: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: simple },
  { weight: 2, arbitrary: block },
  fc.tuple(fc.constantFrom('m1', 'm2'), fc.constantFrom('a: dual', 'a: species, b: param', 'x[n]: species', 'a', 'x[3]: dual, x[n]', 'k: param'), fc.constantFrom('', '; k = 1', '; k, n = 2', '; k: 1/s = 3'), fc.array(fc.oneof(simple, block), { maxLength: 4 })).map(([m, p, c, body]) => `module ${m}(${p}${c}) {\n${body.join('\n')}\n}`),
  fc.tuple(name, fc.array(simple, { maxLength: 2 })).map(([g, body]) => `group ${g} {\n${body.join('\n')}\n}`),
  fc.constantFrom('units time s, concentration uM', 'units time uM', 'units time 1, concentration 1', 'units cells cell, concentration cell', 'import "a.crn"', 'import "b.crn"', 'import "none.crn"', 'species A, ,', 'A + -> B @', '}', 'for {', 'module m1(', '\u0000\u0001'),
  fc.tuple(fc.constantFrom('', 'run ', 'A '), fc.constantFrom('until = fixed_point', 't = 1; t = 2', 'plot = A, X[1], W^+, nothing', 'method = rk4', 'off = update', 'seed = x', 'until = [1]')).map(([n, s]) => `simulate ${n}{ ${s} }`),
  fc.tuple(expression, expression, fc.constantFrom('', ' within 1 %', ' within -1', ' in run')).map(([a, b, w]) => `expect ${a} ~ ${b}${w}`),
  fc.tuple(name, expression).map(([x, e]) => `expect ode ${x}' = ${e}`),
  expression.map((e) => `expect conserved ${e}`),
);
const document = fc.array(statement, { maxLength: 14 });

/** Two files that import each other and the main text. */
const resolve: ImportResolver = (path) => {
  if (path === 'a.crn') return { uri: 'a.crn', tree: parse('import "b.crn"\nspecies A, Q\nmodule m2(a: species) { use m1(a) }\nA -> Q @ 1') };
  if (path === 'b.crn') return { uri: 'b.crn', tree: parse('import "a.crn"\nimport "main.crn"\nparam k = 1\nunits time min') };
  if (path === 'main.crn') return { uri: 'main.crn', tree: parse('species never') };
  return { error: 'there is no such file' };
};

/** Everything that an analysis says, without object identities. */
function summary(analysis: Analysis): unknown {
  const { network } = analysis;
  return {
    diagnostics: analysis.diagnostics.map(({ code, severity, message, unit: at, span, file, related, fixes }) => [
      code, severity, message, file === undefined ? at.start + span.start : span.start, span.end - span.start, file, related?.map((other) => [other.message, other.span]), fixes?.map((fix) => [fix.title, fix.edits.map((edit) => [edit.text, edit.unit.start + edit.span.start])]),
    ]),
    families: network.families.map((family) => [family.id, family.label, family.groups, loopsText(family), familyText(network, family), family.origin.start, family.origin.unit.start]),
    blocks: network.blocks.map(({ id, name: of, kind, axes, offset, initial }) => [id, of, kind, axes, offset, initial]),
    parameters: network.parameters.map(({ id, name: of, shape, unit: measure, structural, value }) => [id, of, shape, measure, structural, value]),
    expectations: analysis.expectations.map(({ text, check }) => [text, check]),
    experiments: network.experiments.map(({ name: of, settings }) => [of, [...settings]]),
  };
}

describe('any text', () => {
  test('is analysed without an exception, and every place lies in its unit', () => {
    fc.assert(
      fc.property(document, (statements) => {
        const analysis = analyse(parse(statements.join('\n')), { uri: 'main.crn', resolveImport: resolve });
        for (const { unit: at, span, related } of analysis.diagnostics) {
          for (const place of [{ unit: at, span }, ...(related ?? [])]) {
            expect(place.span.start).toBeGreaterThanOrEqual(0);
            expect(place.span.end).toBeGreaterThanOrEqual(place.span.start);
            expect(place.span.end).toBeLessThanOrEqual(place.unit.text.length);
          }
        }
        for (const family of analysis.network.families) {
          for (const term of [...family.reactants, ...family.products]) {
            expect(term.index.length).toBe(analysis.network.blocks[term.block]?.axes.length);
            expect(term.stoichiometry).toBeGreaterThan(0);
          }
        }
        for (const symbol of analysis.symbols) expect(analysis.occurrencesOf(symbol)[0]?.role).toBe('declaration');
        for (const unit_ of analysis.tree.units) {
          for (const occurrence of analysis.occurrencesIn(unit_)) expect(unit_.text.slice(occurrence.span.start, occurrence.span.end)).toBe(occurrence.symbol.name);
          analysis.visibleAt(unit_, 0);
        }
      }),
      { numRuns: 600, seed: 20261122 },
    );
  });

  test('made of random characters too', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => { analyse(parse(text)); }), { numRuns: 300, seed: 7 });
  });

  test('after edits means what it means without a past', () => {
    const edit = fc.tuple(fc.nat(20), fc.nat(2), fc.array(statement, { maxLength: 2 }));
    fc.assert(
      fc.property(document, fc.array(edit, { minLength: 1, maxLength: 5 }), (statements, edits) => {
        let lines = statements;
        let tree = parse(lines.join('\n'));
        let analysis = analyse(tree, { resolveImport: resolve });
        for (const [at, remove, insert] of edits) {
          lines = [...lines.slice(0, at), ...insert, ...lines.slice(at + remove)];
          tree = reparse(tree, lines.join('\n'));
          analysis = analyse(tree, { resolveImport: resolve, previous: analysis });
          expect(summary(analysis)).toEqual(summary(analyse(parse(lines.join('\n')), { resolveImport: resolve })));
        }
      }),
      { numRuns: 300, seed: 20261122 },
    );
  });
});

describe('large and deep texts', () => {
  test('arrays of a thousand million elements are refused, nothing is set aside', () => {
    const { diagnostics, network } = analyse(parse('species X[1000000000]\nspecies Y[90000000]\nspecies Z[90000000]\nfor i in 1..1000000000, j in 1..1000000000 { 0 -> Y[1] @ 1 }'));
    expect(diagnostics.filter(({ code }) => code === 'CRN313').length).toBe(3);
    expect(network.dimension).toBe(90000000);
  });
  test('a list of 150,000 missing names, and 130,000 undeclared ones, are told and end', () => {
    const missing = analyse(parse(`species X${',\n'.repeat(150_000)}`));
    expect(missing.diagnostics.some(({ code }) => code === 'CRN137')).toBe(true);
    expect(missing.diagnostics.length).toBeLessThan(20_000);
    const names = Array.from({ length: 130 }, (_, row) => `species ${Array.from({ length: 1000 }, (_, i) => `S${row}_${i}`).join(', ')}`).join('\n');
    expect(analyse(parse(names)).diagnostics.filter(({ code }) => code === 'CRN205')).toHaveLength(130_000);
  });
  test('modules doubled at every level, or too deep in each other, are refused once, at the first that is too much', () => {
    const chain = (levels: number, uses: number): string =>
      `${Array.from({ length: levels }, (_, i) => `module m${i}(x) {\n${`  use m${i + 1}(x)\n`.repeat(uses)}}`).join('\n')}\nmodule m${levels}(x) { x -> 0 @ 1 }\nspecies X = 1\nuse m0(X)\n`;
    const tooLarge = (text: string): string[] => analyse(parse(text)).diagnostics.filter(({ code }) => code === 'CRN313').map(({ message }) => message);
    // 2 + 4 + … + 2^n uses in the n-th module from the end.
    expect(tooLarge(chain(40, 2))).toEqual(['Too large: 8,190 uses of modules in a module; at most 5,000 are possible. Use fewer modules within modules.']);
    expect(tooLarge(chain(3000, 1))).toEqual(['Too large: 51 modules in each other; at most 50 are possible. Use fewer modules within modules.']);
    expect(analyse(parse(chain(8, 2))).network.families).toHaveLength(256);
  });
  test('long sums and long chains of parameters', () => {
    const sum = Array.from({ length: 500 }, () => 'k').join(' + ');
    const chain = Array.from({ length: 20_000 }, (_, i) => `param p${i} = p${i + 1}`).join('\n');
    const { diagnostics, network } = analyse(parse(`param k = 1\nspecies A = ${sum}\nA -> 0 @ p0\n${chain}\nparam p20000 = 3`));
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    expect(network.parameters.length).toBe(20_002);
  });
});

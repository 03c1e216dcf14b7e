/** Units: read, inferred, checked. Scales come from the SI brochure, inferred units from dimensional analysis by hand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/index.ts';
import { analyse } from '../index.ts';
import { add, divide, fromNumber, multiply, rational, toNumber } from '../dimensions/rational.ts';
import { UnitSolver } from '../dimensions/solve.ts';
import { unitNamed } from '../dimensions/table.ts';
import type { Factors, UnitVariable } from '../dimensions/term.ts';
import { applyEdits } from './marked-text.ts';

const UNITS = 'units time s, concentration uM\n';
const check = (text: string) => analyse(parse(text));
const unitsOf = (text: string): Record<string, string | undefined> => Object.fromEntries(check(text).network.parameters.map(({ name, unit }) => [name, unit]));
const found = (text: string): string[] => check(text).diagnostics.filter(({ code }) => code.startsWith('CRN4')).map(({ code, severity, unit, span }) => `${code} ${severity} ${unit.text.slice(span.start, span.end)}`);

describe('units by name', () => {
  test.each([
    ['min', 60], ['h', 3600], ['d', 86400], ['ms', 1e-3], ['uM', 1e-3], ['µM', 1e-3], ['nM', 1e-6], ['M', 1e3], ['mM', 1], ['L', 1e-3], ['mL', 1e-6], ['mmol', 1e-3], ['kDa', 1e3], ['molecules', 1 / 6.02214076e23],
  ])('%s is %d in base units', (name, scale) => {
    expect((unitNamed(name)?.scale ?? 0) / scale).toBeCloseTo(1, 12);
  });
  test('min is a minute and m a metre; nonsense is nothing', () => {
    expect(unitNamed('min')?.exponents).toEqual({ s: 1 });
    expect(unitNamed('m')?.exponents).toEqual({ m: 1 });
    for (const name of ['kmin', 'uu', 'x', '', 'constructor', 'toString']) expect(unitNamed(name)).toBeUndefined();
  });
});

describe('inference', () => {
  test('a constant has concentration^(1 − order)/time', () => {
    expect(unitsOf(`${UNITS}species A, B\nparam k0 = 1, k1 = 1, k2 = 1, k3 = 1\n0 -> A @ k0\nA -> 0 @ k1\nA + B -> 0 @ k2\n2 A + B -> 0 @ k3`)).toEqual({ k0: 'uM/s', k1: '1/s', k2: '1/(uM*s)', k3: '1/(uM^2*s)' });
  });
  test('goes through laws, values, powers and roots', () => {
    const text = `${UNITS}species A = A0\nparam Vmax = 1, Km = 2, n = 2, A0 = 1, k = 3, twice = 2*k, r = 2, q = 1\nA -> 0 rate Vmax*A^n/(Km^n + A^n)\nA -> 0 @ k\n0 -> A @ r*sqrt(q)\n0 -> A @ r*k`;
    expect(unitsOf(text)).toEqual({ Vmax: 'uM/s', Km: 'uM', n: 'dimensionless', A0: 'uM', k: '1/s', twice: '1/s', r: 'uM', q: '1/s^2' });
    expect(found(text)).toEqual([]);
  });
  test('without a units statement speaks of concentration and time', () => {
    expect(unitsOf('species A, B\nparam k = 1\nA + B -> 0 @ k')).toEqual({ k: '1/(concentration*time)' });
  });
  test('in plain numbers every constant is 1/time or nothing at all', () => {
    const text = 'units time 1, concentration 1\nspecies A, B\nparam k = 1\nA + B -> 0 @ k\nA -> 0 @ k';
    expect(found(text)).toEqual([]);
    expect(unitsOf(text)).toEqual({ k: 'dimensionless' });
  });
  test('own base units', () => {
    expect(unitsOf('units cells cell, time h, concentration cell\nspecies A, B\nparam k = 1, rate0: cell/h = 2\nA + B -> 0 @ k\n0 -> A @ rate0')).toEqual({ k: '1/(cell*h)', rate0: 'cell/h' });
  });
  test('an ODE gives its parameters units; powers of species alone have a coefficient 1 understood', () => {
    const text = `${UNITS}species X\nparam h = 1, y = 2\node X' = h + y*X - X^2`;
    expect(unitsOf(text)).toEqual({ h: 'uM/s', y: '1/s' });
    expect(found(text)).toEqual([]);
  });
  test('exponents are solved exactly: random systems with a known solution', () => {
    const exponent = fc.integer({ min: -3, max: 3 });
    const property = fc.property(
      fc.array(fc.tuple(exponent, exponent), { minLength: 3, maxLength: 3 }), fc.array(fc.array(exponent, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 }), fc.boolean(),
      (solution, rows, spoil) => {
        const variables: UnitVariable[] = solution.map((_, i) => ({ name: `p${i}` }));
        const solver = new UnitSolver();
        const rank: number[][] = [];
        let consistent = true;
        rows.forEach((row, r) => {
          // Π p_i^row_i has unit T^Σ row_i·a_i C^Σ row_i·b_i; a spoilt last row asks for one more T.
          const t = row.reduce((sum, k, i) => sum + k * (solution[i]?.[0] ?? 0), 0) + (spoil && r === rows.length - 1 ? 1 : 0);
          const c = row.reduce((sum, k, i) => sum + k * (solution[i]?.[1] ?? 0), 0);
          const factors = new Map<string | UnitVariable, ReturnType<typeof rational>>();
          row.forEach((k, i) => { const variable = variables[i]; if (k !== 0 && variable !== undefined) factors.set(variable, rational(k)); });
          if (t !== 0) factors.set('T', rational(-t));
          if (c !== 0) factors.set('C', rational(-c));
          consistent = solver.require(factors) && consistent;
          rank.push(row);
        });
        const independent = rankOf(rank) > rankOf(rank.slice(0, -1));
        expect(consistent).toBe(!spoil || independent);
        if (spoil) return;
        variables.forEach((variable, i) => {
          const unit: Factors | undefined = solver.unitOf(variable);
          const determined = rankOf([...rank, [0, 1, 2].map((j) => (j === i ? 1 : 0))]) === rankOf(rank);
          expect(unit !== undefined).toBe(determined);
          if (unit !== undefined) expect([toNumber(unit.get('T') ?? rational(0)), toNumber(unit.get('C') ?? rational(0))]).toEqual([solution[i]?.[0], solution[i]?.[1]]);
        });
      },
    );
    fc.assert(property, { numRuns: 500, seed: 3 });
  });
});

/** Rank over the reals by floating elimination: independent of the solver, exact enough for integers up to 3. */
function rankOf(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row]);
  let rank = 0;
  for (let column = 0; column < 3; column++) {
    const pivot = rows.findIndex((row, r) => r >= rank && Math.abs(row[column] ?? 0) > 1e-9);
    if (pivot < 0) continue;
    [rows[rank], rows[pivot]] = [rows[pivot] ?? [], rows[rank] ?? []];
    const top = rows[rank] ?? [];
    for (let r = rank + 1; r < rows.length; r++) {
      const row = rows[r] ?? [];
      const factor = (row[column] ?? 0) / (top[column] ?? 1);
      for (let j = 0; j < 3; j++) row[j] = (row[j] ?? 0) - factor * (top[j] ?? 0);
    }
    rank++;
  }
  return rank;
}

describe('findings', () => {
  test('a parameter at two orders is reported at both places, each naming the other', () => {
    const { diagnostics } = check(`${UNITS}species A, B\nparam k = 1\nA -> 0 @ k\nA + B -> 0 @ k`);
    expect(diagnostics.map(({ code, severity, related }) => [code, severity, related?.length])).toEqual([['CRN402', 'error', 1], ['CRN402', 'error', 1]]);
    expect(diagnostics[0]?.message).toContain('1/(uM*s)');
    expect(diagnostics[0]?.message).toContain('1/s');
  });
  test('are warnings where no units are stated', () => {
    expect(found('species A, B\nparam k = 1\nA -> 0 @ k\nA + B -> 0 @ k')).toEqual(['CRN402 warning k', 'CRN402 warning k']);
  });
  test('numbers in the text take whatever unit is needed', () => {
    expect(found(`${UNITS}species A, B\nA -> 0 @ 2\nA + B -> 0 @ 2\nA -> 0 rate 0.3*A/(0.5 + A)\nB -> 0 rate 2*B*exp(-0.1*time)\node A' = 1 + 2*A - 3*A^2`)).toEqual([]);
  });
  test('a module’s constants take what each place needs, its params do not', () => {
    const body = '{ a -> 0 @ k\n a + b -> 0 @ k }\nspecies A, B\n';
    expect(found(`${UNITS}module m(a: species, b: species; k = 1) ${body}use m(A, B)`)).toEqual([]);
    expect(found(`${UNITS}module m(a: species, b: species, k: param) ${body}param k0 = 1\nuse m(A, B, k0)`)).toEqual(['CRN402 error k', 'CRN402 error k']);
  });
  test('a pure number beside a parameter is one', () => {
    expect(found(`${UNITS}param k: 1/s = 1\nspecies A, B\nA + B -> 0 @ 2*k`)).toEqual(['CRN401 error 2*k']);
  });
  test('the fix of another scale converts the number', () => {
    const cases = [['1/(nM*s) = 0.5', '1/(uM*s) = 500'], ['1/(M*min) = 6e7', '1/(uM*s) = 1'], ['1/(uM*h) = 3600', '1/(uM*s) = 1']] as const;
    for (const [written, fixed] of cases) {
      const text = `${UNITS}param k: ${written}\nspecies A, B\nA + B -> 0 @ k`;
      const finding = check(text).diagnostics.find(({ code }) => code === 'CRN407');
      expect(applyEdits(text, finding?.fixes?.[0]?.edits ?? [])).toContain(`param k: ${fixed}`);
    }
  });
  test('the same unit written in two ways is the same', () => {
    expect(found('units time s, concentration uM\nparam k: L/(umol*s) = 1, q: uM^-1*s^-1 = 1\nspecies A, B\nA + B -> 0 @ k\nA + B -> 0 @ q')).toEqual([]);
  });
  test('one finding for one mistake: a contradictory parameter is left out of all else', () => {
    expect(found(`${UNITS}species A, B\nparam k = 1, m = k, n = 2\nA -> 0 @ k\nA + B -> 0 @ k\nA -> 0 rate n*A*k/(k + k)`)).toEqual(['CRN402 error k', 'CRN402 error k']);
  });
});

describe('fractions', () => {
  test('are exact', () => {
    expect(add(rational(1, 3), rational(1, 6))).toEqual({ n: 1, d: 2 });
    expect(multiply(rational(2, 3), rational(-3, 4))).toEqual({ n: -1, d: 2 });
    expect(divide(rational(1, 2), rational(-1, 4))).toEqual({ n: -2, d: 1 });
    expect(fromNumber(2.5)).toEqual({ n: 5, d: 2 });
    expect(fromNumber(Math.PI)).toBeUndefined();
    expect(fromNumber(NaN)).toBeUndefined();
  });
});

describe('one parameter at two orders', () => {
  test('is said in a sum too, where a reaction fixed its unit', () => {
    const { diagnostics } = check(`${UNITS}param k = 1\nspecies X\n0 -> X @ k\nX -> 0 @ k + 0.5`);
    expect(diagnostics.map(({ code, unit, span }) => `${code} ${unit.text.slice(span.start, span.end)}`)).toEqual(['CRN402 k + 0.5']);
    expect(diagnostics[0]?.message).toBe('k is the constant of a reaction of order 1 here (1/s) and elsewhere of one of order 0 (uM/s). Use two parameters.');
  });
  test('a written unit is the mistake of the constant', () => {
    expect(found(`${UNITS}param k: uM/s = 1\nspecies X\n0 -> X @ k\nX -> 0 @ k + 0.5`)).toEqual(['CRN401 error k + 0.5']);
  });
});

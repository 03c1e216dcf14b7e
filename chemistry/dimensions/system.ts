/** The file's units: what its numbers are in, and how written units are read and shown. */
import { t } from '../../l10n/index.ts';
import type { Name, UnitExpression } from '../../grammar/index.ts';
import { add, divide, fromNumber, multiply, negate, ONE, rational, text, toNumber, ZERO } from './rational.ts';
import type { Rational } from './rational.ts';
import { unitNamed } from './table.ts';
import { combine } from './term.ts';
import type { BaseSymbol, Factors, UnitVariable } from './term.ts';

/** A written unit in base units: value in SI = number · 10^log. */
export interface WrittenUnit {
  readonly factors: Factors;
  /** log10 of the scale to SI. */
  readonly log: number;
  /** As written, blanks removed. */
  readonly text: string;
}

export interface UnitSystem {
  /** Whether a `units` statement says so; otherwise taken from annotations, or abstract. */
  readonly declared: boolean;
  /** What the numbers for times and concentrations are in; undefined: abstract. */
  readonly time?: WrittenUnit;
  readonly concentration?: WrittenUnit;
  /** Base units that the file brings along. */
  readonly own: ReadonlySet<string>;
}

export const ABSTRACT_UNITS: UnitSystem = { declared: false, own: new Set() };

/** Reads a written unit; names that are no unit come back in `unknown`. */
export function readUnit(expression: UnitExpression, own: ReadonlySet<string>): { readonly unit: WrittenUnit; readonly unknown: readonly Name[] } {
  let factors: Factors = new Map();
  let log = 0;
  const unknown: Name[] = [];
  for (const factor of expression.factors) {
    const exponent = fromNumber(factor.exponent) ?? ZERO;
    if (own.has(factor.name.text)) {
      factors = combine(factors, new Map([[factor.name.text, ONE]]), exponent);
      continue;
    }
    const known = unitNamed(factor.name.text);
    if (known === undefined) {
      unknown.push(factor.name);
      continue;
    }
    const base = new Map(Object.entries(known.exponents).map(([symbol, power]) => [symbol, rational(power)] as const));
    factors = combine(factors, base, exponent);
    log += Math.log10(known.scale) * factor.exponent;
  }
  return { unit: { factors, log, text: writtenText(expression) }, unknown };
}

/** `1/(uM*s)` from factors, whatever way it was written. */
function writtenText(expression: UnitExpression): string {
  return productText(expression.factors.map((factor) => [factor.name.text, fromNumber(factor.exponent) ?? ZERO] as const));
}

/** Replaces T and C by what the file says they are, where it does. */
export function expand(factors: Factors, system: UnitSystem): Factors {
  let result = factors;
  for (const [symbol, unit] of [['T', system.time], ['C', system.concentration]] as const) {
    const exponent = unit === undefined ? undefined : result.get(symbol);
    if (unit === undefined || exponent === undefined) continue;
    const without = new Map(result);
    without.delete(symbol);
    result = combine(without, unit.factors, exponent);
  }
  return result;
}

/** Exponents a, b with factors = C^a·T^b·rest, as much as possible into C and T. */
function split(factors: Factors, system: UnitSystem): { c: Rational; t: Rational; rest: Factors } {
  let rest = factors;
  let c = rest.get('C') ?? ZERO;
  let t = rest.get('T') ?? ZERO;
  rest = combine(combine(rest, new Map([['C', ONE]]), negate(c)), new Map([['T', ONE]]), negate(t));
  for (const which of ['C', 'T'] as const) {
    const unit = which === 'C' ? system.concentration : system.time;
    const other = which === 'C' ? system.time : system.concentration;
    if (unit === undefined) continue;
    const pivot = [...unit.factors].find(([symbol]) => !(other?.factors.has(symbol) ?? false)) ?? [...unit.factors][0];
    if (pivot === undefined) continue;
    const there = rest.get(pivot[0]);
    if (there === undefined) continue;
    const k = divide(there, pivot[1]);
    rest = combine(rest, unit.factors, negate(k));
    if (which === 'C') c = add(c, k);
    else t = add(t, k);
  }
  return { c, t, rest };
}

/** The scale (log10) that a unit of these factors has in the file; undefined when the file does not fix it. */
export function expectedLog(factors: Factors, system: UnitSystem): number | undefined {
  const { c, t, rest } = split(factors, system);
  if (rest.size > 0) return undefined;
  return toNumber(c) * (system.concentration?.log ?? 0) + toNumber(t) * (system.time?.log ?? 0);
}

/** The unit in the user's own names: `1/(uM*s)`; words where the file names no unit; `dimensionless`. */
export function unitText(factors: Factors, system: UnitSystem): string {
  const { c, t: perTime, rest } = split(expand(factors, system), system);
  const parts: [string, Rational][] = [];
  const put = (unit: WrittenUnit | undefined, word: string, exponent: Rational): void => {
    if (exponent.n === 0) return;
    if (unit === undefined) parts.push([word, exponent]);
    else if (/^[^*/^]+$/u.test(unit.text)) parts.push([unit.text, exponent]);
    else parts.push([`(${unit.text})`, exponent]);
  };
  put(system.concentration, 'concentration', c);
  for (const [symbol, exponent] of rest) parts.push([typeof symbol === 'string' ? symbol : t('unit of {0}', symbol.name), exponent]);
  put(system.time, 'time', perTime);
  return productText(parts);
}

function productText(parts: readonly (readonly [string, Rational])[]): string {
  const powerText = (name: string, exponent: Rational): string =>
    exponent.n === 1 && exponent.d === 1 ? name : `${name}^${exponent.d === 1 ? text(exponent) : `(${text(exponent)})`}`;
  const above = parts.filter(([, exponent]) => exponent.n > 0).map(([name, exponent]) => powerText(name, exponent));
  const below = parts.filter(([, exponent]) => exponent.n < 0).map(([name, exponent]) => powerText(name, multiply(exponent, rational(-1))));
  if (above.length === 0 && below.length === 0) return 'dimensionless';
  if (below.length === 0) return above.join('*');
  const denominator = below.length === 1 ? (below[0] ?? '') : `(${below.join('*')})`;
  return `${above.length === 0 ? '1' : above.join('*')}/${denominator}`;
}

/** Whether the unit is a power of base symbols that a clock measures. */
export function isTime(factors: Factors): boolean {
  return factors.size === 1 && (factors.get('s')?.n ?? 0) === 1 && factors.get('s')?.d === 1;
}
/** Amount per volume, or a plain amount (molecules). */
export function isConcentration(factors: Factors): boolean {
  const amount = factors.get('mol');
  if (amount === undefined || amount.n !== 1 || amount.d !== 1) return false;
  if (factors.size === 1) return true;
  const length = factors.get('m');
  return factors.size === 2 && length !== undefined && length.n === -3 && length.d === 1;
}

export function sameFactors(a: Factors, b: Factors): boolean {
  if (a.size !== b.size) return false;
  for (const [symbol, exponent] of a) {
    const other = b.get(symbol);
    if (other === undefined || other.n !== exponent.n || other.d !== exponent.d) return false;
  }
  return true;
}

export type { BaseSymbol, UnitVariable };

/** Numbers as people read them: four digits, powers of ten as such, a true minus sign. */
import { counted, t } from '../l10n/index.ts';

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '-': '⁻', '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹',
};

export function superscript(n: number): string {
  return Array.from(String(n), (c) => SUPERSCRIPTS[c] ?? c).join('');
}

/** `0.9813`, `12.5`, `3.2·10⁻⁵`, `−0.4`, `0`, `∞`, `not a number`. */
export function formatNumber(x: number, digits = 4): string {
  if (Number.isNaN(x)) return t('not a number');
  if (x === 0) return '0';
  const sign = x < 0 ? '−' : '';
  const a = Math.abs(x);
  if (a === Infinity) return `${sign}∞`;
  if (a >= 1e-3 && a < 1e5) {
    const rounded = Number(a.toPrecision(Math.max(digits, Math.floor(Math.log10(a)) + 1)));
    if (rounded < 1e5) return sign + String(rounded);
  }
  const [mantissa, exponent] = a.toExponential(digits - 1).split('e') as [string, string];
  const m = String(Number(mantissa));
  const power = `10${superscript(Number(exponent))}`;
  return sign + (m === '1' ? power : `${m}·${power}`);
}

/** As the user would type it: `0.005`, `2e-7`. */
export function typedNumber(x: number): string {
  if (x === 0) return '0';
  const rounded = Number(x.toPrecision(6));
  const plain = String(rounded);
  return plain.length <= 8 ? plain : rounded.toExponential().replace('e+', 'e');
}

/** What the user typed, as a finite number; undefined when it is none. A comma may stand for the point. */
export function parseNumber(text: string): number | undefined {
  const plain = text.trim().replace('−', '-').replace(',', '.').replace(/[·x×]\s*10\^?/u, 'e');
  if (plain === '') return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** Ticks of an axis: as few digits as tell neighbours apart. */
export function formatTick(x: number, step: number): string {
  if (x === 0) return '0';
  const a = Math.abs(x);
  const digits = Math.max(1, Math.ceil(Math.log10(a) - Math.log10(Math.abs(step || a)) + 1 - 1e-9));
  if (a >= 1e5 || a < 1e-3) return formatNumber(x, Math.min(digits, 6));
  return (x < 0 ? '−' : '') + String(Number(a.toPrecision(Math.min(digits + 1, 12))));
}

/** `1.2 ms`, `340 ms`, `2.4 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** A time to wait, roughly: `12 s`, `4 min`, `1 h 20 min`. */
export function roughTime(seconds: number): string {
  if (seconds < 90) return t('{0} s', Math.max(1, Math.round(seconds)));
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? t('{0} min', minutes) : t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}

/** `2 errors in the text`, `1 error in the text, 3 in what it imports`. */
export function errorCount(own: number, imported: number): string {
  if (imported === 0) return t('{0} in the text', counted(own, '1 error', '{0} errors'));
  return own === 0 ? t('{0} in what the text imports', counted(imported, '1 error', '{0} errors')) : t('{0} in the text, {1} in what it imports', counted(own, '1 error', '{0} errors'), imported.toLocaleString('en-US'));
}

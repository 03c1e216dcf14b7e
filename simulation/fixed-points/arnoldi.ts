/**
 * Eigenvalues of a large matrix next to zero: Arnoldi's method on its inverse, whose largest eigenvalues they are (Saad, Numerical
 * Methods for Large Eigenvalue Problems, ch. 6 and 8). The basis is orthogonalised twice, so that no eigenvalue comes twice.
 */
import { eigenvalues } from '../linear/eigenvalues.ts';

/** Sizes of the Krylov spaces whose answers are compared: what both say is believed. */
const SMALLER = 60, LARGER = 80;
const AGREE = 1e-6;

export interface Leading {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/**
 * @param solve overwrites b with A⁻¹ b
 * @param start a vector to begin with, in the space that A maps into itself
 * @param most so many are wanted at most
 * @returns eigenvalues of A, the nearest to zero first; those only that have settled
 */
export function eigenvaluesNearZero(solve: (b: Float64Array) => void, start: Float64Array, most: number): Leading {
  const n = start.length, basis: Float64Array[] = [], columns: Float64Array[] = [];
  let v = Float64Array.from(start), size = norm(v);
  const answers: Leading[] = [];
  const wanted = [Math.min(SMALLER, n), Math.min(LARGER, n)];
  while (size > 0 && Number.isFinite(size) && basis.length < wanted[1]!) {
    basis.push(v.map((x) => x / size));
    const w = Float64Array.from(basis[basis.length - 1]!);
    solve(w);
    const length = norm(w), column = new Float64Array(basis.length + 1);
    for (let pass = 0; pass < 2; pass++) {
      basis.forEach((q, k) => {
        let dot = 0;
        for (let i = 0; i < n; i++) dot += q[i]! * w[i]!;
        column[k]! += dot;
        for (let i = 0; i < n; i++) w[i] = w[i]! - dot * q[i]!;
      });
    }
    size = norm(w);
    // The space is exhausted: what has been found is all there is.
    if (size <= 1e-14 * length) size = 0;
    column[basis.length] = size;
    columns.push(column);
    v = w;
    if (wanted.includes(basis.length) || size === 0) answers.push(ritz(columns));
  }
  const last = answers.at(-1), before = size === 0 || basis.length === n ? last : answers.at(-2);
  return last === undefined || before === undefined ? { real: new Float64Array(0), imaginary: new Float64Array(0) } : agreed(last, before, most);
}

/** Eigenvalues of the inverse's projection, turned back. */
function ritz(columns: readonly Float64Array[]): Leading {
  const m = columns.length, hessenberg = new Float64Array(m * m);
  columns.forEach((column, j) => { for (let i = 0; i < Math.min(m, column.length); i++) hessenberg[i * m + j] = column[i]!; });
  const found = eigenvalues(m, hessenberg), real = new Float64Array(m), imaginary = new Float64Array(m);
  if (found === undefined) return { real: new Float64Array(0), imaginary: new Float64Array(0) };
  for (let k = 0; k < m; k++) {
    const a = found.real[k]!, b = found.imaginary[k]!, square = a * a + b * b;
    real[k] = a / square;
    imaginary[k] = -b / square;
  }
  return { real, imaginary };
}

function agreed(last: Leading, before: Leading, most: number): Leading {
  const order = Array.from(last.real, (_, k) => k).filter((k) => Number.isFinite(last.real[k]!) && Number.isFinite(last.imaginary[k]!))
    .sort((a, b) => size(last, a) - size(last, b));
  const kept: number[] = [];
  for (const k of order) {
    const near = Array.from(before.real).some((_, j) => Math.hypot(last.real[k]! - before.real[j]!, last.imaginary[k]! - before.imaginary[j]!) <= AGREE * size(last, k));
    // Beyond the first that has not settled, others may be missing.
    if (!near || kept.length >= most) break;
    kept.push(k);
  }
  return { real: Float64Array.from(kept, (k) => last.real[k]!), imaginary: Float64Array.from(kept, (k) => last.imaginary[k]!) };
}

const size = ({ real, imaginary }: Leading, k: number): number => Math.hypot(real[k]!, imaginary[k]!);

function norm(v: Float64Array): number {
  let sum = 0;
  for (const x of v) sum += x * x;
  return Math.sqrt(sum);
}

/** Dense LU factorisation with partial pivoting, rows stored one after another. */

/**
 * Factorises `a` (n×n, row-major) in place into L\U; `pivots[k]` is the row exchanged with row k.
 * @returns false when a pivot is zero or not finite: the matrix is singular to working precision.
 */
export function factoriseDense(n: number, a: Float64Array, pivots: Int32Array): boolean {
  for (let k = 0; k < n; k++) {
    let row = k, largest = Math.abs(a[k * n + k]!);
    for (let i = k + 1; i < n; i++) {
      const size = Math.abs(a[i * n + k]!);
      if (size > largest) { largest = size; row = i; }
    }
    pivots[k] = row;
    if (!(largest > 0) || largest === Infinity) return false;
    const base = k * n;
    if (row !== k) {
      for (let j = 0, from = row * n; j < n; j++) {
        const swap = a[from + j]!;
        a[from + j] = a[base + j]!;
        a[base + j] = swap;
      }
    }
    const inverse = 1 / a[base + k]!;
    for (let i = k + 1; i < n; i++) {
      const at = i * n;
      const factor = a[at + k]!;
      if (factor === 0) continue;
      const multiplier = factor * inverse;
      a[at + k] = multiplier;
      for (let j = k + 1; j < n; j++) a[at + j] = a[at + j]! - multiplier * a[base + j]!;
    }
  }
  return true;
}

/** Solves A x = b in place of b with the factors of {@link factoriseDense}. */
export function solveDense(n: number, lu: Float64Array, pivots: Int32Array, b: Float64Array): void {
  for (let k = 0; k < n; k++) {
    const row = pivots[k]!;
    if (row !== k) { const swap = b[k]!; b[k] = b[row]!; b[row] = swap; }
  }
  for (let i = 1; i < n; i++) {
    let sum = b[i]!;
    for (let j = 0, at = i * n; j < i; j++) sum -= lu[at + j]! * b[j]!;
    b[i] = sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    const at = i * n;
    for (let j = i + 1; j < n; j++) sum -= lu[at + j]! * b[j]!;
    b[i] = sum / lu[at + i]!;
  }
}

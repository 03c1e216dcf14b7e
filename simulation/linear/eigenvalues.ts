/**
 * All eigenvalues of a small real matrix: reduction to Hessenberg form by elimination, then the implicit double-shift QR
 * iteration (Francis; Golub & Van Loan, Matrix Computations, §7.4–7.5).
 */

import { go, type Poll } from '../cancel.ts';

export interface Eigenvalues {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/**
 * @param matrix n×n, row-major; overwritten
 * @returns the eigenvalues in no particular order, or undefined when the iteration does not converge or meets a NaN
 */
export function eigenvalues(n: number, matrix: Float64Array, poll: Poll = go): Eigenvalues | undefined {
  toHessenberg(n, matrix, poll);
  const a = matrix, real = new Float64Array(n), imaginary = new Float64Array(n);
  let norm = 0;
  for (let i = 0; i < n; i++) for (let j = Math.max(0, i - 1); j < n; j++) norm += Math.abs(a[i * n + j]!);
  if (!Number.isFinite(norm)) return undefined;
  let last = n - 1, shiftSum = 0, iterations = 0;
  while (last >= 0) {
    let low = last;
    for (; low > 0; low--) {
      const scale = Math.abs(a[(low - 1) * n + low - 1]!) + Math.abs(a[low * n + low]!);
      if (Math.abs(a[low * n + low - 1]!) <= Number.EPSILON * (scale === 0 ? norm : scale)) { a[low * n + low - 1] = 0; break; }
    }
    const corner = a[last * n + last]!;
    if (low === last) {
      real[last] = corner + shiftSum;
      last--;
      iterations = 0;
      continue;
    }
    const above = a[(last - 1) * n + last - 1]!;
    const product = a[last * n + last - 1]! * a[(last - 1) * n + last]!;
    if (low === last - 1) {
      const half = 0.5 * (above - corner), discriminant = half * half + product, root = Math.sqrt(Math.abs(discriminant));
      if (discriminant >= 0) {
        const z = half + (half >= 0 ? root : -root);
        real[last - 1] = corner + shiftSum + z;
        real[last] = z === 0 ? corner + shiftSum : corner + shiftSum - product / z;
      } else {
        real[last - 1] = real[last] = corner + shiftSum + half;
        imaginary[last - 1] = root;
        imaginary[last] = -root;
      }
      last -= 2;
      iterations = 0;
      continue;
    }
    if (iterations === 60) return undefined;
    let x = corner, y = above, w = product;
    if (iterations > 0 && iterations % 10 === 0) {
      // An exceptional shift breaks the rare cycles.
      shiftSum += x;
      for (let i = 0; i <= last; i++) a[i * n + i] = a[i * n + i]! - x;
      const s = Math.abs(a[last * n + last - 1]!) + Math.abs(a[(last - 1) * n + last - 2]!);
      x = y = 0.75 * s;
      w = -0.4375 * s * s;
    }
    iterations++;
    poll();
    qrSweep(n, a, low, last, x, y, w);
  }
  return { real, imaginary };
}

/** One implicit double-shift sweep over rows and columns low … last; x + y is the sum of the shifts, x·y − w their product. */
function qrSweep(n: number, a: Float64Array, low: number, last: number, x: number, y: number, w: number): void {
  let start = last - 2, p = 0, q = 0, r = 0;
  for (; start >= low; start--) {
    const z = a[start * n + start]!, rr = x - z, s = y - z;
    p = (rr * s - w) / a[(start + 1) * n + start]! + a[start * n + start + 1]!;
    q = a[(start + 1) * n + start + 1]! - z - rr - s;
    r = a[(start + 2) * n + start + 1]!;
    const size = Math.abs(p) + Math.abs(q) + Math.abs(r);
    p /= size; q /= size; r /= size;
    if (start === low) break;
    const small = Math.abs(a[start * n + start - 1]!) * (Math.abs(q) + Math.abs(r));
    const large = Math.abs(p) * (Math.abs(a[(start - 1) * n + start - 1]!) + Math.abs(z) + Math.abs(a[(start + 1) * n + start + 1]!));
    if (small <= Number.EPSILON * large) break;
  }
  for (let i = start + 2; i <= last; i++) {
    a[i * n + i - 2] = 0;
    if (i > start + 2) a[i * n + i - 3] = 0;
  }
  for (let k = start; k < last; k++) {
    const three = k < last - 1;
    let scale = 1;
    if (k > start) {
      p = a[k * n + k - 1]!;
      q = a[(k + 1) * n + k - 1]!;
      r = three ? a[(k + 2) * n + k - 1]! : 0;
      scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
      if (scale === 0) continue;
      p /= scale; q /= scale; r /= scale;
    }
    const length = Math.sqrt(p * p + q * q + r * r), s = p >= 0 ? length : -length;
    if (s === 0) continue;
    if (k === start) {
      if (low !== start) a[k * n + k - 1] = -a[k * n + k - 1]!;
    } else {
      a[k * n + k - 1] = -s * scale;
    }
    p += s;
    const fx = p / s, fy = q / s, fz = r / s;
    q /= p;
    r /= p;
    for (let j = k; j <= last; j++) {
      let sum = a[k * n + j]! + q * a[(k + 1) * n + j]!;
      if (three) {
        sum += r * a[(k + 2) * n + j]!;
        a[(k + 2) * n + j] = a[(k + 2) * n + j]! - sum * fz;
      }
      a[(k + 1) * n + j] = a[(k + 1) * n + j]! - sum * fy;
      a[k * n + j] = a[k * n + j]! - sum * fx;
    }
    for (let i = low; i <= Math.min(last, k + 3); i++) {
      let sum = fx * a[i * n + k]! + fy * a[i * n + k + 1]!;
      if (three) {
        sum += fz * a[i * n + k + 2]!;
        a[i * n + k + 2] = a[i * n + k + 2]! - sum * r;
      }
      a[i * n + k + 1] = a[i * n + k + 1]! - sum * q;
      a[i * n + k] = a[i * n + k]! - sum;
    }
  }
}

/** Similarity to Hessenberg form by Gaussian elimination with pivoting; entries below the subdiagonal are set to 0. */
function toHessenberg(n: number, a: Float64Array, poll: Poll): void {
  for (let m = 1; m < n - 1; m++) {
    poll();
    let pivot = m, largest = 0;
    for (let i = m; i < n; i++) {
      const size = Math.abs(a[i * n + m - 1]!);
      if (size > largest) { largest = size; pivot = i; }
    }
    if (largest === 0) continue;
    if (pivot !== m) {
      for (let j = m - 1; j < n; j++) { const s = a[pivot * n + j]!; a[pivot * n + j] = a[m * n + j]!; a[m * n + j] = s; }
      for (let i = 0; i < n; i++) { const s = a[i * n + pivot]!; a[i * n + pivot] = a[i * n + m]!; a[i * n + m] = s; }
    }
    for (let i = m + 1; i < n; i++) {
      const factor = a[i * n + m - 1]! / a[m * n + m - 1]!;
      if (factor === 0) continue;
      for (let j = m - 1; j < n; j++) a[i * n + j] = a[i * n + j]! - factor * a[m * n + j]!;
      for (let j = 0; j < n; j++) a[j * n + m] = a[j * n + m]! + factor * a[j * n + i]!;
      a[i * n + m - 1] = 0;
    }
  }
}

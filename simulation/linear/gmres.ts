/**
 * GMRES (Saad & Schultz 1986) with left preconditioning in the integrator's error metric: with the error weights w on
 * the diagonal of W it solves (W P⁻¹ M W⁻¹)(W x) = W P⁻¹ b, so its residual is measured as the errors are.
 * Control is here, the vector loops are WebAssembly on the arena's memory.
 */
import { Arena } from '../kernels/arena.ts';
import type { Kernels } from '../kernels/module.ts';

export const KRYLOV_DIMENSION = 8;
const STRIDE = KRYLOV_DIMENSION + 1;

export interface GmresResult {
  /** Weighted RMS norm of the preconditioned residual that remains. */
  readonly residual: number;
  readonly initial: number;
  readonly iterations: number;
}

export class Gmres {
  /** The right-hand side b before `solve`, the solution after it. */
  readonly x: Float64Array;
  /** The error weights; written by the caller. */
  readonly weights: Float64Array;
  private readonly n: number;
  private readonly kernels: Kernels;
  private readonly basis: number;
  /** Bytes from one basis vector to the next. */
  private readonly stride: number;
  /** Column k, below the diagonal already rotated away, is hessenberg[STRIDE·k …]. */
  private readonly hessenberg: Float64Array;
  private readonly cosine = new Float64Array(KRYLOV_DIMENSION);
  private readonly sine = new Float64Array(KRYLOV_DIMENSION);
  private readonly rhs = new Float64Array(STRIDE);
  private readonly vector: Float64Array;
  private readonly image: Float64Array;
  private readonly residualVector: Float64Array;

  constructor(n: number, arena: Arena = new Arena(Gmres.bytes(n))) {
    const padded = n + (n & 1);
    this.n = n;
    this.kernels = arena.kernels;
    this.basis = arena.doubles(STRIDE * padded).byteOffset;
    this.stride = 8 * padded;
    this.hessenberg = arena.doubles(STRIDE * KRYLOV_DIMENSION);
    this.x = arena.doubles(n);
    this.weights = arena.doubles(n);
    this.vector = arena.doubles(n);
    this.image = arena.doubles(n);
    this.residualVector = arena.doubles(n);
  }

  /** Room in an arena. */
  static bytes(n: number): number {
    return Arena.bytes([STRIDE * (n + 1), STRIDE * KRYLOV_DIMENSION, n, n, n, n, n]);
  }

  /**
   * Solves M x = b from x = 0; `x` holds b and becomes the solution.
   * @param multiply out ← M v
   * @param precondition v ← P⁻¹ v for the vector at an address in the arena
   * @param tolerance on the weighted RMS norm of the preconditioned residual
   * @param cycles how often to restart at most
   */
  solve(tolerance: number, cycles: number, multiply: (v: Float64Array, out: Float64Array) => void, precondition: (address: number) => void): GmresResult {
    const { n, kernels, basis, stride, vector, image, residualVector, x, rhs } = this;
    const rootN = Math.sqrt(n), weights = this.weights.byteOffset;
    const vectorAt = vector.byteOffset, imageAt = image.byteOffset, residualAt = residualVector.byteOffset;
    residualVector.set(x);
    precondition(residualAt);
    let initial = -1, iterations = 0, residual = 0;
    x.fill(0);
    for (let cycle = 0; cycle < cycles; cycle++) {
      const norm = Math.sqrt(kernels.intoMetric(residualAt, weights, basis, n));
      residual = norm / rootN;
      if (initial < 0) initial = residual;
      if (!(residual > tolerance)) break;
      kernels.scaled(1 / norm, basis, basis, n);
      rhs.fill(0);
      rhs[0] = norm;
      let size = 0;
      while (size < KRYLOV_DIMENSION) {
        kernels.outOfMetric(basis + size * stride, weights, vectorAt, n);
        multiply(vector, image);
        precondition(imageAt);
        const before = kernels.intoMetric(imageAt, weights, basis + (size + 1) * stride, n);
        const broke = this.extend(size, before);
        size++;
        iterations++;
        residual = Math.abs(rhs[size]!) / rootN;
        if (!(residual > tolerance) || broke) break;
      }
      this.addCorrection(size);
      if (!(residual > tolerance) || cycle + 1 === cycles) break;
      // Restart: the preconditioned residual less that of the increment, which was left in `vector`.
      multiply(vector, image);
      precondition(imageAt);
      kernels.axpy(-1, imageAt, residualAt, n);
    }
    return { residual, initial, iterations };
  }

  /** Orthogonalises basis vector k + 1, whose square is `before`, against its forerunners, extends the QR factors; true on a lucky breakdown. */
  private extend(k: number, before: number): boolean {
    const { n, kernels, basis, stride, hessenberg, cosine, sine, rhs } = this;
    const column = k * STRIDE, at = hessenberg.byteOffset + 8 * column, w = basis + (k + 1) * stride;
    hessenberg.fill(0, column, column + STRIDE);
    let square = kernels.orthogonalise(w, basis, stride, k, at, n);
    // Cancellation: orthogonalise once more.
    if (square < 1e-6 * before) square = kernels.orthogonalise(w, basis, stride, k, at, n);
    const norm = Math.sqrt(square);
    const broke = !(norm > 1e-14 * Math.sqrt(before));
    if (!broke) kernels.scaled(1 / norm, w, w, n);
    for (let j = 0; j < k; j++) {
      const a = hessenberg[column + j]!, b = hessenberg[column + j + 1]!;
      hessenberg[column + j] = cosine[j]! * a + sine[j]! * b;
      hessenberg[column + j + 1] = cosine[j]! * b - sine[j]! * a;
    }
    const a = hessenberg[column + k]!, b = broke ? 0 : norm;
    const radius = Math.hypot(a, b);
    cosine[k] = radius === 0 ? 1 : a / radius;
    sine[k] = radius === 0 ? 0 : b / radius;
    hessenberg[column + k] = radius;
    const top = rhs[k]!;
    rhs[k] = cosine[k] * top;
    rhs[k + 1] = -sine[k] * top;
    return broke;
  }

  /** x += W⁻¹ V z with the least-squares solution z; leaves the increment in `vector`. */
  private addCorrection(size: number): void {
    const { n, kernels, basis, stride, hessenberg, rhs, vector, x } = this, vectorAt = vector.byteOffset;
    for (let i = size - 1; i >= 0; i--) {
      let sum = rhs[i]!;
      for (let j = i + 1; j < size; j++) sum -= hessenberg[j * STRIDE + i]! * rhs[j]!;
      const pivot = hessenberg[i * STRIDE + i]!;
      rhs[i] = pivot === 0 ? 0 : sum / pivot;
    }
    vector.fill(0);
    for (let j = 0; j < size; j++) kernels.axpy(rhs[j]!, basis + j * stride, vectorAt, n);
    kernels.outOfMetric(vectorAt, this.weights.byteOffset, vectorAt, n);
    kernels.axpy(1, vectorAt, x.byteOffset, n);
  }
}

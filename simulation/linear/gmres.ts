/**
 * GMRES (Saad & Schultz 1986) with left preconditioning in the integrator's error metric: with the error weights w on
 * the diagonal of W it solves (W P⁻¹ M W⁻¹)(W x) = W P⁻¹ b, so its residual is measured as the errors are.
 */

export const KRYLOV_DIMENSION = 8;

export interface GmresResult {
  /** Weighted RMS norm of the preconditioned residual that remains. */
  readonly residual: number;
  readonly initial: number;
  readonly iterations: number;
}

export class Gmres {
  private readonly n: number;
  private readonly basis: Float64Array[];
  private readonly hessenberg = new Float64Array((KRYLOV_DIMENSION + 1) * KRYLOV_DIMENSION);
  private readonly cosine = new Float64Array(KRYLOV_DIMENSION);
  private readonly sine = new Float64Array(KRYLOV_DIMENSION);
  private readonly rhs = new Float64Array(KRYLOV_DIMENSION + 1);
  private readonly vector: Float64Array;
  private readonly image: Float64Array;
  private readonly residualVector: Float64Array;

  constructor(n: number) {
    this.n = n;
    this.basis = Array.from({ length: KRYLOV_DIMENSION + 1 }, () => new Float64Array(n));
    this.vector = new Float64Array(n);
    this.image = new Float64Array(n);
    this.residualVector = new Float64Array(n);
  }

  /**
   * Solves M x = b from x = 0; x is written in place of b.
   * @param multiply out ← M v
   * @param precondition v ← P⁻¹ v
   * @param tolerance on the weighted RMS norm of the preconditioned residual
   * @param cycles how often to restart at most
   */
  solve(
    b: Float64Array, weights: Float64Array, tolerance: number, cycles: number,
    multiply: (v: Float64Array, out: Float64Array) => void, precondition: (v: Float64Array) => void,
  ): GmresResult {
    const { n, basis, vector, image, residualVector } = this;
    const rootN = Math.sqrt(n);
    residualVector.set(b);
    precondition(residualVector);
    let initial = -1, iterations = 0, residual = 0;
    const x = b;
    x.fill(0);
    for (let cycle = 0; cycle < cycles; cycle++) {
      const v0 = basis[0]!;
      let norm = 0;
      for (let i = 0; i < n; i++) { const value = residualVector[i]! * weights[i]!; v0[i] = value; norm += value * value; }
      norm = Math.sqrt(norm);
      residual = norm / rootN;
      if (initial < 0) initial = residual;
      if (!(residual > tolerance)) break;
      const scale = 1 / norm;
      for (let i = 0; i < n; i++) v0[i] = v0[i]! * scale;
      this.rhs.fill(0);
      this.rhs[0] = norm;
      let size = 0;
      while (size < KRYLOV_DIMENSION) {
        const v = basis[size]!;
        for (let i = 0; i < n; i++) vector[i] = v[i]! / weights[i]!;
        multiply(vector, image);
        precondition(image);
        const w = basis[size + 1]!;
        for (let i = 0; i < n; i++) w[i] = image[i]! * weights[i]!;
        const broke = this.extend(size);
        size++;
        iterations++;
        residual = Math.abs(this.rhs[size]!) / rootN;
        if (!(residual > tolerance) || broke) break;
      }
      this.addCorrection(size, x, weights);
      if (!(residual > tolerance) || cycle + 1 === cycles) break;
      // Restart: the preconditioned residual less that of the increment, which was left in `vector`.
      multiply(vector, image);
      precondition(image);
      for (let i = 0; i < n; i++) residualVector[i] = residualVector[i]! - image[i]!;
    }
    return { residual, initial, iterations };
  }

  /** Orthogonalises basis[k + 1] against its forerunners, extends the QR factors; true on a lucky breakdown. */
  private extend(k: number): boolean {
    const { n, basis, hessenberg, cosine, sine, rhs } = this;
    const stride = KRYLOV_DIMENSION + 1, column = k * stride;
    const w = basis[k + 1]!;
    let before = 0;
    for (let i = 0; i < n; i++) before += w[i]! * w[i]!;
    for (let j = 0; j <= k; j++) {
      const v = basis[j]!;
      let dot = 0;
      for (let i = 0; i < n; i++) dot += w[i]! * v[i]!;
      hessenberg[column + j] = dot;
      for (let i = 0; i < n; i++) w[i] = w[i]! - dot * v[i]!;
    }
    let norm = 0;
    for (let i = 0; i < n; i++) norm += w[i]! * w[i]!;
    if (norm < 1e-6 * before) {
      // Cancellation: orthogonalise once more.
      for (let j = 0; j <= k; j++) {
        const v = basis[j]!;
        let dot = 0;
        for (let i = 0; i < n; i++) dot += w[i]! * v[i]!;
        hessenberg[column + j] = hessenberg[column + j]! + dot;
        for (let i = 0; i < n; i++) w[i] = w[i]! - dot * v[i]!;
      }
      norm = 0;
      for (let i = 0; i < n; i++) norm += w[i]! * w[i]!;
    }
    norm = Math.sqrt(norm);
    const broke = !(norm > 1e-14 * Math.sqrt(before));
    if (!broke) {
      const scale = 1 / norm;
      for (let i = 0; i < n; i++) w[i] = w[i]! * scale;
    }
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
  private addCorrection(size: number, x: Float64Array, weights: Float64Array): void {
    const { n, basis, hessenberg, rhs, vector } = this;
    const stride = KRYLOV_DIMENSION + 1;
    for (let i = size - 1; i >= 0; i--) {
      let sum = rhs[i]!;
      for (let j = i + 1; j < size; j++) sum -= hessenberg[j * stride + i]! * rhs[j]!;
      const pivot = hessenberg[i * stride + i]!;
      rhs[i] = pivot === 0 ? 0 : sum / pivot;
    }
    vector.fill(0);
    for (let j = 0; j < size; j++) {
      const v = basis[j]!, z = rhs[j]!;
      for (let i = 0; i < n; i++) vector[i] = vector[i]! + z * v[i]!;
    }
    for (let i = 0; i < n; i++) {
      vector[i] = vector[i]! / weights[i]!;
      x[i] = x[i]! + vector[i]!;
    }
  }
}

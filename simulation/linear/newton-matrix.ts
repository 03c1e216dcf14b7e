/**
 * The linear systems (I − γJ) x = b of an implicit method behind one interface, and the choice among dense LU, sparse LU
 * and preconditioned GMRES by size and fill.
 */
import { go, type Poll } from '../cancel.ts';
import { Arena } from '../kernels/arena.ts';
import type { OdeSystem, SparseJacobian, SparsePattern } from '../system.ts';
import { BorderedLU, findBorder, type Border } from './bordered.ts';
import { factoriseDense, solveDense } from './dense.ts';
import { Gmres } from './gmres.ts';
import { ILU0 } from './ilu0.ts';
import { minimumDegree } from './order.ts';
import { densePattern, diagonalOf } from './pattern.ts';
import { diagonalStructure, forecastFill, SparseLU, type DiagonalStructure } from './sparse-lu.ts';
import { TotalsProjection } from './totals.ts';

/** Where a solve happens; the vectors belong to the caller. */
export interface NewtonPoint {
  readonly t: number;
  readonly y: Float64Array;
  readonly gamma: number;
  readonly weights: Float64Array;
  /** Weighted RMS norm that an iterative solver may leave as residual. */
  readonly tolerance: number;
}

export interface NewtonMatrix {
  readonly kind: 'dense LU' | 'sparse LU' | 'GMRES';
  /** True when the matrix is that of the last `factorise`, so that a changed γ is worth correcting for. */
  readonly direct: boolean;
  /** Takes over J at (t, y); `derivative` is f(t, y). @returns evaluations of f it cost */
  evaluate(t: number, y: Float64Array, derivative: Float64Array, weights: Float64Array): number;
  /** Prepares I − γJ. @returns false when that is singular */
  factorise(gamma: number, weights: Float64Array): boolean;
  /** Solves in place of b. `reduced`: better than nothing, short of the tolerance. */
  solve(b: Float64Array, point: NewtonPoint): 'solved' | 'reduced' | 'failed';
  /** Gives up its memory; the last thing that is asked of it. */
  release?(): void;
}

/** Up to this many components dense LU is fastest. */
const DENSE = 16;
/** Without a Jacobian, differences fill a dense one up to this size. */
const DENSE_DIFFERENCES = 200;
/** Sparse LU up to this many multiplications per non-zero of J; beyond, GMRES with ILU(0) is cheaper. */
const WORK_PER_NONZERO = 12;
/** From this size on it is looked whether most components come in pairs that can be eliminated first. */
const BORDERED = 1000;

/**
 * @param evaluations called once for each evaluation of f that the solver makes outside `evaluate`
 * @param poll asked within long orderings, factorisations and solves
 */
export function newtonMatrix(system: OdeSystem, evaluations: () => void, poll: Poll = go): NewtonMatrix {
  const n = system.dimension;
  const jacobian = system.jacobian;
  if (n >= BORDERED) {
    const listed = listedJacobian(system, poll), border = listed === undefined ? undefined : borderOf(listed.pattern, poll);
    if (border !== undefined) return new BorderedNewton(listed!, border, poll);
  }
  if (jacobian === undefined) {
    return system.jacobianTimes === undefined && n <= DENSE_DIFFERENCES
      ? new DenseNewton(system, densePattern(n), poll)
      : new KrylovNewton(system, evaluations, poll);
  }
  if (n <= DENSE) return new DenseNewton(system, jacobian.pattern, poll);
  const order = directOrder(jacobian.pattern, poll);
  return order === undefined ? new KrylovNewton(system, evaluations, poll) : new SparseNewton(system, jacobian.pattern, order, poll);
}

/** Whether Newton's equations are solved directly though the system has no matrix otherwise. */
export function hasDirectSolver(system: OdeSystem, poll: Poll): boolean {
  const listed = system.dimension >= BORDERED ? listedJacobian(system, poll) : undefined;
  return listed !== undefined && borderOf(listed.pattern, poll) !== undefined;
}

function listedJacobian(system: OdeSystem, poll: Poll): SparseJacobian | undefined {
  const { jacobian } = system;
  if (jacobian === undefined) return system.nonZeros?.(poll);
  return { pattern: jacobian.pattern, bytes: 0, place: () => (t, y, values) => { jacobian.fill(t, y, values); } };
}

const borders = new WeakMap<SparsePattern, { readonly border: Border | undefined }>();

function borderOf(pattern: SparsePattern, poll: Poll): Border | undefined {
  let known = borders.get(pattern);
  if (known === undefined) {
    const border = findBorder(pattern, poll), worthwhile = border !== undefined && border.work <= WORK_PER_NONZERO * pattern.columnStart[pattern.n]!;
    borders.set(pattern, known = { border: worthwhile ? border : undefined });
  }
  return known.border;
}

/** Decisions by pattern: a network is integrated many times while its sliders move. */
const decisions = new WeakMap<SparsePattern, { readonly order: Int32Array | undefined; structure?: DiagonalStructure }>();

/** The elimination order for a sparse LU, or undefined where GMRES is the better choice. */
function directOrder(pattern: SparsePattern, poll: Poll): Int32Array | undefined {
  const known = decisions.get(pattern);
  if (known !== undefined) return known.order;
  const n = pattern.n, nonZeros = pattern.columnStart[n]!;
  let order: Int32Array | undefined;
  // Ordering a large and well filled matrix costs more than it can save.
  if (n <= 1000 || nonZeros <= 12 * n) {
    order = minimumDegree(pattern, poll);
    if (n > 100 && forecastFill(pattern, order, Infinity, poll).work > WORK_PER_NONZERO * nonZeros) order = undefined;
  }
  decisions.set(pattern, { order });
  return order;
}

/** J by forward differences, column by column. */
function differences(system: OdeSystem, t: number, y: Float64Array, derivative: Float64Array, weights: Float64Array, out: Float64Array, poll: Poll): number {
  const n = system.dimension;
  const moved = Float64Array.from(y), there = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    poll();
    const step = Math.max(Math.sqrt(Number.EPSILON) * Math.abs(y[j]!), 1e-3 / weights[j]!);
    moved[j] = y[j]! + step;
    const used = moved[j]! - y[j]!;
    system.rhs(t, moved, there);
    moved[j] = y[j]!;
    for (let i = 0; i < n; i++) out[j * n + i] = (there[i]! - derivative[i]!) / used;
  }
  return n;
}

class DenseNewton implements NewtonMatrix {
  readonly kind = 'dense LU';
  readonly direct = true;
  private readonly system: OdeSystem;
  private readonly pattern: SparsePattern;
  private readonly jacobian: Float64Array;
  private readonly matrix: Float64Array;
  private readonly pivots: Int32Array;
  private readonly poll: Poll;

  constructor(system: OdeSystem, pattern: SparsePattern, poll: Poll) {
    const n = system.dimension;
    this.system = system;
    this.poll = poll;
    this.pattern = pattern;
    this.jacobian = new Float64Array(pattern.columnStart[n]!);
    this.matrix = new Float64Array(n * n);
    this.pivots = new Int32Array(n);
  }

  evaluate(t: number, y: Float64Array, derivative: Float64Array, weights: Float64Array): number {
    if (this.system.jacobian === undefined) return differences(this.system, t, y, derivative, weights, this.jacobian, this.poll);
    this.system.jacobian.fill(t, y, this.jacobian);
    return 0;
  }

  factorise(gamma: number): boolean {
    const { n, columnStart, rowIndex } = this.pattern;
    const { matrix, jacobian } = this;
    matrix.fill(0);
    for (let j = 0; j < n; j++) {
      for (let p = columnStart[j]!; p < columnStart[j + 1]!; p++) matrix[rowIndex[p]! * n + j] = -gamma * jacobian[p]!;
    }
    for (let i = 0; i < n; i++) matrix[i * n + i] = matrix[i * n + i]! + 1;
    return factoriseDense(n, matrix, this.pivots);
  }

  solve(b: Float64Array): 'solved' {
    solveDense(this.pattern.n, this.matrix, this.pivots, b);
    return 'solved';
  }
}

class SparseNewton implements NewtonMatrix {
  readonly kind = 'sparse LU';
  readonly direct = true;
  private readonly system: OdeSystem;
  private readonly jacobian: Float64Array;
  private readonly matrix: Float64Array;
  private readonly diagonal: Int32Array;
  private readonly lu: SparseLU;

  constructor(system: OdeSystem, pattern: SparsePattern, order: Int32Array, poll: Poll) {
    const nonZeros = pattern.columnStart[pattern.n]!;
    this.system = system;
    this.jacobian = new Float64Array(nonZeros);
    this.matrix = new Float64Array(nonZeros);
    this.diagonal = diagonalOf(pattern);
    const decision = decisions.get(pattern), structure = decision?.structure ?? diagonalStructure(pattern, order, poll);
    if (decision !== undefined) decision.structure = structure;
    this.lu = new SparseLU(pattern, poll, order, structure);
  }

  evaluate(t: number, y: Float64Array): number {
    this.system.jacobian!.fill(t, y, this.jacobian);
    return 0;
  }

  factorise(gamma: number): boolean {
    const { jacobian, matrix, diagonal } = this;
    for (let p = 0; p < jacobian.length; p++) matrix[p] = -gamma * jacobian[p]!;
    for (let i = 0; i < diagonal.length; i++) matrix[diagonal[i]!] = matrix[diagonal[i]!]! + 1;
    return this.lu.factorise(matrix);
  }

  solve(b: Float64Array): 'solved' {
    this.lu.solve(b);
    return 'solved';
  }
}

/** Pairs of components eliminated first, a sparse LU of the others. */
class BorderedNewton implements NewtonMatrix {
  readonly kind = 'sparse LU';
  readonly direct = true;
  private readonly arena: Arena;
  private readonly lu: BorderedLU;
  private readonly fill: ReturnType<SparseJacobian['place']>;

  constructor(listed: SparseJacobian, border: Border, poll: Poll) {
    this.arena = Arena.take(BorderedLU.bytes(border) + listed.bytes);
    this.lu = new BorderedLU(border, this.arena, poll);
    this.fill = listed.place(this.arena);
  }

  evaluate(t: number, y: Float64Array): number {
    const { lu } = this;
    lu.x.set(y);
    this.fill(t, lu.x, lu.jacobian);
    return 0;
  }

  factorise(gamma: number): boolean {
    return this.lu.factorise(gamma);
  }

  solve(b: Float64Array): 'solved' {
    this.lu.x.set(b);
    this.lu.solve();
    b.set(this.lu.x);
    return 'solved';
  }

  release(): void {
    this.arena.recycle();
  }
}

class KrylovNewton implements NewtonMatrix {
  readonly kind = 'GMRES';
  readonly direct = false;
  private readonly system: OdeSystem;
  private readonly arena: Arena;
  private readonly gmres: Gmres;
  private readonly evaluations: () => void;
  private readonly poll: Poll;
  private readonly ilu: ILU0 | undefined;
  /** J by rows, for products where the system offers none itself. */
  private readonly times: (t: number, y: Float64Array, v: Float64Array, out: Float64Array) => void;
  private readonly totals: TotalsProjection | undefined;
  private readonly rightSide: Float64Array;
  /** Where the products J·v are taken. */
  private readonly state: Float64Array;
  private preconditioned = false;
  private base: Float64Array | undefined;
  private baseT = NaN;

  constructor(system: OdeSystem, evaluations: () => void, poll: Poll) {
    const n = system.dimension, pattern = system.jacobian?.pattern;
    this.system = system;
    this.evaluations = evaluations;
    this.poll = poll;
    const { conserved, inside } = system;
    this.arena = Arena.take(Gmres.bytes(n) + Arena.bytes([n, n]) + (inside?.bytes ?? 0)
      + (pattern === undefined ? 0 : ILU0.bytes(pattern)) + (conserved === undefined ? 0 : TotalsProjection.bytes(conserved)));
    this.gmres = new Gmres(n, this.arena);
    this.rightSide = this.arena.doubles(n);
    this.totals = conserved === undefined ? undefined : new TotalsProjection(conserved, n, this.arena);
    const ilu = this.ilu = pattern === undefined ? undefined : new ILU0(pattern, this.arena);
    this.state = this.arena.doubles(n);
    const placed = inside?.place(this.arena) ?? system;
    if (placed.jacobianTimes !== undefined) this.times = (t, y, v, out) => { placed.jacobianTimes!(t, y, v, out); };
    else if (ilu !== undefined) this.times = (_t, _y, v, out) => { multiply(pattern!, ilu.jacobian, v, out); };
    else this.times = (t, y, v, out) => { this.directional(t, y, v, out); };
  }

  evaluate(t: number, y: Float64Array): number {
    if (this.ilu !== undefined) this.system.jacobian!.fill(t, y, this.ilu.jacobian);
    return 0;
  }

  factorise(gamma: number, weights: Float64Array): boolean {
    this.gmres.weights.set(weights);
    this.preconditioned = this.ilu?.factorise(gamma, this.gmres.weights.byteOffset) ?? false;
    this.totals?.prepare(weights);
    return true;
  }

  solve(b: Float64Array, point: NewtonPoint): 'solved' | 'reduced' | 'failed' {
    const { t, y, gamma, weights, tolerance } = point, { gmres, arena: { kernels } } = this;
    this.baseT = NaN;
    gmres.weights.set(weights);
    gmres.x.set(b);
    this.state.set(y);
    const result = gmres.solve(tolerance, 2,
      (v, out) => {
        this.poll();
        this.times(t, this.state, v, out);
        kernels.newtonImage(v.byteOffset, gamma, out.byteOffset, v.length);
      },
      (address) => { if (this.preconditioned) this.ilu!.solve(address); });
    if (!Number.isFinite(result.residual)) return 'failed';
    if (this.totals !== undefined) {
      this.rightSide.set(b);
      this.totals.apply(this.rightSide, gmres.x);
    }
    b.set(gmres.x);
    if (result.residual <= tolerance) return 'solved';
    return result.residual < 0.9 * result.initial ? 'reduced' : 'failed';
  }

  release(): void {
    this.arena.recycle();
  }

  /** (f(y + σv) − f(y))/σ with ‖σv‖ = 1 in the error metric. */
  private directional(t: number, y: Float64Array, v: Float64Array, out: Float64Array): void {
    const n = y.length, weights = this.gmres.weights;
    this.base ??= new Float64Array(2 * n);
    const base = this.base.subarray(0, n), moved = this.base.subarray(n);
    if (this.baseT !== t) {
      this.system.rhs(t, y, base);
      this.evaluations();
      this.baseT = t;
    }
    let norm = 0;
    for (let i = 0; i < n; i++) norm += (v[i]! * weights[i]!) ** 2;
    norm = Math.sqrt(norm / n);
    if (norm === 0) { out.fill(0); return; }
    const sigma = 1 / norm;
    for (let i = 0; i < n; i++) moved[i] = y[i]! + sigma * v[i]!;
    this.system.rhs(t, moved, out);
    this.evaluations();
    for (let i = 0; i < n; i++) out[i] = (out[i]! - base[i]!) / sigma;
  }
}

/** out = A v for A by columns. */
export function multiply(pattern: SparsePattern, values: Float64Array, v: Float64Array, out: Float64Array): void {
  const { n, columnStart, rowIndex } = pattern;
  out.fill(0);
  for (let j = 0; j < n; j++) {
    const x = v[j]!;
    if (x === 0) continue;
    for (let p = columnStart[j]!, end = columnStart[j + 1]!; p < end; p++) {
      const i = rowIndex[p]!;
      out[i] = out[i]! + values[p]! * x;
    }
  }
}

/**
 * Incomplete LU without fill (ILU(0)) of M = I − γJ, as a preconditioner; the loops are WebAssembly.
 *
 * Entries that do not matter in the error metric of the integrator, |M_ij|·w_i/w_j below DROP with the error weights w, are
 * left out, and what remains of L and U is packed as it is made; on large reaction networks few entries remain.
 */
import { Arena } from '../kernels/arena.ts';
import * as Layout from '../kernels/layout-ilu.ts';
import type { Kernels } from '../kernels/module.ts';
import type { SparsePattern } from '../system.ts';
import { diagonalOf, transposed } from './pattern.ts';

const DROP = 3e-3;

export class ILU0 {
  /** J in the order of its pattern by columns; the caller writes it. */
  readonly jacobian: Float64Array;
  private readonly kernels: Kernels;
  private readonly plan: number;

  constructor(pattern: SparsePattern, arena: Arena = new Arena(ILU0.bytes(pattern))) {
    const { n } = pattern, nonZeros = pattern.columnStart[n]!, { rows, diagonal } = rowsOf(pattern);
    this.kernels = arena.kernels;
    this.jacobian = arena.doubles(nonZeros);
    const table = arena.words(Layout.FIELDS);
    table[Layout.N] = n;
    table[Layout.ROW_START] = arena.put(rows.columnStart);
    table[Layout.COLUMN] = arena.put(rows.rowIndex);
    const source = arena.words(nonZeros);
    for (let p = 0; p < nonZeros; p++) source[p] = 8 * rows.source[p]!;
    table[Layout.SOURCE] = source.byteOffset;
    table[Layout.DIAGONAL] = arena.put(diagonal);
    table[Layout.JACOBIAN] = this.jacobian.byteOffset;
    for (const field of [Layout.WORK, Layout.THRESHOLD, Layout.INVERSE]) table[field] = arena.doubles(n).byteOffset;
    for (const field of [Layout.LOWER_END, Layout.UPPER_END]) table[field] = arena.words(n).byteOffset;
    for (const field of [Layout.LOWER_COLUMN, Layout.UPPER_COLUMN]) table[field] = arena.words(nonZeros).byteOffset;
    for (const field of [Layout.LOWER_VALUE, Layout.UPPER_VALUE]) table[field] = arena.doubles(nonZeros).byteOffset;
    this.plan = table.byteOffset;
  }

  /** Room in an arena. */
  static bytes({ n, columnStart }: SparsePattern): number {
    const nonZeros = columnStart[n]!;
    return Arena.bytes([nonZeros, n, n, n, nonZeros, nonZeros], [Layout.FIELDS, n + 1, nonZeros, nonZeros, n, n, n, nonZeros, nonZeros]);
  }

  /**
   * Factorises I − γJ for the values in `jacobian`.
   * @param weights the address of the error weights in the arena
   * @returns false when a diagonal entry vanishes
   */
  factorise(gamma: number, weights: number): boolean {
    return this.kernels.iluFactorise(this.plan, gamma, DROP, weights) !== 0;
  }

  /** x ← (LU)⁻¹ x for the vector at an address in the arena. */
  solve(x: number): void {
    this.kernels.iluSolve(this.plan, x);
  }
}

/** By pattern: a network is integrated many times while its sliders move. */
const known = new WeakMap<SparsePattern, ReturnType<typeof makeRows>>();

function rowsOf(pattern: SparsePattern): ReturnType<typeof makeRows> {
  let rows = known.get(pattern);
  if (rows === undefined) known.set(pattern, rows = makeRows(pattern));
  return rows;
}

function makeRows(pattern: SparsePattern) {
  const rows = transposed(pattern);
  return { rows, diagonal: diagonalOf(rows) };
}

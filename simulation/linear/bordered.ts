/**
 * A direct solver for I − γJ where most components come in pairs that know each other and a few others alone, as the two rails of
 * every weight of a network of neurons do. Those pairs are independent of each other, so they are eliminated first, all by the same
 * short loop, and a sparse LU of what remains (the core) is small: block elimination with the Schur complement of the core. Which pairs
 * there are is seen from the pattern alone; a general minimum-degree order comes to the same elimination without knowing its shape.
 */
import { go, sparingly, type Poll } from '../cancel.ts';
import { Arena } from '../kernels/arena.ts';
import * as Layout from '../kernels/layout-bordered.ts';
import type { SparsePattern } from '../system.ts';
import { minimumDegree } from './order.ts';
import { diagonalOf, patternOf, transposed } from './pattern.ts';
import { forecastFill, SparseLU } from './sparse-lu.ts';

/** Neighbours that a component of a pair may have. */
const NEIGHBOURS = 10;
/** A pair whose determinant is smaller than this beside its rows cannot be eliminated first. */
const LEAST = 1e-8;
/** The part of all components that depend on anything that must come in pairs. */
const PAIRED = 0.75;

/** What is known from the pattern. Offsets are in bytes. */
export interface Border {
  readonly pattern: SparsePattern;
  /** Components whose rows hold nothing but the diagonal: solved before all others. */
  readonly sources: Int32Array;
  readonly diagonal: Int32Array;
  readonly pairs: number;
  readonly members: Int32Array;
  readonly blocks: Int32Array;
  readonly rowEnd: Int32Array;
  readonly rows: Int32Array;
  readonly columnEnd: Int32Array;
  readonly columns: Int32Array;
  readonly slots: Int32Array;
  /** Components of the core, its pattern and elimination order, and its own non-zeros: (from, to). */
  readonly core: Int32Array;
  readonly corePattern: SparsePattern;
  readonly coreDiagonal: Int32Array;
  readonly coreOrder: Int32Array;
  readonly coreEntries: Int32Array;
  /** Multiplications of the core's factorisation. */
  readonly work: number;
}

const SOURCE = 1, MEMBER = 2, CORE = 3;

/** @returns undefined when fewer than three quarters of the components that depend on anything come in pairs */
export function findBorder(pattern: SparsePattern, ask: Poll = go): Border | undefined {
  const poll = sparingly(ask, 1000), { n, columnStart, rowIndex } = pattern, nonZeros = columnStart[n]!, byRows = transposed(pattern);
  const rowStart = byRows.columnStart, columnIndex = byRows.rowIndex;
  const kind = new Uint8Array(n), sources: number[] = [];
  for (let i = 0; i < n; i++) if (rowStart[i + 1]! - rowStart[i]! === 1) { kind[i] = SOURCE; sources.push(i); }
  const partner = choosePairs(pattern, byRows, kind);
  let taken = 0;
  const core: number[] = [], coreOf = new Int32Array(n).fill(-1);
  for (let i = 0; i < n; i++) {
    if (kind[i] === MEMBER) taken++;
    else if (kind[i] === CORE) { coreOf[i] = core.length; core.push(i); }
  }
  if (taken < PAIRED * (n - sources.length)) return undefined;
  const absent = 8 * nonZeros;
  const heads: number[] = [];
  for (let i = 0; i < n; i++) if (kind[i] === MEMBER && (partner[i]! < 0 || partner[i]! > i)) heads.push(i);
  const pairs = heads.length, members = new Int32Array(2 * pairs), blocks = new Int32Array(4 * pairs).fill(absent);
  const rowEnd = new Int32Array(pairs), columnEnd = new Int32Array(pairs);
  const rows: number[] = [], columns: number[] = [];
  const rowPlace = new Int32Array(n).fill(-1), columnPlace = new Int32Array(n).fill(-1);
  const slotRow: number[] = [], slotColumn: number[] = [];
  /** Notes a non-zero of the border under its row or column of the core; the pair's begin at `first`. */
  const reach = (list: number[], places: Int32Array, first: number, i: number, side: number, offset: number): void => {
    if (places[i]! < first) {
      places[i] = list.length;
      list.push(8 * i, absent, absent);
    }
    list[places[i]! + 1 + side] = offset;
  };
  heads.forEach((a, g) => {
    poll();
    const b = partner[a]!, firstRow = rows.length, firstColumn = columns.length;
    members[2 * g] = 8 * a;
    members[2 * g + 1] = 8 * (b < 0 ? n : b);
    for (let side = 0; side < (b < 0 ? 1 : 2); side++) {
      const i = side === 0 ? a : b;
      for (let p = columnStart[i]!; p < columnStart[i + 1]!; p++) {
        const r = rowIndex[p]!;
        if (kind[r] === CORE) reach(rows, rowPlace, firstRow, r, side, 8 * p);
        else if (r === a) blocks[4 * g + side] = 8 * p;
        else if (r === b) blocks[4 * g + 2 + side] = 8 * p;
      }
      for (let p = rowStart[i]!; p < rowStart[i + 1]!; p++) {
        const c = columnIndex[p]!;
        if (kind[c] === CORE) reach(columns, columnPlace, firstColumn, c, side, 8 * byRows.source[p]!);
      }
    }
    for (let r = firstRow; r < rows.length; r += 3) {
      for (let c = firstColumn; c < columns.length; c += 3) { slotRow.push(coreOf[rows[r]! >> 3]!); slotColumn.push(coreOf[columns[c]! >> 3]!); }
    }
    rowEnd[g] = rows.length;
    columnEnd[g] = columns.length;
  });
  const own: number[] = [], fill = slotRow.length;
  for (const j of core) {
    for (let p = columnStart[j]!; p < columnStart[j + 1]!; p++) {
      const i = rowIndex[p]!;
      if (kind[i] === CORE) { own.push(8 * p); slotRow.push(coreOf[i]!); slotColumn.push(coreOf[j]!); }
    }
  }
  const { pattern: corePattern, position, diagonal: coreDiagonal } = patternOf(core.length, Int32Array.from(slotRow), Int32Array.from(slotColumn));
  const coreEntries = new Int32Array(2 * own.length);
  own.forEach((from, k) => { coreEntries[2 * k] = from; coreEntries[2 * k + 1] = 8 * position[fill + k]!; });
  const coreOrder = minimumDegree(corePattern, ask);
  return {
    pattern, sources: Int32Array.from(sources), diagonal: diagonalOf(pattern), pairs, members, blocks, rowEnd, rows: Int32Array.from(rows), columnEnd, columns: Int32Array.from(columns),
    slots: position.subarray(0, fill).map((slot) => 8 * slot), core: Int32Array.from(core), corePattern, coreDiagonal, coreOrder, coreEntries,
    work: forecastFill(corePattern, coreOrder, Infinity, ask).work,
  };
}

/** Marks what is MEMBER of a pair (or stands alone) and what belongs to the CORE. @returns each member's partner, −1 for none */
function choosePairs({ n, columnStart, rowIndex }: SparsePattern, byRows: SparsePattern, kind: Uint8Array): Int32Array {
  const partner = new Int32Array(n).fill(-1), seen = new Int32Array(n).fill(-1), list = new Int32Array(NEIGHBOURS);
  for (let i = 0; i < n; i++) {
    if (kind[i] !== 0) continue;
    let count = 0;
    const look = (start: Int32Array, index: Int32Array): void => {
      for (let p = start[i]!; p < start[i + 1]! && count <= NEIGHBOURS; p++) {
        const j = index[p]!;
        if (j === i || kind[j] === SOURCE || seen[j] === i) continue;
        seen[j] = i;
        if (count < NEIGHBOURS) list[count] = j;
        count++;
      }
    };
    look(columnStart, rowIndex);
    look(byRows.columnStart, byRows.rowIndex);
    let friend = -1, members = 0;
    for (let k = 0; k < Math.min(count, NEIGHBOURS); k++) if (kind[list[k]!] === MEMBER) { members++; friend = list[k]!; }
    if (count > NEIGHBOURS || members > 1 || (members === 1 && partner[friend]! >= 0)) { kind[i] = CORE; continue; }
    kind[i] = MEMBER;
    if (friend >= 0) { partner[i] = friend; partner[friend] = i; }
  }
  return partner;
}

export class BorderedLU {
  /** J in the order of its pattern by columns; the caller writes it. */
  readonly jacobian: Float64Array;
  /** Right-hand sides and solutions, and one number more for the partner that a component alone has not. */
  readonly x: Float64Array;
  private readonly padded: Float64Array;
  private readonly border: Border;
  private readonly arena: Arena;
  private readonly plan: number;
  private readonly schur: Float64Array;
  private readonly lu: SparseLU;
  private readonly coreVector: Float64Array;
  private gamma = 0;

  constructor(border: Border, arena: Arena = new Arena(BorderedLU.bytes(border)), poll: Poll = go) {
    const { pattern: { n, columnStart }, pairs, corePattern, core } = border, nonZeros = columnStart[n]!, entries = corePattern.rowIndex.length;
    this.border = border;
    this.arena = arena;
    const jacobian = arena.doubles(nonZeros + 1), x = arena.doubles(n + 1);
    this.jacobian = jacobian.subarray(0, nonZeros);
    this.padded = x;
    this.x = x.subarray(0, n);
    this.schur = arena.doubles(entries);
    const table = arena.words(Layout.FIELDS);
    this.plan = table.byteOffset;
    const stream = (words: Int32Array): number => arena.put(words);
    const ends = (words: Int32Array, base: number): number => arena.put(words.map((end) => base + 4 * end));
    table[Layout.PAIRS] = pairs;
    table[Layout.MEMBERS] = stream(border.members);
    table[Layout.BLOCKS] = stream(border.blocks);
    table[Layout.ROW_END] = ends(border.rowEnd, table[Layout.ROWS] = stream(border.rows));
    table[Layout.COLUMN_END] = ends(border.columnEnd, table[Layout.COLUMNS] = stream(border.columns));
    table[Layout.SLOTS] = stream(border.slots);
    table[Layout.CORE] = stream(border.coreEntries);
    table[Layout.CORE_END] = table[Layout.CORE] + 4 * border.coreEntries.length;
    table[Layout.JACOBIAN] = jacobian.byteOffset;
    table[Layout.SCHUR] = this.schur.byteOffset;
    table[Layout.SCHUR_BYTES] = 8 * entries;
    table[Layout.DIAGONAL] = stream(border.coreDiagonal.map((p) => 8 * p));
    table[Layout.DIAGONAL_END] = table[Layout.DIAGONAL] + 4 * border.coreDiagonal.length;
    table[Layout.INVERSE] = arena.doubles(4 * pairs).byteOffset;
    for (const [end, index, value, count] of [
      [Layout.LEFT_END, Layout.LEFT, Layout.LEFT_VALUE, border.rows.length / 3], [Layout.RIGHT_END, Layout.RIGHT, Layout.RIGHT_VALUE, border.columns.length / 3],
    ] as const) {
      table[end] = arena.words(pairs).byteOffset;
      table[index] = arena.words(count).byteOffset;
      table[value] = arena.doubles(2 * count).byteOffset;
    }
    this.lu = new SparseLU(corePattern, poll, border.coreOrder);
    this.coreVector = new Float64Array(core.length);
  }

  /** Room in an arena. */
  static bytes({ pattern: { n, columnStart }, pairs, rows, columns, slots, coreEntries, coreDiagonal, corePattern }: Border): number {
    return Arena.bytes(
      [columnStart[n]! + 1, n + 1, corePattern.rowIndex.length, 4 * pairs, (2 * rows.length) / 3, (2 * columns.length) / 3],
      [Layout.FIELDS, 2 * pairs, 4 * pairs, pairs, rows.length, pairs, columns.length, slots.length, coreEntries.length, coreDiagonal.length,
        pairs, rows.length / 3, pairs, columns.length / 3],
    );
  }

  /** Factorises I − γJ for the values in `jacobian`. @returns false when that is singular, or a pair of it nearly is */
  factorise(gamma: number): boolean {
    this.gamma = gamma;
    return this.arena.kernels.borderedFactorise(this.plan, gamma, LEAST) !== 0 && this.lu.factorise(this.schur);
  }

  /** Solves in place of `x`. */
  solve(): void {
    const { x, jacobian, gamma, arena: { kernels }, plan, coreVector, border: { sources, diagonal, core, pattern: { columnStart, rowIndex } } } = this;
    for (const i of sources) {
      if (x[i] === 0) continue;
      const value = x[i]! / (1 - gamma * jacobian[diagonal[i]!]!);
      for (let p = columnStart[i]!; p < columnStart[i + 1]!; p++) x[rowIndex[p]!]! += gamma * jacobian[p]! * value;
      x[i] = value;
    }
    this.padded[x.length] = 0;
    kernels.borderedForward(plan, x.byteOffset);
    for (let k = 0; k < core.length; k++) coreVector[k] = x[core[k]!]!;
    this.lu.solve(coreVector);
    for (let k = 0; k < core.length; k++) x[core[k]!] = coreVector[k]!;
    kernels.borderedBackward(plan, x.byteOffset);
  }
}

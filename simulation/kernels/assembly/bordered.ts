/**
 * Elimination of many independent pairs of components from M = I − γJ (`../layout-bordered.ts`): with M = [A B; C D], A made of
 * 2×2 blocks, the core's matrix is S = D − C A⁻¹ B. What is 0 of C and of A⁻¹B is left out of the factors as they are made.
 */
import * as Border from '../layout-bordered';
import { field } from './plan';

/** @param least the determinant of a block must be at least this beside its rows. @returns false when one is not */
export function borderedFactorise(plan: usize, gamma: f64, least: f64): bool {
  const jacobian = field(plan, Border.JACOBIAN), schur = field(plan, Border.SCHUR), pairs = field(plan, Border.PAIRS), minus = -gamma;
  memory.fill(schur, 0, field(plan, Border.SCHUR_BYTES));
  for (let p = field(plan, Border.CORE), end = field(plan, Border.CORE_END); p < end; p += 8) {
    const to = schur + <usize>load<u32>(p, 4);
    store<f64>(to, load<f64>(to) + minus * load<f64>(jacobian + <usize>load<u32>(p)));
  }
  for (let p = field(plan, Border.DIAGONAL), end = field(plan, Border.DIAGONAL_END); p < end; p += 4) {
    const to = schur + <usize>load<u32>(p);
    store<f64>(to, load<f64>(to) + 1);
  }
  let block = field(plan, Border.BLOCKS), inverse = field(plan, Border.INVERSE), slot = field(plan, Border.SLOTS);
  let row = field(plan, Border.ROWS), column = field(plan, Border.COLUMNS);
  let left = field(plan, Border.LEFT), leftValue = field(plan, Border.LEFT_VALUE), right = field(plan, Border.RIGHT), rightValue = field(plan, Border.RIGHT_VALUE);
  const rowEnd = field(plan, Border.ROW_END), columnEnd = field(plan, Border.COLUMN_END), leftEnd = field(plan, Border.LEFT_END), rightEnd = field(plan, Border.RIGHT_END);
  for (let g: usize = 0, last = pairs << 2; g < last; g += 4, block += 16, inverse += 32) {
    const a = 1 + minus * load<f64>(jacobian + <usize>load<u32>(block)), b = minus * load<f64>(jacobian + <usize>load<u32>(block, 4));
    const c = minus * load<f64>(jacobian + <usize>load<u32>(block, 8)), d = 1 + minus * load<f64>(jacobian + <usize>load<u32>(block, 12));
    const determinant = a * d - b * c;
    if (!(abs(determinant) > least * (abs(a) + abs(b)) * (abs(c) + abs(d)))) return false;
    const by = 1 / determinant, ia = d * by, ib = -b * by, ic = -c * by, id = a * by;
    store<f64>(inverse, ia);
    store<f64>(inverse, ib, 8);
    store<f64>(inverse, ic, 16);
    store<f64>(inverse, id, 24);
    const firstColumn = column, lastColumn = <usize>load<u32>(columnEnd + g), width = (lastColumn - firstColumn) / 3;
    for (; column < lastColumn; column += 12) {
      const p = minus * load<f64>(jacobian + <usize>load<u32>(column, 4)), q = minus * load<f64>(jacobian + <usize>load<u32>(column, 8));
      if (p == 0 && q == 0) continue;
      store<u32>(right, load<u32>(column));
      store<f64>(rightValue, ia * p + ib * q);
      store<f64>(rightValue, ic * p + id * q, 8);
      right += 4;
      rightValue += 16;
    }
    store<u32>(rightEnd + g, u32(right));
    for (const lastRow = <usize>load<u32>(rowEnd + g); row < lastRow; row += 12, slot += width) {
      const p = minus * load<f64>(jacobian + <usize>load<u32>(row, 4)), q = minus * load<f64>(jacobian + <usize>load<u32>(row, 8));
      if (p == 0 && q == 0) continue;
      store<u32>(left, load<u32>(row));
      store<f64>(leftValue, p);
      store<f64>(leftValue, q, 8);
      left += 4;
      leftValue += 16;
      // p·(A⁻¹B)_a + q·(A⁻¹B)_b with B's entries of this pair
      const u = p * ia + q * ic, v = p * ib + q * id;
      for (let k = firstColumn, s = slot; k < lastColumn; k += 12, s += 4) {
        const change = minus * (u * load<f64>(jacobian + <usize>load<u32>(k, 4)) + v * load<f64>(jacobian + <usize>load<u32>(k, 8)));
        if (change == 0) continue;
        const to = schur + <usize>load<u32>(s);
        store<f64>(to, load<f64>(to) - change);
      }
    }
    store<u32>(leftEnd + g, u32(left));
  }
  return true;
}

/** x_A ← A⁻¹ x_A, then the core's part of x loses C x_A. */
export function borderedForward(plan: usize, x: usize): void {
  let member = field(plan, Border.MEMBERS), inverse = field(plan, Border.INVERSE), left = field(plan, Border.LEFT), value = field(plan, Border.LEFT_VALUE);
  for (let g = field(plan, Border.LEFT_END), end = g + (field(plan, Border.PAIRS) << 2); g < end; g += 4, member += 8, inverse += 32) {
    const pa = x + <usize>load<u32>(member), pb = x + <usize>load<u32>(member, 4), a = load<f64>(pa), b = load<f64>(pb);
    const u = load<f64>(inverse) * a + load<f64>(inverse, 8) * b, v = load<f64>(inverse, 16) * a + load<f64>(inverse, 24) * b;
    store<f64>(pa, u);
    store<f64>(pb, v);
    for (const last = <usize>load<u32>(g); left < last; left += 4, value += 16) {
      const to = x + <usize>load<u32>(left);
      store<f64>(to, load<f64>(to) - (load<f64>(value) * u + load<f64>(value, 8) * v));
    }
  }
}

/** x_A loses A⁻¹B times the core's part of x. */
export function borderedBackward(plan: usize, x: usize): void {
  let member = field(plan, Border.MEMBERS), right = field(plan, Border.RIGHT), value = field(plan, Border.RIGHT_VALUE);
  for (let g = field(plan, Border.RIGHT_END), end = g + (field(plan, Border.PAIRS) << 2); g < end; g += 4, member += 8) {
    const last = <usize>load<u32>(g);
    if (right == last) continue;
    const pa = x + <usize>load<u32>(member), pb = x + <usize>load<u32>(member, 4);
    let a = load<f64>(pa), b = load<f64>(pb);
    for (; right < last; right += 4, value += 16) {
      const k = load<f64>(x + <usize>load<u32>(right));
      a -= load<f64>(value) * k;
      b -= load<f64>(value, 8) * k;
    }
    store<f64>(pa, a);
    store<f64>(pb, b);
  }
}

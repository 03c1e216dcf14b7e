/** Incomplete LU without fill, of a matrix I − γJ thinned out in the error metric; and its triangular solves. */
import * as Ilu from '../layout-ilu';
import { field } from './plan';

/**
 * Row by row (IKJ order) with the row at hand spread out in `work`. Updates go wherever the packed row of U has entries, also
 * beside the row's own pattern: what they leave there is never read, and asking each time would cost more. Only entries that
 * are not zero are ever looked at again: L and U come out packed.
 * @returns false when a diagonal entry vanishes or is not finite
 */
export function iluFactorise(plan: usize, gamma: f64, drop: f64, weights: usize): bool {
  const n = i32(field(plan, Ilu.N));
  const rowStart = field(plan, Ilu.ROW_START), column = field(plan, Ilu.COLUMN), source = field(plan, Ilu.SOURCE), diagonal = field(plan, Ilu.DIAGONAL);
  const jacobian = field(plan, Ilu.JACOBIAN), work = field(plan, Ilu.WORK), threshold = field(plan, Ilu.THRESHOLD);
  const lowerEnd = field(plan, Ilu.LOWER_END), upperEnd = field(plan, Ilu.UPPER_END), inverse = field(plan, Ilu.INVERSE);
  const lowerColumn = field(plan, Ilu.LOWER_COLUMN), lowerValue = field(plan, Ilu.LOWER_VALUE);
  const upperColumn = field(plan, Ilu.UPPER_COLUMN), upperValue = field(plan, Ilu.UPPER_VALUE);
  let lower: usize = 0, upper: usize = 0;
  for (let i: usize = 0, end = usize(n) << 3; i < end; i += 8) store<f64>(threshold + i, drop * load<f64>(weights + i));
  for (let i = 0; i < n; i++) {
    const begin = usize(load<i32>(rowStart + (usize(i) << 2))), end = usize(load<i32>(rowStart + (usize(i) << 2), 4)), middle = usize(load<i32>(diagonal + (usize(i) << 2)));
    const w = gamma * load<f64>(weights + (usize(i) << 3));
    for (let p = begin; p < end; p++) {
      const j = load<i32>(column + (p << 2)), value = load<f64>(jacobian + usize(load<u32>(source + (p << 2))));
      store<f64>(work + (usize(j) << 3), abs(w * value) < load<f64>(threshold + (usize(j) << 3)) ? 0 : -gamma * value);
    }
    const own = work + (usize(i) << 3);
    store<f64>(own, 1 - gamma * load<f64>(jacobian + usize(load<u32>(source + (middle << 2)))));
    for (let p = begin; p < middle; p++) {
      const k = usize(load<i32>(column + (p << 2))), at = work + (k << 3), entry = load<f64>(at);
      if (entry == 0) continue;
      const factor = entry * load<f64>(inverse + (k << 3));
      store<u32>(lowerColumn + (lower << 2), u32(k << 3));
      store<f64>(lowerValue + (lower << 3), factor);
      lower++;
      for (let q = k > 0 ? usize(load<u32>(upperEnd + ((k - 1) << 2))) : 0, last = usize(load<u32>(upperEnd + (k << 2))); q < last; q++) {
        const to = work + usize(load<u32>(upperColumn + (q << 2)));
        store<f64>(to, load<f64>(to) - factor * load<f64>(upperValue + (q << 3)));
      }
    }
    for (let p = middle + 1; p < end; p++) {
      const c = usize(load<i32>(column + (p << 2))) << 3, value = load<f64>(work + c);
      if (value == 0) continue;
      store<u32>(upperColumn + (upper << 2), u32(c));
      store<f64>(upperValue + (upper << 3), value);
      upper++;
    }
    store<u32>(lowerEnd + (usize(i) << 2), u32(lower));
    store<u32>(upperEnd + (usize(i) << 2), u32(upper));
    const pivot = 1 / load<f64>(own);
    if (!isFinite(pivot)) return false;
    store<f64>(inverse + (usize(i) << 3), pivot);
  }
  return true;
}

/** x ← (LU)⁻¹ x */
export function iluSolve(plan: usize, x: usize): void {
  const n = i32(field(plan, Ilu.N)), lowerEnd = field(plan, Ilu.LOWER_END), upperEnd = field(plan, Ilu.UPPER_END), inverse = field(plan, Ilu.INVERSE);
  const lowerColumn = field(plan, Ilu.LOWER_COLUMN), lowerValue = field(plan, Ilu.LOWER_VALUE);
  const upperColumn = field(plan, Ilu.UPPER_COLUMN), upperValue = field(plan, Ilu.UPPER_VALUE);
  let p: usize = 0;
  for (let i = 0; i < n; i++) {
    const end = usize(load<u32>(lowerEnd + (usize(i) << 2)));
    if (p == end) continue;
    const at = x + (usize(i) << 3);
    let s = load<f64>(at);
    for (; p < end; p++) s -= load<f64>(lowerValue + (p << 3)) * load<f64>(x + usize(load<u32>(lowerColumn + (p << 2))));
    store<f64>(at, s);
  }
  p = n > 0 ? usize(load<u32>(upperEnd + (usize(n - 1) << 2))) : 0;
  for (let i = n - 1; i >= 0; i--) {
    const begin = i > 0 ? usize(load<u32>(upperEnd + (usize(i - 1) << 2))) : 0, at = x + (usize(i) << 3);
    let s = load<f64>(at);
    while (p > begin) {
      p--;
      s -= load<f64>(upperValue + (p << 3)) * load<f64>(x + usize(load<u32>(upperColumn + (p << 2))));
    }
    store<f64>(at, s * load<f64>(inverse + (usize(i) << 3)));
  }
}

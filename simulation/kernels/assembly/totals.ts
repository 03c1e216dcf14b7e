/** Keeping conserved totals: x += D Nᵀ (N D Nᵀ)⁻¹ N (b − x), with the Cholesky factor of the scaled N D Nᵀ. */
import * as Totals from '../layout-totals';
import { field } from './plan';

/** Corrects x so that N x = N b. */
export function totalsApply(plan: usize, b: usize, x: usize): void {
  const rows = usize(field(plan, Totals.ROWS)), ends = field(plan, Totals.ROW_END), component = field(plan, Totals.COMPONENT), coefficient = field(plan, Totals.COEFFICIENT);
  const measured = field(plan, Totals.MEASURED), scale = field(plan, Totals.SCALE), cholesky = field(plan, Totals.CHOLESKY), missing = field(plan, Totals.MISSING);
  let p: usize = 0;
  for (let k: usize = 0; k < rows; k++) {
    let s: f64 = 0;
    for (const end = usize(load<u32>(ends + (k << 2))); p < end; p++) {
      const i = usize(load<u32>(component + (p << 2)));
      s += load<f64>(coefficient + (p << 3)) * (load<f64>(b + i) - load<f64>(x + i));
    }
    s *= load<f64>(scale + (k << 3));
    const row = cholesky + ((k * rows) << 3);
    for (let j: usize = 0; j < k; j++) s -= load<f64>(row + (j << 3)) * load<f64>(missing + (j << 3));
    store<f64>(missing + (k << 3), s / load<f64>(row + (k << 3)));
  }
  for (let k = rows; k-- > 0;) {
    let s = load<f64>(missing + (k << 3));
    for (let j = k + 1; j < rows; j++) s -= load<f64>(cholesky + ((j * rows + k) << 3)) * load<f64>(missing + (j << 3));
    store<f64>(missing + (k << 3), s / load<f64>(cholesky + ((k * rows + k) << 3)));
  }
  p = 0;
  for (let k: usize = 0; k < rows; k++) {
    const by = load<f64>(scale + (k << 3)) * load<f64>(missing + (k << 3));
    for (const end = usize(load<u32>(ends + (k << 2))); p < end; p++) {
      const at = x + usize(load<u32>(component + (p << 2)));
      store<f64>(at, load<f64>(at) + by * load<f64>(measured + (p << 3)));
    }
  }
}

/** Vector loops of GMRES in the error metric: basis vectors are scaled by the error weights w. */
import { axpy } from './vectors';

// @ts-ignore: decorator
@inline
function total(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** out_i = v_i·w_i. @returns Σ out_i² */
export function intoMetric(v: usize, w: usize, out: usize, n: i32): f64 {
  const even = usize(n & ~1) << 3;
  let s = f64x2.splat(0);
  for (let i: usize = 0; i < even; i += 16) {
    const e = f64x2.mul(v128.load(v + i), v128.load(w + i));
    s = f64x2.add(s, f64x2.mul(e, e));
    v128.store(out + i, e);
  }
  if (n & 1) {
    const e = load<f64>(v + even) * load<f64>(w + even);
    store<f64>(out + even, e);
    return total(s) + e * e;
  }
  return total(s);
}

/** out_i = v_i / w_i */
export function outOfMetric(v: usize, w: usize, out: usize, n: i32): void {
  const even = usize(n & ~1) << 3;
  for (let i: usize = 0; i < even; i += 16) v128.store(out + i, f64x2.div(v128.load(v + i), v128.load(w + i)));
  if (n & 1) store<f64>(out + even, load<f64>(v + even) / load<f64>(w + even));
}

/** v ← x − gamma·v: turns J x into (I − γJ) x. */
export function newtonImage(x: usize, gamma: f64, v: usize, n: i32): void {
  const even = usize(n & ~1) << 3, g = f64x2.splat(gamma);
  for (let i: usize = 0; i < even; i += 16) v128.store(v + i, f64x2.sub(v128.load(x + i), f64x2.mul(g, v128.load(v + i))));
  if (n & 1) store<f64>(v + even, load<f64>(x + even) - gamma * load<f64>(v + even));
}

function dot(a: usize, b: usize, n: i32): f64 {
  const even = usize(n & ~1) << 3;
  let s = f64x2.splat(0);
  for (let i: usize = 0; i < even; i += 16) s = f64x2.add(s, f64x2.mul(v128.load(a + i), v128.load(b + i)));
  return n & 1 ? total(s) + load<f64>(a + even) * load<f64>(b + even) : total(s);
}

/**
 * Modified Gram–Schmidt: takes from w its parts along the k + 1 orthonormal vectors at basis, basis + stride, …, and adds
 * the coefficients to h[0 … k]. @returns Σ w_i² of what remains
 */
export function orthogonalise(w: usize, basis: usize, stride: usize, k: i32, h: usize, n: i32): f64 {
  for (let j = 0; j <= k; j++) {
    const v = basis + usize(j) * stride, d = dot(w, v, n);
    const at = h + (usize(j) << 3);
    store<f64>(at, load<f64>(at) + d);
    axpy(-d, v, w, n);
  }
  return dot(w, w, n);
}

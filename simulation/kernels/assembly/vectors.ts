/** Vector loops, two components at a time where that pays. `n` is a number of components, vectors are addresses. */

/** Bytes of all whole pairs of components. */
// @ts-ignore: decorator
@inline
function pairBytes(n: i32): usize {
  return usize(n & ~1) << 3;
}

// @ts-ignore: decorator
@inline
function total(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** y += a·x */
export function axpy(a: f64, x: usize, y: usize, n: i32): void {
  const even = pairBytes(n), aa = f64x2.splat(a);
  for (let i: usize = 0; i < even; i += 16) v128.store(y + i, f64x2.add(v128.load(y + i), f64x2.mul(aa, v128.load(x + i))));
  if (n & 1) store<f64>(y + even, load<f64>(y + even) + a * load<f64>(x + even));
}

/** Σ v_i, finite only if every v_i is (or a sum overflows). */
export function sum(v: usize, n: i32): f64 {
  const even = pairBytes(n);
  let s = f64x2.splat(0);
  for (let i: usize = 0; i < even; i += 16) s = f64x2.add(s, v128.load(v + i));
  return n & 1 ? total(s) + load<f64>(v + even) : total(s);
}

/** Σ (v_i w_i)² */
export function weightedSquares(v: usize, w: usize, n: i32): f64 {
  const even = pairBytes(n);
  let s = f64x2.splat(0);
  for (let i: usize = 0; i < even; i += 16) {
    const e = f64x2.mul(v128.load(v + i), v128.load(w + i));
    s = f64x2.add(s, f64x2.mul(e, e));
  }
  if (n & 1) {
    const e = load<f64>(v + even) * load<f64>(w + even);
    return total(s) + e * e;
  }
  return total(s);
}

/** Σ ((v_i − a·u_i) w_i)² */
export function weightedSquaresOfDifference(v: usize, u: usize, a: f64, w: usize, n: i32): f64 {
  let s: f64 = 0;
  for (let i: usize = 0, end = usize(n) << 3; i < end; i += 8) {
    const e = (load<f64>(v + i) - a * load<f64>(u + i)) * load<f64>(w + i);
    s += e * e;
  }
  return s;
}

/** weights_i = 1 / (rtol·|y_i| + atol_i), the denominator at least `floor`. */
export function errorWeights(y: usize, atol: usize, rtol: f64, floor: f64, weights: usize, n: i32): void {
  const even = pairBytes(n), r = f64x2.splat(rtol), one = f64x2.splat(1), least = f64x2.splat(floor);
  for (let i: usize = 0; i < even; i += 16) {
    const scale = f64x2.add(f64x2.mul(r, f64x2.abs(v128.load(y + i))), v128.load(atol + i));
    v128.store(weights + i, f64x2.div(one, f64x2.max(least, scale)));
  }
  if (n & 1) store<f64>(weights + even, 1 / max(floor, rtol * abs(load<f64>(y + even)) + load<f64>(atol + even)));
}

/** Whether some y_i < −limit·atol_i. */
export function anyBelow(y: usize, atol: usize, limit: f64, n: i32): bool {
  for (let i: usize = 0, end = usize(n) << 3; i < end; i += 8) if (load<f64>(y + i) < -limit * load<f64>(atol + i)) return true;
  return false;
}

/**
 * Nordsieck array of order q, column j at columns + j·stride: multiplied by Pascal's triangle (the Taylor expansion one
 * step on), or with `sign` −1 by its inverse.
 */
export function shift(columns: usize, stride: usize, q: i32, sign: f64, n: i32): void {
  const even = pairBytes(n), s = f64x2.splat(sign);
  for (let k = 1; k <= q; k++) {
    for (let j = q; j >= k; j--) {
      const from = columns + usize(j) * stride, to = from - stride;
      for (let i: usize = 0; i < even; i += 16) v128.store(to + i, f64x2.add(v128.load(to + i), f64x2.mul(s, v128.load(from + i))));
      if (n & 1) store<f64>(to + even, load<f64>(to + even) + sign * load<f64>(from + even));
    }
  }
}

/** Column j of the Nordsieck array times eta^j. */
export function rescale(columns: usize, stride: usize, q: i32, eta: f64, n: i32): void {
  let factor = eta;
  for (let j = 1; j <= q; j++) {
    const column = columns + usize(j) * stride;
    for (let i: usize = 0, end = usize(n) << 3; i < end; i += 8) store<f64>(column + i, load<f64>(column + i) * factor);
    factor *= eta;
  }
}

/** Right-hand side of Newton's method: delta = gamma·slope − leading·first − correction. @returns Σ delta_i */
export function newtonResidual(delta: usize, slope: usize, first: usize, correction: usize, gamma: f64, leading: f64, n: i32): f64 {
  const even = pairBytes(n), g = f64x2.splat(gamma), l = f64x2.splat(leading);
  let s = f64x2.splat(0);
  for (let i: usize = 0; i < even; i += 16) {
    const d = f64x2.sub(f64x2.sub(f64x2.mul(g, v128.load(slope + i)), f64x2.mul(l, v128.load(first + i))), v128.load(correction + i));
    s = f64x2.add(s, d);
    v128.store(delta + i, d);
  }
  if (n & 1) {
    const d = gamma * load<f64>(slope + even) - leading * load<f64>(first + even) - load<f64>(correction + even);
    store<f64>(delta + even, d);
    return total(s) + d;
  }
  return total(s);
}

/** correction += scale·delta, y = predicted + correction. @returns Σ (scale·delta_i·w_i)² */
export function newtonMove(correction: usize, delta: usize, scale: f64, y: usize, predicted: usize, w: usize, n: i32): f64 {
  const even = pairBytes(n), c = f64x2.splat(scale);
  let s = f64x2.splat(0);
  for (let i: usize = 0; i < even; i += 16) {
    const d = f64x2.mul(c, v128.load(delta + i)), e = f64x2.mul(d, v128.load(w + i)), moved = f64x2.add(v128.load(correction + i), d);
    s = f64x2.add(s, f64x2.mul(e, e));
    v128.store(correction + i, moved);
    v128.store(y + i, f64x2.add(v128.load(predicted + i), moved));
  }
  if (n & 1) {
    const d = scale * load<f64>(delta + even), e = d * load<f64>(w + even), moved = load<f64>(correction + even) + d;
    store<f64>(correction + even, moved);
    store<f64>(y + even, load<f64>(predicted + even) + moved);
    return total(s) + e * e;
  }
  return total(s);
}

/** Column j of the Nordsieck array += l[j]·correction for j = 0 … q. */
export function correctColumns(columns: usize, stride: usize, q: i32, l: usize, correction: usize, n: i32): void {
  for (let j = 0; j <= q; j++) axpy(load<f64>(l + (usize(j) << 3)), correction, columns + usize(j) * stride, n);
}

/** out = a·x */
export function scaled(a: f64, x: usize, out: usize, n: i32): void {
  const even = pairBytes(n), aa = f64x2.splat(a);
  for (let i: usize = 0; i < even; i += 16) v128.store(out + i, f64x2.mul(aa, v128.load(x + i)));
  if (n & 1) store<f64>(out + even, a * load<f64>(x + even));
}

/** out = Σ s^j · column j of the Nordsieck array: its polynomial at t + s·h, by Horner's rule. */
export function interpolate(columns: usize, stride: usize, q: i32, s: f64, out: usize, n: i32): void {
  const even = pairBytes(n), ss = f64x2.splat(s), top = columns + usize(q) * stride;
  for (let i: usize = 0; i < even; i += 16) {
    let value = v128.load(top + i);
    for (let from = top; from != columns;) {
      from -= stride;
      value = f64x2.add(f64x2.mul(value, ss), v128.load(from + i));
    }
    v128.store(out + i, value);
  }
  if (n & 1) {
    let value = load<f64>(top + even);
    for (let from = top; from != columns;) {
      from -= stride;
      value = value * s + load<f64>(from + even);
    }
    store<f64>(out + even, value);
  }
}

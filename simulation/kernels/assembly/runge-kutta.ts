/**
 * Vector loops of explicit Runge–Kutta methods. `stages` is a table of the addresses of the stages' derivatives k, `a` the
 * coefficients that go with the first `count` of them.
 */

// @ts-ignore: decorator
@inline
function total(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** out = y + h·Σ a_j k_j */
export function combineStages(out: usize, y: usize, h: f64, a: usize, stages: usize, count: i32, n: i32): void {
  const hh = f64x2.splat(h), last = usize(count) << 2, even = usize(n & ~1) << 3, most = usize(n & ~7) << 3;
  let i: usize = 0;
  for (; i < most; i += 64) {
    let s = f64x2.splat(0), t = s, u = s, v = s;
    for (let j: usize = 0; j < last; j += 4) {
      const k = <usize>load<u32>(stages + j) + i, c = v128.load64_splat(a + (j << 1));
      s = f64x2.add(s, f64x2.mul(c, v128.load(k)));
      t = f64x2.add(t, f64x2.mul(c, v128.load(k, 16)));
      u = f64x2.add(u, f64x2.mul(c, v128.load(k, 32)));
      v = f64x2.add(v, f64x2.mul(c, v128.load(k, 48)));
    }
    v128.store(out + i, f64x2.add(v128.load(y + i), f64x2.mul(hh, s)));
    v128.store(out + i, f64x2.add(v128.load(y + i, 16), f64x2.mul(hh, t)), 16);
    v128.store(out + i, f64x2.add(v128.load(y + i, 32), f64x2.mul(hh, u)), 32);
    v128.store(out + i, f64x2.add(v128.load(y + i, 48), f64x2.mul(hh, v)), 48);
  }
  for (; i < even; i += 16) {
    let s = f64x2.splat(0);
    for (let j: usize = 0; j < last; j += 4) s = f64x2.add(s, f64x2.mul(v128.load64_splat(a + (j << 1)), v128.load(<usize>load<u32>(stages + j) + i)));
    v128.store(out + i, f64x2.add(v128.load(y + i), f64x2.mul(hh, s)));
  }
  if (n & 1) {
    let s: f64 = 0;
    for (let j: usize = 0; j < last; j += 4) s += load<f64>(a + (j << 1)) * load<f64>(<usize>load<u32>(stages + j) + even);
    store<f64>(out + even, load<f64>(y + even) + h * s);
  }
}

/** Σ (h·Σ e_j k_j / scale)², the scale of a component being rtol·max(|y|, |out|) + atol, at least `floor`. */
export function stageErrorSquares(y: usize, out: usize, h: f64, e: usize, stages: usize, count: i32, rtol: f64, atol: usize, floor: f64, n: i32): f64 {
  const hh = f64x2.splat(h), r = f64x2.splat(rtol), least = f64x2.splat(floor), last = usize(count) << 2, even = usize(n & ~1) << 3;
  let squares = f64x2.splat(0);
  for (let i: usize = 0; i < even; i += 16) {
    let s = f64x2.splat(0);
    for (let j: usize = 0; j < last; j += 4) s = f64x2.add(s, f64x2.mul(v128.load64_splat(e + (j << 1)), v128.load(<usize>load<u32>(stages + j) + i)));
    const scale = f64x2.max(least, f64x2.add(f64x2.mul(r, f64x2.max(f64x2.abs(v128.load(y + i)), f64x2.abs(v128.load(out + i)))), v128.load(atol + i)));
    const error = f64x2.div(f64x2.mul(hh, s), scale);
    squares = f64x2.add(squares, f64x2.mul(error, error));
  }
  if (n & 1) {
    let s: f64 = 0;
    for (let j: usize = 0; j < last; j += 4) s += load<f64>(e + (j << 1)) * load<f64>(<usize>load<u32>(stages + j) + even);
    const error = h * s / max(floor, rtol * max(abs(load<f64>(y + even)), abs(load<f64>(out + even))) + load<f64>(atol + even));
    return total(squares) + error * error;
  }
  return total(squares);
}

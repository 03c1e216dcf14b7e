/**
 * Rates, and their derivatives along a direction, of reaction families kept as loops (`../layout-families.ts`). The shapes
 * that networks of neurons spend their time in have loops of their own over pairs of components: weighted sums, outer products,
 * annihilation of two rails and decay. Everything else takes the general loop.
 */
import * as Family from '../layout-families';

// @ts-ignore: decorator
@inline
function word(loop: usize, k: usize): usize {
  return load<u32>(loop + (k << 2));
}

// @ts-ignore: decorator
@inline
function total(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** Σ a_i b_i over n contiguous components. */
function dot(a: usize, b: usize, n: usize): f64 {
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0, i: usize = 0;
  const most = n & ~7, even = n & ~1;
  for (; i < most; i += 8, a += 64, b += 64) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a), v128.load(b)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(a, 16), v128.load(b, 16)));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(a, 32), v128.load(b, 32)));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(a, 48), v128.load(b, 48)));
  }
  for (; i < even; i += 2, a += 16, b += 16) s0 = f64x2.add(s0, f64x2.mul(v128.load(a), v128.load(b)));
  const s = total(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  return n & 1 ? s + load<f64>(a) * load<f64>(b) : s;
}

function sum(a: usize, n: usize): f64 {
  let s = f64x2.splat(0), i: usize = 0;
  for (const even = n & ~1; i < even; i += 2, a += 16) s = f64x2.add(s, v128.load(a));
  return n & 1 ? total(s) + load<f64>(a) : total(s);
}

/** out += a·x */
function addScaled(a: f64, x: usize, out: usize, n: usize): void {
  const aa = f64x2.splat(a);
  let i: usize = 0;
  for (const even = n & ~1; i < even; i += 2, x += 16, out += 16) v128.store(out, f64x2.add(v128.load(out), f64x2.mul(aa, v128.load(x))));
  if (n & 1) store<f64>(out, load<f64>(out) + a * load<f64>(x));
}

/** out_p += c_p·a_i·b_i for two species that change. */
function addProducts(a: usize, b: usize, c: f64, out: usize, d: f64, other: usize, n: usize): void {
  const cc = f64x2.splat(c), dd = f64x2.splat(d);
  let i: usize = 0;
  for (const even = n & ~1; i < even; i += 2, a += 16, b += 16, out += 16, other += 16) {
    const r = f64x2.mul(v128.load(a), v128.load(b));
    v128.store(out, f64x2.add(v128.load(out), f64x2.mul(cc, r)));
    v128.store(other, f64x2.add(v128.load(other), f64x2.mul(dd, r)));
  }
  if (n & 1) {
    const r = load<f64>(a) * load<f64>(b);
    store<f64>(out, load<f64>(out) + c * r);
    store<f64>(other, load<f64>(other) + d * r);
  }
}

/** out_p += c_p·(va_i·b_i + a_i·vb_i) for two species that change. */
function addProductTangents(a: usize, b: usize, va: usize, vb: usize, c: f64, out: usize, d: f64, other: usize, n: usize): void {
  const cc = f64x2.splat(c), dd = f64x2.splat(d);
  let i: usize = 0;
  for (const even = n & ~1; i < even; i += 2, a += 16, b += 16, va += 16, vb += 16, out += 16, other += 16) {
    const r = f64x2.add(f64x2.mul(v128.load(va), v128.load(b)), f64x2.mul(v128.load(a), v128.load(vb)));
    v128.store(out, f64x2.add(v128.load(out), f64x2.mul(cc, r)));
    v128.store(other, f64x2.add(v128.load(other), f64x2.mul(dd, r)));
  }
  if (n & 1) {
    const r = load<f64>(va) * load<f64>(b) + load<f64>(a) * load<f64>(vb);
    store<f64>(out, load<f64>(out) + c * r);
    store<f64>(other, load<f64>(other) + d * r);
  }
}

/**
 * Adds the reactions of one loop to out: their rates at the state y, or with v ≠ 0 the derivative of the rates along v.
 */
export function familyLoop(loop: usize, constants: usize, y: usize, v: usize, out: usize): void {
  const rank = word(loop, Family.RANK), reactants = word(loop, Family.REACTANTS), changes = word(loop, Family.CHANGES);
  const by = word(loop, Family.BY), counters = word(loop, Family.SCRATCH), extents = loop + (Family.EXTENTS << 2);
  const places = extents + (rank << 2), size = (rank + 1) << 2, count: usize = reactants + changes + usize(1);
  const n: usize = rank == 0 ? 1 : <usize>load<u32>(extents + ((rank - 1) << 2));
  const here = counters + (rank << 2), steps = here + (count << 2);
  for (let d: usize = 0; d + 1 < rank; d++) store<u32>(counters + (d << 2), 0);
  const tangent = v - y;
  for (;;) {
    for (let p: usize = 0; p < count; p++) {
      const place = places + p * size;
      let address = <usize>load<u32>(place);
      for (let d: usize = 0; d + 1 < rank; d++) address += <usize>load<u32>(place + ((d + 1) << 2)) * <usize>load<u32>(counters + (d << 2));
      store<u32>(here + (p << 2), u32(address + (p == 0 ? constants : p <= reactants ? y : out)));
    }
    if (!inner(here, steps, i32(reactants), i32(changes), by, v == 0 ? 0 : tangent, n)) general(here, steps, i32(reactants), i32(changes), by, v == 0 ? 0 : tangent, n);
    let d = i32(rank) - 2;
    for (; d >= 0; d--) {
      const counter = counters + (usize(d) << 2), next = load<u32>(counter) + 1;
      if (next < load<u32>(extents + (usize(d) << 2))) { store<u32>(counter, next); break; }
      store<u32>(counter, 0);
    }
    if (d < 0) return;
  }
}

/** The shapes with loops of their own, all with one constant. @returns false when this is none of them */
function inner(here: usize, steps: usize, reactants: i32, changes: i32, by: usize, tangent: usize, n: usize): bool {
  if (load<u32>(steps) != 0 || n < 4 || reactants == 0 || reactants > 2) return false;
  const k = load<f64>(load<u32>(here)), a = <usize>load<u32>(here, 4), aStep = load<u32>(steps, 4);
  const first = usize(reactants + 1) << 2, to = <usize>load<u32>(here + first), toStep = load<u32>(steps + first);
  const c = k * load<f64>(by);
  if (reactants == 1) {
    if (changes != 1 || aStep != 8) return false;
    if (toStep == 8) addScaled(c, a + tangent, to, n);
    else if (toStep == 0) store<f64>(to, load<f64>(to) + c * sum(a + tangent, n));
    else return false;
    return true;
  }
  const b = <usize>load<u32>(here, 8), bStep = load<u32>(steps, 8);
  if (changes == 1) {
    if (toStep == 0) {
      if (aStep == 8 && bStep == 8) {
        const s = tangent == 0 ? dot(a, b, n) : dot(a + tangent, b, n) + dot(a, b + tangent, n);
        store<f64>(to, load<f64>(to) + c * s);
        return true;
      }
      return false;
    }
    if (toStep != 8) return false;
    if (aStep == 0 && bStep == 8) outer(c, a, b, tangent, to, n);
    else if (aStep == 8 && bStep == 0) outer(c, b, a, tangent, to, n);
    else return false;
    return true;
  }
  if (changes != 2 || aStep != 8 || bStep != 8 || toStep != 8 || load<u32>(steps + first, 4) != 8) return false;
  const other = <usize>load<u32>(here + first, 4), d = k * load<f64>(by, 8);
  if (tangent == 0) addProducts(a, b, c, to, d, other, n);
  else addProductTangents(a, b, a + tangent, b + tangent, c, to, d, other, n);
  return true;
}

/** out_i += c·s·x_i, or its derivative: one row of an outer product. */
// @ts-ignore: decorator
@inline
function outer(c: f64, s: usize, x: usize, tangent: usize, out: usize, n: usize): void {
  const f = c * load<f64>(s);
  if (tangent == 0) {
    if (f != 0) addScaled(f, x, out, n);
    return;
  }
  const df = c * load<f64>(s + tangent);
  if (f != 0) addScaled(f, x + tangent, out, n);
  if (df != 0) addScaled(df, x, out, n);
}

/** Any loop: the product carried along with its derivative. */
function general(here: usize, steps: usize, reactants: i32, changes: i32, by: usize, tangent: usize, n: usize): void {
  const first = usize(reactants + 1), last = usize(reactants + changes);
  for (; n > 0; n--) {
    let value = load<f64>(load<u32>(here)), slope: f64 = 0;
    store<u32>(here, load<u32>(here) + load<u32>(steps));
    for (let p: usize = 1; p < first; p++) {
      const q = here + (p << 2), x = <usize>load<u32>(q), factor = load<f64>(x);
      if (tangent != 0) slope = slope * factor + value * load<f64>(x + tangent);
      value *= factor;
      store<u32>(q, u32(x) + load<u32>(steps + (p << 2)));
    }
    const rate = tangent != 0 ? slope : value;
    for (let p = first; p <= last; p++) {
      const q = here + (p << 2), x = <usize>load<u32>(q);
      store<f64>(x, load<f64>(x) + load<f64>(by + ((p - first) << 3)) * rate);
      store<u32>(q, u32(x) + load<u32>(steps + (p << 2)));
    }
  }
}

/**
 * Adds what one loop's reactions give to the Jacobian: for each reaction, each reactant and each species that changes one number, to
 * the value at the offset (in bytes) that the stream of positions names. @returns where the stream goes on
 */
export function familyJacobian(loop: usize, constants: usize, y: usize, positions: usize, values: usize): usize {
  const rank = word(loop, Family.RANK), reactants = word(loop, Family.REACTANTS), changes = word(loop, Family.CHANGES);
  const by = word(loop, Family.BY), counters = word(loop, Family.SCRATCH), extents = loop + (Family.EXTENTS << 2);
  const places = extents + (rank << 2), size = (rank + 1) << 2, count: usize = reactants + 1;
  const n: usize = rank == 0 ? 1 : <usize>load<u32>(extents + ((rank - 1) << 2));
  const here = counters + (rank << 2), steps = here + ((count + changes) << 2), ends = by + (changes << 3);
  for (let d: usize = 0; d + 1 < rank; d++) store<u32>(counters + (d << 2), 0);
  for (;;) {
    for (let p: usize = 0; p < count; p++) {
      const place = places + p * size;
      let address = <usize>load<u32>(place);
      for (let d: usize = 0; d + 1 < rank; d++) address += <usize>load<u32>(place + ((d + 1) << 2)) * <usize>load<u32>(counters + (d << 2));
      store<u32>(here + (p << 2), u32(address + (p == 0 ? constants : y)));
    }
    for (let i: usize = 0; i < n; i++) {
      const k = load<f64>(load<u32>(here));
      for (let p: usize = 1; p < count; p++) {
        let partial = k;
        for (let q: usize = 1; q < count; q++) if (q != p) partial *= load<f64>(<usize>load<u32>(here + (q << 2)));
        for (let b = by; b < ends; b += 8, positions += 4) {
          const to = values + <usize>load<u32>(positions);
          store<f64>(to, load<f64>(to) + load<f64>(b) * partial);
        }
      }
      for (let p: usize = 0; p < count; p++) store<u32>(here + (p << 2), load<u32>(here + (p << 2)) + load<u32>(steps + (p << 2)));
    }
    let d = i32(rank) - 2;
    for (; d >= 0; d--) {
      const counter = counters + (usize(d) << 2), next = load<u32>(counter) + 1;
      if (next < load<u32>(extents + (usize(d) << 2))) { store<u32>(counter, next); break; }
      store<u32>(counter, 0);
    }
    if (d < 0) break;
  }
  return positions;
}

/** Rates, products with the Jacobian, and the Jacobian itself of a network written out as fluxes (`../layout-fluxes.ts`). */
import * as Flux from '../layout-fluxes';
import { gatherOf } from './gather';
import { at, field } from './plan';

/** Products of entries and the sums that fluxes share at the state that w begins with. */
export function fluxSums(plan: usize): void {
  sumsUpTo(plan, field(plan, Flux.SHARED_END));
}

/** All sums. */
export function fluxAllSums(plan: usize): void {
  sumsUpTo(plan, field(plan, Flux.SUMS_END));
}

function sumsUpTo(plan: usize, sumsEnd: usize): void {
  for (let q = field(plan, Flux.MONOMIALS), end = field(plan, Flux.MONOMIALS_END), to = field(plan, Flux.MONOMIAL_TARGET); q < end; q += 8, to += 8) {
    store<f64>(to, at(q) * at(q + 4));
  }
  let e = field(plan, Flux.SUM_ENTRIES), k = field(plan, Flux.SUM_CONSTANTS), to = field(plan, Flux.SUM_TARGET);
  for (let g = field(plan, Flux.SUMS); g < sumsEnd; g += 4, to += 8) {
    let s: f64 = 0;
    for (const last = <usize>load<u32>(g); e < last; e += 4, k += 8) s += load<f64>(k) * at(e);
    store<f64>(to, s);
  }
}

/** Fluxes of one stretch from the sums. */
function productsOf(plan: usize, record: usize): void {
  let f = field(record, Flux.TO_LINEAR), q = field(record, Flux.NEXT_LINEAR), k = field(plan, Flux.LINEAR_CONSTANTS) + ((q - field(plan, Flux.LINEAR)) << 1);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_LINEAR); q < end; q += 4, k += 8, f += 8) store<f64>(f, load<f64>(k) * at(q));
  let p = field(record, Flux.NEXT_SINGLE);
  f = field(record, Flux.TO_SINGLE);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_SINGLE); p < end; p += 8, f += 8) store<f64>(f, at(p) * at(p + 4));
  q = field(record, Flux.NEXT_INLINE);
  k = field(plan, Flux.INLINE_CONSTANTS) + (q - field(plan, Flux.INLINE));
  f = field(record, Flux.TO_INLINE);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_INLINE); q < end; q += 8, k += 8, f += 8) store<f64>(f, load<f64>(k) * at(q) * at(q + 4));
  p = field(record, Flux.NEXT_PAIR);
  f = field(record, Flux.TO_PAIR);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_PAIR); p < end; p += 16, f += 8) store<f64>(f, at(p) * at(p + 4) - at(p + 8) * at(p + 12));
  let s = field(record, Flux.NEXT_SIGN);
  p = field(record, Flux.NEXT_PRODUCT);
  f = field(record, Flux.TO_COUNT);
  for (let c = field(record, Flux.NEXT_COUNT), end = field(record, Flux.RECORD + Flux.NEXT_COUNT); c < end; c += 4, f += 8) {
    let value: f64 = 0;
    for (let left = load<i32>(c); left > 0; left--, p += 8, s += 8) value += load<f64>(s) * at(p) * at(p + 4);
    store<f64>(f, value);
  }
}

/** All fluxes from the sums. */
export function fluxProducts(plan: usize): void {
  for (let record = field(plan, Flux.RECORDS), end = field(plan, Flux.RECORDS_END); record < end; record += 4 * Flux.RECORD) productsOf(plan, record);
}

/** Right-hand side where no reaction has a law of its own. */
export function fluxRhs(plan: usize): void {
  fluxSums(plan);
  for (let record = field(plan, Flux.RECORDS), end = field(plan, Flux.RECORDS_END); record < end; record += 4 * Flux.RECORD) {
    productsOf(plan, record);
    gatherOf(record);
  }
}

/** Change of products and sums along the direction that stands `TANGENT` bytes after the state; they themselves must be up to date. */
function tangentsOfSums(plan: usize): void {
  const d = field(plan, Flux.TANGENT);
  for (let q = field(plan, Flux.MONOMIALS), end = field(plan, Flux.MONOMIALS_END), to = field(plan, Flux.MONOMIAL_TARGET) + d; q < end; q += 8, to += 8) {
    const a = <usize>load<u32>(q), b = <usize>load<u32>(q, 4);
    store<f64>(to, load<f64>(a + d) * load<f64>(b) + load<f64>(a) * load<f64>(b + d));
  }
  let e = field(plan, Flux.SUM_ENTRIES), k = field(plan, Flux.SUM_CONSTANTS), to = field(plan, Flux.SUM_TARGET) + d;
  for (let g = field(plan, Flux.SUMS), end = field(plan, Flux.SHARED_END); g < end; g += 4, to += 8) {
    let s: f64 = 0;
    for (const last = <usize>load<u32>(g); e < last; e += 4, k += 8) s += load<f64>(k) * load<f64>(<usize>load<u32>(e) + d);
    store<f64>(to, s);
  }
}

/** Change of the fluxes of one stretch from that of the sums. */
function tangentsOf(plan: usize, record: usize): void {
  const d = field(plan, Flux.TANGENT);
  let f = field(record, Flux.TO_LINEAR), q = field(record, Flux.NEXT_LINEAR), k = field(plan, Flux.LINEAR_CONSTANTS) + ((q - field(plan, Flux.LINEAR)) << 1);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_LINEAR); q < end; q += 4, k += 8, f += 8) store<f64>(f, load<f64>(k) * load<f64>(<usize>load<u32>(q) + d));
  let p = field(record, Flux.NEXT_SINGLE);
  f = field(record, Flux.TO_SINGLE);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_SINGLE); p < end; p += 8, f += 8) {
    const x = <usize>load<u32>(p), u = <usize>load<u32>(p, 4);
    store<f64>(f, load<f64>(x + d) * load<f64>(u) + load<f64>(x) * load<f64>(u + d));
  }
  q = field(record, Flux.NEXT_INLINE);
  k = field(plan, Flux.INLINE_CONSTANTS) + (q - field(plan, Flux.INLINE));
  f = field(record, Flux.TO_INLINE);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_INLINE); q < end; q += 8, k += 8, f += 8) {
    const x = <usize>load<u32>(q), z = <usize>load<u32>(q, 4);
    store<f64>(f, load<f64>(k) * (load<f64>(x + d) * load<f64>(z) + load<f64>(x) * load<f64>(z + d)));
  }
  p = field(record, Flux.NEXT_PAIR);
  f = field(record, Flux.TO_PAIR);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_PAIR); p < end; p += 16, f += 8) {
    const x = <usize>load<u32>(p), u = <usize>load<u32>(p, 4);
    store<f64>(f, load<f64>(x + d) * load<f64>(u) + load<f64>(x) * load<f64>(u + d) - load<f64>(<usize>load<u32>(p, 8) + d) * at(p + 12));
  }
  let s = field(record, Flux.NEXT_SIGN);
  p = field(record, Flux.NEXT_PRODUCT);
  f = field(record, Flux.TO_COUNT);
  for (let c = field(record, Flux.NEXT_COUNT), end = field(record, Flux.RECORD + Flux.NEXT_COUNT); c < end; c += 4, f += 8) {
    let value: f64 = 0;
    for (let left = load<i32>(c); left > 0; left--, p += 8, s += 8) {
      const x = <usize>load<u32>(p), u = <usize>load<u32>(p, 4);
      value += load<f64>(s) * (load<f64>(x + d) * load<f64>(u) + load<f64>(x) * load<f64>(u + d));
    }
    store<f64>(f, value);
  }
}

/** Change of all fluxes along the direction; sums must be up to date. */
export function fluxTangents(plan: usize): void {
  tangentsOfSums(plan);
  for (let record = field(plan, Flux.RECORDS), end = field(plan, Flux.RECORDS_END); record < end; record += 4 * Flux.RECORD) tangentsOf(plan, record);
}

/** J·v where no reaction has a law of its own. */
export function fluxJacobianTimes(plan: usize): void {
  tangentsOfSums(plan);
  for (let record = field(plan, Flux.RECORDS), end = field(plan, Flux.RECORDS_END); record < end; record += 4 * Flux.RECORD) {
    tangentsOf(plan, record);
    gatherOf(record);
  }
}

/** Derivatives of the fluxes by what they are made of; rate laws add theirs afterwards. */
export function fluxDerivatives(plan: usize): void {
  memory.fill(field(plan, Flux.DERIVATIVES), 0, field(plan, Flux.DERIVATIVES_END) - field(plan, Flux.DERIVATIVES));
  const varying = field(plan, Flux.SUM_TARGET), sums = field(plan, Flux.SUMS), first = field(plan, Flux.SUM_ENTRIES), constants = field(plan, Flux.SUM_CONSTANTS);
  let target = field(plan, Flux.FACTOR_TARGETS), entry = field(plan, Flux.ENTRY_TARGETS), sign = field(plan, Flux.PRODUCT_SIGNS);
  for (let p = field(plan, Flux.PRODUCTS), end = field(plan, Flux.PRODUCTS_END); p < end; p += 8, target += 4, sign += 8) {
    const u = <usize>load<u32>(p, 4), to = <usize>load<u32>(target), by = load<f64>(sign);
    store<f64>(to, load<f64>(to) + by * load<f64>(u));
    if (u < varying) continue;
    const scale = by * at(p), g = sums + ((u - varying) >> 1);
    const begin = u == varying ? first : <usize>load<u32>(g - 4), last = <usize>load<u32>(g);
    for (let e = begin, k = constants + ((begin - first) << 1); e < last; e += 4, k += 8, entry += 4) {
      const x = <usize>load<u32>(entry);
      store<f64>(x, load<f64>(x) + scale * load<f64>(k));
    }
  }
  for (let c = field(plan, Flux.CHAIN), end = field(plan, Flux.CHAIN_END); c < end; c += 12) {
    const to = <usize>load<u32>(c, 8);
    store<f64>(to, load<f64>(to) + at(c) * at(c + 4));
  }
}

/** Non-zeros of the Jacobian from the derivatives: few a non-zero, so a list of additions is faster than sums one by one. */
export function fluxJacobian(plan: usize): void {
  const entries = field(plan, Flux.ENTRIES);
  memory.fill(entries, 0, field(plan, Flux.ENTRIES_END) - entries);
  let p = field(plan, Flux.ADDITIONS);
  for (const end = field(plan, Flux.ADDITIONS_PLUS_END); p < end; p += 8) {
    const to = <usize>load<u32>(p);
    store<f64>(to, load<f64>(to) + at(p + 4));
  }
  for (const end = field(plan, Flux.ADDITIONS_MINUS_END); p < end; p += 8) {
    const to = <usize>load<u32>(p);
    store<f64>(to, load<f64>(to) - at(p + 4));
  }
  for (let by = field(plan, Flux.ADDITIONS_BY), end = field(plan, Flux.ADDITIONS_END); p < end; p += 8, by += 8) {
    const to = <usize>load<u32>(p);
    store<f64>(to, load<f64>(to) + load<f64>(by) * at(p + 4));
  }
}

/** Rates and products with the Jacobian of a network written out as fluxes (`../layout-fluxes.ts`). */
import * as Flux from '../layout-fluxes';
import { elementaryOf, tangentsOfElementary } from './elementary';
import { gatherOf } from './gather';
import { at, field } from './plan';
import { monomials, sums, tangentsOfMonomials } from './sums';

/** Sums of one stretch: of the state (d = 0), or their change along the direction (d = TANGENT). */
// @ts-ignore: decorator
@inline
function sumsOf(record: usize, d: usize): void {
  sums(field(record, Flux.NEXT_SUM), field(record, Flux.RECORD + Flux.NEXT_SUM), field(record, Flux.NEXT_SUM_ENTRY), field(record, Flux.SUM_CONSTANT), field(record, Flux.TO_SUM) + d, d);
}

/** Fluxes of one stretch from the sums. */
function productsOf(record: usize): void {
  let f = field(record, Flux.TO_LINEAR), q = field(record, Flux.NEXT_LINEAR), k = field(record, Flux.LINEAR_CONSTANT);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_LINEAR); q < end; q += 4, k += 8, f += 8) store<f64>(f, load<f64>(k) * at(q));
  let p = field(record, Flux.NEXT_SINGLE);
  f = field(record, Flux.TO_SINGLE);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_SINGLE); p < end; p += 8, f += 8) store<f64>(f, at(p) * at(p + 4));
  q = field(record, Flux.NEXT_INLINE);
  k = field(record, Flux.INLINE_CONSTANT);
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

/** Change of the fluxes of one stretch from that of the sums. */
function tangentsOfProducts(plan: usize, record: usize): void {
  const d = field(plan, Flux.TANGENT);
  let f = field(record, Flux.TO_LINEAR), q = field(record, Flux.NEXT_LINEAR), k = field(record, Flux.LINEAR_CONSTANT);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_LINEAR); q < end; q += 4, k += 8, f += 8) store<f64>(f, load<f64>(k) * load<f64>(<usize>load<u32>(q) + d));
  let p = field(record, Flux.NEXT_SINGLE);
  f = field(record, Flux.TO_SINGLE);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_SINGLE); p < end; p += 8, f += 8) {
    const x = <usize>load<u32>(p), u = <usize>load<u32>(p, 4);
    store<f64>(f, load<f64>(x + d) * load<f64>(u) + load<f64>(x) * load<f64>(u + d));
  }
  q = field(record, Flux.NEXT_INLINE);
  k = field(record, Flux.INLINE_CONSTANT);
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

/** Everything of one stretch except its rows. */
function valuesOf(plan: usize, record: usize): void {
  sumsOf(record, 0);
  productsOf(record);
  elementaryOf(plan, record);
}

function tangentsOf(plan: usize, record: usize): void {
  sumsOf(record, 0);
  sumsOf(record, field(plan, Flux.TANGENT));
  tangentsOfProducts(plan, record);
  tangentsOfElementary(plan, record);
}

/** Nothing has changed yet. Not by `memory.fill`, which is a call out of WebAssembly and takes longer than small networks do. */
function clear(plan: usize): void {
  const zero = f64x2.splat(0);
  let p = field(plan, Flux.CHANGES);
  const end = field(plan, Flux.CHANGES_END);
  for (; p + 16 <= end; p += 16) v128.store(p, zero);
  if (p < end) store<f64>(p, 0);
}

/** One stretch's part of the right-hand side, when the view is on it. */
export function fluxRatesOf(plan: usize, record: usize): void {
  valuesOf(plan, record);
  gatherOf(record);
}

/** One stretch's part of J·v. */
export function fluxTangentsOf(plan: usize, record: usize): void {
  tangentsOf(plan, record);
  gatherOf(record);
}

/** The right-hand side, when all species are in view and no reaction has a law of its own. */
export function fluxRates(plan: usize): void {
  clear(plan);
  monomials(plan);
  for (let record = field(plan, Flux.RECORDS), end = field(plan, Flux.RECORDS_END); record < end; record += 4 * Flux.RECORD) fluxRatesOf(plan, record);
}

/** J·v likewise. */
export function fluxTangents(plan: usize): void {
  clear(plan);
  monomials(plan);
  tangentsOfMonomials(plan, field(plan, Flux.TANGENT));
  for (let record = field(plan, Flux.RECORDS), end = field(plan, Flux.RECORDS_END); record < end; record += 4 * Flux.RECORD) fluxTangentsOf(plan, record);
}

/** The right-hand side up to its rows: what laws give is added to the fluxes before `fluxGather`. */
export function fluxValues(plan: usize): void {
  clear(plan);
  monomials(plan);
  for (let record = field(plan, Flux.RECORDS), end = field(plan, Flux.RECORDS_END); record < end; record += 4 * Flux.RECORD) valuesOf(plan, record);
}

/** J·v up to its rows. */
export function fluxTangentValues(plan: usize): void {
  clear(plan);
  monomials(plan);
  tangentsOfMonomials(plan, field(plan, Flux.TANGENT));
  for (let record = field(plan, Flux.RECORDS), end = field(plan, Flux.RECORDS_END); record < end; record += 4 * Flux.RECORD) tangentsOf(plan, record);
}

/** All rows. */
export function fluxGather(plan: usize): void {
  for (let record = field(plan, Flux.RECORDS), end = field(plan, Flux.RECORDS_END); record < end; record += 4 * Flux.RECORD) gatherOf(record);
}

/** Moves the view on: what a stretch is done with leaves it, what the next has gained already comes first. */
export function fluxAdvance(plan: usize): void {
  const changes = field(plan, Flux.CHANGES), end = field(plan, Flux.CHANGES_END), done = field(plan, Flux.DONE), kept = end - changes - done;
  memory.copy(changes, changes + done, kept);
  memory.fill(changes + kept, 0, done);
}

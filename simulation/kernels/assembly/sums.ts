/** What fluxes share: products of entries of the state, and sums Σ k·x. */
import * as Flux from '../layout-fluxes';
import { at, field } from './plan';

/** Products of entries, for either plan of `../layout-fluxes.ts`. */
export function monomials(plan: usize): void {
  for (let q = field(plan, Flux.MONOMIALS), end = field(plan, Flux.MONOMIALS_END), to = field(plan, Flux.MONOMIAL_TARGET); q < end; q += 8, to += 8) {
    store<f64>(to, at(q) * at(q + 4));
  }
}

/** Their change along the direction that stands d bytes after the state; they themselves must be up to date. */
export function tangentsOfMonomials(plan: usize, d: usize): void {
  for (let q = field(plan, Flux.MONOMIALS), end = field(plan, Flux.MONOMIALS_END), to = field(plan, Flux.MONOMIAL_TARGET) + d; q < end; q += 8, to += 8) {
    const a = <usize>load<u32>(q), b = <usize>load<u32>(q, 4);
    store<f64>(to, load<f64>(a + d) * load<f64>(b) + load<f64>(a) * load<f64>(b + d));
  }
}

/** Sums whose ends in the stream of entries stand from g on: of the entries d bytes after those of the stream, from e on, times the constants from k on. */
export function sums(g: usize, end: usize, e: usize, k: usize, to: usize, d: usize): void {
  for (; g < end; g += 4, to += 8) {
    let s: f64 = 0;
    for (const last = <usize>load<u32>(g); e < last; e += 4, k += 8) s += load<f64>(k) * load<f64>(<usize>load<u32>(e) + d);
    store<f64>(to, s);
  }
}

/** The Jacobian of a network written out as fluxes (`../layout-fluxes.ts`). */
import * as Flux from '../layout-fluxes';
import { at, field } from './plan';
import { monomials, sums } from './sums';

/** Derivatives of the fluxes by what they are made of, at the state; rate laws add theirs afterwards. */
export function fluxDerivatives(plan: usize): void {
  monomials(plan);
  sums(field(plan, Flux.SUMS), field(plan, Flux.SUMS_END), field(plan, Flux.JACOBIAN_ENTRIES), field(plan, Flux.JACOBIAN_CONSTANTS), field(plan, Flux.SUM_TARGET), 0);
  memory.fill(field(plan, Flux.DERIVATIVES), 0, field(plan, Flux.DERIVATIVES_END) - field(plan, Flux.DERIVATIVES));
  const varying = field(plan, Flux.SUM_TARGET), ends = field(plan, Flux.SUMS), first = field(plan, Flux.JACOBIAN_ENTRIES), constants = field(plan, Flux.JACOBIAN_CONSTANTS);
  let target = field(plan, Flux.FACTOR_TARGETS), entry = field(plan, Flux.ENTRY_TARGETS), sign = field(plan, Flux.PRODUCT_SIGNS);
  for (let p = field(plan, Flux.PRODUCTS), end = field(plan, Flux.PRODUCTS_END); p < end; p += 8, target += 4, sign += 8) {
    const u = <usize>load<u32>(p, 4), to = <usize>load<u32>(target), by = load<f64>(sign);
    store<f64>(to, load<f64>(to) + by * load<f64>(u));
    if (u < varying) continue;
    const scale = by * at(p), g = ends + ((u - varying) >> 1);
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

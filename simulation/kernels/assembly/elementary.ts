/**
 * Conversions x → z and bindings x + y → z, added to their species as they are computed: nothing is stored in between, and one address of a species
 * serves for its state, its direction and its change.
 */
import * as Flux from '../layout-fluxes';
import { field } from './plan';

// @ts-ignore: decorator
@inline
function add(to: usize, s: f64): void {
  store<f64>(to, load<f64>(to) + s);
}

// @ts-ignore: decorator
@inline
function address(p: usize, k: i32): usize {
  return <usize>load<u16>(p + (usize(k) << 1));
}

/** Those of one stretch. */
export function elementaryOf(plan: usize, record: usize): void {
  const c = field(plan, Flux.CHANGE);
  let q = field(record, Flux.NEXT_CONVERSION), k = field(record, Flux.CONVERSION_CONSTANT);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_CONVERSION); q < end; q += 4, k += 8) {
    const x = address(q, 0), z = address(q, 1), f = load<f64>(k) * load<f64>(x);
    add(x + c, -f);
    add(z + c, f);
  }
  q = field(record, Flux.NEXT_BINDING);
  k = field(record, Flux.BINDING_CONSTANT);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_BINDING); q < end; q += 6, k += 8) {
    const x = address(q, 0), y = address(q, 1), z = address(q, 2), f = load<f64>(k) * load<f64>(x) * load<f64>(y);
    add(x + c, -f);
    add(y + c, -f);
    add(z + c, f);
  }
}

/** Their change along the direction. */
export function tangentsOfElementary(plan: usize, record: usize): void {
  const c = field(plan, Flux.CHANGE), d = field(plan, Flux.TANGENT);
  let q = field(record, Flux.NEXT_CONVERSION), k = field(record, Flux.CONVERSION_CONSTANT);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_CONVERSION); q < end; q += 4, k += 8) {
    const x = address(q, 0), z = address(q, 1), f = load<f64>(k) * load<f64>(x + d);
    add(x + c, -f);
    add(z + c, f);
  }
  q = field(record, Flux.NEXT_BINDING);
  k = field(record, Flux.BINDING_CONSTANT);
  for (const end = field(record, Flux.RECORD + Flux.NEXT_BINDING); q < end; q += 6, k += 8) {
    const x = address(q, 0), y = address(q, 1), z = address(q, 2);
    const f = load<f64>(k) * (load<f64>(x + d) * load<f64>(y) + load<f64>(x) * load<f64>(y + d));
    add(x + c, -f);
    add(y + c, -f);
    add(z + c, f);
  }
}

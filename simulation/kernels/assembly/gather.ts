/** The change of every species from the fluxes (`../../network/flux-rows.ts`). */
import * as Flux from '../layout-fluxes';
import { at, field } from './plan';

/** Sums of the numbers whose addresses begin at p; in pairs, since an addition that waits for the one before takes longer. */
// @ts-ignore: decorator
@inline
function sum2(p: usize): f64 {
  return at(p) + at(p + 4);
}

// @ts-ignore: decorator
@inline
function sum3(p: usize): f64 {
  return sum2(p) + at(p + 8);
}

// @ts-ignore: decorator
@inline
function sum4(p: usize): f64 {
  return sum2(p) + sum2(p + 8);
}

function sumTo(p: usize, end: usize): f64 {
  let s: f64 = 0;
  for (; p + 16 <= end; p += 16) s += sum4(p);
  for (; p < end; p += 4) s += at(p);
  return s;
}

/** The species whose address stands at `to` gains s. */
// @ts-ignore: decorator
@inline
function gain(to: usize, s: f64): void {
  const species = <usize>load<u32>(to);
  store<f64>(species, load<f64>(species) + s);
}

// @ts-ignore: decorator
@inline
function lose(to: usize, s: f64): void {
  const species = <usize>load<u32>(to);
  store<f64>(species, load<f64>(species) - s);
}

/**
 * The rows of one stretch. In each window of species the rows of coefficients +1, then those of −1, then those of any, by length. The lengths that are frequent are
 * written out, one after the other: a processor that has to guess where each of many short loops ends loses more time than the sums take.
 */
export function gatherOf(record: usize): void {
  let p = field(record, Flux.NEXT_SOURCE), by = field(record, Flux.NEXT_BY), to = field(record, Flux.NEXT_TARGET), lengths = field(record, Flux.NEXT_LENGTH);
  for (let rows = field(record, Flux.NEXT_ROWS), windows = field(record, Flux.RECORD + Flux.NEXT_ROWS); rows < windows; rows += 4 * Flux.ROW_KINDS) {
    let next = to + <usize>load<u32>(rows);
    for (; to < next; to += 4, p += 4) gain(to, at(p));
    next += <usize>load<u32>(rows, 4);
    for (; to < next; to += 4, p += 8) gain(to, sum2(p));
    next += <usize>load<u32>(rows, 8);
    for (; to < next; to += 4, p += 12) gain(to, sum3(p));
    next += <usize>load<u32>(rows, 12);
    for (; to < next; to += 4, p += 16) gain(to, sum4(p));
    next += <usize>load<u32>(rows, 16);
    for (; to < next; to += 4, p += 20) gain(to, sum4(p) + at(p + 16));
    next += <usize>load<u32>(rows, 20);
    for (; to < next; to += 4, p += 24) gain(to, sum4(p) + sum2(p + 16));
    next += <usize>load<u32>(rows, 24);
    for (; to < next; to += 4, p += 28) gain(to, sum4(p) + sum3(p + 16));
    next += <usize>load<u32>(rows, 28);
    for (; to < next; to += 4, lengths += 4) {
      const end = p + <usize>load<u32>(lengths);
      gain(to, sumTo(p, end));
      p = end;
    }
    next += <usize>load<u32>(rows, 32);
    for (; to < next; to += 4, p += 4) lose(to, at(p));
    next += <usize>load<u32>(rows, 36);
    for (; to < next; to += 4, p += 8) lose(to, sum2(p));
    next += <usize>load<u32>(rows, 40);
    for (; to < next; to += 4, p += 12) lose(to, sum3(p));
    next += <usize>load<u32>(rows, 44);
    for (; to < next; to += 4, p += 16) lose(to, sum4(p));
    next += <usize>load<u32>(rows, 48);
    for (; to < next; to += 4, p += 20) lose(to, sum4(p) + at(p + 16));
    next += <usize>load<u32>(rows, 52);
    for (; to < next; to += 4, p += 24) lose(to, sum4(p) + sum2(p + 16));
    next += <usize>load<u32>(rows, 56);
    for (; to < next; to += 4, p += 28) lose(to, sum4(p) + sum3(p + 16));
    next += <usize>load<u32>(rows, 60);
    for (; to < next; to += 4, lengths += 4) {
      const end = p + <usize>load<u32>(lengths);
      lose(to, sumTo(p, end));
      p = end;
    }
    next += <usize>load<u32>(rows, 64);
    for (; to < next; to += 4, lengths += 4) {
      let s: f64 = 0;
      for (const end = p + <usize>load<u32>(lengths); p < end; p += 4, by += 8) s += load<f64>(by) * at(p);
      lose(to, -s);
    }
  }
}

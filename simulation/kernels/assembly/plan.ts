/** How the kernels read the plans that `../layout-*.ts` describe. */

/** Field f of the plan, an address or a count. */
// @ts-ignore: decorator
@inline
export function field(plan: usize, f: i32): usize {
  return load<u32>(plan + (usize(f) << 2));
}

/** The number at the address that stands at p. */
// @ts-ignore: decorator
@inline
export function at(p: usize): f64 {
  return load<f64>(load<u32>(p));
}

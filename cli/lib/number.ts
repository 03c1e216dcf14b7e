/** Numbers as they are printed. */

/** Six digits, with a power of ten where that is shorter to read. */
export function number(value: number): string {
  const rounded = Number(value.toPrecision(6));
  const size = Math.abs(rounded);
  return size !== 0 && (size >= 1e6 || size < 1e-4) ? rounded.toExponential().replace('e+', 'e') : String(rounded);
}

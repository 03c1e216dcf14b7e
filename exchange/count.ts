/** `3 rows`, `1 row`, `2 species`. */
export function count(n: number, one: string): string {
  return `${n} ${one}${n === 1 || one.endsWith('species') ? '' : 's'}`;
}

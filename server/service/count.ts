/** `1 reaction`, `24,388 reactions`, `3 species`. */
export function count(n: number, one: string): string {
  return `${n.toLocaleString('en-US')} ${one}${n === 1 || one.endsWith('species') ? '' : 's'}`;
}

/** Tells texts apart: two hashes of 32 bits (FNV-1a, Fowler, Noll and Vo), of the texts and of where one ends and the next begins. */
export function fingerprint(texts: readonly string[]): string {
  let a = 0x811c9dc5, b = 0x9747b28c;
  const add = (code: number): void => {
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + 1), 0x5bd1e995);
    b ^= b >>> 15;
  };
  for (const text of texts) {
    for (let i = 0; i < text.length; i++) add(text.charCodeAt(i));
    add(0x10000);
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}

/** Numbers as text and back, bit for bit: base64 of their doubles, least byte first. */

/** Bytes that become one call's arguments. */
const CHUNK = 0x2000;

export function floatsText(values: Float64Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

/** Undefined when the text does not hold exactly so many finite numbers. */
export function floatsOf(text: string, count: number): Float64Array | undefined {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  if (binary.length !== 8 * count) return undefined;
  const values = new Float64Array(count), bytes = new Uint8Array(values.buffer);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return values.every(Number.isFinite) ? values : undefined;
}

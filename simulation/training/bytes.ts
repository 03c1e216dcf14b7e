/** Numbers as text, bit for bit (a decimal text would lose the sign of −0), and hashes of numbers. */
import { t } from '../../l10n/index.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of the numbers' bytes, least significant first. */
export function encodeFloats(values: Float64Array): string {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, i) => { view.setFloat64(8 * i, value, true); });
  const bytes = new Uint8Array(view.buffer), parts: string[] = [];
  let part = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i, word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    part += ALPHABET[word >>> 18]! + ALPHABET[(word >>> 12) & 63]! + (left > 1 ? ALPHABET[(word >>> 6) & 63]! : '=') + (left > 2 ? ALPHABET[word & 63]! : '=');
    if (part.length > 8192) { parts.push(part); part = ''; }
  }
  return parts.join('') + part;
}

/** @throws RangeError when the text is not what `encodeFloats` writes */
export function decodeFloats(text: string): Float64Array {
  const code = new Int8Array(128).fill(-1);
  for (let k = 0; k < 64; k++) code[ALPHABET.charCodeAt(k)] = k;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0, length = (text.length / 4) * 3 - padding;
  if (text.length % 4 !== 0 || length % 8 !== 0) throw new RangeError(t('The numbers of the checkpoint are cut off.'));
  const bytes = new Uint8Array(length);
  for (let i = 0, to = 0; i < text.length; i += 4) {
    let word = 0;
    for (let k = 0; k < 4; k++) {
      const at = text.charCodeAt(i + k), value = at === 61 && i + k >= text.length - padding ? 0 : (code[at] ?? -1);
      if (value < 0) throw new RangeError(t('The numbers of the checkpoint are damaged.'));
      word = (word << 6) | value;
    }
    for (let shift = 16; shift >= 0 && to < length; shift -= 8) bytes[to++] = (word >>> shift) & 255;
  }
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: length / 8 }, (_, i) => view.getFloat64(8 * i, true));
}

/** Two 32-bit words of FNV-1a over numbers and texts, as text. */
export class Hash {
  private a = 0x811c9dc5;
  private b = 0x01000193;
  private readonly scratch = new Float64Array(1);
  private readonly words = new Int32Array(this.scratch.buffer);

  number(value: number): this {
    this.scratch[0] = value;
    this.word(this.words[0]!);
    this.word(this.words[1]!);
    return this;
  }

  text(value: string): this {
    for (let i = 0; i < value.length; i++) this.word(value.charCodeAt(i));
    this.word(value.length);
    return this;
  }

  /** Up to a million of the numbers, evenly chosen. */
  numbers(values: ArrayLike<number>): this {
    const step = Math.max(1, Math.floor(values.length / 1e6));
    for (let i = 0; i < values.length; i += step) this.number(values[i]!);
    return this.number(values.length);
  }

  private word(word: number): void {
    this.a = Math.imul(this.a ^ word, 0x01000193);
    this.a ^= this.a >>> 15;
    this.b = Math.imul(this.b ^ word, 0x85ebca6b);
    this.b ^= this.b >>> 13;
  }

  toString(): string {
    return [this.a, this.b].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

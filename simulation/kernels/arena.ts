/** Arrays in a memory that the kernels work in: handed out one after another, never given back one by one. */
import { instantiate, type Kernels } from './module.ts';

const ALIGNMENT = 16;

/** Arenas that an integration has finished with; the next run of a similar size takes one over. */
const idle: Arena[] = [];
const KEPT = 4, MOST_BYTES = 100_000_000;

export class Arena {
  readonly kernels: Kernels;
  private readonly buffer: ArrayBuffer;
  private used = ALIGNMENT;

  /** @param bytes that all arrays together will take, each rounded up to `Arena.bytes` */
  constructor(bytes: number) {
    const { buffer, kernels } = instantiate(bytes + ALIGNMENT);
    this.buffer = buffer;
    this.kernels = kernels;
  }

  /** Room that arrays of these lengths take. */
  static bytes(doubles: readonly number[], words: readonly number[] = [], halves: readonly number[] = []): number {
    const room = (lengths: readonly number[], bytes: number): number => lengths.reduce((sum, length) => sum + rounded(bytes * length), 0);
    return room(doubles, 8) + room(words, 4) + room(halves, 2);
  }

  /** An arena that `recycle` was given earlier, if one is large enough and not far too large; otherwise a new one. */
  static take(bytes: number): Arena {
    const fits = idle.findIndex((arena) => arena.buffer.byteLength >= bytes + ALIGNMENT && arena.buffer.byteLength <= 4 * bytes + 1_000_000);
    return fits < 0 ? new Arena(bytes) : idle.splice(fits, 1)[0]!;
  }

  /** Gives the arena up for another use: none of its arrays may be touched after this. */
  recycle(): void {
    if (idle.includes(this) || this.buffer.byteLength > MOST_BYTES) return;
    new Uint8Array(this.buffer).fill(0, 0, this.used);
    this.used = ALIGNMENT;
    idle.push(this);
    if (idle.length > KEPT) idle.shift();
  }

  /** Zeros; an array's address is its `byteOffset`. */
  doubles(length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.buffer, this.reserve(8 * length), length);
  }

  words(length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.buffer, this.reserve(4 * length), length);
  }

  /** Words of 16 bits, without a sign. */
  halves(length: number): Uint16Array<ArrayBuffer> {
    return new Uint16Array(this.buffer, this.reserve(2 * length), length);
  }

  /** A copy of `values` in the arena; returns its address. */
  put(values: Float64Array | Int32Array): number {
    const copy = values instanceof Float64Array ? this.doubles(values.length) : this.words(values.length);
    copy.set(values);
    return copy.byteOffset;
  }

  private reserve(bytes: number): number {
    const at = this.used;
    this.used += rounded(bytes);
    if (this.used > this.buffer.byteLength) throw new RangeError(`An arena of ${this.buffer.byteLength} bytes has no room for ${this.used}.`);
    return at;
  }
}

function rounded(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** Numbers for sequences of numbers: equal sequences get the same id. One growing pool and open addressing, no strings. */
export class Interner {
  private pool = new Float64Array(1024);
  private start = new Int32Array(256);
  private table = new Int32Array(512).fill(-1);
  private hashes = new Int32Array(256);
  private readonly real = new Float64Array(1);
  private readonly words = new Int32Array(this.real.buffer);
  count = 0;

  /** Id of sequence[0 … length − 1], new ids counting up from 0. */
  intern(sequence: ArrayLike<number>, length: number): number {
    const hash = this.hash(sequence, length);
    const mask = this.table.length - 1;
    let slot = hash & mask;
    for (;;) {
      const id = this.table[slot]!;
      if (id === -1) break;
      if (this.hashes[id] === hash && this.equals(id, sequence, length)) return id;
      slot = (slot + 1) & mask;
    }
    const id = this.count++;
    this.reserve(length);
    const from = this.start[id]!;
    for (let k = 0; k < length; k++) this.pool[from + k] = sequence[k]!;
    this.start[id + 1] = from + length;
    this.hashes[id] = hash;
    this.table[slot] = id;
    if (2 * this.count > this.table.length) this.rehash();
    return id;
  }

  length(id: number): number {
    return this.start[id + 1]! - this.start[id]!;
  }

  /** k-th number of a sequence. */
  at(id: number, k: number): number {
    return this.pool[this.start[id]! + k]!;
  }

  private hash(sequence: ArrayLike<number>, length: number): number {
    let h = length;
    for (let k = 0; k < length; k++) {
      const value = sequence[k]!;
      let bits = value | 0;
      if (bits !== value) {
        this.real[0] = value;
        bits = this.words[0]! ^ Math.imul(this.words[1]!, 0x9e3779b1);
      }
      h = Math.imul(h ^ bits, 0x85ebca6b);
      h ^= h >>> 13;
      h = Math.imul(h, 0xc2b2ae35);
      h ^= h >>> 16;
    }
    return h;
  }

  private equals(id: number, sequence: ArrayLike<number>, length: number): boolean {
    const from = this.start[id]!;
    if (this.start[id + 1]! - from !== length) return false;
    for (let k = 0; k < length; k++) if (this.pool[from + k] !== sequence[k]) return false;
    return true;
  }

  private reserve(length: number): void {
    const needed = this.start[this.count - 1]! + length;
    if (needed > this.pool.length) {
      const pool = new Float64Array(Math.max(2 * this.pool.length, needed));
      pool.set(this.pool);
      this.pool = pool;
    }
    if (this.count + 1 >= this.start.length) {
      const start = new Int32Array(2 * this.start.length), hashes = new Int32Array(start.length);
      start.set(this.start);
      hashes.set(this.hashes);
      this.start = start;
      this.hashes = hashes;
    }
  }

  private rehash(): void {
    const table = new Int32Array(2 * this.table.length).fill(-1), mask = table.length - 1;
    for (let id = 0; id < this.count; id++) {
      let slot = this.hashes[id]! & mask;
      while (table[slot] !== -1) slot = (slot + 1) & mask;
      table[slot] = id;
    }
    this.table = table;
  }
}

/** A growing list of 32-bit integers. */
export class IntList {
  private data: Int32Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 256) {
    this.data = new Int32Array(Math.max(1, capacity));
  }

  push(value: number): void {
    if (this.length === this.data.length) {
      const data = new Int32Array(2 * this.data.length);
      data.set(this.data);
      this.data = data;
    }
    this.data[this.length++] = value;
  }

  at(k: number): number {
    return this.data[k]!;
  }

  toArray(): Int32Array<ArrayBuffer> {
    return this.data.slice(0, this.length);
  }
}

/**
 * Random numbers for long runs: xoshiro128** (Blackman & Vigna, ACM TOMS 2021) drawn in blocks, with jumps. A seed gives one
 * sequence of 2^128 words; replica r of a run starts 2^64·r words into it, so replicas share none whatever their order.
 */
import { createRandom } from '../../chemistry/index.ts';

const BLOCK = 1024;
/** x^(2^64) modulo the generator's characteristic polynomial, lowest coefficients first. */
const JUMP = [0x8764000b, 0xf542d2d3, 0x6fa035c3, 0x77f2db5b] as const;

export class Stream {
  /** The next uniform numbers in [0, 1), multiples of 2⁻⁵³; `values[position]` is the next. Loops may read them directly. */
  readonly values = new Float64Array(BLOCK);
  position = BLOCK;
  private readonly state: Int32Array;
  private spare = NaN;

  private constructor(state: Int32Array) {
    this.state = state;
  }

  /** Stream of a seed (any finite number). */
  static of(seed: number): Stream {
    const random = createRandom(seed), state = Int32Array.from({ length: 4 }, () => random.bits());
    if (state.every((word) => word === 0)) state[0] = 1;
    return new Stream(state);
  }

  /** Stream that starts from four state words, not all zero. */
  static fromState(words: ArrayLike<number>): Stream {
    const state = Int32Array.from({ length: 4 }, (_, i) => words[i]!);
    if (state.every((word) => word === 0)) throw new RangeError('The state of xoshiro128** must not be all zero.');
    return new Stream(state);
  }

  /** The state words, for checks; those of the end of the present block once numbers have been drawn. */
  words(): Uint32Array {
    return Uint32Array.from(this.state, (word) => word >>> 0);
  }

  /** A stream 2^64 words of 32 bits ahead of the start of this one's present block. */
  jumped(): Stream {
    return new Stream(advanced(this.state));
  }

  /** Draws the next block. */
  refill(): void {
    const { state, values } = this;
    let a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!;
    for (let i = 0; i < BLOCK; i++) {
      let product = Math.imul(b, 5), shifted = b << 9;
      const high = Math.imul((product << 7) | (product >>> 25), 9) >>> 5;
      c ^= a; d ^= b; b ^= c; a ^= d; c ^= shifted; d = (d << 11) | (d >>> 21);
      product = Math.imul(b, 5);
      shifted = b << 9;
      const low = Math.imul((product << 7) | (product >>> 25), 9) >>> 6;
      c ^= a; d ^= b; b ^= c; a ^= d; c ^= shifted; d = (d << 11) | (d >>> 21);
      values[i] = (high * 67108864 + low) * (1 / 9007199254740992);
    }
    state[0] = a; state[1] = b; state[2] = c; state[3] = d;
    this.position = 0;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    if (this.position === BLOCK) this.refill();
    return this.values[this.position++]!;
  }

  /** Exponential with mean 1. */
  exponential(): number {
    return -Math.log(1 - this.uniform());
  }

  /** Standard normal (Marsaglia's polar method). */
  normal(): number {
    if (this.spare === this.spare) {
      const value = this.spare;
      this.spare = NaN;
      return value;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1, v = 2 * this.uniform() - 1, square = u * u + v * v;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      this.spare = v * scale;
      return u * scale;
    }
  }
}

/** Numbers in a block. */
export const STREAM_BLOCK = BLOCK;

/** Streams of replicas in order: that of replica r is r jumps after the seed's. */
export class ReplicaStreams {
  readonly seed: number;
  private replica = 0;
  private stream: Stream;

  constructor(seed: number) {
    this.seed = seed;
    this.stream = Stream.of(seed);
  }

  /** The stream of a replica, from its start. Going on from replica to replica costs one jump each. */
  of(replica: number): Stream {
    if (replica < this.replica) {
      this.stream = Stream.of(this.seed);
      this.replica = 0;
    }
    for (; this.replica < replica; this.replica++) this.stream = this.stream.jumped();
    return Stream.fromState(this.stream.words());
  }
}

/** The state 2^64 steps on: Σ of the next 128 states whose coefficient is 1. */
function advanced(state: Int32Array): Int32Array {
  let a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!;
  const sum = new Int32Array(4);
  for (const word of JUMP) {
    for (let bit = 0; bit < 32; bit++) {
      if (((word >>> bit) & 1) === 1) { sum[0]! ^= a; sum[1]! ^= b; sum[2]! ^= c; sum[3]! ^= d; }
      const shifted = b << 9;
      c ^= a; d ^= b; b ^= c; a ^= d; c ^= shifted; d = (d << 11) | (d >>> 21);
    }
  }
  return sum;
}

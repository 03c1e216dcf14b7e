/**
 * The one source of random numbers: xoshiro128** (Blackman & Vigna, "Scrambled linear pseudorandom number generators",
 * ACM TOMS 2021), its state filled by splitmix32 from the seed. The same seed gives the same numbers on every machine,
 * because only 32-bit integer operations and exact scalings are used (normal deviates also use Math.log and Math.sqrt).
 */
export interface Random {
  /** The next 32 random bits as an unsigned integer. */
  bits(): number;
  /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number;
  /** Standard normal deviate (Marsaglia's polar method). */
  normal(): number;
}

/** Generator for a seed; every finite number is a seed of its own, its fraction included. */
export function createRandom(seed: number): Random {
  const words = new Uint32Array(new Float64Array([seed]).buffer);
  const next = splitmix32((words[0] ?? 0) ^ Math.imul(words[1] ?? 0, 0x9e3779b1));
  return randomFromState([next(), next(), next(), next()]);
}

/** Generator that starts from four state words, not all zero; for checking against published sequences. */
export function randomFromState(state: readonly [number, number, number, number]): Random {
  let [a, b, c, d] = state;
  if ((a | b | c | d) === 0) throw new RangeError('The state of xoshiro128** must not be all zero.');
  let spare: number | undefined;

  function bits(): number {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  }
  function uniform(): number {
    const high = bits() >>> 5;
    const low = bits() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }
  function normal(): number {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const square = u * u + v * v;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = v * scale;
      return u * scale;
    }
  }
  return { bits, uniform, normal };
}

/** Mixes a 32-bit word into a sequence of words; used for seeding only. */
function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
}

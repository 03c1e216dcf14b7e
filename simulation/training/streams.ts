/**
 * Random numbers by purpose and place: the order of epoch 7 and the noise of its dwell 3 have generators of their own, derived
 * from the seed. So a run needs no generator's state to go on where it was: seed, epoch and dwell are the state.
 */
import { createRandom, type Random } from '../../chemistry/index.ts';

export type Purpose = 'order' | 'rates' | 'kicks' | 'weights' | 'molecules';
const PURPOSES: readonly Purpose[] = ['order', 'rates', 'kicks', 'weights', 'molecules'];

/** The generator of a purpose at a place (epoch, dwell, …). */
export function streamOf(seed: number, purpose: Purpose, ...place: readonly number[]): Random {
  const words = new Uint32Array(new Float64Array([seed, PURPOSES.indexOf(purpose), ...place]).buffer);
  const low = mix(words, 0x9e3779b9), high = mix(words, 0x85ebca6b);
  // 53 bits: every one of them another seed.
  return createRandom((high >>> 11) * 4294967296 + low);
}

/** Murmur-like mixing of 32-bit words (Appleby's finaliser). */
function mix(words: Uint32Array, start: number): number {
  let hash = start >>> 0;
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0xcc9e2d51);
    hash = Math.imul(hash ^ (hash >>> 15), 0x1b873593);
    hash ^= hash >>> 13;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** 0 … n − 1 (or the given rows) in random order (Fisher and Yates). */
export function shuffled(rows: Uint32Array, random: Random): Uint32Array {
  const order = Uint32Array.from(rows);
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1)), swap = order[i]!;
    order[i] = order[j]!;
    order[j] = swap;
  }
  return order;
}

/** A factor of multiplicative noise; see `RateNoise`. */
export function factor(random: Random, distribution: 'lognormal' | 'normal', size: number): number {
  const deviate = size * random.normal();
  return distribution === 'lognormal' ? Math.exp(deviate) : Math.max(0, 1 + deviate);
}

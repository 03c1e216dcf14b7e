/**
 * When the events of a leap happened: of k events of a Poisson process, each lies anywhere in the leap with equal chance, so the first half has a
 * binomial share of them, of these its first half again, and so on. The draws are hashes of the leap and the half, so that any time may be asked
 * for, in any order, and the same is said of it.
 */

/** Halvings until what is left is shared in proportion. */
const HALVINGS = 40;
/** Up to so many events one by one: a bit each. */
const COUNTED = 1024;

/** Of k events of a leap those in its first share θ ∈ [0, 1]. @param key of leap and reaction */
export function firstEvents(k: number, share: number, key: number): number {
  if (k === 0 || share <= 0) return 0;
  if (share >= 1) return k;
  let before = 0, left = k, from = 0, width = 1, node = 1;
  for (let level = 0; level < HALVINGS && left > 0 && from < share; level++) {
    width /= 2;
    const first = half(left, hash(key, node, level));
    node = (node << 1) | 0;
    if (share >= from + width) {
      before += first;
      left -= first;
      from += width;
      node |= 1;
    } else left = first;
  }
  return before;
}

/** Binomial deviate: of n events those in the first half. Of very many by the normal distribution, from which it differs by less than a part in n. */
function half(n: number, key: number): number {
  if (n > COUNTED) {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform(key, 1))), z = radius * Math.cos(2 * Math.PI * uniform(key, 2));
    return Math.min(n, Math.max(0, Math.round(n / 2 + (Math.sqrt(n) / 2) * z)));
  }
  let count = 0;
  for (let word = 0; 32 * word < n; word++) {
    const bits = hash(key, word, 3), used = n - 32 * word;
    count += ones(used >= 32 ? bits : bits & ((1 << used) - 1));
  }
  return count;
}

function ones(word: number): number {
  word -= (word >>> 1) & 0x55555555;
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
  return Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** 32 bits that depend on nothing but the arguments (Appleby's finaliser, twice). */
export function hash(a: number, b: number, c: number): number {
  return mixed(mixed(a ^ Math.imul(b, 0x9e3779b1)) ^ Math.imul(c + 1, 0x85ebca6b));
}

function mixed(word: number): number {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}

function uniform(key: number, k: number): number {
  return (hash(key, k, 4) >>> 0) / 4294967296;
}

/** Real polynomials in one variable as coefficient lists (ascending): roots counted by Sturm's theorem and found by bisection. */

export type Coefficients = readonly number[];

export function valueAt(p: Coefficients, x: number): number {
  let value = 0;
  for (let k = p.length - 1; k >= 0; k--) value = value * x + (p[k] ?? 0);
  return value;
}

export function derivative(p: Coefficients): number[] {
  return p.slice(1).map((c, k) => c * (k + 1));
}

/** Sign changes of the coefficients, zeros left out: Descartes' bound for the positive roots, exact when it is 0 or 1. */
export function signChanges(signs: Iterable<number>): number {
  let changes = 0;
  let last = 0;
  for (const sign of signs) {
    if (sign === 0) continue;
    if (last !== 0 && sign !== last) changes++;
    last = sign;
  }
  return changes;
}

/** Leading coefficients that are rounding of the others are none. */
function trimmed(p: Coefficients): number[] {
  const scale = p.reduce((most, c) => Math.max(most, Math.abs(c)), 0);
  let length = p.length;
  while (length > 0 && Math.abs(p[length - 1] ?? 0) <= 1e-13 * scale) length--;
  return p.slice(0, length);
}

/** p, p′, and then the negative remainders; each scaled to largest coefficient 1, which changes no sign. */
function sturmChain(p: Coefficients): number[][] {
  const scaled = (q: Coefficients): number[] => {
    const cut = trimmed(q);
    const scale = cut.reduce((most, c) => Math.max(most, Math.abs(c)), 0);
    return scale > 0 ? cut.map((c) => c / scale) : [];
  };
  const chain = [scaled(p), scaled(derivative(p))];
  for (;;) {
    const a = chain[chain.length - 2] ?? [];
    const b = chain[chain.length - 1] ?? [];
    if (b.length < 2) return chain.filter((q) => q.length > 0);
    const rest = [...a];
    while (rest.length >= b.length) {
      const factor = (rest[rest.length - 1] ?? 0) / (b[b.length - 1] ?? 1);
      const shift = rest.length - b.length;
      for (let k = 0; k < b.length - 1; k++) rest[shift + k] = (rest[shift + k] ?? 0) - factor * (b[k] ?? 0);
      rest.pop();
    }
    // What is left of a remainder that is zero is rounding: the chain ends with a common divisor of p and p′.
    if (rest.every((c) => Math.abs(c) < 1e-12)) return chain.filter((q) => q.length > 0);
    chain.push(scaled(rest.map((c) => -c)));
  }
}

function changesAt(chain: readonly Coefficients[], x: number): number {
  return signChanges(chain.map((q) => (x === Infinity ? Math.sign(q[q.length - 1] ?? 0) : Math.sign(valueAt(q, x)))));
}

/** Different real roots in (from, to], `to` possibly ∞; `from` must be no root. */
export function countRoots(p: Coefficients, from: number, to: number): number {
  const chain = sturmChain(p);
  return changesAt(chain, from) - changesAt(chain, to);
}

/** The different positive roots, ascending, each to about 1e-14 of its size. Roots at 0 are left out. */
export function positiveRoots(polynomial: Coefficients): number[] {
  const p = trimmed(polynomial);
  let zeros = 0;
  while (zeros < p.length && p[zeros] === 0) zeros++;
  const q = p.slice(zeros);
  if (q.length < 2) return [];
  const chain = sturmChain(q);
  const lead = Math.abs(q[q.length - 1] ?? 1);
  // Cauchy's bound.
  const bound = 1 + q.slice(0, -1).reduce((most, c) => Math.max(most, Math.abs(c) / lead), 0);
  const roots: number[] = [];
  const search = (from: number, to: number, atFrom: number, atTo: number): void => {
    if (atFrom - atTo < 1) return;
    const middle = from + (to - from) / 2;
    if (middle <= from || middle >= to || to - from <= 1e-15 * to) {
      roots.push(middle);
      return;
    }
    if (atFrom - atTo === 1 && Math.sign(valueAt(q, from)) * Math.sign(valueAt(q, to)) < 0) {
      roots.push(bisected(q, from, to));
      return;
    }
    const at = changesAt(chain, middle);
    search(from, middle, atFrom, at);
    search(middle, to, at, atTo);
  };
  search(0, bound, changesAt(chain, 0), changesAt(chain, bound));
  return roots;
}

/** The root between two points of different sign. */
function bisected(p: Coefficients, from: number, to: number): number {
  let low = from;
  let high = to;
  const sign = Math.sign(valueAt(p, low));
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    const value = Math.sign(valueAt(p, middle));
    if (value === 0) return middle;
    if (value === sign) low = middle;
    else high = middle;
  }
}

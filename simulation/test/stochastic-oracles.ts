/** Oracles for stochastic runs: the master equation, moment equations of linear networks, and tests of distributions. */
import { parse } from '../../grammar/index.ts';
import { analyse, type Network } from '../../chemistry/index.ts';

/** The network of a text. */
export function networkOf(text: string): Network {
  return analyse(parse(text)).network;
}

/** A jump process on vectors of counts: rates written by hand, not read from a network. */
export interface Process {
  readonly start: readonly number[];
  readonly jumps: readonly { readonly by: readonly number[]; readonly rate: (n: readonly number[]) => number }[];
  /** States outside are left out; choose it so that they hardly occur. */
  readonly inside?: (n: readonly number[]) => boolean;
}

/** Probabilities of the reachable states at time t, by uniformisation: Σ_k e^{−Λt}(Λt)^k/k!·p P^k, to 1e-12. */
export function masterEquation(process: Process, t: number): { readonly states: readonly (readonly number[])[]; readonly p: Float64Array } {
  const states: number[][] = [[...process.start]], known = new Map([[process.start.join(), 0]]);
  const from: number[] = [], to: number[] = [], rate: number[] = [], out: number[] = [];
  for (let i = 0; i < states.length; i++) {
    const n = states[i]!;
    let total = 0;
    for (const jump of process.jumps) {
      const a = jump.rate(n), next = n.map((x, s) => x + jump.by[s]!);
      if (a === 0 || (process.inside !== undefined && !process.inside(next))) continue;
      let j = known.get(next.join());
      if (j === undefined) { j = states.push(next) - 1; known.set(next.join(), j); }
      from.push(i); to.push(j); rate.push(a);
      total += a;
    }
    out.push(total);
  }
  const uniform = Math.max(...out, 1e-9) * 1.01, size = states.length, parts = Math.max(1, Math.ceil((uniform * t) / 200));
  let p = new Float64Array(size);
  p[0] = 1;
  for (let part = 0; part < parts; part++) {
    const mean = (uniform * t) / parts, result = new Float64Array(size);
    let weight = Math.exp(-mean), done = 0;
    for (let k = 0; done < 1 - 1e-14 && k < 2000; k++) {
      for (let i = 0; i < size; i++) result[i]! += weight * p[i]!;
      done += weight;
      const next = p.map((x, i) => x * (1 - out[i]! / uniform));
      for (let e = 0; e < from.length; e++) next[to[e]!]! += (p[from[e]!]! * rate[e]!) / uniform;
      p = next;
      weight *= mean / (k + 1);
    }
    p = result;
  }
  return { states, p };
}

/** Mean, standard deviation and kurtosis (3 for a normal distribution) of a species from the master equation. */
export function masterMoments(process: Process, t: number, s = 0): { mean: number; deviation: number; kurtosis: number } {
  const { states, p } = masterEquation(process, t);
  let mean = 0, square = 0, fourth = 0;
  states.forEach((n, i) => { mean += p[i]! * n[s]!; });
  states.forEach((n, i) => { square += p[i]! * (n[s]! - mean) ** 2; fourth += p[i]! * (n[s]! - mean) ** 4; });
  return { mean, deviation: Math.sqrt(square), kurtosis: fourth / square ** 2 };
}

/**
 * Mean and standard deviation of every species of a network with rates c + Σ k_i n_i: m' = N a(m), Σ' = AΣ + ΣAᵀ + N diag(a) Nᵀ
 * are exact there. Runge–Kutta with steps far below any time scale.
 */
export function linearMoments(
  start: readonly number[], jumps: readonly { readonly by: readonly number[]; readonly constant: number; readonly linear: readonly number[] }[], t: number,
): { mean: number[]; deviation: number[] } {
  const n = start.length, size = n + n * n, steps = Math.max(1, Math.ceil(t * 100));
  const f = (y: readonly number[]): number[] => {
    const dy = new Array<number>(size).fill(0);
    for (const { by, constant, linear } of jumps) {
      const a = linear.reduce((sum, k, i) => sum + k * y[i]!, constant);
      for (let i = 0; i < n; i++) {
        dy[i]! += by[i]! * a;
        for (let j = 0; j < n; j++) {
          let change = by[i]! * by[j]! * a;
          for (let k = 0; k < n; k++) change += by[i]! * linear[k]! * y[n + k * n + j]! + by[j]! * linear[k]! * y[n + k * n + i]!;
          dy[n + i * n + j]! += change;
        }
      }
    }
    return dy;
  };
  let y = [...start, ...new Array<number>(n * n).fill(0)];
  const h = t / steps, along = (k: readonly number[], part: number): number[] => y.map((x, i) => x + part * h * k[i]!);
  for (let step = 0; step < steps; step++) {
    const a = f(y), b = f(along(a, 0.5)), c = f(along(b, 0.5)), d = f(along(c, 1));
    y = y.map((x, i) => x + (h / 6) * (a[i]! + 2 * b[i]! + 2 * c[i]! + d[i]!));
  }
  return { mean: y.slice(0, n), deviation: Array.from({ length: n }, (_, i) => Math.sqrt(Math.max(0, y[n + i * n + i]!))) };
}

/** Largest distance of the empirical from the true distribution function, in units of what a sample of true values exceeds with chance 1e-7 (Dvoretzky–Kiefer–Wolfowitz–Massart). */
export function kolmogorovSmirnov(sample: ArrayLike<number>, probability: ReadonlyMap<number, number>): number {
  const count = new Map<number, number>(), n = sample.length;
  for (let i = 0; i < n; i++) count.set(sample[i]!, (count.get(sample[i]!) ?? 0) + 1);
  const values = [...new Set([...probability.keys(), ...count.keys()])].sort((a, b) => a - b);
  let here = 0, truth = 0, distance = 0;
  for (const value of values) {
    here += (count.get(value) ?? 0) / n;
    truth += probability.get(value) ?? 0;
    distance = Math.max(distance, Math.abs(here - truth));
  }
  return distance / Math.sqrt(Math.log(2 / 1e-7) / (2 * n));
}

/** χ² of counts against probabilities (cells merged up to 20 expected), in units of its value at chance 1e-7 (Wilson–Hilferty). */
export function chiSquare(sample: ArrayLike<number>, probability: ReadonlyMap<number, number>): number {
  const count = new Map<number, number>(), n = sample.length;
  for (let i = 0; i < n; i++) count.set(sample[i]!, (count.get(sample[i]!) ?? 0) + 1);
  const cells: { expected: number; seen: number }[] = [];
  let expected = 0, seen = 0;
  for (const value of [...probability.keys()].sort((a, b) => a - b)) {
    expected += n * probability.get(value)!;
    seen += count.get(value) ?? 0;
    if (expected >= 20) { cells.push({ expected, seen }); expected = seen = 0; }
  }
  const last = cells.at(-1)!;
  last.expected += Math.max(0, n - cells.reduce((sum, cell) => sum + cell.expected, 0));
  last.seen += n - cells.reduce((sum, cell) => sum + cell.seen, 0);
  const value = cells.reduce((sum, cell) => sum + (cell.seen - cell.expected) ** 2 / cell.expected, 0), freedom = cells.length - 1;
  const limit = freedom * (1 - 2 / (9 * freedom) + 5.2 * Math.sqrt(2 / (9 * freedom))) ** 3;
  return value / limit;
}

/** Distribution of one species, or of any number made of the counts. */
export function marginal(process: Process, t: number, of: (n: readonly number[]) => number): Map<number, number> {
  const { states, p } = masterEquation(process, t), result = new Map<number, number>();
  states.forEach((n, i) => { result.set(of(n), (result.get(of(n)) ?? 0) + p[i]!); });
  return result;
}

/**
 * Exact distributions of networks whose reactions have one reactant molecule or none (branching with immigration), and how unlikely a
 * sample mean is. The generating function E z^n is Π F_i^{n_i(0)}·exp(S): F_i is that of the offspring of one molecule of species i, with
 * F_i' = Σ k·(Π_j F_j^{made of j} − F_i) over its reactions, F_i(0) = z for the species looked at and 1 for all others; S' is the
 * like sum over sources (Harris, The Theory of Branching Processes, 1963, ch. V).
 */

export interface Branching {
  readonly start: readonly number[];
  /** `of`: the reactant's position, −1 for a source; `to`: molecules of every species afterwards. */
  readonly reactions: readonly { readonly of: number; readonly to: readonly number[]; readonly k: number }[];
}

interface Complex { re: number; im: number }
const times = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });

function power(base: Complex, n: number): Complex {
  let result: Complex = { re: 1, im: 0 }, square = base;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = times(result, square);
    square = times(square, square);
  }
  return result;
}

const product = (F: readonly Complex[], exponents: readonly number[]): Complex =>
  exponents.reduce<Complex>((all, n, i) => (n === 0 ? all : times(all, power(F[i]!, n))), { re: 1, im: 0 });

/** E z^n of a species at each of the times (ascending), by Runge–Kutta with steps of 1/20 of the fastest time. */
function generating({ start, reactions }: Branching, species: number, z: Complex, at: readonly number[]): Complex[] {
  const n = start.length, fastest = Math.max(...reactions.map(({ of, k }) => (of < 0 ? 0 : k)), 1e-3);
  const slope = (y: readonly Complex[]): Complex[] => {
    const dy = y.map((): Complex => ({ re: 0, im: 0 }));
    for (const { of, to, k } of reactions) {
      const made = product(y, to), left: Complex = of < 0 ? { re: 1, im: 0 } : y[of]!, sum = dy[of < 0 ? n : of]!;
      sum.re += k * (made.re - left.re);
      sum.im += k * (made.im - left.im);
    }
    return dy;
  };
  let y: Complex[] = [...start.map((_, i): Complex => (i === species ? z : { re: 1, im: 0 })), { re: 0, im: 0 }], t = 0;
  const along = (k: readonly Complex[], h: number): Complex[] => y.map((x, i) => ({ re: x.re + h * k[i]!.re, im: x.im + h * k[i]!.im }));
  return at.map((end) => {
    const steps = Math.ceil((end - t) * fastest * 20), h = steps === 0 ? 0 : (end - t) / steps;
    for (let step = 0; step < steps; step++) {
      const a = slope(y), b = slope(along(a, h / 2)), c = slope(along(b, h / 2)), d = slope(along(c, h));
      y = y.map((x, i) => ({
        re: x.re + (h / 6) * (a[i]!.re + 2 * b[i]!.re + 2 * c[i]!.re + d[i]!.re), im: x.im + (h / 6) * (a[i]!.im + 2 * b[i]!.im + 2 * c[i]!.im + d[i]!.im),
      }));
    }
    t = end;
    const source = y[n]!, size = Math.exp(source.re);
    return times(product(y, start), { re: size * Math.cos(source.im), im: size * Math.sin(source.im) });
  });
}

/** Probabilities below this are rounding: what they are of is left out. */
const ROUNDING = 1e-14;

/**
 * Distribution of a species at each of the times. E z^n at the `size`-th roots of unity gives the probabilities of n modulo size: choose it above
 * the width of the distribution, 20 deviations, say.
 * @param middle about the mean at each time: which n of a remainder is meant
 */
export function branchingMarginals(network: Branching, species: number, at: readonly number[], middle: readonly number[], size: number): Map<number, number>[] {
  const cos = Float64Array.from({ length: size }, (_, k) => Math.cos((2 * Math.PI * k) / size)), sin = Float64Array.from({ length: size }, (_, k) => Math.sin((2 * Math.PI * k) / size));
  // The other half are complex conjugates.
  const values = Array.from({ length: size / 2 + 1 }, (_, k) => generating(network, species, { re: cos[k]!, im: sin[k]! }, at));
  return at.map((_, a) => {
    const first = Math.max(0, Math.floor(middle[a]!) - size / 2), result = new Map<number, number>();
    for (let n = first; n < first + size; n++) {
      let sum = values[0]![a]!.re + values[size / 2]![a]!.re * (n % 2 === 0 ? 1 : -1);
      for (let k = 1; k < size / 2; k++) {
        const { re, im } = values[k]![a]!, turn = (k * n) % size;
        sum += 2 * (re * cos[turn]! + im * sin[turn]!);
      }
      if (sum / size > ROUNDING) result.set(n, sum / size);
    }
    return result;
  });
}

/** Mean, standard deviation and kurtosis (3 for a normal distribution). */
export function momentsOf(distribution: ReadonlyMap<number, number>): { readonly mean: number; readonly deviation: number; readonly kurtosis: number } {
  let mean = 0, square = 0, fourth = 0;
  for (const [n, p] of distribution) mean += n * p;
  for (const [n, p] of distribution) { square += p * (n - mean) ** 2; fourth += p * (n - mean) ** 4; }
  return { mean, deviation: Math.sqrt(square), kurtosis: fourth / square ** 2 };
}

/**
 * The logarithm of the most that the chance can be of a mean over `runs` independent draws of f(n) as far from its expectation as the given one, on that
 * side: Chernoff's bound runs·min_θ (ln E e^{θ(f − Ef)} − θ·d), which holds for every number of runs and every shape of the distribution.
 */
export function logChance(distribution: ReadonlyMap<number, number>, f: (n: number) => number, runs: number, found: number): number {
  const likely = [...distribution].filter(([, chance]) => chance > ROUNDING), p = likely.map(([, chance]) => chance), value = likely.map(([n]) => f(n));
  const expectation = p.reduce((sum, x, i) => sum + x * value[i]!, 0), d = found - expectation, side = Math.sign(d);
  const variance = p.reduce((sum, x, i) => sum + x * (value[i]! - expectation) ** 2, 0);
  if (variance === 0 || d === 0) return d === 0 ? 0 : -Infinity;
  const exponent = (θ: number): number => {
    const powers = value.map((x, i) => Math.log(p[i]!) + side * θ * (x - expectation)), largest = Math.max(...powers);
    return largest + Math.log(powers.reduce((sum, x) => sum + Math.exp(x - largest), 0)) - θ * Math.abs(d);
  };
  // Convex in θ, 0 at 0; the normal distribution's minimum is at |d|/variance. Any θ gives a bound, so a coarse search is honest.
  let best = 0;
  for (let k = -40; k <= 40; k++) best = Math.min(best, exponent((Math.abs(d) / variance) * 1.1 ** k));
  return runs * best;
}

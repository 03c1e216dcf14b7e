/**
 * Units by name: factors of base units and a scale to SI. Base units: s, m, g, mol, K. Molecules are counted in moles
 * (1 molecule = 1/N_A mol, N_A = 6.02214076e23 exactly, SI 2019).
 */

export interface KnownUnit {
  /** Exponents of base units. */
  readonly exponents: Readonly<Record<string, number>>;
  /** How many SI units (with g for mass) one of it is. */
  readonly scale: number;
}

const AVOGADRO = 6.02214076e23;

/** Units that take prefixes. */
const PREFIXED: Readonly<Record<string, KnownUnit>> = {
  s: { exponents: { s: 1 }, scale: 1 },
  m: { exponents: { m: 1 }, scale: 1 },
  g: { exponents: { g: 1 }, scale: 1 },
  K: { exponents: { K: 1 }, scale: 1 },
  mol: { exponents: { mol: 1 }, scale: 1 },
  L: { exponents: { m: 3 }, scale: 1e-3 },
  l: { exponents: { m: 3 }, scale: 1e-3 },
  M: { exponents: { mol: 1, m: -3 }, scale: 1e3 },
  Da: { exponents: { g: 1, mol: -1 }, scale: 1 },
  Hz: { exponents: { s: -1 }, scale: 1 },
  J: { exponents: { g: 1, m: 2, s: -2 }, scale: 1e3 },
  N: { exponents: { g: 1, m: 1, s: -2 }, scale: 1e3 },
  Pa: { exponents: { g: 1, m: -1, s: -2 }, scale: 1e3 },
  kat: { exponents: { mol: 1, s: -1 }, scale: 1 },
};

/** Units that stand alone. */
const PLAIN: Readonly<Record<string, KnownUnit>> = {
  min: { exponents: { s: 1 }, scale: 60 },
  h: { exponents: { s: 1 }, scale: 3600 },
  d: { exponents: { s: 1 }, scale: 86400 },
  day: { exponents: { s: 1 }, scale: 86400 },
  molecule: { exponents: { mol: 1 }, scale: 1 / AVOGADRO },
  molecules: { exponents: { mol: 1 }, scale: 1 / AVOGADRO },
  dimensionless: { exponents: {}, scale: 1 },
};

const PREFIXES: Readonly<Record<string, number>> = {
  f: 1e-15, p: 1e-12, n: 1e-9, u: 1e-6, µ: 1e-6, μ: 1e-6, m: 1e-3, c: 1e-2, d: 1e-1, k: 1e3, M: 1e6, G: 1e9,
};

/** The unit of a name; undefined when there is none. */
export function unitNamed(name: string): KnownUnit | undefined {
  if (Object.hasOwn(PLAIN, name)) return PLAIN[name];
  if (Object.hasOwn(PREFIXED, name)) return PREFIXED[name];
  const prefix = name.slice(0, 1);
  const rest = name.slice(1);
  if (!Object.hasOwn(PREFIXES, prefix) || !Object.hasOwn(PREFIXED, rest)) return undefined;
  const base = PREFIXED[rest];
  return base === undefined ? undefined : { exponents: base.exponents, scale: base.scale * (PREFIXES[prefix] ?? 1) };
}

/** Names to suggest for a misspelt unit, and for completion. */
export const COMMON_UNITS: readonly string[] = [
  's', 'ms', 'us', 'min', 'h', 'd', 'M', 'mM', 'uM', 'nM', 'pM', 'fM', 'mol', 'mmol', 'umol', 'nmol', 'molecules', 'L', 'mL', 'uL',
  'm', 'cm', 'mm', 'um', 'nm', 'g', 'mg', 'ug', 'kg', 'Da', 'kDa', 'K', 'J', 'kJ', 'Hz', 'dimensionless',
];

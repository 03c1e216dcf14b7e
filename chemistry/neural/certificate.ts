/**
 * What an activation has to satisfy so that its fixed point is a function of the pre-activation [Anderson, Joshi, Deshpande]:
 * it is kinetic, has exactly one positive fixed point for every real y, and is stable there. Decided by signs alone where
 * Descartes' rule decides, for all positive parameters at once; otherwise by Sturm sequences on a grid of y.
 */
import { t } from '../../l10n/index.ts';
import type { Polynomial } from '../polynomial/index.ts';
import { kineticTerms } from './kinetics.ts';
import type { NotKinetic } from './kinetics.ts';
import { speciesTerms } from './model.ts';
import type { ActivationModel, Constants } from './model.ts';
import { binomial, degreeOf, onLine } from './numbers.ts';
import { countRoots, positiveRoots, signChanges, valueAt } from './univariate.ts';

export interface Condition {
  readonly holds: boolean;
  /** How it was established; for a failure, the counterexample. One sentence. */
  readonly reason: string;
}

export interface Certificate {
  readonly kinetic: Condition & { readonly offending?: NotKinetic };
  readonly unique: Condition & { readonly method: 'proven' | 'proven for these values' | 'checked on a grid'; readonly counterexample?: Counterexample };
  readonly stable: Condition;
  /** Whether y may have either sign: `y ≥ 0` where the reactions of a negative y would take away what is not there. */
  readonly domain: 'all' | 'y ≥ 0';
  readonly holds: boolean;
}
/** A pre-activation without exactly one positive fixed point, and those it has. */
export interface Counterexample {
  readonly y: number;
  readonly roots: readonly number[];
}

type Sign = 1 | -1 | 0;
type MaybeSign = Sign | undefined;

/** The sign of a polynomial over parameters that are all positive; undefined when its terms disagree or it holds functions. */
function signOf(polynomial: Polynomial): MaybeSign {
  let sign: Sign = 0;
  for (const { coefficient, monomial } of polynomial) {
    if (monomial.powers.some(({ atom }) => !/^p\d+$/.test(atom.key))) return undefined;
    const own = Math.sign(coefficient) as Sign;
    if (sign !== 0 && own !== 0 && own !== sign) return undefined;
    if (own !== 0) sign = own;
  }
  return sign;
}

/** Signs of the coefficients on the line (see `onLine`) of a polynomial, for all positive parameters. */
function lineSigns(polynomial: Polynomial, model: ActivationModel): MaybeSign[] {
  const degree = degreeOf(model);
  const parts: Polynomial[] = Array.from({ length: degree + 1 }, () => []);
  for (const { powers: [p, q], coefficient } of speciesTerms(polynomial)) {
    if (model.total === undefined) (parts[p] as Polynomial[number][]).push(...coefficient);
    else {
      // T^(p + q) is one positive factor only where all terms have it alike; else the signs of sums are left open.
      for (let k = 0; k <= degree - p - q; k++) {
        const weight = binomial(degree - p - q, k);
        (parts[p + k] as Polynomial[number][]).push(...coefficient.map((term) => ({ coefficient: term.coefficient * weight, monomial: term.monomial })));
      }
    }
  }
  const unit = model.total?.length === 1 && model.total[0]?.coefficient === 1 && model.total[0].monomial.powers.length === 0;
  return parts.map((part) => signOf(model.total === undefined || unit ? collected(part) : part));
}

function collected(terms: Polynomial): Polynomial {
  const byKey = new Map<string, { coefficient: number; monomial: Polynomial[number]['monomial'] }>();
  for (const term of terms) {
    const before = byKey.get(term.monomial.key);
    if (before === undefined) byKey.set(term.monomial.key, { ...term });
    else before.coefficient += term.coefficient;
  }
  return [...byKey.values()].filter(({ coefficient }) => Math.abs(coefficient) > 1e-14);
}

/** All sign patterns of a + y·b that y of one sign can give; undefined: too many, or some sign is not known. */
function patterns(a: readonly MaybeSign[], b: readonly MaybeSign[], y: Sign): Sign[][] | undefined {
  let list: Sign[][] = [[]];
  for (const [k, constant] of a.entries()) {
    const slope = b[k];
    if (constant === undefined || slope === undefined) return undefined;
    const moved = (slope * y) as Sign;
    const choices: Sign[] = constant === 0 ? [moved] : moved === 0 || moved === constant ? [constant] : [1, 0, -1];
    list = list.flatMap((pattern) => choices.map((choice) => [...pattern, choice]));
    if (list.length > 500) return undefined;
  }
  return list;
}

const fromPlusToMinus = (pattern: readonly number[]): boolean => signChanges(pattern) === 1 && (pattern.find((sign) => sign !== 0) ?? 0) > 0;

/** Pre-activations to try, the plainest first, so that a counterexample is easy to look at. */
const GRID: readonly number[] = [0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, 5, -5, 10, -10, 0.1, -0.1, 100, -100, 1000, -1000]
  .concat(Array.from({ length: 120 }, (_, k) => Math.round(1e3 * 0.05 * 1.08 ** k) / 1e3).flatMap((y) => [y, -y]));

/** Establishes the conditions. Without values, parameters are any positive numbers; where signs alone do not decide, their defaults or 1. */
export function certify(model: ActivationModel, given?: Constants): Certificate {
  const { offending, domain } = kineticTerms(model);
  const kinetic = offending === undefined
    ? { holds: true, reason: domain === 'all' ? t('every negative term holds what it takes away') : t('every negative term holds what it takes away as long as y ≥ 0') }
    : { holds: false, reason: t('the term {0} takes {1} away even where there is none', offending.text, offending.species), offending };
  const signs = domain === 'all' ? ([1, 0, -1] as const) : ([1] as const);
  const a = lineSigns(model.a, model);
  const b = lineSigns(model.b, model);
  const all = signs.map((y) => patterns(a, b, y));
  if (all.every((list) => list?.every((pattern) => signChanges(pattern) === 1) === true)) {
    const stable = all.every((list) => list?.every(fromPlusToMinus) === true);
    return finish(kinetic, domain, {
      holds: true, method: 'proven', reason: t('one sign change for every {0}: Descartes', domain === 'all' ? 'y' : 'y > 0'),
    }, stable ? { holds: true, reason: t('x′ falls through zero at its only positive root') } : { holds: false, reason: t('x′ rises through zero at its fixed point, which therefore repels') });
  }
  return numeric(model, kinetic, domain, given);
}

function finish(kinetic: Certificate['kinetic'], domain: Certificate['domain'], unique: Certificate['unique'], stable: Condition): Certificate {
  return { kinetic, unique, stable, domain, holds: kinetic.holds && unique.holds && stable.holds };
}

/** With numbers for the parameters: signs between the values of y where a coefficient changes sign, else Sturm on the grid. */
function numeric(model: ActivationModel, kinetic: Certificate['kinetic'], domain: Certificate['domain'], given: Constants | undefined): Certificate {
  const constants = new Map(model.parameters.map(({ name, default: usual }) => [name, given?.get(name) ?? usual ?? 1]));
  const { a, b } = onLine(model, constants);
  const values = constants.size === 0 ? '' : t(' with {0}', [...constants].map(([name, value]) => `${name} = ${value}`).join(', '));
  const inDomain = (y: number): boolean => domain === 'all' || y > 0;
  const at = (y: number): number[] => a.map((c, k) => c + y * (b[k] ?? 0));
  const breaks = a.flatMap((c, k) => ((b[k] ?? 0) === 0 ? [] : [-c / (b[k] ?? 1)])).filter(inDomain).sort((p, q) => p - q);
  const ends = domain === 'all' ? breaks : [0, ...breaks];
  const between = ends.length === 0 ? [1] : [...(domain === 'all' ? [(ends[0] ?? 0) - 1] : []), ...ends.slice(1).map((y, k) => (y + (ends[k] ?? 0)) / 2), (ends[ends.length - 1] ?? 0) + 1];
  const zeroed = (y: number, exact: boolean): number[] => at(y).map((c, k) => (exact && (b[k] ?? 0) !== 0 && -(a[k] ?? 0) / (b[k] ?? 1) === y ? 0 : Math.sign(c)));
  const found = [...breaks.map((y) => zeroed(y, true)), ...between.filter(inDomain).map((y) => zeroed(y, false))];
  if (found.every(fromPlusToMinus)) {
    return finish(kinetic, domain, { holds: true, method: 'proven for these values', reason: t('one sign change for every y: Descartes{0}', values) }, { holds: true, reason: t('x′ falls through zero at its only positive root') });
  }
  let unstable: number | undefined;
  for (const y of GRID) {
    if (!inDomain(y)) continue;
    const p = at(y);
    let low = 0;
    while (low < p.length - 1 && p[low] === 0) low++;
    const q = p.slice(low);
    const count = q.every((c) => c === 0) ? 0 : countRoots(q, 0, Infinity);
    if (count !== 1) {
      const roots = positiveRoots(q).map((u) => toSpecies(u, model, constants));
      const reason = t('at y = {0}{1} there {2}', y, values, count === 0 ? t('is no positive fixed point') : t('are {0} positive fixed points, {1}', count, roots.map((x) => Number(x.toPrecision(4))).join(', ')));
      return finish(kinetic, domain, { holds: false, method: 'checked on a grid', reason, counterexample: { y, roots } }, { holds: false, reason: t('there is not one fixed point to be stable') });
    }
    const [root = 0] = positiveRoots(q);
    const step = 1e-6 * root;
    if (unstable === undefined && valueAt(q, root + step) - valueAt(q, root - step) >= 0) unstable = y;
  }
  const stable = unstable === undefined ? { holds: true, reason: t('∂x′/∂x < 0 at the fixed point on a grid of y{0}', values) } : { holds: false, reason: t('at y = {0}{1} the fixed point repels: ∂x′/∂x ≥ 0', unstable, values) };
  return finish(kinetic, domain, { holds: true, method: 'checked on a grid', reason: t('exactly one positive root on a grid of y from −1000 to 1000{0}: Sturm sequences', values) }, stable);
}

/** From the variable of the line to the first species. */
function toSpecies(u: number, model: ActivationModel, constants: Constants): number {
  const { total } = onLine(model, constants);
  return total === undefined ? u : (total * u) / (1 + u);
}

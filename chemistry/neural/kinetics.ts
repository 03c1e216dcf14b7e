/**
 * The reactions of an activation: one for every term of x′, the pre-activation entering as its rails y⁺ and y⁻ (or as weights).
 * A term ±c·m adds or takes one x; with a conserved total it converts x̄ into x or back.
 */
import { scalarText } from '../equations/index.ts';
import { toScalar } from '../polynomial/index.ts';
import type { Polynomial } from '../polynomial/index.ts';
import { speciesTerms } from './model.ts';
import type { ActivationModel } from './model.ts';

/** One term of x′ as a reaction: powers of the two species on the left, and what they become. */
export interface KineticTerm {
  readonly powers: readonly [number, number];
  /** Powers on the right. */
  readonly products: readonly [number, number];
  /** Positive, over the parameters. */
  readonly coefficient: Polynomial;
  /** It is multiplied by y: `direct`: this is what a positive y does; `mirror`: what a negative one does. */
  readonly by: 'nothing' | 'direct' | 'mirror';
}

/** A term that no reaction gives, as text, and what it would take away. */
export interface NotKinetic {
  readonly text: string;
  readonly species: string;
  /** It is one of the terms with y. */
  readonly y?: true;
  readonly powers: readonly [number, number];
  readonly sign: 1 | -1;
}

export interface Kinetics {
  readonly terms: readonly KineticTerm[];
  readonly offending?: NotKinetic;
  /** Terms with a negative y would take away what is not there: only y ≥ 0 makes sense. */
  readonly domain: 'all' | 'y ≥ 0';
}

export function kineticTerms(model: ActivationModel): Kinetics {
  const terms: KineticTerm[] = [];
  let offending: NotKinetic | undefined;
  let domain: Kinetics['domain'] = 'all';
  const [x = 'x', other = ''] = model.species;
  const take = (polynomial: Polynomial, by: KineticTerm['by']): void => {
    for (const { powers, coefficient } of speciesTerms(polynomial)) {
      // Terms of either sign with the same species are separate reactions.
      for (const part of [coefficient.filter((t) => t.coefficient > 0), coefficient.filter((t) => t.coefficient < 0)]) {
        const [first] = part;
        if (first === undefined) continue;
        const direction = Math.sign(first.coefficient) * (by === 'mirror' ? -1 : 1);
        const [p, q] = powers;
        const lacks = direction > 0 ? model.total !== undefined && q === 0 : p === 0;
        if (lacks) {
          if (by === 'mirror') {
            domain = 'y ≥ 0';
            continue;
          }
          offending ??= { text: termText(model, part, powers, by), species: direction > 0 ? other : x, powers, sign: direction > 0 ? 1 : -1, ...(by === 'direct' ? { y: true as const } : {}) };
          continue;
        }
        const products: [number, number] = model.total === undefined ? [p + direction, q] : [p + direction, q - direction];
        terms.push({ powers, products, coefficient: part.map((t) => ({ ...t, coefficient: Math.abs(t.coefficient) })), by });
      }
    }
  };
  take(model.a, 'nothing');
  take(model.b, 'direct');
  take(model.b, 'mirror');
  const kept = domain === 'all' ? terms : terms.filter(({ by }) => by !== 'mirror');
  return { terms: kept, domain, ...(offending === undefined ? {} : { offending }) };
}

function termText(model: ActivationModel, part: Polynomial, powers: readonly [number, number], by: KineticTerm['by']): string {
  const species = model.species.flatMap((name, n) => (powers[n] === 0 ? [] : [powers[n] === 1 ? name : `${name}^${powers[n] ?? 0}`]));
  const factor = scalarText(model.names, toScalar(part.map((t) => ({ ...t, coefficient: Math.abs(t.coefficient) }))));
  const factors = [...(factor === '1' ? [] : [part.length > 1 ? `(${factor})` : factor]), ...(by === 'nothing' ? [] : ['y']), ...species];
  return `${(part[0]?.coefficient ?? 1) < 0 ? '-' : ''}${factors.length === 0 ? '1' : factors.join('*')}`;
}

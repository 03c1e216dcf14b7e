/** Puts the terms of an ODE together: equal ones combined, sums named apart from the free indices, production first. */
import type { LoopVariable } from '../network.ts';
import { cancels, hasSpecies, indexKey } from '../polynomial/index.ts';
import { freshName } from './loop-names.ts';
import type { Condition, OdeTerm } from './ode.ts';

export function arrange(free: readonly LoopVariable[], terms: readonly OdeTerm[]): OdeTerm[] {
  const byKey = new Map<string, { term: OdeTerm; coefficient: number; scale: number }>();
  for (const term of terms) {
    const key = `${term.monomial.key}|${term.sums.map((v) => `${v.kind}${v.from}:${v.extent}`).join(',')}|${term.conditions.map(conditionKey).sort().join('&')}`;
    const slot = byKey.get(key);
    if (slot === undefined) byKey.set(key, { term, coefficient: term.coefficient, scale: Math.abs(term.coefficient) });
    else {
      slot.coefficient += term.coefficient;
      slot.scale = Math.max(slot.scale, Math.abs(term.coefficient));
    }
  }
  const distinct = [...byKey.values()]
    .filter((slot) => !cancels(slot.coefficient, slot.scale))
    .map(({ term, coefficient }) => ({ ...term, coefficient }));
  const combined = joinRails(distinct).map((term) => ({ ...term, sums: nameSums(free, term.sums) }));
  const rank = (term: OdeTerm): number => (term.coefficient < 0 ? 1_000_000 : 0) + degree(term);
  return combined.map((term) => ({ term, rank: rank(term) })).sort((a, b) => a.rank - b.rank).map(({ term }) => term);
}

/**
 * The same term for s = + and for s = − holds for every s: `Y^+ + Y^- -> 0` takes the same from both rails.
 */
function joinRails(terms: readonly OdeTerm[]): OdeTerm[] {
  const result: OdeTerm[] = [];
  const waiting = new Map<string, number>();
  for (const term of terms) {
    const rail = term.conditions.find((condition) => condition.kind === 'even');
    if (rail === undefined) {
      result.push(term);
      continue;
    }
    const others = term.conditions.filter((condition) => condition !== rail);
    const key = (parity: number): string =>
      [term.monomial.key, term.coefficient, ...term.sums.map((v) => `${v.kind}${v.from}:${v.extent}`), ...others.map(conditionKey).sort(), indexKey({ kind: 'rail', parity: parity as 0 | 1, variables: rail.variables })].join('|');
    const partner = waiting.get(key(1 - rail.parity));
    if (partner === undefined) {
      waiting.set(key(rail.parity), result.length);
      result.push(term);
    } else {
      waiting.delete(key(1 - rail.parity));
      result[partner] = { ...term, conditions: others };
    }
  }
  return result;
}

/** Number of species that a term multiplies; a function or quotient of species counts as one. */
function degree(term: OdeTerm): number {
  let total = 0;
  for (const { atom, exponent } of term.monomial.powers) {
    if (atom.scalar.kind === 'species') total += exponent;
    else if (atom.scalar.kind !== 'parameter' && exponent > 0 && hasSpecies(atom.scalar)) total += exponent;
  }
  return Math.max(0, total);
}

function conditionKey(condition: Condition): string {
  if (condition.kind === 'even') return indexKey({ kind: 'rail', parity: condition.parity, variables: condition.variables });
  const form = indexKey(condition.form);
  return condition.kind === 'equal' ? `${form}=0` : `${condition.low ?? ''}<${form}<${condition.high ?? ''}`;
}

function nameSums(free: readonly LoopVariable[], sums: readonly LoopVariable[]): LoopVariable[] {
  const taken = new Set(free.map((variable) => variable.name));
  return sums.map((variable) => {
    const name = taken.has(variable.name) ? freshName(variable.kind, taken) : variable.name;
    taken.add(name);
    return name === variable.name ? variable : { ...variable, name };
  });
}

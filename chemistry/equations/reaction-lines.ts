/** The network's reactions one by one, as lines of the language that parse again. */
import { t } from '../../l10n/index.ts';
import { familyText } from '../naming.ts';
import type { Network, ReactionFamily, Term } from '../network.ts';
import { operandKey } from '../polynomial/index.ts';
import { DEFAULT_UNROLL_LIMIT, UnrollError, advance, familyCount, unrolledCount } from '../unroll/index.ts';
import { affine, substituteIndex } from './substitute.ts';
import type { Substitution } from './substitute.ts';

/**
 * Every reaction as a line: `bind: A + E -> AE @ kon`. Labels are kept where they name one reaction.
 * @throws UnrollError beyond `limit` reactions (default 2·10⁶).
 */
export function unrolledReactions(network: Network, options: { readonly limit?: number } = {}): string[] {
  const limit = options.limit ?? DEFAULT_UNROLL_LIMIT;
  const count = unrolledCount(network);
  if (!(count <= limit)) {
    throw new UnrollError('too many reactions', count, t('The network stands for {0} reactions, more than the {1} that are listed one by one.', count.toLocaleString('en-US'), limit.toLocaleString('en-US')));
  }
  const labels = new Map<string, number>();
  for (const { label } of network.families) if (label !== undefined) labels.set(label, (labels.get(label) ?? 0) + 1);
  const lines: string[] = [];
  for (const family of network.families) {
    const named = family.label !== undefined && family.variables.length === 0 && labels.get(family.label) === 1;
    const prefix = named ? `${family.label ?? ''}: ` : '';
    const counters = new Int32Array(family.variables.length);
    for (let n = familyCount(family); n > 0; n--) {
      lines.push(prefix + familyText(network, concrete(family, counters), { variables: family.variables, counters }));
      advance(counters, family);
    }
  }
  return lines;
}

/** The family with its complexes at one point of its loops, coinciding species counted together. */
function concrete(family: ReactionFamily, counters: Int32Array): ReactionFamily {
  if (family.variables.length === 0) return family;
  const forms = family.variables.map((variable, v) => (variable.kind === 'sign' ? ({ kind: 'rail', parity: counters[v] === 1 ? 1 : 0, variables: [] } as const) : affine(counters[v] ?? 0)));
  const substitution: Substitution = { forms, oldVariables: family.variables, newVariables: [] };
  return { ...family, reactants: merge(family.reactants, substitution), products: merge(family.products, substitution) };
}

function merge(terms: readonly Term[], substitution: Substitution): Term[] {
  const byKey = new Map<string, Term>();
  for (const term of terms) {
    const index = term.index.map((axis) => substituteIndex(axis, substitution));
    const key = operandKey({ block: term.block, index });
    const before = byKey.get(key);
    byKey.set(key, { block: term.block, index, stoichiometry: term.stoichiometry + (before?.stoichiometry ?? 0) });
  }
  return [...byKey.values()];
}

/** `analyse` with all rules of the room. */
import { t } from '../l10n/index.ts';
import { createAnalyser } from './analyse.ts';
import type { Verdict } from './elaborate/experiments.ts';
import { odeIdentity } from './equations/index.ts';
import { checkMassAction, reactionsOfOde } from './massaction/index.ts';
import type { Network, Scalar } from './network.ts';
import { isConserved, linearCombination } from './structure/index.ts';

function decideOde(network: Network, species: Scalar, right: Scalar): Verdict {
  const target = linearCombination(network, species);
  if (target === undefined) return { holds: false, found: t('the left side is no species') };
  const { holds, found } = odeIdentity(network, target, right);
  return { holds: holds === true, found };
}

function decideConserved(network: Network, quantity: Scalar): Verdict {
  const components = linearCombination(network, quantity);
  if (components === undefined) return { holds: false, found: t('only sums of species with numbers as coefficients can be checked') };
  const { holds, found } = isConserved(network, { components });
  return { holds: holds === true, found };
}

/**
 * What a text means: its network, all its diagnostics, who every name is. Never throws, whatever the text. Positions are
 * relative to units; see `Analysis`. With `options.previous` (the analysis of the tree that this one came out of by
 * `reparse`), only what the edit touches is worked out again.
 */
export const analyse = createAnalyser({ reactionsOfOde, checkMassAction, ode: decideOde, conserved: decideConserved });

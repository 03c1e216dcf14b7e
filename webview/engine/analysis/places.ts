/** Where the parts of a network stand, for a page that can show them. */
import type { Analysis, Origin, ReactionFamily } from '../../../chemistry/index.ts';
import type { TextPlace } from '../../worker-protocol.ts';
import { placeOf } from '../summary.ts';

/** Texts that the checker brings along or makes. */
const MADE = 'onepot:';

/**
 * Where something stands: in the text or an import, for the reactions of a network of neurons where the network is declared. Nowhere for
 * what the library brings along.
 */
export function visiblePlace({ networks }: Pick<Analysis, 'networks'>, origin: Origin): TextPlace | undefined {
  if (origin.file === undefined || !origin.file.startsWith(MADE)) return placeOf(origin);
  const place = networks.find(({ uri }) => uri === origin.file)?.place;
  if (place === undefined || place.file?.startsWith(MADE) === true) return undefined;
  return { uri: place.file ?? null, start: place.unit.start + place.span.start, end: place.unit.start + place.span.end };
}

/** Where a reaction stands; for one of a construction of the library where what it makes or uses up is declared. */
export function familyPlace(analysis: Pick<Analysis, 'networks' | 'network'>, family: ReactionFamily): TextPlace | undefined {
  const own = visiblePlace(analysis, family.origin);
  if (own !== undefined) return own;
  for (const { block } of [...family.products, ...family.reactants]) {
    const place = visiblePlace(analysis, analysis.network.blocks[block]!.origin);
    if (place !== undefined) return place;
  }
  return undefined;
}

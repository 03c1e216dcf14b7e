/** Says where the units in a message come from. */
import { t } from '../../l10n/index.ts';
import type { UnitReason } from '../dimensions/check.ts';
import type { Place } from '../diagnostic.ts';

/** Related places: the declaration or the use that gave each parameter its unit. */
export function unitReasons(reasons: readonly UnitReason[]): (Place & { readonly message: string })[] {
  const related: (Place & { readonly message: string })[] = [];
  for (const { place, text, variable, written } of reasons.slice(0, 4)) {
    if (place !== undefined) related.push({ ...place, message: written ? t('{0} is declared in {1}.', variable.name, text) : t('{0} is {1} by its use here.', variable.name, text) });
  }
  return related;
}

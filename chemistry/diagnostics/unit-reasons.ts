/** Says where the units in a message come from. */
import type { UnitReason } from '../dimensions/check.ts';
import type { Place } from '../diagnostic.ts';

/** Related places: the declaration or the use that gave each parameter its unit. */
export function unitReasons(reasons: readonly UnitReason[]): (Place & { readonly message: string })[] {
  const related: (Place & { readonly message: string })[] = [];
  for (const { place, text, variable, written } of reasons.slice(0, 4)) {
    if (place !== undefined) related.push({ ...place, message: written ? `${variable.name} is declared in ${text}.` : `${variable.name} is ${text} by its use here.` });
  }
  return related;
}

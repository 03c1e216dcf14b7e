/** The curves to draw: which, how, with which values. Shared by the plot, its summary and its table. */
import type { Drawn, LabState } from '../store.ts';
import type { Entry, Member } from '../series.ts';
import { colourKey, isBundle, valuesOf } from '../series.ts';

export interface Curve {
  readonly key: string;
  readonly entry: Entry;
  readonly member: Member;
  readonly values: Float64Array;
  /** Place in the order of hues. */
  readonly colour: number;
  /** One of several in its entry: drawn thinner. */
  readonly bundled: boolean;
}

/** Visible curves of a result, in the order of the legend. */
export function visibleCurves(state: LabState, shown: Drawn | undefined): Curve[] {
  const { visible } = state;
  if (shown === undefined || visible === undefined) return [];
  const curves: Curve[] = [];
  for (const entry of shown.entries) {
    for (const member of entry.members) {
      if (!visible.has(member.key)) continue;
      const values = valuesOf(shown.result.trajectory, member);
      curves.push({ key: member.key, entry, member, values, colour: state.colours.get(colourKey(entry, member)) ?? 0, bundled: isBundle(entry) && colourKey(entry, member) === entry.key && entry.primary.length > 1 });
    }
  }
  return curves;
}

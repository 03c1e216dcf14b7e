/** All tabs, in the order in which they are shown. */
import { FixedPointTab } from './fixed-point.ts';
import { NetworkTab } from './network.ts';
import { NoiseTab } from './noise.ts';
import { OdesTab } from './odes.ts';
import { ReactionsTab } from './reactions.ts';
import type { LabTab } from './tab.ts';
import { TrainingTab } from './training.ts';
import { TrajectoriesTab } from './trajectories.ts';

/** `highlight` makes curves stand out when the legend asks for it. */
export function makeTabs(): { readonly tabs: readonly LabTab[]; readonly highlight: (keys: ReadonlySet<string> | undefined) => void } {
  const trajectories = new TrajectoriesTab();
  return { tabs: [trajectories, new FixedPointTab(), new TrainingTab(), new NoiseTab(), new NetworkTab(), new OdesTab(), new ReactionsTab()], highlight: (keys) => trajectories.highlight(keys) };
}

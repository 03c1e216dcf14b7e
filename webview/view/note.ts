/** What made a view of a simulation: how the run ended, and what was moved by hand. */
import { t } from '../../l10n/index.ts';
import { formatNumber } from '../format.ts';
import { outcomeSentence } from '../outcome.ts';
import type { LabState } from '../store.ts';

export function movedByHand({ overrides, slices: { trajectories: { initials, molecules } } }: LabState): string[] {
  const text = ([name, value]: readonly [string, number], start = ''): string => `${name}${start} = ${formatNumber(value)}`;
  return [...Object.entries(overrides).map((entry) => text(entry)), ...Object.entries(initials).map((entry) => text(entry, '(0)')), ...Object.entries(molecules).map((entry) => text(entry))];
}

export function runNote(state: LabState): string {
  const { shown } = state, molecules = shown?.result.molecules;
  return [...(shown === undefined ? [] : [outcomeSentence(shown.result, shown.model).text]), ...(molecules === undefined ? [] : [t('seed {0}', molecules.seed)]), ...movedByHand(state)].join('  ');
}

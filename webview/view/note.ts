/** What made a view of a simulation: how the run ended, and what was moved by hand. */
import { formatNumber } from '../format.ts';
import { outcomeSentence } from '../outcome.ts';
import type { LabState } from '../store.ts';

export function movedByHand({ overrides }: LabState): string[] {
  return Object.entries(overrides).map(([name, value]) => `${name} = ${formatNumber(value)}`);
}

export function runNote(state: LabState): string {
  const { shown } = state;
  return [...(shown === undefined ? [] : [outcomeSentence(shown.result, shown.model).text]), ...movedByHand(state)].join('  ');
}

/** Which fixed point and which species the Fixed point tab shows, from the state. */
import type { FixedPointFound, FixedPointsAnswer, PhasePlaneQuestion, Question } from '../../analysis-protocol.ts';
import { span } from '../../defaults.ts';
import { componentLabel, componentValues } from '../../series.ts';
import { runSetting, type LabState } from '../../store.ts';

/** Networks up to this size are looked at from many starts without being asked. */
const SMALL = 30;
const SOME_STARTS = 20;
/** Species offered for the phase plane at most. */
const MOST_OFFERED = 300;

export function startsWanted({ model, slices: { fixedPoint } }: LabState): number {
  return fixedPoint.starts ?? ((model?.dimension ?? 0) <= SMALL ? SOME_STARTS : 1);
}

export function fixedPointsOf({ slices: { analysis } }: LabState): FixedPointsAnswer | undefined {
  return analysis['fixed points']?.answer;
}

/** Place of the point that is shown in the list of those found. */
export function chosenPlace(state: LabState): number {
  return Math.max(0, Math.min(state.slices.fixedPoint.point, (fixedPointsOf(state)?.points.length ?? 1) - 1));
}

export function chosenPoint(state: LabState): FixedPointFound | undefined {
  return fixedPointsOf(state)?.points[chosenPlace(state)];
}

export interface Offered {
  readonly component: number;
  readonly name: string;
}

/** Species that can span the plane, those that are held left out. */
export function offeredSpecies({ model }: LabState): readonly Offered[] {
  if (model === undefined) return [];
  const offered: Offered[] = [];
  for (const block of model.blocks) {
    if (block.kind === 'fixed') continue;
    for (let k = 0; k < block.size && offered.length < MOST_OFFERED; k++) offered.push({ component: block.offset + k, name: componentLabel(model, block.offset + k) });
  }
  return offered;
}

/** The two species that were chosen, else those that move most; the same twice where there is only one. */
export function chosenSpecies(state: LabState): readonly [Offered, Offered] | undefined {
  const offered = offeredSpecies(state), { x, y } = state.slices.fixedPoint, trajectory = state.shown?.result.trajectory;
  if (offered.length === 0) return undefined;
  const moved = (component: number): number => (trajectory === undefined || component >= trajectory.rows.length ? 0 : span(componentValues(trajectory, component)));
  const named = (name: string | undefined): Offered | undefined => (name === undefined ? undefined : offered.find((one) => one.name === name));
  const chosenX = named(x), chosenY = named(y);
  if (chosenX !== undefined && chosenY !== undefined) return [chosenX, chosenY];
  // What is shown stays while sliders move.
  const plane = state.slices.analysis['phase plane']?.answer;
  if (chosenX === undefined && chosenY === undefined && plane?.kind === 'phase plane') {
    const shown = [plane.x, plane.y].map((component) => offered.find((one) => one.component === component));
    if (shown[0] !== undefined && shown[1] !== undefined) return [shown[0], shown[1]];
  }
  const lively = state.shown?.model === state.model ? offered.map((one) => [one, moved(one.component)] as const).sort(([, a], [, b]) => b - a).map(([one]) => one) : offered;
  const first = chosenX ?? lively.find((one) => one !== chosenY) ?? lively[0]!, second = chosenY ?? lively.find((one) => one !== first) ?? first;
  // In the order of the text, so that the axes do not change places when a slider moves.
  return chosenX === undefined && chosenY === undefined && second.component < first.component ? [second, first] : [first, second];
}

/** What the tab wants to know: the fixed points, and then the plane. */
export function questionsOf(state: LabState): readonly Question[] {
  const setting = runSetting(state), species = chosenSpecies(state);
  if (setting === undefined) return [];
  const starts = startsWanted(state), { seed } = state.slices.fixedPoint;
  const points: Question = { kind: 'fixed points', setting, starts, seed };
  if (species === undefined || state.slices.analysis['fixed points']?.phase !== 'answered') return [points];
  const plane: PhasePlaneQuestion = { kind: 'phase plane', setting, starts, seed, x: species[0].component, y: species[1].component, point: chosenPlace(state) };
  return [points, plane];
}

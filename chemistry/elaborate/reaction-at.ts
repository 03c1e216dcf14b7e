/** Reactions of a unit by where they begin. */
import type { Unit } from '../../grammar/index.ts';
import type { FamilySource } from '../elaborated.ts';

const reactionsByStart = new WeakMap<Unit, ReadonlyMap<number, FamilySource['reaction']>>();

/** The reaction that starts at an offset of a unit (inside loops, groups and modules). A group may hold all of a large text. */
export function reactionAt(unit: Unit, start: number): FamilySource['reaction'] {
  let map = reactionsByStart.get(unit);
  if (map === undefined) {
    const found = new Map<number, FamilySource['reaction']>();
    const waiting = [unit.statement];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next.kind === 'Reaction') found.set(next.start, next);
      else if (next.kind === 'For' || next.kind === 'Group' || next.kind === 'Module') for (const inner of next.body) waiting.push(inner);
    }
    reactionsByStart.set(unit, (map = found));
  }
  return map.get(start);
}

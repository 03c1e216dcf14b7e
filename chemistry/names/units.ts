/**
 * A large text is mostly plain reactions. What only concerns other units walks those alone; what concerns all walks only the
 * ones that differ from the text before an edit.
 */
import type { SyntaxTree, Unit } from '../../grammar/index.ts';

const others = new WeakMap<SyntaxTree, readonly Unit[]>();

/** The units that are more than a sound, unlabelled reaction, in document order. */
export function notableUnits(tree: SyntaxTree): readonly Unit[] {
  let list = others.get(tree);
  if (list === undefined) {
    const found: Unit[] = [];
    for (const unit of tree.units) {
      if (!isPlain(unit)) found.push(unit);
    }
    others.set(tree, (list = found));
  }
  return list;
}

/** A reaction without a label and without mistakes. */
export function isPlain({ statement, problems }: Unit): boolean {
  return statement.kind === 'Reaction' && statement.label === undefined && problems.length === 0;
}

/** How many units two lists share at their beginning and at their end, by identity. */
export function shared(before: readonly Unit[], now: readonly Unit[]): { readonly head: number; readonly tail: number } {
  const most = Math.min(before.length, now.length);
  let head = 0;
  while (head < most && before[head] === now[head]) head++;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  return { head, tail };
}

/** An `ode X' = …` reads as the whole of X′; other statements that change X make it a part. */
import { odeIsNotAll } from '../diagnostics/crn512-ode-is-not-all.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { MassActionInput } from '../elaborated.ts';
import { netChanges } from '../equations/index.ts';
import type { Change } from '../equations/index.ts';
import type { OdeEquation } from '../../grammar/index.ts';
import type { AxisIndex, ReactionFamily } from '../network.ts';
import { positionRange } from '../unroll/index.ts';
import { complexesSpan, equationAt, placeIn, sliceOf } from './text.ts';

interface Source {
  readonly change: Change;
  /** Equation or reaction that the change comes from. */
  readonly text: object;
}

export function checkOdesAreWhole(input: MassActionInput): Diagnostic[] {
  const { network } = input;
  if (!network.families.some((family) => family.from === 'ode')) return [];
  const byBlock = new Map<number, Source[]>();
  const targets = new Set<number>();
  for (const family of network.families) {
    for (const change of netChanges(family)) {
      if (family.from === 'ode') targets.add(change.operand.block);
      const source = input.sourceOf(family);
      const text = family.from === 'ode' ? equationAt(source.unit, family.origin) : source.reaction;
      const list = byBlock.get(change.operand.block) ?? [];
      list.push({ change, text: text ?? family.origin });
      byBlock.set(change.operand.block, list);
    }
  }
  const found: Diagnostic[] = [];
  for (const block of targets) found.push(...checkBlock(input, byBlock.get(block) ?? []));
  return found;
}

function checkBlock(input: MassActionInput, sources: readonly Source[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  const done = new Set<object>();
  for (const { change, text } of sources) {
    const { family } = change;
    if (family.from !== 'ode' || done.has(text)) continue;
    done.add(text);
    const others = sources.filter((other) => other.text !== text && overlap(change, other.change));
    const [first] = others;
    if (first === undefined) continue;
    const source = input.sourceOf(family);
    const equation = equationAt(source.unit, family.origin);
    if (equation === undefined) continue;
    const statements = new Set(others.map((other) => other.text)).size;
    found.push(odeIsNotAll(placeIn(source, equation.species), sliceOf(source.unit, equation.species), placeOfFamily(input, first.change.family, first.text), statements));
  }
  return found;
}

function placeOfFamily(input: MassActionInput, family: ReactionFamily, text: object): ReturnType<typeof placeIn> {
  const source = input.sourceOf(family);
  const span = family.from === 'ode' ? (text as OdeEquation).species : complexesSpan({ network: input.network, family, source });
  return placeIn(source, span);
}

/** Whether two changes can meet in one element: their index ranges overlap on every axis. */
function overlap(one: Change, other: Change): boolean {
  return one.operand.index.every((index, axis) => {
    const [low, high] = range(index, one.family);
    const opposite = other.operand.index[axis];
    if (opposite === undefined) return true;
    const [otherLow, otherHigh] = range(opposite, other.family);
    return low <= otherHigh && otherLow <= high;
  });
}

function range(index: AxisIndex, family: ReactionFamily): [number, number] {
  return positionRange(index, family.variables);
}

/** What an analysis leaves to the next one: for each unit what it came to, and when that may be taken over. */
import type { Unit } from '../grammar/index.ts';
import type { Analysis } from './analysis.ts';
import type { Binding } from './elaborate/binding.ts';
import type { Sink } from './elaborate/context.ts';
import type { NameMemory } from './names/undeclared.ts';
import type { ReactionFamily } from './network.ts';

/** What one unit came to. Empty lists are shared. */
export interface UnitRecord extends Findings {
  readonly families: readonly ReactionFamily[];
  /** It holds a use of a module, so what it makes depends on more than its text. */
  readonly hasUse: boolean;
}
type Findings = Pick<Sink, 'diagnostics' | 'constraints' | 'orders' | 'uses' | 'structural'>;
export const NONE: never[] = [];
export const NO_PARAMETERS: Sink['structural'] = new Set();

/** What the next analysis may take over. */
export interface Memory {
  readonly bindings: ReadonlyMap<string, Binding>;
  readonly records: ReadonlyMap<Unit, UnitRecord>;
  readonly names: NameMemory;
}
export const memories = new WeakMap<Analysis, Memory>();

/** The same record with its families numbered from another base. */
export function renumbered(record: UnitRecord, base: number): UnitRecord {
  if (record.families.length === 0 || record.families[0]?.id === base) return record;
  return { ...record, families: record.families.map((family, i) => ({ ...family, id: base + i })) };
}

/** Whether a name means the same as before, so that what was made with it still holds. */
export function sameBinding(a: Binding, b: Binding): boolean {
  if (a.kind === 'block' && b.kind === 'block') {
    return a.block.id === b.block.id && a.block.kind === b.block.kind && sameNumbers(a.block.shape, b.block.shape);
  }
  if (a.kind === 'parameter' && b.kind === 'parameter') {
    // A value that is not known here (it hangs on elements of an array, say) may be another one, and with another sign.
    const known = a.least !== undefined && a.most !== undefined;
    return a.id === b.id && known && Object.is(a.value, b.value) && Object.is(a.least, b.least) && Object.is(a.most, b.most) && a.integer === b.integer && sameNumbers(a.shape, b.shape);
  }
  return false;
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

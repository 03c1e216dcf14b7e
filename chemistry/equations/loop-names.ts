/** Names for loop variables that the text does not name. */
import type { LoopVariable } from '../network.ts';

const INDEX_NAMES = ['i', 'j', 'k', 'l', 'm', 'n', 'p', 'q', 'u', 'v'];
const SIGN_NAMES = ['s', 'r', 'q', 'σ', 'ρ'];

/** A name for a loop variable that is not in use yet. */
export function freshName(kind: LoopVariable['kind'], taken: ReadonlySet<string>): string {
  const names = kind === 'sign' ? SIGN_NAMES : INDEX_NAMES;
  const free = names.find((name) => !taken.has(name));
  if (free !== undefined) return free;
  for (let n = 1; ; n++) {
    const name = `${names[0] ?? 'i'}${n}`;
    if (!taken.has(name)) return name;
  }
}

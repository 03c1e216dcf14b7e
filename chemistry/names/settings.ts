/** What a `simulate` statement may set. One table for the checker, completion and hovers. */

/** Numbers that a setting can have, and how the message says so. */
export interface NumberRange {
  readonly words: string;
  holds(value: number): boolean;
}

const ABOVE_ZERO: NumberRange = { words: 'a number above 0', holds: (value) => value > 0 && Number.isFinite(value) };
const FROM_ZERO: NumberRange = { words: 'a number from 0 on', holds: (value) => value >= 0 && Number.isFinite(value) };
const COUNT: NumberRange = { words: 'a whole number from 1 on', holds: (value) => value >= 1 && Number.isSafeInteger(value) };
const SEED: NumberRange = { words: 'a whole number from 0 on', holds: (value) => value >= 0 && Number.isSafeInteger(value) };

export interface SettingSpec {
  readonly name: string;
  /**
   * `number`: a constant expression; `end`: a number or the word fixed_point; `word`: one of `words`; `quantities`: species, their
   * elements and rails; `groups`: names of groups.
   */
  readonly kind: 'number' | 'end' | 'word' | 'quantities' | 'groups';
  readonly words?: readonly string[];
  /** The numbers that are allowed; any when left out. */
  readonly range?: NumberRange;
  /** Nothing carries the setting out in this version; `wordsAhead`: the same of some of its words. Lifted by taking the mark off. */
  readonly ahead?: true;
  readonly wordsAhead?: readonly string[];
  /** One line for completion and hovers. */
  readonly about: string;
}

export const SIMULATE_SETTINGS: readonly SettingSpec[] = [
  { name: 'until', kind: 'end', range: ABOVE_ZERO, words: ['fixed_point'], about: 'End time, or fixed_point: run until nothing changes any more.' },
  { name: 't', kind: 'number', range: ABOVE_ZERO, about: 'End time; the same as until.' },
  { name: 'method', kind: 'word', words: ['auto', 'tsit5', 'bdf', 'ssa'], wordsAhead: ['ssa'], about: 'How to integrate: auto, tsit5 (explicit), bdf (stiff), ssa (single molecules).' },
  { name: 'plot', kind: 'quantities', about: 'What to draw; all species when left out.' },
  { name: 'rtol', kind: 'number', range: ABOVE_ZERO, about: 'Relative tolerance of the integration, 1e-6 when left out.' },
  { name: 'atol', kind: 'number', range: FROM_ZERO, about: 'Absolute tolerance of the integration, 1e-9 when left out.' },
  { name: 'points', kind: 'number', range: COUNT, about: 'Number of points in the output; the result does not depend on it.' },
  { name: 'starts', kind: 'number', ahead: true, range: COUNT, about: 'Number of random starts, to see whether the fixed point depends on the start.' },
  { name: 'seed', kind: 'number', ahead: true, range: SEED, about: 'Seed of everything random in this run.' },
  { name: 'volume', kind: 'number', ahead: true, range: ABOVE_ZERO, about: 'Volume for single-molecule runs: molecules per unit of concentration.' },
  { name: 'replicas', kind: 'number', ahead: true, range: COUNT, about: 'Number of repeated runs.' },
  { name: 'off', kind: 'groups', about: 'Groups of reactions that are switched off.' },
];

const byName = new Map(SIMULATE_SETTINGS.map((setting) => [setting.name, setting]));

export function settingNamed(name: string): SettingSpec | undefined {
  return byName.get(name);
}

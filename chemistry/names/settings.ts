/** What a `simulate` statement may set. One table for the checker, completion and hovers. */

export interface SettingSpec {
  readonly name: string;
  /**
   * `number`: a constant expression; `end`: a number or the word fixed_point; `word`: one of `words`; `quantities`: species and
   * parameters; `groups`: names of groups.
   */
  readonly kind: 'number' | 'end' | 'word' | 'quantities' | 'groups';
  readonly words?: readonly string[];
  /** One line for completion and hovers. */
  readonly about: string;
}

export const SIMULATE_SETTINGS: readonly SettingSpec[] = [
  { name: 'until', kind: 'end', words: ['fixed_point'], about: 'End time, or fixed_point: run until nothing changes any more.' },
  { name: 't', kind: 'number', about: 'End time; the same as until.' },
  { name: 'method', kind: 'word', words: ['auto', 'tsit5', 'bdf', 'ssa'], about: 'How to integrate: auto, tsit5 (explicit), bdf (stiff), ssa (single molecules).' },
  { name: 'plot', kind: 'quantities', about: 'What to draw; all species when left out.' },
  { name: 'rtol', kind: 'number', about: 'Relative tolerance of the integration, 1e-6 when left out.' },
  { name: 'atol', kind: 'number', about: 'Absolute tolerance of the integration, 1e-9 when left out.' },
  { name: 'points', kind: 'number', about: 'Number of points in the output; the result does not depend on it.' },
  { name: 'starts', kind: 'number', about: 'Number of random starts, to see whether the fixed point depends on the start.' },
  { name: 'seed', kind: 'number', about: 'Seed of everything random in this run.' },
  { name: 'volume', kind: 'number', about: 'Volume for single-molecule runs: molecules per unit of concentration.' },
  { name: 'replicas', kind: 'number', about: 'Number of repeated runs.' },
  { name: 'off', kind: 'groups', about: 'Groups of reactions that are switched off.' },
];

const byName = new Map(SIMULATE_SETTINGS.map((setting) => [setting.name, setting]));

export function settingNamed(name: string): SettingSpec | undefined {
  return byName.get(name);
}

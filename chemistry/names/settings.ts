/** What a `simulate` statement may set. One table for the checker, completion and hovers. */
import { marked, type Text } from '../../l10n/index.ts';

/** Numbers that a setting can have, and how the message says so. */
export interface NumberRange {
  readonly words: Text;
  holds(value: number): boolean;
}

const ABOVE_ZERO: NumberRange = { words: marked('a number above 0'), holds: (value) => value > 0 && Number.isFinite(value) };
/** Below, doubles have no such digits; above, a result has none. The editor's setting has the same end. */
const RELATIVE_TOLERANCE: NumberRange = { words: marked('a number from 1e-14 to 0.1'), holds: (value) => value >= 1e-14 && value <= 0.1 };
const FROM_ZERO: NumberRange = { words: marked('a number from 0 on'), holds: (value) => value >= 0 && Number.isFinite(value) };
const COUNT: NumberRange = { words: marked('a whole number from 1 on'), holds: (value) => value >= 1 && Number.isSafeInteger(value) };
const SEED: NumberRange = { words: marked('a whole number from 0 on'), holds: (value) => value >= 0 && Number.isSafeInteger(value) };

export interface SettingSpec {
  readonly name: string;
  /**
   * `number`: a constant expression; `end`: a number, the word fixed_point or a condition; `word`: one of `words`; `quantities`: species, their
   * elements and rails; `groups`: names of groups.
   */
  readonly kind: 'number' | 'end' | 'word' | 'quantities' | 'groups';
  readonly words?: readonly string[];
  /** The numbers that are allowed; any when left out. */
  readonly range?: NumberRange;
  /**
   * Which runs it concerns, all when left out: those that integrate the rate equations, those molecule by molecule (`molecules`), those
   * to the fixed point, or those where chance has a part (molecule by molecule, or from several starts).
   */
  readonly concerns?: 'equations' | 'molecules' | 'fixed point' | 'chance';
  /** One line for completion and hovers. */
  readonly about: Text;
}

/** Methods that run molecule by molecule, not the rate equations. */
export const STOCHASTIC_METHODS = ['ssa', 'tau', 'langevin'] as const;

export const SIMULATE_SETTINGS: readonly SettingSpec[] = [
  { name: 'until', kind: 'end', range: ABOVE_ZERO, words: ['fixed_point'], about: marked('End time; or fixed_point: run until nothing changes any more; or a condition such as X > 0.5: run until it holds for the first time.') },
  { name: 't', kind: 'number', range: ABOVE_ZERO, about: marked('End time; beside a condition in until the latest end.') },
  {
    name: 'method', kind: 'word', words: ['auto', 'tsit5', 'rkc', 'bdf', ...STOCHASTIC_METHODS],
    about: marked('How to integrate: auto, tsit5 (explicit), rkc (stabilised explicit, for large and mildly stiff networks), bdf (stiff); or molecule by molecule: ssa (every event), tau (many events in a leap), langevin (noise as a diffusion).'),
  },
  { name: 'plot', kind: 'quantities', about: marked('What to draw; all species when left out.') },
  { name: 'rtol', kind: 'number', concerns: 'equations', range: RELATIVE_TOLERANCE, about: marked('Relative tolerance of the integration, 1e-6 when left out.') },
  { name: 'atol', kind: 'number', concerns: 'equations', range: FROM_ZERO, about: marked('Absolute tolerance of the integration; when left out 1e-9, or 1e-9 of the largest initial value where that is below 1.') },
  { name: 'points', kind: 'number', range: COUNT, about: marked('Number of points in the output; the result does not depend on it.') },
  { name: 'starts', kind: 'number', concerns: 'fixed point', range: COUNT, about: marked('Number of starts with the same conserved totals, the first the text\'s and the others random, to see which fixed points there are.') },
  { name: 'seed', kind: 'number', concerns: 'chance', range: SEED, about: marked('Seed of everything random in this run, 1 when left out.') },
  { name: 'volume', kind: 'number', concerns: 'molecules', range: ABOVE_ZERO, about: marked('Volume of a run molecule by molecule, 1 when left out: molecules per unit of concentration, or litres where `units` gives concentrations a unit.') },
  { name: 'replicas', kind: 'number', concerns: 'molecules', range: COUNT, about: marked('Number of independent runs molecule by molecule; more than one give means, deviations and bands.') },
  { name: 'off', kind: 'groups', about: marked('Groups of reactions that are switched off.') },
];

const byName = new Map(SIMULATE_SETTINGS.map((setting) => [setting.name, setting]));

export function settingNamed(name: string): SettingSpec | undefined {
  return byName.get(name);
}

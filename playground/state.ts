/** What the page remembers in the browser's own storage: the open texts and how the window is divided. Nothing leaves the browser. */
import { themeChoices, type ThemeChoice } from './colours/themes.ts';

export interface KeptText {
  readonly name: string;
  readonly text: string;
  /** The user has changed it since it was opened, so that it is theirs. */
  readonly changed: boolean;
}
export type View = 'both' | 'text' | 'lab';
export interface Kept {
  readonly texts: readonly KeptText[];
  /** Index of the text that is shown. */
  readonly active: number;
  /** Share of the text in the window's width (or height, where they stand above each other). */
  readonly split: number;
  readonly view: View;
  readonly theme: ThemeChoice;
}

export const LEAST_SPLIT = 0.15;
export const nothingKept: Kept = { texts: [], active: 0, split: 0.46, view: 'both', theme: 'system' };
const KEY = 'onepot.playground';

/** What this needs of localStorage, which may refuse everything. */
export type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

/** What was kept; whatever does not look right is left out. */
export function load(storage: Storage): Kept {
  let given: unknown;
  try {
    given = JSON.parse(storage.getItem(KEY) ?? 'null');
  } catch {
    return nothingKept;
  }
  if (!isRecord(given)) return nothingKept;
  const texts = Array.isArray(given['texts']) ? given['texts'].filter(isKeptText) : [];
  const { active, split, view, theme } = given;
  return {
    texts: texts.map(({ name, text, changed }) => ({ name, text, changed })),
    active: typeof active === 'number' && Number.isInteger(active) && active >= 0 && active < texts.length ? active : 0,
    split: typeof split === 'number' && Number.isFinite(split) ? clampSplit(split) : nothingKept.split,
    view: view === 'text' || view === 'lab' ? view : 'both',
    theme: themeChoices.find((choice) => choice === theme) ?? 'system',
  };
}

/** Whether it could be kept: there may be no storage, or no room in it. */
export function save(storage: Storage, kept: Kept): boolean {
  try {
    storage.setItem(KEY, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function clampSplit(split: number): number {
  return Math.min(1 - LEAST_SPLIT, Math.max(LEAST_SPLIT, split));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isKeptText(value: unknown): value is KeptText {
  return isRecord(value) && typeof value['name'] === 'string' && value['name'] !== '' && typeof value['text'] === 'string' && typeof value['changed'] === 'boolean';
}

/**
 * What a user reads, in the user's language. A text is written in English where it is said, `t('Ran to {0}.', at)`; a bundle
 * `l10n/bundle.l10n.LANGUAGE.json`, in the format of `vscode.l10n`, holds it in another language under the English text. English needs no
 * bundle. `npm run docs` gathers the texts of all rooms into `l10n/bundle.l10n.json`, which translators copy.
 *
 * The language is the one thing that all rooms share and that nobody hands on: a process (the server, the lab's page, each of its
 * workers) is told it once, by `speak`, before it says anything, and keeps it to its end. So what is cached never mixes two languages.
 * Modules are loaded before that: no `t` stands where it runs while a module loads (a test sees to it).
 */

export interface Language {
  /** A BCP 47 tag, such as `de` or `pt-br`. */
  readonly tag: string;
  /** The texts by their English originals. */
  readonly texts: Readonly<Record<string, string>>;
}

/** What a placeholder stands for. */
export type Value = string | number;

const english = new Intl.PluralRules('en');
const list = (tag: string, type: 'conjunction' | 'disjunction'): Intl.ListFormat => new Intl.ListFormat(tag, { type });
let spoken = 'en', texts: ReadonlyMap<string, string> | undefined, plurals = english, all = list('en-GB', 'conjunction'), some = list('en-GB', 'disjunction');

function choose(tag: string | undefined): void {
  plurals = tag === undefined ? english : new Intl.PluralRules(tag);
  // British: without a comma before the last.
  all = list(tag ?? 'en-GB', 'conjunction');
  some = list(tag ?? 'en-GB', 'disjunction');
}

/** Sets the language of this process; undefined is English. */
export function speak(chosen: Language | undefined): void {
  spoken = chosen?.tag ?? 'en';
  texts = chosen === undefined ? undefined : new Map(Object.entries(chosen.texts));
  try {
    choose(chosen?.tag);
  } catch {
    // Not a tag that Intl knows: it counts and lists as English does.
    choose(undefined);
  }
}

/** The tag of the language in force, for the page's `lang`. */
export function language(): string {
  return spoken;
}

function filled(template: string, values: readonly Value[]): string {
  return values.length === 0 ? template : template.replace(/\{(\d+)\}/g, (placeholder, at: string) => String(values[Number(at)] ?? placeholder));
}

/** A text in the language in force, in English where it has no translation; `{0}`, `{1}` … stand for the values. */
export function t(text: string, ...values: readonly Value[]): string {
  return filled(texts?.get(text) ?? text, values);
}

/**
 * A count and what is counted: `counted(n, '1 step', '{0} steps')`. `{0}` in `many` stands for the number, as `shown` if that is given,
 * `{1}` … for the values. A language with more forms than two has them under the key `{0} steps/few`, named by the category of
 * `Intl.PluralRules` (a comment, in the terms of `vscode.l10n`).
 */
export function counted(n: number, one: string, many: string, shown: string = n.toLocaleString('en-US'), ...values: readonly Value[]): string {
  const special = texts?.get(`${many}/${plurals.select(n)}`);
  return special === undefined ? t(n === 1 ? one : many, shown, ...values) : filled(special, [shown, ...values]);
}

/** `A`, `A and B`, `A, B and C` */
export function listed(items: readonly string[]): string {
  return all.format(items);
}

/** `A`, `A or B`, `A, B or C` */
export function oneOf(items: readonly string[]): string {
  return some.format(items);
}

declare const isText: unique symbol;
/** A text that stands in a table: made while a module loads. It is no string until `said` says it in the language in force. */
export interface Text {
  readonly [isText]: true;
}

/** Marks a text as one to be translated; `said` does it. */
export function marked(english: string): Text {
  return english as unknown as Text;
}

/** A marked text in the language in force. */
export function said(text: Text): string {
  const english = text as unknown as string;
  return texts?.get(english) ?? english;
}

/** Whether a value that came from outside is a language with its texts. */
export function isLanguage(value: unknown): value is Language {
  if (typeof value !== 'object' || value === null || !('tag' in value) || !('texts' in value)) return false;
  const { tag, texts: all } = value;
  return typeof tag === 'string' && /^[A-Za-z0-9-]{1,35}$/.test(tag) && typeof all === 'object' && all !== null && !Array.isArray(all) && Object.values(all).every((text) => typeof text === 'string');
}

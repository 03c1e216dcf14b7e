/**
 * The language of the page: the first that the visitor's browser asks for and that there are texts in. The build names the languages in
 * the page; their texts are fetched, but for English, which the page is written in.
 */
import { isLanguage, type Language } from '../l10n/index.ts';

/** @param wanted BCP 47 tags by preference @param known tags of bundles, in lower case @returns undefined for English */
export function chosen(wanted: readonly string[], known: readonly string[]): string | undefined {
  for (const tag of wanted) {
    const whole = tag.toLowerCase(), plain = whole.split('-')[0]!;
    const found = [whole, plain].find((one) => known.includes(one));
    if (found !== undefined || plain === 'en') return found;
  }
  return undefined;
}

/** Never rejects: a page whose texts are missing is in English. It is written into the page, where the labs find it (lab-frame.ts). */
export async function languageOfVisitor(): Promise<Language | undefined> {
  const known = document.querySelector<HTMLMetaElement>('meta[name="onepot-languages"]')?.content.split(' ') ?? [];
  const tag = chosen(navigator.languages, known);
  if (tag === undefined) return undefined;
  try {
    const response = await fetch(new URL(`./l10n/${tag}.json`, import.meta.url));
    const texts: unknown = await response.json(), found: unknown = { tag, texts };
    if (!isLanguage(found)) return undefined;
    const meta = document.createElement('meta');
    meta.name = 'onepot-language';
    meta.content = JSON.stringify(found);
    document.head.append(meta);
    return found;
  } catch (error) {
    console.warn(`No texts in the language ${tag}: ${String(error)}`);
    return undefined;
  }
}

/** The language of the lab's page: its host writes it into the page, so that it is known before anything is said. */
import { isLanguage, type Language } from '../../l10n/index.ts';

/** Undefined for English, and for what is not a language with its texts. */
export function languageOfPage(): Language | undefined {
  const content = document.querySelector<HTMLMetaElement>('meta[name="onepot-language"]')?.content;
  if (content === undefined) return undefined;
  try {
    const found: unknown = JSON.parse(content);
    return isLanguage(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

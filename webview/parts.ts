/**
 * The script and the style of a lab's page. They are fetched once and kept in the storage that all labs share; the next lab starts from there, for
 * fetching them takes as long as the script needs to its first curve. The page's policy names both by their digests: nothing else runs in their place.
 */
import { speak, t } from '../l10n/index.ts';
import { languageOfPage } from './view/page-language.ts';

interface Parts {
  readonly style: string;
  readonly script: string;
}

/** Under which they are kept; `NAME.key` says of which digests, and is written last. */
const NAME = 'onepot.lab';
/** Milliseconds after which they are written down: what is on the screen comes first. */
const LATER = 400;

/** Starts the lab in a page that says where its parts are; in another (the playground's) they are elements of the page. */
export async function placeParts(): Promise<void> {
  const key = said('parts');
  if (key === undefined) return;
  const kept = keptParts(key), up = loaded();
  if (kept !== undefined) {
    await up;
    if (placed(kept, true)) return;
  }
  try {
    const [style, script] = await Promise.all([fetched('style'), fetched('script'), up]);
    if (!placed({ style, script }, false)) throw new Error(t('they are not those of this version'));
    setTimeout(() => keep(key, { style, script }), LATER);
  } catch (error) {
    speak(languageOfPage());
    document.body.append(Object.assign(document.createElement('p'), { role: 'alert', textContent: t('The parts of the lab could not be loaded: {0}. Close it and open it again.', error instanceof Error ? error.message : String(error)) }));
  }
}

/** The page is up, and VS Code has handed over what it kept for it: then the script begins with what it is to show. */
function loaded(): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener('load', () => setTimeout(resolve), { once: true });
  });
}

function said(what: 'parts' | 'style' | 'script'): string | undefined {
  return document.querySelector<HTMLMetaElement>(`meta[name="onepot-${what}"]`)?.content;
}

async function fetched(what: 'style' | 'script'): Promise<string> {
  const response = await fetch(said(what) ?? '');
  if (!response.ok) throw new Error(String(response.status));
  return response.text();
}

/** Whether the policy let both in and the lab has begun. */
function placed({ style, script }: Parts, kept: boolean): boolean {
  performance.mark('onepot.parts', { detail: { kept } });
  const sheet = document.createElement('style'), code = document.createElement('script');
  sheet.textContent = style;
  document.head.append(sheet);
  if (sheet.sheet !== null) {
    code.textContent = script;
    document.body.append(code);
    if (document.getElementById('lab') !== null) return true;
  }
  sheet.remove();
  code.remove();
  return false;
}

function keptParts(key: string): Parts | undefined {
  try {
    if (localStorage.getItem(`${NAME}.key`) !== key) return undefined;
    const style = localStorage.getItem(`${NAME}.style`), script = localStorage.getItem(`${NAME}.script`);
    return style === null || script === null ? undefined : { style, script };
  } catch {
    // Some browsers let no frame of another host keep anything.
    return undefined;
  }
}

function keep(key: string, { style, script }: Parts): void {
  try {
    localStorage.removeItem(`${NAME}.key`);
    localStorage.setItem(`${NAME}.style`, style);
    localStorage.setItem(`${NAME}.script`, script);
    localStorage.setItem(`${NAME}.key`, key);
  } catch {
    // Without room they are fetched again.
  }
}

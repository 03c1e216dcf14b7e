/** The texts of playground/index.html, by the rule of playground/view/say-page.ts: contents of elements, and attributes that are read. */

const READ = /\s(?:title|aria-label|placeholder)="([^"]*)"/g;
/** Elements without an end. */
const VOID: ReadonlySet<string> = new Set(['meta', 'link', 'img', 'input', 'br']);
const SILENT: ReadonlySet<string> = new Set(['script', 'style', 'noscript', 'kbd']);
const LETTER = /\p{L}/u;

interface Open {
  readonly name: string;
  /** Its content, keys between backticks. */
  text: string;
  /** Letters of its own. */
  letters: boolean;
  /** Elements in it that are no keys. */
  others: boolean;
}

const plain = (text: string): string => text.replaceAll('&nbsp;', '\u00a0').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** @param html a page whose elements are all closed */
export function pageTexts(html: string): readonly string[] {
  const texts: string[] = [], open: Open[] = [];
  const ended = ({ name, text, letters, others }: Open): void => {
    const outer = open.at(-1);
    if (outer !== undefined && name === 'kbd') outer.text += `\`${text}\``;
    else if (letters && !others && !SILENT.has(name)) texts.push(text.trim());
  };
  for (const [, tag, name = '', given = '', text] of html.replaceAll(/<!--[^]*?-->|<!DOCTYPE[^>]*>/g, '').matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)/g)) {
    const inner = open.at(-1);
    if (text !== undefined) {
      if (inner === undefined) continue;
      inner.text += plain(text);
      inner.letters ||= LETTER.test(plain(text));
    } else if (tag === '/') {
      const last = open.pop();
      if (last?.name !== name) throw new Error(`In the page </${name}> ends <${last?.name ?? ''}>.`);
      ended(last);
    } else {
      if (inner !== undefined && name !== 'kbd') inner.others = true;
      if (!SILENT.has(name)) texts.push(...[...given.matchAll(READ)].map(([, value]) => plain(value!)).filter((value) => LETTER.test(value)));
      if (!VOID.has(name)) open.push({ name, text: '', letters: false, others: false });
    }
  }
  return [...new Set(texts)];
}

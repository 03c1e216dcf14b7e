/**
 * Says what is written in index.html in the language in force. A text is an element's whole content; keys in it stand between backticks
 * in the bundle, `On a Mac, ⌘ stands for …`. scripts/lib/l10n-page.ts gathers the texts by the same rule.
 */
import { said, type Text } from '../../l10n/index.ts';

/** Attributes that a user reads or hears. */
const READ = ['title', 'aria-label', 'placeholder'] as const;
const SILENT = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'KBD']);
const LETTER = /\p{L}/u;

export function sayPage(page: Document): void {
  for (const element of page.querySelectorAll('*')) {
    if (SILENT.has(element.tagName)) continue;
    for (const name of READ) {
      const text = element.getAttribute(name);
      if (text !== null && LETTER.test(text)) element.setAttribute(name, translated(text));
    }
    if (isText(element)) element.replaceChildren(...withKeys(translated(textOf(element))));
  }
}

/** Letters, and nothing beside them but keys. */
function isText(element: Element): boolean {
  const nodes = [...element.childNodes];
  return nodes.some((node) => node.nodeType === Node.TEXT_NODE && LETTER.test(node.nodeValue ?? '')) && [...element.children].every(({ tagName }) => tagName === 'KBD');
}

function textOf(element: Element): string {
  return [...element.childNodes].map((node) => (node instanceof Element ? `\`${node.textContent}\`` : node.nodeValue ?? '')).join('').trim();
}

function withKeys(text: string): (string | HTMLElement)[] {
  return text.split('`').map((part, at) => {
    if (at % 2 === 0) return part;
    const key = document.createElement('kbd');
    key.textContent = part;
    return key;
  });
}

function translated(text: string): string {
  return said(text as unknown as Text);
}

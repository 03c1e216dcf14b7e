/**
 * Runs first in the lab's page, a frame beside the text: it is to the lab what a webview is in VS Code. Messages go to the page around
 * it, the state to the browser's own storage, the theme is taken from the page around it.
 */
import { applyTheme, themes, type ThemeName } from './colours/themes.ts';
import { stateKey } from './lab-state.ts';

/** The lab's state is kept for each text. */
const KEY = stateKey(new URL(location.href).searchParams.get('text') ?? '');

function kept(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

const api = {
  postMessage: (message: unknown): void => window.parent.postMessage(message, location.origin),
  getState: kept,
  setState(state: unknown): void {
    try {
      localStorage.setItem(KEY, JSON.stringify(state));
    } catch {
      // Without storage the lab begins anew at each visit.
    }
  },
};
Object.assign(window, { acquireVsCodeApi: () => api });

// The lab fetches its worker and starts it from a blob, as it has to in VS Code. Here it comes in two parts, the first of which the language
// server has loaded already; what the lab fetches is a script that loads both.
// A third is loaded when the worker first lays a graph out, see webview/engine/analysis/layout-later.ts.
const address = (part: string): string => new URL(part, document.baseURI).href;
const parts = JSON.stringify({ layout: address('lab/layout.js') }), first = ['core.js', 'lab/worker.js'].map((part) => JSON.stringify(address(part)));
const starter = URL.createObjectURL(new Blob([`onepotParts=${parts};`, `importScripts(${first.join()});`], { type: 'text/javascript' }));
const meta = document.createElement('meta');
meta.name = 'onepot-worker';
meta.content = starter;
document.head.append(meta);

const around = window.parent.document.documentElement;
// The lab speaks the language of the page around it, which has its texts.
const language = around.querySelector('meta[name="onepot-language"]');
if (language !== null) document.head.append(document.importNode(language));
function follow(): void {
  const name = around.dataset['theme'] ?? 'light';
  if (Object.hasOwn(themes, name) && name !== document.documentElement.dataset['theme']) applyTheme(document, name as ThemeName);
}
const observer = new MutationObserver(follow);
const begin = (): void => {
  follow();
  observer.observe(around, { attributes: true, attributeFilter: ['data-theme'] });
};
begin();
// The page around lives on when this one is closed; what it is observed by, with all of this page, would live as long.
window.addEventListener('pagehide', () => observer.disconnect());
window.addEventListener('pageshow', ({ persisted }) => { if (persisted) begin(); });

/** The first script of the page: theme and layout at once, then the editor with all that belongs to it. */
import './playground.css';
import { language, speak, t } from '../l10n/index.ts';
import { workOffline } from './offline.ts';
import { languageOfVisitor } from './page-language.ts';
import { load, save, type Kept, type Storage } from './state.ts';
import { adoptStyles } from './styles.ts';
import { element } from './view/elements.ts';
import { notice } from './view/notice.ts';
import { sayPage } from './view/say-page.ts';
import { Split } from './view/split.ts';
import { themeSwitch } from './view/theme.ts';

/** The browser's storage; where it is forbidden even to look at it, one that keeps nothing. */
function storageOf(): Storage {
  try {
    return window.localStorage;
  } catch {
    return { getItem: () => null, setItem: () => { throw new Error('There is no storage.'); } };
  }
}

/** How long the page waits before it writes down what has changed. */
const PAUSE = 300;

adoptStyles();
const storage = storageOf();
let kept = load(storage);
let timer: ReturnType<typeof setTimeout> | undefined;
let complained = false;
function write(): void {
  clearTimeout(timer);
  timer = undefined;
  if (save(storage, kept) || complained) return;
  complained = true;
  notice(t('The browser does not keep these texts: they are lost when the page is closed. Download what you need.'));
}
function remember(change: Partial<Kept>): void {
  kept = { ...kept, ...change };
  clearTimeout(timer);
  timer = setTimeout(write, PAUSE);
}
window.addEventListener('pagehide', () => {
  if (timer !== undefined) write();
});

let themeChanged = (): void => undefined;
const theme = themeSwitch(kept.theme, (choice) => {
  remember({ theme: choice });
  themeChanged();
});
const split = new Split(kept.split, (value) => remember({ split: value }));
split.show(kept.view);
for (const [id, view] of [['view-text', 'text'], ['view-both', 'both'], ['view-lab', 'lab']] as const) {
  element(id, HTMLButtonElement).addEventListener('click', () => {
    split.show(view);
    remember({ view });
  });
}

const spoken = await languageOfVisitor();
speak(spoken);
document.documentElement.lang = language();
if (spoken !== undefined) sayPage(document);
try {
  const { startPage } = await import('./page.ts');
  themeChanged = await startPage({
    kept, theme, remember, language: spoken,
    showLab: () => {
      if (kept.view !== 'text') return;
      split.show('both');
      remember({ view: 'both' });
    },
  });
  workOffline();
} catch (error) {
  console.error(error);
  notice(t('The editor could not be loaded ({0}). Reload the page.', error instanceof Error ? error.message : String(error)), { label: t('Reload'), run: () => location.reload() });
}

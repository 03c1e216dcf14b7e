/** A view of a training in a frame: a heading, its own controls, the picture, and the same in words and in a table. */
import { t } from '../../../l10n/index.ts';
import type { LabState } from '../../store.ts';
import { h, setText, svg } from '../dom.ts';
import type { SavedView, TabContext } from '../tabs/tab.ts';
import type { Theme } from '../theme.ts';

export interface Card {
  readonly element: HTMLElement;
  /** Whether it means something for what is trained. */
  appears(state: LabState): boolean;
  update(state: LabState): void;
  setTheme(theme: Theme): void;
  view(state: LabState): SavedView | undefined;
  dispose(): void;
}

export type MakeCard = (context: TabContext) => Card;

/** Words and numbers change often while training runs: for those who hear them, once in a while. */
const PAUSE = 1000;

/** The parts that all cards have. */
export class Frame {
  readonly element: HTMLElement;
  readonly tools = h('span', { class: 'card-tools' });
  readonly legend = h('span', { class: 'card-legend', 'aria-hidden': 'true' });
  readonly body = h('div', { class: 'card-body' });
  readonly summary: HTMLElement;
  readonly #table: HTMLTableElement;
  #told = -Infinity;

  constructor(id: string, title: string) {
    this.summary = h('p', { class: 'visually-hidden', id: `${id}-summary` });
    this.#table = h('table', { class: 'visually-hidden', id: `${id}-data` });
    this.element = h('section', { class: 'card', id: `card-${id}`, 'aria-label': title },
      h('div', { class: 'card-head' }, h('h3', {}, title), this.legend, this.tools), this.body, this.summary, this.#table);
  }

  /** @param now at once, not once in a while */
  tell(now: boolean, summary: () => string, caption: string, head: readonly string[], rows: () => Iterable<readonly (string | number)[]>): void {
    const time = performance.now();
    if (!now && time - this.#told < PAUSE) return;
    this.#told = time;
    setText(this.summary, summary());
    const body = h('tbody');
    for (const [first, ...rest] of rows()) body.append(h('tr', {}, h('th', { scope: 'row' }, String(first)), ...rest.map((cell) => h('td', { 'data-value': String(cell) }, String(cell)))));
    this.#table.replaceChildren(h('caption', {}, caption), h('thead', {}, h('tr', {}, ...head.map((cell) => h('th', { scope: 'col' }, cell)))), body);
  }
}

export interface LegendItem {
  readonly label: string;
  readonly stroke: string;
  readonly dash: readonly number[];
}

/** Which line is which, in a line of its own. */
export function showLegend(place: HTMLElement, items: readonly LegendItem[]): void {
  const key = JSON.stringify(items);
  if (place.dataset['key'] === key) return;
  place.dataset['key'] = key;
  place.replaceChildren(...items.map(({ label, stroke, dash }) => h('span', { class: 'legend-item' },
    svg('svg', { viewBox: '0 0 22 8', width: 22, height: 8 }, svg('path', { d: 'M1 4H21', fill: 'none', stroke, 'stroke-width': 2, 'stroke-dasharray': dash.length === 0 ? undefined : dash.join(' ') })), label)));
}

/** Buttons of which one is pressed. */
export function choice<T extends string>(label: string, options: readonly (readonly [T, string, string])[], chosen: (value: T) => void): { readonly element: HTMLElement; show(value: T): void } {
  const buttons = options.map(([value, text, title]) => [value, h('button', { type: 'button', class: 'quiet', title, 'data-choice': value, click: () => chosen(value) }, text)] as const);
  const element = h('span', { class: 'choice', role: 'group', 'aria-label': label }, ...buttons.map(([, button]) => button));
  return { element, show: (value) => { for (const [own, button] of buttons) button.setAttribute('aria-pressed', String(own === value)); } };
}

/** A list of which one is chosen; `show` leaves it alone while nothing has changed. */
export function picker(label: string, id: string, chosen: (index: number) => void): { readonly element: HTMLSelectElement; show(options: readonly string[], index: number): void } {
  const element = h('select', { id, 'aria-label': label, title: label, change: () => chosen(element.selectedIndex) });
  let shown: readonly string[] = [];
  return {
    element,
    show: (options, index) => {
      if (options.length !== shown.length || options.some((option, i) => option !== shown[i])) {
        shown = options;
        element.replaceChildren(...options.map((option) => h('option', {}, option)));
      }
      element.hidden = options.length < 2;
      const at = Math.min(index, options.length - 1);
      if (element.selectedIndex !== at) element.selectedIndex = at;
    },
  };
}

/** What made a view: the training with its seed and what was moved. */
export function noteOf({ slices: { training } }: LabState): string {
  const { begun, values, at } = training;
  const all = { ...begun?.summary.values, ...values };
  return [begun?.summary.key ?? '', ...Object.entries(all).map(([name, value]) => `${name} ${value}`), at === undefined ? '' : t('epoch {0}', at.epoch)].filter((part) => part !== '').join(', ');
}

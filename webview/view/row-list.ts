/**
 * A list of lines that is walked with the keyboard. Few lines are shown whole, as high as they need to be; of many only those in sight
 * exist, each on one line.
 */
import { t } from '../../l10n/index.ts';
import { h } from './dom.ts';

export interface RowContent {
  readonly text: string;
  readonly note: string;
  readonly linked: boolean;
}

export interface RowListEvents {
  /** A line was chosen, undefined: none. */
  readonly select: (index: number | undefined) => void;
  /** Enter or a click. */
  readonly activate: (index: number) => void;
}

/** Up to so many are shown whole. */
const WHOLE = 300;
const ROW_HEIGHT = 24, BEYOND = 10;

export class RowList {
  readonly element: HTMLElement;
  readonly #events: RowListEvents;
  readonly #id: string;
  readonly #content = h('div', { class: 'rows-content' });
  #rows: readonly RowContent[] = [];
  #selected: number | undefined;
  #drawn: readonly unknown[] = [];

  constructor(id: string, label: string, events: RowListEvents) {
    this.#id = id;
    this.#events = events;
    this.element = h('div', {
      class: 'rows', id, role: 'listbox', tabindex: 0, 'aria-label': label, keydown: (event: KeyboardEvent) => this.#key(event), scroll: () => this.#draw(),
      click: (event: MouseEvent) => {
        const index = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined;
        // A click that ends a selection of text is no click.
        if (index === undefined || getSelection()?.isCollapsed === false) return;
        this.select(Number(index));
        this.#events.activate(Number(index));
      },
    }, this.#content);
    new ResizeObserver(() => this.#draw()).observe(this.element);
  }

  get selected(): number | undefined {
    return this.#selected;
  }

  show(rows: readonly RowContent[]): void {
    if (rows === this.#rows) return;
    this.#rows = rows;
    this.#selected = undefined;
    this.#events.select(undefined);
    this.element.scrollTop = 0;
    this.element.removeAttribute('aria-activedescendant');
    this.#drawn = [];
    this.#draw();
  }

  select(index: number): void {
    this.#selected = index;
    const single = this.#rows.length > WHOLE;
    if (single) {
      const top = index * ROW_HEIGHT, { scrollTop, clientHeight } = this.element;
      if (top < scrollTop) this.element.scrollTop = top;
      else if (top + ROW_HEIGHT > scrollTop + clientHeight) this.element.scrollTop = top + ROW_HEIGHT - clientHeight;
    }
    this.#drawn = [];
    this.#draw();
    if (!single) this.#content.children[index]?.scrollIntoView({ block: 'nearest' });
    this.element.setAttribute('aria-activedescendant', `${this.#id}-${index}`);
    this.#events.select(index);
  }

  #row(index: number): HTMLElement {
    const { text, note, linked } = this.#rows[index]!;
    const row = h('div', {
      class: linked ? 'row linked' : 'row', role: 'option', id: `${this.#id}-${index}`, 'data-row': index, 'aria-selected': String(index === this.#selected), 'aria-posinset': index + 1, 'aria-setsize': this.#rows.length,
      title: linked ? t('Click shows it in the text') : t('The library brings this along'),
    }, h('span', { class: 'text' }, text), note === '' ? undefined : h('span', { class: 'note' }, note));
    return row;
  }

  #draw(): void {
    const count = this.#rows.length, single = count > WHOLE;
    const first = single ? Math.max(0, Math.floor(this.element.scrollTop / ROW_HEIGHT) - BEYOND) : 0;
    const last = single ? Math.min(count, Math.ceil((this.element.scrollTop + this.element.clientHeight) / ROW_HEIGHT) + BEYOND) : count;
    const key = [this.#rows, this.#selected, first, last];
    if (key.every((value, i) => value === this.#drawn[i])) return;
    this.#drawn = key;
    this.element.classList.toggle('single', single);
    this.#content.style.height = single ? `${count * ROW_HEIGHT}px` : '';
    const rows: HTMLElement[] = [];
    for (let index = first; index < last; index++) {
      const row = this.#row(index);
      if (single) row.style.top = `${index * ROW_HEIGHT}px`;
      rows.push(row);
    }
    this.#content.replaceChildren(...rows);
  }

  #key(event: KeyboardEvent): void {
    const count = this.#rows.length, now = this.#selected ?? -1, page = Math.max(1, Math.floor(this.element.clientHeight / ROW_HEIGHT) - 1);
    if (count === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = { ArrowDown: now + 1, ArrowUp: now < 0 ? count - 1 : now - 1, PageDown: now + page, PageUp: now - page, Home: 0, End: count - 1 }[event.key];
    if (to !== undefined) this.select(Math.min(count - 1, Math.max(0, to)));
    else if (event.key === 'Enter' && this.#selected !== undefined) this.#events.activate(this.#selected);
    else return;
    event.preventDefault();
  }
}

/** The legend, which is a table of the species: a line's look, its name, and its value at the cursor or at the end. */
import { t } from '../../l10n/index.ts';
import { formatNumber } from '../format.ts';
import type { Entry, Member } from '../series.ts';
import { colourKey, componentValues, elementCount, isBundle, valueIn } from '../series.ts';
import type { Action, LabState } from '../store.ts';
import { dash, hue } from './colours.ts';
import { h, setAttribute, setText, svg } from './dom.ts';
import { icon, setIcon } from './icons.ts';
import type { Theme } from './theme.ts';

/** Lines shown at once; the rest is found by its name. */
const MOST_LINES = 200;
/** Milliseconds between two writings of the values: nobody reads numbers that change faster, and the page is laid out anew for them. */
const PAUSE = 100;

function swatchParts(curves: number): SVGElement[] {
  const ends = curves === 1 ? ['M1 6H25'] : curves === 2 ? ['M1 6H12', 'M14 6H25'] : ['M1 6H8', 'M9.5 6H16.5', 'M18 6H25'];
  return ends.map((d) => svg('path', { d, fill: 'none', 'stroke-width': 2.5 }));
}

interface Line {
  readonly element: HTMLElement;
  readonly entry: Entry;
  /** The members the line switches. */
  readonly members: readonly Member[];
  readonly toggle: HTMLButtonElement;
  readonly swatch: SVGElement;
  readonly value: HTMLElement;
  readonly disclosure?: { readonly button: HTMLButtonElement; readonly icon: SVGElement };
}

export interface LegendEvents {
  readonly dispatch: (action: Action) => void;
  readonly highlight: (keys: ReadonlySet<string> | undefined) => void;
}

export class LegendView {
  readonly element: HTMLElement;
  readonly #events: LegendEvents;
  readonly #list: HTMLElement;
  readonly #filter: HTMLInputElement;
  readonly #when: HTMLElement;
  readonly #more: HTMLElement;
  #theme: Theme;
  #state: LabState | undefined;
  #lines: Line[] = [];
  #built: readonly unknown[] = [];
  #marked: readonly unknown[] = [];
  #cursor: number | undefined;
  /** Key of the species that is looked at elsewhere. */
  #pointed: string | undefined;
  #written = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(theme: Theme, events: LegendEvents) {
    this.#theme = theme;
    this.#events = events;
    this.#list = h('ul', { class: 'legend', id: 'legend', 'aria-label': t('Species') });
    this.#filter = h('input', { type: 'search', class: 'filter', placeholder: t('Find species'), 'aria-label': t('Find species'), hidden: true, input: () => this.#refresh(true) });
    this.#when = h('span', { class: 'when', id: 'legend-time' });
    this.#more = h('p', { class: 'hint', hidden: true });
    this.element = h('section', { class: 'section grows', 'aria-label': t('Species') },
      h('div', { class: 'section-head' }, h('h2', {}, t('Species')), this.#when), this.#filter, this.#list, this.#more);
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#refresh(true);
  }

  /** Index of the cursor in the times, undefined: values at the end. */
  setCursor(index: number | undefined): void {
    if (this.#cursor === index) return;
    this.#cursor = index;
    this.#values();
  }

  /** Marks the line of a species that is looked at elsewhere; undefined: none. */
  point(key: string | undefined): void {
    this.#pointed = key;
    this.#markPointed();
    this.#lines.find(({ entry }) => entry.key === key)?.element.scrollIntoView({ block: 'nearest' });
  }

  #markPointed(): void {
    for (const { element, entry } of this.#lines) element.classList.toggle('pointed', entry.key === this.#pointed);
  }

  update(state: LabState): void {
    this.#state = state;
    this.#refresh(false);
  }

  #refresh(force: boolean): void {
    const state = this.#state;
    if (state === undefined) return;
    const entries = state.shown?.entries ?? state.entries;
    const key = [entries, state.expanded];
    if (force || !key.every((value, i) => value === this.#built[i])) {
      this.#built = key;
      this.#build(entries, state.expanded);
      this.#marked = [];
      this.#written = -Infinity;
    }
    const marks = [state.visible, state.colours];
    if (force || this.#marked.length === 0 || marks.some((value, i) => value !== this.#marked[i])) {
      this.#marked = marks;
      this.#marks(state);
    }
    this.#valuesSoon();
  }

  #valuesSoon(): void {
    const wait = this.#written + PAUSE - performance.now();
    if (wait <= 0) this.#values();
    else this.#timer ??= setTimeout(() => this.#values(), wait);
  }

  #build(entries: readonly Entry[], expanded: ReadonlySet<string>): void {
    this.#filter.hidden = entries.length <= 12 && !entries.some((entry) => elementCount(entry) > 12);
    const wanted = this.#filter.hidden ? '' : this.#filter.value.trim().toLocaleLowerCase();
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['key'] : undefined;
    this.#lines = [];
    let left = 0;
    for (const entry of entries) {
      const matching = wanted === '' ? [] : entry.members.filter((member) => member.key.toLocaleLowerCase().includes(wanted));
      if (wanted !== '' && matching.length === 0) continue;
      if (this.#lines.length >= MOST_LINES) {
        left++;
        continue;
      }
      this.#lines.push(this.#line(entry, isBundle(entry) ? entry.primary : entry.members, entry.key, isBundle(entry)));
      if (!isBundle(entry) || !expanded.has(entry.key)) continue;
      for (const member of wanted === '' ? entry.members : matching) this.#lines.push(this.#line(entry, [member], member.key, false, true));
    }
    this.#markPointed();
    this.#list.replaceChildren(...this.#lines.map((line) => line.element));
    this.#more.hidden = left === 0;
    setText(this.#more, t('{0} more: type a name above to find them.', left));
    if (focused !== undefined) this.#list.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  #line(entry: Entry, members: readonly Member[], label: string, bundle: boolean, child = false): Line {
    const swatch = svg('svg', { class: 'swatch', viewBox: '0 0 26 12', width: 26, height: 12, 'aria-hidden': 'true' }, ...swatchParts(members.length));
    const concentration = this.#state?.shown?.model.units.concentration;
    const value = h('span', { class: 'value', ...(bundle && members.length > 1 ? {} : { title: concentration === undefined ? t('Concentration of {0} at the time above: under the cursor, or at the end of the run', label) : t('Concentration of {0} in {1} at the time above: under the cursor, or at the end of the run', label, concentration) }) });
    const signed = entry.block.kind === 'dual' && !bundle && members[0]?.minus !== undefined;
    const title = t('{0}{1}Click shows or hides it, Alt-click shows nothing else.', entry.block.doc === undefined ? '' : `${entry.block.doc}\n`, bundle && entry.primary.length > 1 ? t('{0} curves. ', elementCount(entry).toLocaleString('en-US')) : '');
    const toggle = h('button', { type: 'button', class: 'toggle', title, 'data-key': child ? `${entry.key}/${label}` : label, click: (event: MouseEvent) => this.#click(members, event) },
      swatch, h('span', { class: 'name' }, child && signed && entry.block.shape.length === 0 ? `${label}^+ − ${label}^-` : label),
      bundle && entry.primary.length > 1 ? h('span', { class: 'count' }, elementCount(entry).toLocaleString('en-US')) : undefined);
    let disclosure: Line['disclosure'];
    if (bundle) {
      const sign = icon('closed');
      const button = h('button', { type: 'button', class: 'disclosure', 'aria-label': t('Members of {0}', label), 'data-key': `${label}/`, click: () => this.#events.dispatch({ type: 'expand', key: entry.key }) }, sign);
      disclosure = { button, icon: sign };
    }
    const keys = new Set(members.map((member) => member.key));
    const element = h('li', {
      class: child ? 'line child' : 'line', 'data-species': label,
      pointerenter: () => this.#events.highlight(keys), pointerleave: () => this.#events.highlight(undefined),
      focusin: () => this.#events.highlight(keys), focusout: () => this.#events.highlight(undefined),
    }, disclosure?.button, toggle, value);
    return { element, entry, members, toggle, swatch, value, ...(disclosure === undefined ? {} : { disclosure }) };
  }

  #click(members: readonly Member[], event: MouseEvent): void {
    const keys = members.map((member) => member.key);
    if (event.altKey) this.#events.dispatch({ type: 'isolate', keys });
    else this.#events.dispatch({ type: 'show', keys, shown: !keys.some((key) => this.#state?.visible?.has(key)) });
  }

  #marks(state: LabState): void {
    for (const line of this.#lines) {
      const count = line.members.filter((member) => state.visible?.has(member.key)).length;
      setAttribute(line.toggle, 'aria-pressed', count === 0 ? 'false' : count === line.members.length ? 'true' : 'mixed');
      this.#swatch(line, state);
      if (line.disclosure !== undefined) {
        const open = state.expanded.has(line.entry.key);
        setAttribute(line.disclosure.button, 'aria-expanded', String(open));
        setIcon(line.disclosure.icon, open ? 'open' : 'closed');
      }
    }
  }

  /** One stroke in the look of the curve, or one each for the first three of a bundle. */
  #swatch(line: Line, state: LabState): void {
    const parts = [...line.swatch.children];
    for (const [i, part] of parts.entries()) {
      const member = line.members[i]!;
      const colour = state.visible?.has(member.key) === true ? state.colours.get(colourKey(line.entry, member)) : undefined;
      setAttribute(part, 'stroke', colour === undefined ? 'currentColor' : hue(colour, this.#theme.ground));
      setAttribute(part, 'stroke-dasharray', colour === undefined || parts.length > 1 ? undefined : dash(colour).map((length) => length * 0.8).join(' ') || undefined);
    }
  }

  #values(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#written = performance.now();
    const shown = this.#state?.shown;
    if (shown === undefined) {
      setText(this.#when, '');
      for (const line of this.#lines) setText(line.value, '');
      return;
    }
    const { trajectory, final } = shown.result;
    const index = this.#cursor === undefined || this.#cursor >= trajectory.times.length ? undefined : this.#cursor;
    const time = trajectory.times[index ?? trajectory.times.length - 1] ?? 0;
    const unit = shown.model.units.time;
    setText(this.#when, index === undefined ? t('at the end') : t('at t = {0}{1}', formatNumber(time, 3), unit === undefined ? '' : ` ${unit}`));
    for (const line of this.#lines) {
      const member = line.members.length === 1 ? line.members[0] : undefined;
      if (member === undefined) {
        setText(line.value, '');
        continue;
      }
      const at = (component: number): number => componentValues(trajectory, component)[index!]!;
      const number = index === undefined ? valueIn(final, member) : at(member.component) - (member.minus === undefined ? 0 : at(member.minus));
      setText(line.value, formatNumber(number));
      setAttribute(line.value, 'data-value', String(number));
    }
  }
}

/** Sliders: one for every scalar parameter of a model, or for the values of a training. */
import { t } from '../../l10n/index.ts';
import { positionOf, SLIDER_STEPS, sliderRange, valueAt, type SliderRange } from '../defaults.ts';
import { formatNumber, parseNumber, typedNumber } from '../format.ts';
import { h, setText } from './dom.ts';
import { icon } from './icons.ts';

const MOST_ROWS = 100;

/** A number that can be moved. */
export interface Movable {
  /** Unique among all of the page. */
  readonly id: number | string;
  readonly name: string;
  /** As the text gives it. */
  readonly value: number;
  readonly unit?: string;
  readonly doc?: string;
  /** Where it may lie, and whether it is a whole number; else what its value suggests. */
  readonly range?: SliderRange & { readonly whole?: boolean };
}

export interface SliderEvents {
  /** A slider begins to move. */
  readonly grab: () => void;
  readonly move: (name: string, value: number) => void;
  /** Back to the text's value: of one, or of all. */
  readonly reset: (name?: string) => void;
}

interface Row {
  readonly parameter: Movable;
  readonly element: HTMLElement;
  readonly slider: HTMLInputElement;
  readonly text: HTMLInputElement;
  readonly reset: HTMLButtonElement;
  range: SliderRange;
  value: number;
  /** What is shown: the value, and whether it was set by hand. */
  shown?: { readonly value: number; readonly moved: boolean };
}

/** A value typed beyond a range widens it. */
function rangeOf({ value: given, range }: Movable, value: number): SliderRange {
  return range === undefined ? sliderRange(given, value) : { ...range, max: Math.max(range.max, value) };
}

/** A value as it may be: not below a range that was given, whole where it must be. */
function allowed({ parameter: { range } }: Row, value: number): number {
  if (range === undefined) return value;
  const least = Math.max(range.min, value);
  return range.whole === true ? Math.round(least) : least;
}

export class SlidersView {
  readonly element: HTMLElement;
  readonly #events: SliderEvents;
  readonly #list: HTMLElement;
  readonly #filter: HTMLInputElement;
  readonly #more: HTMLElement;
  readonly #resetAll: HTMLButtonElement;
  #rows: Row[] = [];
  #parameters: readonly Movable[] | undefined;
  #overrides: Readonly<Record<string, number>> = {};
  /** The slider under the hand, between its first movement and its release. */
  #held: Row | undefined;

  constructor(title: string, id: string, events: SliderEvents, hint?: string) {
    this.#events = events;
    this.#list = h('div', { class: 'sliders', id });
    this.#filter = h('input', { type: 'search', class: 'filter', placeholder: t('Find parameter'), 'aria-label': t('Find parameter'), hidden: true, input: () => this.#build() });
    this.#more = h('p', { class: 'hint', hidden: true });
    this.#resetAll = h('button', { type: 'button', class: 'quiet', title: t('Set every parameter back to the value in the text'), click: () => events.reset() }, t('Reset all'));
    this.element = h('section', { class: 'section', 'aria-label': title },
      h('div', { class: 'section-head' }, h('h2', {}, title), this.#resetAll), this.#filter, this.#list, this.#more, hint === undefined ? undefined : h('p', { class: 'hint' }, hint));
  }

  /** @param parameters the same list as long as nothing about it has changed */
  update(parameters: readonly Movable[] | undefined, overrides: Readonly<Record<string, number>>): void {
    this.element.hidden = parameters === undefined || parameters.length === 0;
    this.#overrides = overrides;
    if (Object.keys(overrides).length === 0 && document.activeElement === this.#resetAll) this.#rows[0]?.slider.focus();
    this.#resetAll.hidden = !(parameters ?? []).some((parameter) => parameter.name in overrides);
    if (parameters !== this.#parameters) {
      this.#parameters = parameters;
      this.#build();
    }
    for (const row of this.#rows) this.#show(row);
  }

  #build(): void {
    const parameters = this.#parameters ?? [];
    this.#filter.hidden = parameters.length <= 12;
    const wanted = this.#filter.hidden ? '' : this.#filter.value.trim().toLocaleLowerCase();
    const matching = parameters.filter((parameter) => parameter.name.toLocaleLowerCase().includes(wanted));
    const focused = document.activeElement instanceof HTMLElement && this.#list.contains(document.activeElement) ? document.activeElement.id : undefined;
    this.#held = undefined;
    this.#rows = matching.slice(0, MOST_ROWS).map((parameter) => this.#row(parameter));
    this.#list.replaceChildren(...this.#rows.map((row) => row.element));
    this.#more.hidden = matching.length <= MOST_ROWS;
    setText(this.#more, t('{0} more: type a name above to find them.', matching.length - MOST_ROWS));
    for (const row of this.#rows) this.#show(row);
    if (focused !== undefined) document.getElementById(focused)?.focus();
  }

  #row(parameter: Movable): Row {
    const { name, unit } = parameter;
    const what = `${name}${unit === undefined || unit === '' ? '' : t(' in {0}', unit)}`;
    const title = t('{0}{1}; {2} in the text.', parameter.doc === undefined ? '' : `${parameter.doc}\n`, what, formatNumber(parameter.value));
    // Without declared units a unit is a dimension in words: worth a tooltip, not a label.
    const symbol = unit === undefined || unit === '' || /concentration|time/.test(unit) ? undefined : unit;
    const id = typeof parameter.id === 'number' ? `parameter-${parameter.id}` : parameter.id;
    const slider = h('input', {
      type: 'range', min: 0, max: SLIDER_STEPS, step: 1, id, 'aria-label': what, title: t('{0}\nDouble-click to type a value.', title),
      input: () => this.#moved(row), change: () => this.#released(row), dblclick: () => row.text.select(),
      keydown: (event: KeyboardEvent) => { if (event.key === 'Enter') row.text.select(); },
    });
    const text = h('input', {
      type: 'text', class: 'number', id: `${id}-value`, inputmode: 'decimal', spellcheck: 'false', autocomplete: 'off', 'aria-label': t('Value of {0}', what), title: t('{0}\nType a value; Enter sets it, Escape leaves it.', title),
      focus: () => { text.value = typedNumber(row.value); text.select(); },
      blur: () => this.#typed(row), keydown: (event: KeyboardEvent) => this.#typing(row, event),
    });
    const reset = h('button', { type: 'button', class: 'reset', 'aria-label': t('Reset {0}', name), title: t('Back to {0}', formatNumber(parameter.value)), click: () => { this.#grab(row); this.#held = undefined; this.#events.reset(name); } }, icon('reset'));
    const element = h('div', { class: 'slider', 'data-parameter': name },
      h('label', { for: id, title }, h('span', { class: 'name' }, name), symbol === undefined ? undefined : h('span', { class: 'unit' }, symbol)),
      slider, text, reset);
    const row: Row = { parameter, element, slider, text, reset, range: rangeOf(parameter, parameter.value), value: parameter.value };
    return row;
  }

  #show(row: Row): void {
    const { name, value: given } = row.parameter;
    row.value = this.#overrides[name] ?? given;
    // Writing into a field makes the browser lay out the page, also when nothing changes; most rows have not changed.
    const moved = name in this.#overrides;
    if (row.shown?.value === row.value && row.shown.moved === moved) return;
    row.shown = { value: row.value, moved };
    row.range = rangeOf(row.parameter, row.value);
    if (this.#held !== row) row.slider.value = String(positionOf(row.value, row.range));
    const shown = formatNumber(row.value);
    row.slider.setAttribute('aria-valuetext', shown);
    row.element.dataset['value'] = String(row.value);
    row.element.dataset['scale'] = row.range.logarithmic ? 'logarithmic' : 'linear';
    if (document.activeElement !== row.text) row.text.value = shown;
    // A button that goes under the focus would leave the keyboard nowhere.
    if (!moved && document.activeElement === row.reset) row.slider.focus();
    row.reset.classList.toggle('idle', !moved);
    row.reset.disabled = !moved;
  }

  #grab(row: Row): void {
    if (this.#held !== row) this.#events.grab();
    this.#held = row;
  }

  /** The next drawing puts the slider where its value is: it may not lie where the hand let go. */
  #released(row: Row): void {
    this.#held = undefined;
    delete row.shown;
  }

  #moved(row: Row): void {
    this.#grab(row);
    this.#events.move(row.parameter.name, allowed(row, valueAt(Number(row.slider.value), row.range)));
  }

  #typing(row: Row, event: KeyboardEvent): void {
    if (event.key === 'Enter') {
      this.#typed(row);
      row.text.select();
    } else if (event.key === 'Escape') {
      row.text.value = typedNumber(row.value);
      row.slider.focus();
    }
  }

  #typed(row: Row): void {
    const value = parseNumber(row.text.value);
    // What is shown is rounded: leaving the field untouched must not change the value to it.
    if (value !== undefined && typedNumber(value) !== typedNumber(row.value) && row.text.value !== formatNumber(row.value)) {
      this.#grab(row);
      this.#held = undefined;
      this.#events.move(row.parameter.name, allowed(row, value));
    }
    if (document.activeElement !== row.text) row.text.value = formatNumber(row.value);
  }
}

/** The tabs: those that mean something for the present model, the tools of the one that is shown, and what of it can be saved. */
import { t } from '../../l10n/index.ts';
import type { SaveFormat } from '../protocol.ts';
import { tabOf, type Action, type LabState } from '../store.ts';
import { h, setAttribute } from './dom.ts';
import type { LabTab, SavedView, TabContext } from './tabs/tab.ts';

interface Placed {
  readonly tab: LabTab;
  /** Its elements are made: the first tab's at once, another's when it is first shown. */
  mounted: boolean;
  readonly button: HTMLButtonElement;
  readonly panel: HTMLElement;
  readonly tools: HTMLElement;
  readonly side: HTMLElement;
}

const formats = (): readonly (readonly [SaveFormat, string])[] => [
  ['csv', t('Save the numbers that are shown as comma-separated values')],
  ['json', t('Save the numbers that are shown as JSON')],
  ['png', t('Save what is shown as a picture')],
  ['svg', t('Save what is shown as a drawing that stays sharp at every size')],
];

const offers = (view: SavedView | undefined, format: SaveFormat): boolean => (format === 'png' || format === 'svg' ? view?.picture !== undefined || view?.svg !== undefined : view?.[format] !== undefined);

export interface TabBarEvents {
  readonly dispatch: (action: Action) => void;
  readonly save: (view: SavedView, format: SaveFormat) => void;
}

export class TabBar {
  /** The row of tabs. */
  readonly element: HTMLElement;
  /** All panels, of which one is shown. */
  readonly panels: readonly HTMLElement[];
  /** What tabs put at the side. */
  readonly sides: readonly HTMLElement[];
  readonly #tabs: readonly Placed[];
  readonly #saves: readonly (readonly [SaveFormat, HTMLButtonElement])[];
  readonly #which: HTMLSelectElement;
  readonly #context: TabContext;
  #theme: TabContext['theme'];
  #state: LabState | undefined;

  constructor(tabs: readonly LabTab[], context: TabContext, events: TabBarEvents) {
    this.#context = context;
    this.#theme = context.theme;
    this.#tabs = tabs.map((tab) => {
      const { id, title } = tab;
      const button = h('button', {
        type: 'button', role: 'tab', class: 'tab', id: `tab-${id}`, 'aria-controls': `panel-${id}`,
        click: () => events.dispatch({ type: 'tab', tab: id }), keydown: (event: KeyboardEvent) => this.#key(event),
      }, title);
      const panel = h('div', { class: 'panel', id: `panel-${id}`, role: 'tabpanel', 'aria-labelledby': `tab-${id}`, hidden: true });
      return { tab, mounted: false, button, panel, tools: h('span', { class: 'group', hidden: true }), side: h('div', { class: 'side-of-tab', hidden: true }) };
    });
    this.#mount(this.#tabs[0]!);
    this.panels = this.#tabs.map(({ panel }) => panel);
    this.sides = this.#tabs.map(({ side }) => side);
    this.#which = h('select', { id: 'save-what', 'aria-label': t('View to save'), title: t('Which view the buttons beside this save'), hidden: true, change: () => this.#offer() });
    this.#saves = formats().map(([format, title]) => [format, h('button', {
      type: 'button', class: 'quiet', id: `save-${format}`, title,
      click: () => {
        const view = this.#chosen();
        if (view !== undefined) events.save(view, format);
      },
    }, format.toUpperCase())]);
    this.element = h('div', { class: 'tabs' },
      h('div', { role: 'tablist', class: 'tablist', 'aria-label': t('Views') }, ...this.#tabs.map(({ button }) => button)),
      h('div', { class: 'tools' }, ...this.#tabs.map(({ tools }) => tools), h('span', { class: 'saves' }, this.#which, ...this.#saves.map(([, button]) => button))));
  }

  #mount(placed: Placed): void {
    if (placed.mounted) return;
    placed.mounted = true;
    placed.tab.mount(placed, { ...this.#context, theme: this.#theme });
  }

  /** The tab that a state shows: the one chosen, or the first that means something. */
  shown(state: LabState): LabTab {
    const appearing = this.#tabs.filter(({ tab }) => tab.appears(state)), chosen = tabOf(state);
    return (appearing.find(({ tab }) => tab.id === chosen) ?? appearing[0] ?? this.#tabs[0]!).tab;
  }

  update(state: LabState): void {
    this.#state = state;
    const shown = this.shown(state);
    this.#mount(this.#tabs.find(({ tab }) => tab === shown)!);
    for (const { tab, button, panel, tools, side } of this.#tabs) {
      const selected = tab === shown;
      button.hidden = !tab.appears(state);
      setAttribute(button, 'aria-selected', String(selected));
      button.tabIndex = selected ? 0 : -1;
      panel.hidden = !selected;
      side.hidden = !selected || side.childElementCount === 0;
      tools.hidden = !selected || tools.childElementCount === 0;
    }
    shown.update(state);
    this.#offer();
  }

  setTheme(theme: TabContext['theme']): void {
    this.#theme = theme;
    for (const { tab, mounted } of this.#tabs) if (mounted) tab.setTheme(theme);
  }

  dispose(): void {
    for (const { tab, mounted } of this.#tabs) if (mounted) tab.dispose();
  }

  #views(): readonly SavedView[] {
    return this.#state === undefined ? [] : this.shown(this.#state).views(this.#state);
  }

  #chosen(): SavedView | undefined {
    const views = this.#views();
    return views.find(({ id }) => id === this.#which.value) ?? views[0];
  }

  /** Lists the views that can be saved, and in which formats the chosen one can. */
  #offer(): void {
    const views = this.#views();
    this.#which.hidden = views.length < 2;
    if (views.map(({ id }) => id).join() !== [...this.#which.options].map(({ value }) => value).join()) {
      const before = this.#which.value;
      this.#which.replaceChildren(...views.map(({ id, label }) => h('option', { value: id }, label)));
      if (views.some(({ id }) => id === before)) this.#which.value = before;
    }
    const view = this.#chosen();
    for (const [format, button] of this.#saves) {
      button.disabled = !offers(view, format);
      // CSV and PNG keep their places before there is anything to save.
      button.hidden = (format === 'json' || format === 'svg') && !offers(view, format);
    }
  }

  #key(event: KeyboardEvent): void {
    const buttons = this.#tabs.map(({ button }) => button).filter((button) => !button.hidden);
    const now = buttons.findIndex((button) => button === event.target);
    const count = buttons.length;
    const next = event.key === 'ArrowRight' ? now + 1 : event.key === 'ArrowLeft' ? now + count - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? count - 1 : undefined;
    if (next === undefined || now < 0) return;
    const button = buttons[next % count]!;
    button.click();
    button.focus();
    event.preventDefault();
  }
}

/** A tab that lists lines of the model: a box to find them, the list, and the chosen line whole, to be copied as LaTeX. */
import { counted, t } from '../../../l10n/index.ts';
import type { Line, LinesAnswer, Question } from '../../analysis-protocol.ts';
import { csvRows } from '../../csv.ts';
import { matching, systemLatex } from '../../lines.ts';
import type { Asked } from '../../slices/analysis.ts';
import type { LabState, Tab } from '../../store.ts';
import { h, setText } from '../dom.ts';
import { RowList, type RowContent } from '../row-list.ts';
import { AskingLine } from './asking.ts';
import type { LabTab, SavedView, TabContext, TabPlaces } from './tab.ts';

/** Longer texts are not for a clipboard. */
const MOST_COPIED = 8_000_000;

export interface Listing {
  readonly id: Tab;
  readonly title: string;
  readonly kind: 'equations' | 'reactions';
  readonly placeholder: string;
  /** What one line is called in a table that is saved. */
  readonly one: string;
}

export abstract class ListingTab implements LabTab {
  readonly id: Tab;
  readonly title: string;
  readonly about = 'simulation';
  readonly #listing: Listing;
  #context!: TabContext;
  #list!: RowList;
  #asking!: AskingLine;
  #find!: HTMLInputElement;
  readonly #count = h('span', { class: 'hint', role: 'status' });
  readonly #full = h('div', { class: 'full' });
  readonly #doc = h('p', { class: 'hint' });
  readonly #copied = h('span', { class: 'hint', role: 'status' });
  #show!: HTMLButtonElement;
  #detail!: HTMLElement;
  #lines: readonly Line[] = [];
  #drawn: readonly unknown[] = [];

  protected constructor(listing: Listing) {
    this.#listing = listing;
    this.id = listing.id;
    this.title = listing.title;
  }

  /** A text that only trains has a network all the same. */
  appears({ model }: LabState): boolean {
    return model === undefined || model.dimension > 0;
  }

  abstract asks(state: LabState): readonly Question[];

  mount({ panel, tools }: TabPlaces, context: TabContext): void {
    const { kind, placeholder, title, id } = this.#listing;
    this.#context = context;
    this.#asking = new AskingLine(kind, kind === 'equations' ? t('Writing the equations') : t('Writing the reactions'), context);
    this.#find = h('input', { type: 'search', class: 'filter', id: `find-${id}`, placeholder, 'aria-label': placeholder, input: () => context.dispatch({ type: 'list', choice: { [kind]: this.#find.value } }) });
    this.#list = new RowList(`${id}-list`, title, { select: (index) => this.#select(index), activate: (index) => this.#reveal(index) });
    this.#show = h('button', { type: 'button', class: 'secondary', click: () => { if (this.#list.selected !== undefined) this.#reveal(this.#list.selected); } }, t('Show in the text'));
    this.#detail = h('div', { class: 'detail', id: `${id}-detail`, hidden: true }, this.#full, this.#doc,
      h('div', { class: 'offer' }, this.#show, h('button', { type: 'button', class: 'secondary', id: `copy-${id}`, click: () => this.#copy(this.#chosen?.latex) }, t('Copy LaTeX')), this.#copied));
    tools.append(h('button', { type: 'button', class: 'quiet', id: `copy-all-${id}`, title: t('Copy all that are listed as LaTeX'), click: () => this.#copy(systemLatex(this.#lines, kind)) }, t('LaTeX')));
    panel.append(h('div', { class: 'finder' }, this.#find, this.#count), h('div', { class: 'told' }, this.#asking.element), this.#list.element, this.#detail);
  }

  get #chosen(): Line | undefined {
    return this.#list.selected === undefined ? undefined : this.#lines[this.#list.selected];
  }

  update(state: LabState): void {
    const { kind } = this.#listing, asked: Asked<LinesAnswer> | undefined = state.slices.analysis[kind], wanted = state.slices.lists[kind];
    this.#asking.update(asked);
    if (this.#find.value !== wanted) this.#find.value = wanted;
    const answer = asked?.answer, key = [answer, wanted];
    if (answer === undefined || key.every((value, i) => value === this.#drawn[i])) return;
    this.#drawn = key;
    this.#lines = matching(answer.lines, wanted);
    this.#list.show(this.#lines.map((line): RowContent => ({ text: line.text, note: [line.note, ...(line.groups ?? [])].filter((part) => part !== '').join(' · '), linked: line.place !== undefined })));
    const stands = answer.stands === answer.lines.length ? '' : kind === 'reactions' ? `, ${counted(answer.stands, '1 reaction', '{0} reactions')}` : `, ${counted(answer.stands, '1 component', '{0} components')}`;
    const all = kind === 'equations' ? counted(answer.lines.length, '1 equation', '{0} equations') : stands === '' ? counted(answer.lines.length, '1 reaction', '{0} reactions') : counted(answer.lines.length, '1 line', '{0} lines');
    setText(this.#count, `${this.#lines.length === answer.lines.length ? all : t('{0} of {1}', this.#lines.length.toLocaleString('en-US'), all)}${stands}`);
  }

  #select(index: number | undefined): void {
    const line = index === undefined ? undefined : this.#lines[index];
    this.#detail.hidden = line === undefined;
    setText(this.#full, line?.text ?? '');
    setText(this.#doc, line?.doc ?? '');
    setText(this.#copied, '');
    this.#show.hidden = line?.place === undefined;
  }

  #reveal(index: number): void {
    const place = this.#lines[index]?.place;
    if (place !== undefined) this.#context.reveal(place);
  }

  #copy(latex: string | undefined): void {
    if (latex === undefined) return;
    const told = latex.length > MOST_COPIED ? Promise.reject(new Error(t('That is too long for the clipboard; narrow the list down.'))) : navigator.clipboard.writeText(latex);
    told.then(() => setText(this.#copied, t('Copied.')), (error: unknown) => setText(this.#copied, error instanceof Error ? error.message : String(error)));
    this.#detail.hidden = false;
  }

  setTheme(): void {
    // Text follows the theme by itself.
  }

  views(state: LabState): readonly SavedView[] {
    const { kind, id, title } = this.#listing, answer = state.slices.analysis[kind]?.answer;
    if (answer === undefined) return [];
    const lines = this.#lines;
    return [{
      id, label: title, suffix: `-${id}`,
      csv: () => csvRows([this.#listing.one, 'name', 'stands for', 'groups'], lines.map(({ text, name, note, groups }) => [text, name, note, (groups ?? []).join(' ')])),
      json: () => lines.map(({ text, latex, name, note, groups }) => ({ text, latex, ...(name === '' ? {} : { name }), ...(note === '' ? {} : { standsFor: note }), ...(groups === undefined ? {} : { groups }) })),
    }];
  }

  dispose(): void {
    // Nothing is held.
  }
}

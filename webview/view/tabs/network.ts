/** The Network tab: species and reactions as a graph, networks of neurons as layers; every node leads to its place in the text. */
import { counted, t } from '../../../l10n/index.ts';
import type { GraphAnswer, GraphNode, Question } from '../../analysis-protocol.ts';
import { csvRows } from '../../csv.ts';
import type { LabState } from '../../store.ts';
import { h, setAttribute, setText } from '../dom.ts';
import { GraphDrawing } from '../network/drawing.ts';
import { graphSvg, groupColour } from '../network/picture.ts';
import type { Theme } from '../theme.ts';
import { AskingLine } from './asking.ts';
import type { LabTab, SavedView, TabContext, TabPlaces } from './tab.ts';

/** Rows of the table for those who do not see the drawing. */
const MOST_TOLD = 300;

export function graphSentence({ shows, nodes, whole, center }: GraphAnswer): string {
  const species = nodes.filter(({ kind }) => kind === 'species').length, reactions = nodes.filter(({ kind }) => kind === 'reaction').length;
  switch (shows) {
    case 'layers': return t('Layers of neurons; the reactions that they stand for are beside, under Reactions.');
    case 'each': return t('{0} and {1}. Dashed: takes part without being changed.', counted(species, '1 species', '{0} species'), counted(reactions, '1 reaction', '{0} reactions'));
    case 'families': return t('All {0} species and reactions would be too many to see: {1} and {2} are shown as single nodes. Dashed: takes part without being changed.', whole.toLocaleString('en-US'), counted(species, '1 array', '{0} arrays'), counted(reactions, '1 family', '{0} families'));
    case 'around': return t('The surroundings of {0}, of {1} species and reactions: what it reacts with. Choose another species and press Surroundings, or name it.', center ?? '', whole.toLocaleString('en-US'));
  }
}

function nodeKind(kind: GraphNode['kind']): string {
  switch (kind) {
    case 'species': return t('species');
    case 'reaction': return t('reaction');
    case 'layer': return t('layer');
    case 'unit': return t('unit');
    case 'gap': return '';
  }
}

export class NetworkTab implements LabTab {
  readonly id = 'network';
  readonly title = t('Network');
  readonly about = 'simulation';
  #context!: TabContext;
  #theme!: Theme;
  #drawing!: GraphDrawing;
  #asking!: AskingLine;
  #layers!: HTMLButtonElement;
  #around!: HTMLInputElement;
  #here!: HTMLButtonElement;
  #everything!: HTMLButtonElement;
  readonly #legend = h('span', { class: 'card-legend' });
  readonly #told = h('p', { class: 'hint', id: 'network-told' });
  readonly #reading = h('p', { class: 'reading', id: 'network-reading', role: 'status' });
  readonly #summary = h('p', { class: 'visually-hidden', id: 'network-graph-summary' });
  readonly #table = h('table', { class: 'visually-hidden', id: 'network-data' });
  #answer: GraphAnswer | undefined;
  #layered = true;

  appears({ model }: LabState): boolean {
    return model === undefined || model.dimension > 0;
  }

  mount({ panel, tools }: TabPlaces, context: TabContext): void {
    const { dispatch, theme, reveal } = context;
    this.#context = context;
    this.#theme = theme;
    this.#asking = new AskingLine('graph', t('Laying out the network'), context);
    this.#drawing = new GraphDrawing('network-graph', t('Network. Arrow keys walk from node to node, Enter shows one in the text, plus and minus zoom, 0 shows all.'), {
      look: (node) => this.#look(node),
      activate: (node) => {
        const place = this.#answer?.nodes[node]?.place;
        if (place !== undefined) reveal(place);
      },
    });
    this.#layers = h('button', { type: 'button', class: 'quiet', id: 'network-layers', title: t('Networks of neurons as layers, or as the reactions that they stand for'), hidden: true, click: () => dispatch({ type: 'network', choice: { layers: !this.#layered } }) }, t('Layers'));
    this.#around = h('input', {
      type: 'search', class: 'filter', id: 'network-around', placeholder: t('Surroundings of …'), 'aria-label': t('Species whose surroundings are shown'), spellcheck: 'false', autocomplete: 'off',
      change: () => this.#center(this.#around.value.trim()),
    });
    this.#here = h('button', { type: 'button', class: 'quiet', id: 'network-here', title: t('Shows what the chosen species reacts with'), disabled: true, click: () => {
      const node = this.#drawing.selected === undefined ? undefined : this.#answer?.nodes[this.#drawing.selected];
      if (node?.kind === 'species') this.#center(node.label);
    } }, t('Surroundings'));
    this.#everything = h('button', { type: 'button', class: 'quiet', id: 'network-all', title: t('Shows the whole network again, as far as it can be seen'), hidden: true, click: () => this.#center('') }, t('Whole network'));
    tools.append(this.#layers, h('button', { type: 'button', class: 'quiet', id: 'network-fit', title: t('Fits the drawing to its place (0)'), click: () => this.#drawing.fit() }, t('Fit')));
    panel.append(h('div', { class: 'finder' }, this.#around, this.#here, this.#everything, this.#legend), h('div', { class: 'told' }, this.#told, this.#asking.element), this.#drawing.element, h('div', { class: 'told' }, this.#reading), this.#summary, this.#table);
  }

  #center(species: string): void {
    this.#context.dispatch({ type: 'network', choice: { around: species === '' ? undefined : species, ...(species === '' ? {} : { layers: false }) } });
  }

  asks({ model, slices: { network } }: LabState): readonly Question[] {
    if (model === undefined) return [];
    return [{ kind: 'graph', layers: network.layers, ...(network.around === undefined || network.layers ? {} : { around: network.around }) }];
  }

  update(state: LabState): void {
    const asked = state.slices.analysis.graph, { network } = state.slices, answer = asked?.answer;
    this.#asking.update(asked);
    this.#layered = network.layers;
    // Whether there are layers is known from the trainings, or from what was answered.
    if (answer?.shows === 'layers') this.#layers.hidden = false;
    else if (answer !== undefined && network.layers) this.#layers.hidden = true;
    setAttribute(this.#layers, 'aria-pressed', String(answer?.shows === 'layers'));
    if (document.activeElement !== this.#around) this.#around.value = network.around ?? '';
    if (answer === undefined || answer === this.#answer) return;
    this.#answer = answer;
    this.#everything.hidden = network.around === undefined;
    this.#around.hidden = this.#here.hidden = answer.shows === 'layers';
    this.#drawing.show(answer, this.#theme);
    setText(this.#told, graphSentence(answer));
    this.#legend.replaceChildren(...(answer.shows === 'layers' ? [] : answer.groups.map((name, k) => {
      const number = h('span', { class: 'group-mark' }, String(k + 1));
      number.style.backgroundColor = groupColour(k, this.#theme);
      number.style.color = this.#theme.background;
      return h('span', { class: 'legend-item' }, number, name);
    })));
    this.#look(undefined);
    this.#describe(answer);
  }

  #look(node: number | undefined): void {
    const at = node === undefined ? undefined : this.#answer?.nodes[node];
    this.#here.disabled = this.#drawing.selected === undefined || this.#answer?.nodes[this.#drawing.selected]?.kind !== 'species';
    setText(this.#reading, at === undefined ? '' : `${at.title}${at.group === undefined || at.kind !== 'reaction' ? '' : t(' · group {0}', this.#answer!.groups[at.group] ?? '')}`);
  }

  #describe(answer: GraphAnswer): void {
    setText(this.#summary, graphSentence(answer));
    const rows = answer.nodes.filter(({ kind }) => kind !== 'gap' && kind !== 'unit').slice(0, MOST_TOLD);
    this.#table.replaceChildren(h('caption', {}, t('Nodes of the network')), h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('Kind')), h('th', { scope: 'col' }, t('What it is')))),
      h('tbody', {}, ...rows.map(({ kind, title }) => h('tr', {}, h('th', { scope: 'row' }, nodeKind(kind)), h('td', {}, title)))));
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#answer = undefined;
  }

  views(): readonly SavedView[] {
    const answer = this.#answer, theme = this.#theme;
    if (answer === undefined) return [];
    const { nodes, edges, groups } = answer;
    return [{
      id: 'network', label: t('Network'), suffix: '-network', note: graphSentence(answer),
      csv: () => csvRows(['from', 'to', 'kind', 'stoichiometry'], edges.map(({ from, to, catalyst, stoichiometry }) => [nodes[from]!.title, nodes[to]!.title, catalyst ? 'catalyst' : 'changed', stoichiometry])),
      json: () => ({ groups, nodes: nodes.map(({ kind, title, group, x, y }) => ({ kind, title, ...(group === undefined ? {} : { group }), x, y })), edges: edges.map(({ from, to, catalyst, stoichiometry }) => ({ from, to, catalyst, stoichiometry })) }),
      svg: () => graphSvg(answer, theme),
    }];
  }

  dispose(): void {
    this.#drawing.dispose();
  }
}

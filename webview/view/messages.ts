/** What the lab says when there is no curve, and the line below it: an empty text, errors, a failed run, the outcome. */
import { counted, listed, t } from '../../l10n/index.ts';
import { outcomeSentence, type Sentence } from '../outcome.ts';
import { errorCount, formatNumber } from '../format.ts';
import type { LabState } from '../store.ts';
import { trainingSentence } from '../training.ts';
import type { ModuleOffer, Problem, TextPlace } from '../worker-protocol.ts';
import { h, setAttribute, setText } from './dom.ts';
import { icon, setIcon } from './icons.ts';

const MOST_PROBLEMS = 50, MOST_NAMES = 12;

const EXAMPLE = 'species A = 1, B\n\nA -> B  @ 2\nB -> A  @ 1';

/** A message with what stands between backticks set as code. */
function richText(message: string): Node[] {
  return message.split('`').map((part, i) => (i % 2 === 1 ? h('code', {}, part) : document.createTextNode(part)));
}

export class MessagesView {
  readonly element: HTMLElement;
  readonly #reveal: (place: TextPlace) => void;
  #drawn: readonly unknown[] = [];

  constructor(reveal: (place: TextPlace) => void) {
    this.#reveal = reveal;
    this.element = h('div', { class: 'messages', id: 'messages', role: 'status' });
  }

  update(state: LabState, about: 'simulation' | 'training'): void {
    const refused = about === 'training' ? state.slices.training.problems : undefined;
    const key = [state.phase, state.problems, state.failure, state.shown === undefined, refused, about];
    if (this.#drawn.length > 0 && key.every((value, i) => value === this.#drawn[i])) return;
    this.#drawn = key;
    const children = this.#content(state, refused);
    this.element.replaceChildren(...children);
    this.element.hidden = children.length === 0;
    this.element.classList.toggle('alone', (state.shown === undefined && state.phase !== 'ready') || state.phase === 'empty');
  }

  #content(state: LabState, refused: readonly Problem[] | undefined): Node[] {
    if (refused !== undefined && refused.length > 0 && state.phase === 'ready') return [this.#list(t('The data cannot be used; nothing is trained'), t('Put it right, save, and train again.'), refused)];
    if (state.failure !== undefined && state.phase !== 'errors') return [h('p', { class: 'error-line', id: 'failure' }, icon('bad'), h('span', {}, state.failure))];
    switch (state.phase) {
      case 'errors': return this.#errors(state.problems, state.shown !== undefined);
      case 'empty': return [state.modules === undefined ? this.#empty() : this.#modules(state.modules)];
      case 'waiting': case 'loading':
        return state.shown === undefined ? [h('p', { class: 'hint', id: 'loading' }, t('Reading the model…'))] : [];
      case 'ready': return [];
    }
  }

  #empty(): Node {
    return h('div', { class: 'welcome', id: 'empty' },
      h('h2', {}, t('There is no species here yet')),
      h('p', {}, t('Declare species and write reactions; the curves appear as you type. For example:')),
      h('pre', {}, EXAMPLE),
      h('p', {}, t('The number after @ is the rate constant.')));
  }

  #modules({ names, example }: ModuleOffer): Node {
    const most = names.slice(0, MOST_NAMES), more = names.length - most.length;
    return h('div', { class: 'welcome', id: 'modules-only' },
      h('h2', {}, t('Modules, ready for use')),
      h('p', {}, more === 0 ? t('This text offers {0}, and has no species of its own. Other files import it and use them.', listed(most)) : t('This text offers {0} and {1} more modules, and has no species of its own. Other files import it and use them.', most.join(', '), more)),
      ...(example === undefined ? [] : [h('p', {}, t('To watch one of them, write below it, for example:')), h('pre', {}, example)]));
  }

  #errors(problems: readonly Problem[], stale: boolean): Node[] {
    const errors = problems.filter((problem) => problem.severity === 'error');
    const heading = errorCount(errors.filter(({ place }) => place.uri === null).length, errors.filter(({ place }) => place.uri !== null).length);
    return [this.#list(heading, stale ? t('The curves below belong to the text before.') : t('The simulation starts by itself when it can.'), errors)];
  }

  #list(heading: string, hint: string, problems: readonly Problem[]): Node {
    const rows = problems.slice(0, MOST_PROBLEMS).map((problem) => h('li', {},
      h('button', { type: 'button', class: 'problem', title: t('Show in the text'), 'data-code': problem.code, click: () => this.#reveal(problem.place) },
        icon('bad'), h('span', { class: 'message' }, ...richText(problem.message)), h('span', { class: 'code' }, problem.code), h('span', { class: 'line' }, t('line {0}', problem.line)))));
    return h('div', { class: 'problems', id: 'problems' }, h('h2', {}, heading), h('p', { class: 'hint' }, hint), h('ul', {}, ...rows),
      problems.length > MOST_PROBLEMS ? h('p', { class: 'hint' }, t('{0} more.', problems.length - MOST_PROBLEMS)) : undefined);
  }
}

/** The outcome of the run as a sentence, and how many warnings the text has. */
export class FooterView {
  readonly element: HTMLElement;
  readonly #icon: SVGElement;
  readonly #text: HTMLElement;
  readonly #link: HTMLButtonElement;
  readonly #warnings: HTMLButtonElement;
  #place: TextPlace | undefined;
  #warning: TextPlace | undefined;

  constructor(reveal: (place: TextPlace) => void) {
    this.#icon = icon('good');
    this.#text = h('span', { id: 'outcome', role: 'status' });
    this.#link = h('button', { type: 'button', class: 'link', id: 'outcome-link', hidden: true, click: () => { if (this.#place !== undefined) reveal(this.#place); } });
    this.#warnings = h('button', { type: 'button', class: 'link right', id: 'warnings', hidden: true, title: t('Show the first in the text'), click: () => { if (this.#warning !== undefined) reveal(this.#warning); } });
    this.element = h('footer', { class: 'footer' }, this.#icon, this.#text, this.#link, this.#warnings);
  }

  #sentence(state: LabState, about: 'simulation' | 'training'): Sentence | undefined {
    if (about === 'training') return trainingSentence(state.slices.training);
    const { shown, progress } = state;
    if (state.running && (shown === undefined || shown.partial === true)) {
      return { text: progress === undefined ? t('Running…') : t('Running: t = {0}, residual {1}.', formatNumber(progress.t, 3), formatNumber(progress.residual, 2)), tone: 'notice' };
    }
    return shown === undefined ? undefined : outcomeSentence(shown.result, shown.model);
  }

  update(state: LabState, about: 'simulation' | 'training'): void {
    const sentence = this.#sentence(state, about);
    this.element.classList.toggle('idle', sentence === undefined);
    if (sentence !== undefined) {
      this.element.dataset['tone'] = sentence.tone;
      setIcon(this.#icon, sentence.tone);
      // While it runs the numbers change too often to be read out.
      setAttribute(this.#text, 'aria-busy', String(about === 'training' ? state.slices.training.phase === 'running' : state.running));
      setText(this.#text, sentence.text);
      setAttribute(this.#text, 'title', sentence.explanation);
    }
    this.#place = sentence?.link?.place;
    this.#link.hidden = sentence?.link === undefined;
    setText(this.#link, sentence?.link?.label ?? '');
    const warnings = state.phase === 'ready' ? state.problems.filter((problem) => problem.severity === 'warning') : [];
    this.#warning = warnings[0]?.place;
    this.#warnings.hidden = warnings.length === 0;
    setText(this.#warnings, counted(warnings.length, '1 warning', '{0} warnings'));
  }
}

/** A line for what is being computed in the background: how far it is, a way to stop it, and why it gave nothing. */
import { t } from '../../../l10n/index.ts';
import type { QuestionKind } from '../../analysis-protocol.ts';
import type { Asked } from '../../slices/analysis.ts';
import { h, setText } from '../dom.ts';
import type { TabContext } from './tab.ts';

/** What takes no time to speak of is not announced, in milliseconds. */
const SOON = 250;

export class AskingLine {
  readonly element: HTMLElement;
  readonly #text = h('span', { role: 'status' });
  readonly #bar = h('progress', { max: 1 });
  readonly #stop: HTMLButtonElement;
  readonly #again: HTMLButtonElement;
  readonly #title: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param title what is done, `Looking for fixed points` */
  constructor(kind: QuestionKind, title: string, { stopAsking, askAgain }: Pick<TabContext, 'stopAsking' | 'askAgain'>) {
    this.#title = title;
    this.#bar.setAttribute('aria-label', title);
    this.#stop = h('button', { type: 'button', class: 'secondary', click: () => stopAsking(kind) }, t('Stop'));
    this.#again = h('button', { type: 'button', class: 'secondary', click: () => askAgain(kind) }, t('Try again'));
    this.element = h('div', { class: 'offer asking', hidden: true, 'data-asking': kind }, this.#text, this.#bar, this.#stop, this.#again);
  }

  update(asked: Asked<unknown> | undefined): void {
    const phase = asked?.phase ?? 'answered';
    this.element.dataset['phase'] = phase;
    if (phase !== 'asked') {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
    if (phase === 'answered') {
      this.element.hidden = true;
      return;
    }
    if (phase === 'asked' && this.element.hidden) this.#timer ??= setTimeout(() => { this.element.hidden = false; }, SOON);
    if (phase !== 'asked') this.element.hidden = false;
    const { done, total, failure } = asked ?? {};
    setText(this.#text, phase === 'asked' ? `${this.#title}${total === undefined || total < 2 ? '…' : t(': {0} of {1}', done ?? 0, total)}` : phase === 'stopped' ? t('Stopped.') : (failure ?? ''));
    this.#bar.hidden = this.#stop.hidden = phase !== 'asked';
    this.#again.hidden = phase !== 'stopped' && phase !== 'failed';
    if (total !== undefined && total > 1) this.#bar.value = (done ?? 0) / total;
    else this.#bar.removeAttribute('value');
  }
}

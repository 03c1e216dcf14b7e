/** The toolbar: run and stop, the experiment, the method, the end, how far a run has come. */
import { counted, t } from '../../l10n/index.ts';
import { formatDuration, formatNumber, parseNumber, typedNumber } from '../format.ts';
import { isLabMethod, type LabMethod } from '../protocol.ts';
import type { Action, LabState } from '../store.ts';
import { currentExperiment, runSettings } from '../store.ts';
import { h, setAttribute, setText } from './dom.ts';
import { icon } from './icons.ts';

export interface ToolbarEvents {
  readonly dispatch: (action: Action) => void;
  readonly run: () => void;
  readonly stop: () => void;
}

/** Value, name and what it is. */
const methods = (): readonly (readonly [LabMethod, string, string])[] => [
  ['auto', t('Auto'), t('Starts explicit; changes to a stiff method when the network is stiff, and back when it is so no longer')],
  ['tsit5', 'Tsit5', t('Explicit Runge–Kutta of order 5 (Tsitouras 2011): for networks that are not stiff')],
  ['rkc', 'RKC', t('Stabilised explicit Runge–Kutta–Chebyshev of order 2: for large networks that are mildly stiff')],
  ['bdf', 'BDF', t('Implicit backward differentiation, orders 1 to 5: for stiff networks')],
];

export class ToolbarView {
  readonly element: HTMLElement;
  /** The list of experiments is put here. */
  readonly experiment = h('span', { class: 'field' });
  readonly #events: ToolbarEvents;
  readonly #run: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  readonly #method: HTMLSelectElement;
  readonly #until: HTMLSelectElement;
  /** The experiment's own condition, where it has one. */
  readonly #condition = h('option', { value: 'condition', hidden: true });
  readonly #end: HTMLInputElement;
  readonly #unit: HTMLElement;
  readonly #status: HTMLElement;
  readonly #bar: HTMLProgressElement;
  /** The last end there was. */
  #endValue: number | undefined;

  constructor(events: ToolbarEvents) {
    this.#events = events;
    const { dispatch } = events;
    this.#run = h('button', { type: 'button', class: 'primary', id: 'run', title: t('Run the simulation'), click: events.run }, icon('run'), t('Run'));
    this.#stop = h('button', { type: 'button', class: 'secondary square', id: 'stop', 'aria-label': t('Stop'), title: t('Stop the simulation at once'), click: events.stop }, icon('stop'));
    this.#method = h('select', { id: 'method', change: () => { if (isLabMethod(this.#method.value)) dispatch({ type: 'method', method: this.#method.value }); } },
      ...methods().map(([value, label, title]) => h('option', { value, title }, label)));
    this.#until = h('select', { id: 'until', 'aria-label': t('Run until'), change: () => this.#untilChanged() },
      h('option', { value: 'time' }, t('time')), h('option', { value: 'fixed point' }, t('fixed point')), this.#condition);
    this.#end = h('input', {
      type: 'text', class: 'number', id: 'end', inputmode: 'decimal', spellcheck: 'false', autocomplete: 'off',
      focus: () => this.#end.select(), change: () => this.#endTyped(),
      keydown: (event: KeyboardEvent) => { if (event.key === 'Enter') this.#end.select(); },
    });
    this.#unit = h('span', { class: 'unit' });
    this.#status = h('span', { class: 'status', id: 'status' });
    this.#bar = h('progress', { id: 'progress', max: 1, 'aria-label': t('Progress of the simulation') });
    this.element = h('header', { class: 'toolbar', 'aria-label': t('Simulation') },
      h('div', { class: 'buttons' }, this.#run, this.#stop),
      this.experiment,
      h('label', { class: 'field', title: methods()[0]![2] }, h('span', { class: 'label' }, t('Method')), this.#method),
      h('div', { class: 'field' }, h('span', { class: 'label' }, t('Until')), this.#until, this.#end, this.#unit),
      h('div', { class: 'progress' }, this.#status, this.#bar));
  }

  update(state: LabState): void {
    const run = runSettings(state);
    const usable = run !== undefined && state.phase === 'ready';
    // Run stays in its place and focusable while it runs: nothing jumps under the hand.
    this.#run.disabled = !usable;
    // A button that is disabled under the focus would leave the keyboard nowhere.
    if (!state.running && document.activeElement === this.#stop) this.#run.focus();
    this.#stop.disabled = !state.running;
    this.#method.disabled = this.#until.disabled = this.#end.disabled = !usable;
    this.element.classList.toggle('without-model', run === undefined);
    if (run !== undefined) {
      this.#method.value = run.method;
      setAttribute(this.#method.parentElement!, 'title', methods().find(([value]) => value === run.method)?.[2]);
      const own = currentExperiment(state)?.condition, toCondition = run.condition !== undefined, fixed = run.until === 'fixed point' && !toCondition;
      this.#condition.hidden = this.#condition.disabled = own === undefined;
      setText(this.#condition, own === undefined ? '' : shortened(own));
      this.#until.title = own ?? '';
      this.#until.value = toCondition ? 'condition' : fixed ? 'fixed point' : 'time';
      setAttribute(this.#end, 'aria-label', toCondition ? t('Latest end') : t('End time'));
      setAttribute(this.#end, 'title', toCondition ? t('Latest end; Enter runs to it. Left empty, the run ends where the network has come to rest.') : t('End time; Enter runs to it. Left empty, the lab finds one.'));
      setAttribute(this.#end, 'placeholder', toCondition ? t('at rest') : t('automatic'));
      if (run.until !== 'fixed point' || toCondition) this.#endValue = typeof run.until === 'number' ? run.until : undefined;
      this.#end.hidden = fixed;
      this.#unit.hidden = fixed;
      if (document.activeElement !== this.#end) this.#end.value = this.#endText();
    }
    setText(this.#unit, state.model?.units.time ?? '');
    this.#progress(state);
  }

  #progress(state: LabState): void {
    this.#bar.classList.toggle('idle', !state.running);
    const fraction = state.progress?.fraction;
    if (state.running && fraction !== undefined) this.#bar.value = fraction;
    else if (state.running) this.#bar.removeAttribute('value');
    else this.#bar.value = 1;
    const { progress, shown } = state;
    if (state.running && progress !== undefined) {
      setText(this.#status, progress.fraction === undefined ? t('residual {0}', formatNumber(progress.residual, 2)) : `t = ${formatNumber(progress.t, 3)}`);
      this.#status.title = counted(progress.steps, '1 step', '{0} steps');
    } else if (state.running) {
      // A run that takes no time to speak of leaves the line as it was.
    } else if (shown !== undefined) {
      const { result } = shown;
      setText(this.#status, `${counted(result.steps, '1 step', '{0} steps')} · ${formatDuration(result.milliseconds)}`);
      const work = result.methods.length === 0 ? '' : t('{0}: {1}, {2} of the rates, ', result.methods.join(t(', then ')), counted(result.steps, '1 step', '{0} steps'), counted(result.evaluations, '1 evaluation', '{0} evaluations'));
      this.#status.title = t('{0}{1} in the worker.', work, formatDuration(result.milliseconds));
    } else {
      setText(this.#status, '');
    }
  }

  #endText(): string {
    return this.#endValue === undefined ? '' : typedNumber(this.#endValue);
  }

  #untilChanged(): void {
    const { value } = this.#until;
    if (value === 'condition') this.#toCondition(this.#endValue);
    else this.#events.dispatch({ type: 'until', until: value === 'fixed point' ? 'fixed point' : (this.#endValue ?? 'automatic') });
  }

  /** @param latest undefined: where the network comes to rest */
  #toCondition(latest: number | undefined): void {
    this.#events.dispatch({ type: 'until', until: latest ?? 'fixed point', toCondition: true });
  }

  #endTyped(): void {
    const value = parseNumber(this.#end.value), toCondition = this.#until.value === 'condition', empty = this.#end.value.trim() === '';
    if (!empty && !(value !== undefined && value > 0)) this.#end.value = this.#endText();
    else if (toCondition) this.#toCondition(empty ? undefined : value);
    else this.#events.dispatch({ type: 'until', until: empty ? 'automatic' : (value ?? 'automatic') });
  }
}

/** Characters of a condition that the list shows. */
const MOST = 28;
function shortened(condition: string): string {
  return condition.length <= MOST ? condition : `${condition.slice(0, MOST - 1)}…`;
}

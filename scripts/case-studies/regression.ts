/** A curve learnt from points. */
import { figureSvg } from './figure.ts';
import { dataOf, exchanged, sampleText, trained, trainingOf } from './models.ts';
import type { Results } from './results.ts';
import { digits, mean, percent, seconds, seeds, shown, spread, type Extent, type Section } from './section.ts';

/** Relative, of the integration; a tenth of it changes the loss in the fifth digit. */
const TOLERANCE = 1e-3;

interface Learnt {
  readonly error: number;
  /** Input, target and output of every held-out row. */
  readonly points: readonly (readonly [number, number, number])[];
  readonly seconds: number;
  readonly rate: number;
  readonly dwell: number;
  readonly epochs: number;
}

function curve(results: Results, seed: number, epochs: number | undefined): Learnt {
  const text = exchanged(sampleText('regression'), [[/seed: 7\)/, `seed: ${seed})`], [/split 0\.8 seed 1/, `split 0.8 seed ${seed}`]]);
  const training = trainingOf(text), { rate, dwell } = training, count = epochs ?? training.epochs;
  return results.get(`regression/${seed}${epochs === undefined ? '' : `-${epochs}`}`, { text, count, tolerance: TOLERANCE }, () => {
    const data = dataOf(text), { outcome, trainer, seconds: took } = trained(training.plan, data, { dwell, rate, epochs: count, seed, rtol: TOLERANCE, evaluation: { every: count } });
    const output = new Float64Array(1);
    const points = [...data.test].map((row): readonly [number, number, number] => {
      const x = data.inputs.values[row] ?? NaN;
      trainer.pot.predict(Float64Array.of(x), output);
      return [x, data.targets.values[row] ?? NaN, output[0] ?? NaN];
    });
    return { error: outcome.evaluation?.relativeError ?? NaN, points, seconds: took, rate, dwell, epochs: count };
  });
}

export function regressionSection(results: Results, { quick }: Extent): Section {
  const runs = seeds(quick ? 2 : 10).map((seed) => curve(results, seed, quick ? 5 : undefined)), errors = runs.map((run) => run.error);
  const { rate, dwell, epochs } = runs[0]!;
  const held = runs.flatMap((run) => run.points).sort((a, b) => a[0] - b[0]);
  const byInput = [...new Set(held.map(([x]) => x))].map((x) => {
    const outputs = held.filter((point) => point[0] === x).map((point) => point[2]);
    return { x, y: mean(outputs), low: Math.min(...outputs), high: Math.max(...outputs) };
  });
  const text = `## A non-linear regression

\`samples/regression.crn\`: 1-8-1 for z = 0.2 + 2.4·(x − ½)² at 60 places, smooth ReLU with h = 0.1, input on two rails and scaled to −1 … 1, η·dwell = ${digits(rate * dwell)} (dwell ${dwell}),
${epochs} epochs. Ten seeds, each with its own split (a fifth held out), first weights and order. Step and epochs were chosen by cross-validation within the training parts of
other splits (ordinary gradient descent on φ_h, steps 0.02 to 0.1, 200 to 4000 epochs).

**Relative error on the held-out points, √(Σ(output − target)²/Σ target²): ${percent(mean(errors))} in the mean, standard deviation ${percent(spread(errors))}** (worst ${percent(Math.max(...errors))}, best ${percent(Math.min(...errors))}). A run
takes ${seconds(mean(runs.map((run) => run.seconds)))}.

${shown('regression', 'The curve, and what the trained pots say at held-out points: mean and range over the splits in which the point was held out.')}`;
  const truth = Array.from({ length: 61 }, (_, k) => ({ x: -1 + k / 30, y: 0.2 + 0.6 * (-1 + k / 30) ** 2 }));
  return { text, figures: new Map([['regression', figureSvg({ title: 'Regression: held-out points', x: { label: 'input, scaled' }, y: { label: 'output', from: 0 }, series: [{ name: 'the curve', points: truth, plain: true }, { name: 'pot, held-out points', points: byInput }] })]]) };
}

/** Smooth against leaky ReLU while constants are drawn anew every dwell: the four tasks, and one run of a grid. */
import type { TrainingData } from '../../simulation/index.ts';
import { pictureFile } from './mnist.ts';
import { dataOf, exchanged, sampleText, trained, trainingOf } from './models.ts';
import type { Results } from './results.ts';
import { mean, seeds } from './section.ts';
import { digitsText, pooled } from './speed.ts';

export const ACTIVATIONS = [
  { name: 'smooth ReLU', text: 'smooth_relu(h = 0.1)' },
  { name: 'leaky ReLU', text: 'leaky_relu(α = 0.01)' },
] as const;

/** For how long the forward reactions run in an evaluation. */
export const UNTIL = 200;

/** What is run on one task: every activation at every dwell and every size of the noise, for some seeds. */
export interface Grid {
  readonly task: 'xor' | 'iris' | 'regression' | 'digits';
  /** η·dwell */
  readonly step: number;
  readonly dwells: readonly number[];
  /** σ of exp(σ·N(0, 1)), the factor of every constant; the first is 0. */
  readonly sizes: readonly number[];
  readonly seeds: number;
  readonly epochs: number;
  /** Epochs between evaluations. */
  readonly every: number;
  /** Of the integration, relative. */
  readonly tolerance: number;
  /** Pictures trained on, and held out; the other tasks take all of their data. */
  readonly pictures?: readonly [number, number];
}

const SIZES = [0, 0.05, 0.1, 0.2];

export const GRIDS: readonly Grid[] = [
  { task: 'xor', step: 0.1, dwells: [10, 20, 50], sizes: SIZES, seeds: 6, epochs: 300, every: 10, tolerance: 1e-4 },
  { task: 'iris', step: 0.05, dwells: [20, 100], sizes: SIZES, seeds: 4, epochs: 50, every: 5, tolerance: 1e-3 },
  { task: 'regression', step: 0.05, dwells: [20, 100], sizes: SIZES, seeds: 4, epochs: 100, every: 10, tolerance: 1e-3 },
  { task: 'digits', step: 0.05, dwells: [20, 100], sizes: SIZES, seeds: 3, epochs: 1, every: 1, tolerance: 1e-3, pictures: [1000, 300] },
];

export const QUICK: readonly Grid[] = [
  { task: 'xor', step: 0.1, dwells: [20], sizes: [0, 0.1], seeds: 2, epochs: 20, every: 10, tolerance: 1e-4 },
  { task: 'iris', step: 0.05, dwells: [20], sizes: [0, 0.1], seeds: 2, epochs: 1, every: 1, tolerance: 1e-3 },
  { task: 'regression', step: 0.05, dwells: [20], sizes: [0, 0.1], seeds: 2, epochs: 1, every: 1, tolerance: 1e-3 },
];

export interface Learnt {
  /** Accuracy, or relative error for the regression, of what is held out (all there is for XOR): mean over the last third of the evaluations. */
  readonly score: number;
  /** Mean square error, likewise. */
  readonly error: number;
  /** The pot blew up. */
  readonly lost: boolean;
  readonly seconds: number;
}

/** An activation at one dwell: for every size of the noise the runs, seed by seed. */
export interface Row {
  readonly activation: string;
  readonly dwell: number;
  readonly runs: readonly (readonly Learnt[])[];
}

let pictures: TrainingData | undefined;

/** Text and data of one run; a seed decides first weights and split. */
function model({ task, pictures: count }: Grid, activation: string, seed: number): { readonly text: string; readonly data: () => TrainingData } {
  if (task === 'digits') {
    const [train, test] = count ?? [0, 0];
    const text = digitsText(7, 16, activation).replace('layer y[10] = linear', `layer y[10] = linear\n  weights normal(0, 0.15, seed: ${seed})`);
    return { text, data: () => {
      pictures ??= pooled(dataOf(sampleText('mnist'), pictureFile), 7);
      return { ...pictures, train: (pictures.train ?? new Uint32Array()).subarray(0, train), test: (pictures.test ?? new Uint32Array()).subarray(0, test) };
    } };
  }
  const seeded: [RegExp, string][] = [[/smooth_relu\(h = 0\.1\)/, activation], [/seed: 7\)/, `seed: ${seed})`]];
  if (task !== 'xor') seeded.push([/split 0\.8 seed 1/, `split 0.8 seed ${seed}`]);
  const text = exchanged(sampleText(task), seeded);
  return { text, data: () => dataOf(text) };
}

function learnt(results: Results, grid: Grid, activation: string, dwell: number, size: number, seed: number): Learnt {
  const { task, step, epochs, every, tolerance } = grid, name = activation.split('(')[0] ?? '', { text, data } = model(grid, activation, seed);
  const [network] = text.split('\ntrain ');
  const settings = { model: network?.replaceAll(/ *\/\/.*/g, ''), step, dwell, size, seed, epochs, every, pictures: grid.pictures ?? 'all', tolerance, until: UNTIL };
  return results.get(`activations/${task}-${name}-${size}-${dwell}-${seed}`, settings, () => {
    const { outcome, seconds } = trained(trainingOf(text).plan, data(), {
      dwell, rate: step / dwell, epochs, seed, reduction: 'none', rtol: tolerance, evaluation: { every, until: UNTIL },
      ...(size === 0 ? {} : { noise: { seed: 500 + seed, rates: { distribution: 'lognormal', size, when: 'dwell', per: 'reaction' } } }),
    });
    if (outcome.blowUp !== undefined) return { score: 0, error: 0, lost: true, seconds };
    const evaluations = outcome.history.flatMap(({ evaluation }) => (evaluation === undefined ? [] : [evaluation]));
    const late = evaluations.slice(Math.floor((2 * evaluations.length) / 3));
    return {
      score: mean(late.map(({ accuracy, relativeError }) => (task === 'regression' ? relativeError : accuracy ?? NaN))),
      error: mean(late.map(({ loss }) => loss)), lost: false, seconds,
    };
  });
}

/** All runs of a grid. One seed after the other, so that an interrupted computation has whole grids of the first ones. */
export function rowsOf(results: Results, grid: Grid): Row[] {
  const rows = ACTIVATIONS.flatMap(({ name, text }) => grid.dwells.map((dwell) => ({ activation: name, text, dwell, runs: grid.sizes.map((): Learnt[] => []) })));
  for (const seed of seeds(grid.seeds)) {
    for (const { text, dwell, runs } of rows) grid.sizes.forEach((size, n) => runs[n]?.push(learnt(results, grid, text, dwell, size, seed)));
  }
  return rows;
}

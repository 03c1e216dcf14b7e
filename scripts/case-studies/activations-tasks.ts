/** Smooth against leaky ReLU under noise on Iris, the regression and pictures of digits: the small grids that one core affords. */
import type { TrainingData } from '../../simulation/index.ts';
import { ACTIVATIONS } from './activations.ts';
import { figureSvg } from './figure.ts';
import { pictureFile } from './mnist.ts';
import { dataOf, exchanged, sampleText, trained, trainingOf } from './models.ts';
import type { Results } from './results.ts';
import { mean, percent, seeds, shown, spread, table, type Extent, type Section } from './section.ts';
import { digitsText, pooled } from './speed.ts';

/** Redrawn every dwell for every reaction, as on XOR. */
const SIZES = [0, 0.1] as const;
const TOLERANCE = 1e-3, UNTIL = 200;

/** What is run on one task. */
interface Grid {
  readonly task: 'iris' | 'regression' | 'digits';
  /** η·dwell */
  readonly step: number;
  readonly dwells: readonly number[];
  readonly seeds: number;
  readonly epochs: number;
  /** Epochs between evaluations. */
  readonly every: number;
  /** Pictures trained on, and held out; the other tasks take all of their data. */
  readonly pictures?: readonly [number, number];
}

const GRIDS: readonly Grid[] = [
  { task: 'iris', step: 0.05, dwells: [20, 100], seeds: 3, epochs: 12, every: 2 },
  { task: 'regression', step: 0.05, dwells: [20, 100], seeds: 3, epochs: 40, every: 5 },
  { task: 'digits', step: 0.05, dwells: [100], seeds: 2, epochs: 1, every: 1, pictures: [1200, 500] },
];

const QUICK: readonly Grid[] = [
  { task: 'iris', step: 0.05, dwells: [20], seeds: 2, epochs: 1, every: 1 },
  { task: 'regression', step: 0.05, dwells: [20], seeds: 2, epochs: 1, every: 1 },
];

interface Learnt {
  /** Held-out accuracy, or relative error for the regression: mean over the last third of the evaluations. */
  readonly score: number;
  readonly lost: boolean;
  readonly seconds: number;
}

interface Cell {
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
  const text = exchanged(sampleText(task), [[/smooth_relu\(h = 0\.1\)/, activation], [/seed: 7\)/, `seed: ${seed})`], [/split 0\.8 seed 1/, `split 0.8 seed ${seed}`]]);
  return { text, data: () => dataOf(text) };
}

function learnt(results: Results, grid: Grid, activation: string, dwell: number, size: number, seed: number): Learnt {
  const { task, step, epochs, every } = grid, name = activation.split('(')[0] ?? '', { text, data } = model(grid, activation, seed);
  const [network] = text.split('\ntrain ');
  const settings = { model: network?.replaceAll(/ *\/\/.*/g, ''), step, dwell, size, seed, epochs, every, pictures: grid.pictures ?? 'all', tolerance: TOLERANCE, until: UNTIL };
  return results.get(`tasks/${task}${grid.pictures?.[0] ?? ''}-${name}-${size}-${dwell}-${seed}${epochs === 1 && task !== 'digits' ? '-quick' : ''}`, settings, () => {
    const { outcome, seconds } = trained(trainingOf(text).plan, data(), {
      dwell, rate: step / dwell, epochs, seed, reduction: 'none', rtol: TOLERANCE, evaluation: { every, until: UNTIL },
      ...(size === 0 ? {} : { noise: { seed: 500 + seed, rates: { distribution: 'lognormal', size, when: 'dwell', per: 'reaction' } } }),
    });
    const evaluations = outcome.history.flatMap(({ evaluation }) => (evaluation === undefined ? [] : [evaluation]));
    const late = evaluations.slice(Math.floor((2 * evaluations.length) / 3)), lost = outcome.blowUp !== undefined;
    const score = lost ? NaN : mean(late.map(({ accuracy, relativeError }) => (task === 'regression' ? relativeError : accuracy ?? NaN)));
    return { score, lost, seconds };
  });
}

/** Mean and deviation over the seeds that were not lost, and how many were. */
function cellText(runs: readonly Learnt[]): string {
  const kept = runs.filter(({ lost }) => !lost).map(({ score }) => score), lost = runs.length - kept.length;
  return `${kept.length === 0 ? '–' : `${percent(mean(kept))} ± ${percent(spread(kept))}`}${lost > 0 ? `; ${lost} lost` : ''}`;
}

/** What noise takes away, in points of accuracy or of relative error; undefined when a run was lost. */
function harm(task: Grid['task'], { runs: [quiet = [], noisy = []] }: Cell): number | undefined {
  if ([...quiet, ...noisy].some(({ lost }) => lost)) return undefined;
  const change = mean(noisy.map(({ score }) => score)) - mean(quiet.map(({ score }) => score));
  return task === 'regression' ? change : -change;
}

/** Whether noise took less from the smooth ReLU, dwell by dwell, in one sentence. */
export function comparison(task: Grid['task'], cells: readonly Cell[]): string {
  const [smooth, leaky] = ACTIVATIONS.map(({ name }) => cells.filter(({ activation }) => activation === name));
  const pairs = (smooth ?? []).flatMap((cell) => {
    const other = leaky?.find(({ dwell }) => dwell === cell.dwell), a = harm(task, cell), b = other === undefined ? undefined : harm(task, other);
    return a === undefined || b === undefined ? [] : [{ dwell: cell.dwell, a, b }];
  });
  if (pairs.length === 0) return 'Pots were lost in every pair of cells, so nothing can be compared.';
  const points = (value: number): string => (100 * value).toFixed(1), less = pairs.filter(({ a, b }) => a < b - 1e-9).length, more = pairs.filter(({ a, b }) => a > b + 1e-9).length;
  const told = less > more ? 'which points the way of the claim' : less < more ? 'so the claim does not reproduce here' : 'which says nothing for or against the claim';
  const found = (n: number): number[] => cells.map(({ runs }) => spread((runs[n] ?? []).map(({ score }) => score)));
  const within = pairs.every(({ a, b }) => Math.abs(a - b) <= Math.max(...found(0), ...found(1))) ? '; no difference is larger than the deviations' : '';
  const weak = task !== 'regression' && cells.some(({ runs: [quiet = []] }) => mean(quiet.map(({ score }) => score)) < 0.5) ? ', but so early, with less than half of the answers right without noise, it says little' : '';
  const losses = pairs.map(({ dwell, a, b }) => `${points(a)} against ${points(b)} at dwell ${dwell}`).join(' and ');
  return `Points ${task === 'regression' ? 'of relative error gained' : 'of accuracy lost'} to the noise, smooth against leaky: ${losses}, ${told}${weak}${within}.`;
}

const TITLES = { iris: 'Iris', regression: 'The regression', digits: 'MNIST' } as const;

function intro({ task, step, epochs, seeds: count, every, pictures: used }: Grid): string {
  const runs = `η·dwell = ${step}, ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}, ${count} seeds`;
  if (task === 'iris') return `4-8-3, ${runs} (split, first weights, order and noise). In each cell: accuracy on the held-out flowers, evaluated every ${every} epochs.`;
  if (task === 'regression') return `1-8-1, ${runs} (split, first weights, order and noise). In each cell: relative error on the held-out points (less is better), evaluated every ${every} epochs.`;
  const [train, test] = (used ?? [0, 0]).map((n) => n.toLocaleString('en-US'));
  return `The leaky ReLU has no exact differences of rails, so it runs on all rails, where one presentation of a full picture takes some tenths of a second and more (last table of this page): too slow for a grid. So this is 49-16-10 on pictures averaged to 7 × 7, the first ${train} training and the first ${test} test pictures; ${runs} (first weights, normal with deviation 0.15, order and noise). In each cell: accuracy on those test pictures at the end. At first it was 500 training pictures and η·dwell = 0.02; there the figures pointed the other way than in the table. More pictures and a larger step were taken once, after these had been seen, because so short a training was too little to compare.`;
}

export function tasksSection(results: Results, { quick }: Extent): Section {
  const figures = new Map<string, string>();
  const parts = (quick ? QUICK : GRIDS).map((grid) => {
    const { task, dwells } = grid;
    const cells = ACTIVATIONS.flatMap(({ name, text }) => dwells.map((dwell): Cell => ({
      activation: name, dwell, runs: SIZES.map((size) => seeds(grid.seeds).map((seed) => learnt(results, grid, text, dwell, size, seed))),
    })));
    const rows = cells.map(({ activation, dwell, runs }) => [activation, dwell, ...runs.map(cellText)]);
    const series = cells.filter(({ runs }) => runs.flat().every(({ lost }) => !lost)).map(({ activation, dwell, runs }) => ({
      name: `${activation.replace(' ReLU', '')}, dwell ${dwell}`, points: SIZES.map((size, n) => ({ x: 100 * size, y: 100 * mean((runs[n] ?? []).map(({ score }) => score)) })),
    }));
    const measure = task === 'regression' ? 'relative error' : 'accuracy', figure = `tasks_${task}`;
    const picture = series.length === 0 ? '' : `\n\n${shown(figure, `${TITLES[task]}: held-out ${measure} without and with noise, mean of the seeds.`)}`;
    if (series.length > 0) figures.set(figure, figureSvg({ title: `${TITLES[task]}: smooth and leaky ReLU under noise`, x: { label: 'noise of every constant, redrawn every dwell, %', from: 0 }, y: { label: `held-out ${measure}, %` }, series }));
    return `### ${TITLES[task]}\n\n${intro(grid)}\n\n${table(['activation', 'dwell', ...SIZES.map((size) => (size === 0 ? 'no noise' : `s = ${percent(size, 0)}`))], rows)}\n\n${comparison(task, cells)}${picture}`;
  });
  const text = `## Smooth against leaky ReLU on the other tasks

The same comparison, with the same noise drawn anew for every reaction and every dwell and all rails as they stand, in grids small enough for some minutes: much shorter trainings than above, whose steps and lengths were set
once without tuning (those of MNIST twice). Mean ± standard deviation over the seeds, each the mean over the last third of its evaluations, which feel the noise of the last dwell and let the forward reactions run for ${UNTIL}. With two or three seeds, differences
within the deviations mean nothing.

${parts.join('\n\n')}`;
  return { text, figures };
}

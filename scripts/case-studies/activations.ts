/** Smooth against leaky ReLU while constants are drawn anew every dwell, over the size of the noise and the dwell. */
import { figureSvg } from './figure.ts';
import { dataOf, exchanged, sampleText, trained, trainingOf } from './models.ts';
import type { Results } from './results.ts';
import { digits, mean, median, percent, seeds, shown, spread, table, type Extent, type Section } from './section.ts';

export const ACTIVATIONS = [
  { name: 'smooth ReLU', text: 'smooth_relu(h = 0.1)' },
  { name: 'leaky ReLU', text: 'leaky_relu(α = 0.01)' },
] as const;

interface Noisy {
  readonly activation: string;
  readonly size: number;
  readonly dwell: number;
  readonly seed: number;
  readonly epochs: number;
}

interface Learnt {
  /** Mean over the last third of the evaluations: how well the pot does while it goes on learning. */
  readonly error: number;
  readonly right: number;
  readonly lost: boolean;
  readonly seconds: number;
}

function noisy(results: Results, settings: Noisy): Learnt {
  const { activation, size, dwell, seed, epochs } = settings, name = activation.split('(')[0] ?? '', every = 10, tolerance = 1e-4, until = 200;
  return results.get(`activations/${name}-${size}-${dwell}-${seed}${epochs < 100 ? '-quick' : ''}`, { ...settings, every, tolerance, until }, () => {
    const text = exchanged(sampleText('xor'), [[/smooth_relu\(h = 0\.1\)/, activation], [/seed: 7\)/, `seed: ${seed})`]]);
    const { outcome, seconds } = trained(trainingOf(text).plan, dataOf(text), {
      dwell, rate: 0.1 / dwell, epochs, seed, reduction: 'none', rtol: tolerance, evaluation: { every, until },
      ...(size === 0 ? {} : { noise: { seed: 500 + seed, rates: { distribution: 'lognormal', size, when: 'dwell', per: 'reaction' } } }),
    });
    const evaluations = outcome.history.flatMap(({ evaluation }) => (evaluation === undefined ? [] : [evaluation]));
    const late = evaluations.slice(Math.floor((2 * evaluations.length) / 3)), lost = outcome.blowUp !== undefined;
    return { error: lost ? Infinity : mean(late.map(({ loss }) => loss)), right: lost ? 0 : mean(late.map(({ accuracy }) => accuracy ?? NaN)), lost, seconds };
  });
}

export function activationsSection(results: Results, { quick }: Extent): Section {
  const [sizes, dwells, count, epochs] = quick ? [[0, 0.1], [20], 2, 20] : [[0, 0.05, 0.1, 0.2], [10, 20, 50], 4, 300];
  const cells = ACTIVATIONS.map(({ name, text }) => ({
    name, rows: dwells.map((dwell) => ({ dwell, cells: sizes.map((size) => ({ size, runs: seeds(count).map((seed) => noisy(results, { activation: text, size, dwell, seed, epochs })) })) })),
  }));
  const rows = cells.flatMap(({ name, rows: byDwell }) => byDwell.map(({ dwell, cells: bySize }) => [
    name, dwell, ...bySize.map(({ runs }) => {
      const right = runs.map((run) => run.right), lost = runs.filter((run) => run.lost).length;
      return `${percent(mean(right), 0)} ± ${percent(spread(right), 0)}; ${digits(median(runs.map((run) => run.error ?? Infinity)))}${lost > 0 ? `; ${lost} lost` : ''}`;
    }),
  ]));
  const series = cells.flatMap(({ name, rows: byDwell }) => byDwell.filter(({ dwell }) => dwell >= 20).map(({ dwell, cells: bySize }) => ({
    name: `${name.replace(' ReLU', '')}, dwell ${dwell}`,
    points: bySize.map(({ size, runs }) => ({ x: 100 * size, y: 100 * mean(runs.map((run) => run.right)) })),
  })));
  const text = `## Smooth against leaky ReLU under noise

[Kang and Kim](https://arxiv.org/abs/2410.11919) claim that smooth activations lose less accuracy than (leaky) ReLU at equal noise. Here every rate constant of the XOR pot is multiplied by
exp(s·N(0, 1)), drawn anew for every single reaction and every dwell; the leaky ReLU is the one by fast annihilation (κ = 1000, α = 0.01, \`leaky_relu\` of the library).
η·dwell = 0.1, ${epochs} epochs, ${count} seeds (first weights, order and noise), all rails as they stand. In each cell: answers that are right, mean ± standard deviation over
the seeds; and the median mean square error, both over the evaluations of the last third of the training. Evaluations feel the noise of the last dwell too, and let the forward reactions run for 200.

${table(['activation', 'dwell', ...sizes.map((size) => (size === 0 ? 'no noise' : `s = ${percent(size, 0)}`))], rows)}

${verdict(cells, sizes)}

${shown('activations', 'Right answers on XOR against the size of the noise, mean of the seeds.')}`;
  return { text, figures: new Map([['activations', figureSvg({ title: 'Smooth and leaky ReLU under noise', x: { label: 'noise of every constant, redrawn every dwell, %', from: 0 }, y: { label: 'right answers, %', from: 40, to: 100 }, series: series.slice(0, 4) })]]) };
}

type Cells = readonly { readonly rows: readonly { readonly dwell: number; readonly cells: readonly { readonly size: number; readonly runs: readonly Learnt[] }[] }[] }[];

/** What the table says about the claim: losses of accuracy from no noise to each size, activation by activation. */
function verdict([smooth, leaky]: Cells, sizes: readonly number[]): string {
  const drop = (cells: Cells[number] | undefined, row: number, column: number): number => {
    const right = (k: number): number => mean(cells?.rows[row]?.cells[k]?.runs.map((run) => run.right) ?? []);
    return right(0) - right(column);
  };
  let less = 0, more = 0, all = 0;
  for (let row = 0; row < (smooth?.rows.length ?? 0); row++) {
    for (let column = 1; column < sizes.length; column++) {
      const [a, b] = [drop(smooth, row, column), drop(leaky, row, column)];
      all++;
      if (a < b - 1e-9) less++;
      else if (a > b + 1e-9) more++;
    }
  }
  const told = less > more ? 'which points the way of the claim' : less < more ? 'so the claim does not reproduce here' : 'so nothing can be said for or against the claim';
  return `Measured by the accuracy lost against the same dwell without noise, the smooth ReLU loses less in ${less} of ${all} cells and more in ${more}, ${told}. With so few seeds on one small task, differences within the deviations mean nothing.`;
}

/** Smooth against leaky ReLU while constants are drawn anew every dwell, over the size of the noise and the dwell, on all four tasks. */
import { counted, differences, finding } from './activations-harm.ts';
import { GRIDS, QUICK, rowsOf, UNTIL, type Grid, type Learnt, type Row } from './activations-grid.ts';
import { figureSvg } from './figure.ts';
import type { Results } from './results.ts';
import { digits, mean, median, percent, shown, spread, table, type Extent, type Section } from './section.ts';

const TITLES = { xor: 'XOR', iris: 'Iris', regression: 'The regression', digits: 'MNIST' } as const;
const MEASURES = { xor: 'right answers', iris: 'held-out accuracy', regression: 'held-out relative error', digits: 'held-out accuracy' } as const;

/** Mean and deviation over the seeds that were not lost, for XOR the median mean square error too, and how many were lost. */
function cellText(task: Grid['task'], runs: readonly Learnt[]): string {
  const kept = runs.filter(({ lost }) => !lost), scores = kept.map(({ score }) => score), lost = runs.length - kept.length;
  const error = task === 'xor' && kept.length > 0 ? `; ${digits(median(kept.map((run) => run.error)))}` : '';
  return `${kept.length === 0 ? '–' : `${percent(mean(scores))} ± ${percent(spread(scores))}`}${error}${lost > 0 ? `; ${lost} lost` : ''}`;
}

function intro({ task, step, epochs, seeds: count, every, pictures }: Grid): string {
  const runs = `η·dwell = ${step}, ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}, ${count} seeds`;
  if (task === 'xor') return `2-4-1, ${runs} (first weights, order and noise). In each cell: answers that are right, evaluated every ${every} epochs, and the median mean square error.`;
  if (task === 'iris') return `4-8-3, ${runs} (split, first weights, order and noise). In each cell: accuracy on the held-out flowers, evaluated every ${every} epochs.`;
  if (task === 'regression') return `1-8-1, ${runs} (split, first weights, order and noise). In each cell: relative error on the held-out points (less is better), evaluated every ${every} epochs.`;
  const [train, test] = (pictures ?? [0, 0]).map((n) => n.toLocaleString('en-US'));
  return `The leaky ReLU has no exact differences of rails, so it runs on all rails, where one presentation of a full picture takes a tenth of a second and more (last table of this page): too slow for a grid. So this is 49-16-10 on pictures averaged to 7 × 7, the first ${train} training and the first ${test} test pictures; ${runs} (first weights, normal with deviation 0.15, order and noise). In each cell: accuracy on those test pictures at the end.`;
}

function figureOf({ task, sizes }: Grid, rows: readonly Row[]): string | undefined {
  const series = rows.filter(({ runs }) => runs.flat().every(({ lost }) => !lost)).map(({ activation, dwell, runs }) => ({
    name: `${activation.replace(' ReLU', '')}, dwell ${dwell}`, points: sizes.map((size, n) => ({ x: 100 * size, y: 100 * mean((runs[n] ?? []).map(({ score }) => score)) })),
  }));
  if (series.length === 0) return undefined;
  return figureSvg({ title: `${TITLES[task]}: smooth and leaky ReLU under noise`, x: { label: 'noise of every constant, redrawn every dwell, %', from: 0 }, y: { label: `${MEASURES[task]}, %`, ...(task === 'regression' ? { from: 0 } : { to: 100 }) }, series });
}

export function activationsSection(results: Results, { quick }: Extent): Section {
  const figures = new Map<string, string>(), grids = quick ? QUICK : GRIDS;
  const tasks = grids.map((grid) => ({ grid, rows: rowsOf(results, grid) })).map(({ grid, rows }) => ({ grid, rows, found: differences(grid, rows) }));
  const parts = tasks.map(({ grid, rows, found }) => {
    const { task, sizes } = grid, svg = figureOf(grid, rows), figure = `activations_${task}`;
    if (svg !== undefined) figures.set(figure, svg);
    const cells = table(['activation', 'dwell', ...sizes.map((size) => (size === 0 ? 'no noise' : `s = ${percent(size, 0)}`))], rows.map(({ activation, dwell, runs }) => [activation, dwell, ...runs.map((each) => cellText(task, each))]));
    const picture = svg === undefined ? '' : `\n\n${shown(figure, `${TITLES[task]}: ${MEASURES[task]} against the size of the noise, mean of the seeds.`)}`;
    return `### ${TITLES[task]}\n\n${intro(grid)}\n\n${cells}\n\n${finding(task, found)}${picture}`;
  });
  const { all, less, more } = counted(tasks.flatMap(({ found }) => found));
  const verdict = less > more && less > all / 2 ? 'which supports the claim' : less > more ? 'which points the way of the claim without establishing it' : 'so the claim does not reproduce here';
  const text = `## Smooth against leaky ReLU under noise

[Kang and Kim](https://arxiv.org/abs/2410.11919) claim that smooth activations lose less accuracy than (leaky) ReLU at equal noise. Here every rate constant of a pot is multiplied by
exp(s·N(0, 1)), drawn anew for every single reaction and every dwell; the leaky ReLU is the one by fast annihilation (κ = 1000, α = 0.01, \`leaky_relu\` of the library). All rails run as they stand.
Trainings are shorter than in the studies above, and their steps and lengths were not tuned for either activation. A cell shows mean ± standard deviation over the seeds; a seed counts with the mean over the last third of its evaluations, which feel
the noise of the last dwell too and let the forward reactions run for ${UNTIL}. What noise takes is compared seed by seed with the same training without noise.

**All tasks together:** of ${all} pairs of cells, the smooth ReLU is harmed less by more than twice the standard error in ${less} and more in ${more}, ${verdict}. With few seeds a standard error is itself uncertain, and among so many pairs some stand out by chance.

${parts.join('\n\n')}`;
  return { text, figures };
}

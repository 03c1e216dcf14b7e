/** XOR: learnt by how many seeds, how fast, and whether the pot keeps it. */
import { figureSvg } from './figure.ts';
import { SilicoTrainer, silicoTask } from '../../simulation/index.ts';
import { dataOf, exchanged, sampleText, trained, trainingOf } from './models.ts';
import type { Results } from './results.ts';
import { digits, median, seconds, seeds, shown, table, type Extent, type Section } from './section.ts';

interface Learning {
  readonly seed: number;
  readonly dwell: number;
  readonly epochs: number;
  readonly rails: boolean;
  /** Stops at an error below 0.01. */
  readonly stops: boolean;
  /** κ of the errors. */
  readonly fastErrors: boolean;
}

interface Learnt {
  readonly reduction: string;
  /** First epoch with an error below 0.01. */
  readonly epoch?: number;
  readonly seconds: number;
  readonly errors: readonly (readonly [number, number])[];
}

function learning(results: Results, settings: Learning): Learnt {
  const { seed, dwell, epochs, rails, stops, fastErrors } = settings, every = stops ? 1 : 10;
  const name = `xor/dwell-${dwell}${rails ? '-rails' : ''}${stops ? '' : '-long'}-${seed}`;
  return results.get(name, settings, () => {
    const text = exchanged(sampleText('xor'), [[/seed: 7\)/, `seed: ${seed})${fastErrors ? '\n  κ_error = 1000' : ''}`]]);
    const { outcome, seconds: took } = trained(trainingOf(text).plan, dataOf(text), {
      dwell, rate: 0.1 / dwell, epochs, seed, reduction: rails ? 'none' : 'auto', evaluation: { every }, ...(stops ? { stop: { loss: 0.01 } } : {}),
    });
    const errors = outcome.history.flatMap(({ epoch, evaluation }) => (evaluation === undefined ? [] : [[epoch, evaluation.loss] as const]));
    const first = errors.find(([, loss]) => loss <= 0.01)?.[0];
    return { reduction: outcome.reduction, ...(first === undefined ? {} : { epoch: first }), seconds: took, errors: stops ? [] : errors };
  });
}

/** Ordinary gradient descent on φ_h from the first weights of a seed, in its order and with its step: the epoch in which the error falls below 0.01. */
function descended(results: Results, seed: number, epochs: number): { readonly epoch?: number } {
  return results.get(`xor/descent-${seed}`, { seed, epochs }, () => {
    const text = exchanged(sampleText('xor'), [[/seed: 7\)/, `seed: ${seed})`]]);
    const trainer = new SilicoTrainer(silicoTask(trainingOf(text).plan), dataOf(text), { epochs, seed, optimiser: { kind: 'sgd', rate: 0.1 }, stop: { loss: 0.01 } });
    while (trainer.finished === undefined) trainer.step();
    return trainer.finished === 'target loss' ? { epoch: trainer.outcome(trainer.finished).epochs } : {};
  });
}

/** What the seeds that did not learn come to by other ways, in a sentence. */
function unlearnt(results: Results, missed: readonly number[], epochs: number, longer: (seed: number) => Learnt): string {
  if (missed.length === 0) return '';
  const descent = missed.filter((seed) => descended(results, seed, epochs).epoch !== undefined).length;
  const long = missed.filter((seed) => longer(seed).epoch !== undefined).length;
  const cause = descent > missed.length / 2 ? ' Their first weights are not what hinders them; the switching of the samples is, of which more below.' : '';
  return `Of the ${missed.length} seeds that do not learn at dwell 20, ${long} learn at dwell 100, and ${descent} by ordinary gradient descent on φ_h from the same first weights, in the same order and with the same step.${cause} `;
}

export function xorSection(results: Results, { quick }: Extent): Section {
  const [few, many, epochs, long] = quick ? [2, 2, 60, 60] : [8, 32, 500, 2000];
  const run = (seed: number, of: Partial<Learning>): Learnt => learning(results, { seed, dwell: 20, epochs, rails: false, stops: true, fastErrors: false, ...of });
  const groups = [
    { name: 'dwell 20, differences of rails', runs: seeds(many).map((seed) => run(seed, {})) },
    { name: 'dwell 20, differences of rails, the first eight of these', runs: seeds(few).map((seed) => run(seed, {})) },
    { name: 'dwell 20, all rails as they stand', runs: seeds(few).map((seed) => run(seed, { rails: true })) },
    { name: 'dwell 100, κ 1000 for errors, differences', runs: seeds(few).map((seed) => run(seed, { dwell: 100, fastErrors: true })) },
  ];
  const rows = groups.map(({ name, runs }) => {
    const right = runs.flatMap(({ epoch }) => (epoch === undefined ? [] : [epoch]));
    return [name, `${right.length} of ${runs.length}`, right.length === 0 ? '–' : `${median(right)} (${Math.min(...right)} to ${Math.max(...right)})`, seconds(Math.max(...runs.map((one) => one.seconds)))];
  });
  const kept = [20, 100].map((dwell) => seeds(few).map((seed) => run(seed, { dwell, epochs: long, stops: false, fastErrors: dwell === 100 })));
  const late = kept.map((runs) => runs.map(({ errors }) => Math.max(...errors.filter(([epoch]) => epoch >= long / 2).map(([, error]) => error))));
  const held = late.map((errors) => errors.filter((error) => error < 0.02).length);
  const series = kept.map((runs, n) => ({
    name: n === 0 ? 'dwell 20, η 0.005' : 'dwell 100, η 0.001', plain: true,
    points: (runs[0]?.errors ?? []).map(([epoch], k) => {
      const errors = runs.map((one) => one.errors[k]?.[1] ?? NaN);
      return { x: epoch, y: median(errors), low: Math.min(...errors), high: Math.max(...errors) };
    }),
  }));
  const text = `## XOR

The network of \`samples/xor.crn\`: 2-4-1, smooth ReLU with h = 0.1, linear output, weights uniform in −1 … 1, biases 0, η·dwell = 0.1, samples in a
new order every epoch. A seed decides the first weights and the order. *Learnt* means a mean square error below 0.01 on the four
answers within ${epochs} epochs, measured with the update reactions off. Seconds are of the slowest seed, on one core.

${table(['pot', 'learnt', 'epochs, median (range)', 'slowest seed'], rows)}

${unlearnt(results, seeds(many).filter((_, n) => groups[0]?.runs[n]?.epoch === undefined), epochs, (seed) => run(seed, { dwell: 100, fastErrors: true }))}Both equations, all rails and
their differences, are the same kinetics; the differences only leave out what cancels.

**A pot does not only learn, it must also stay.** Going on to epoch ${long}, the error stays below 0.02 from epoch ${long / 2} on for ${held[0]} of ${few} seeds at dwell 20 and
for ${held[1]} of ${few} at dwell 100 (largest error there: ${digits(Math.max(...(late[0] ?? [])))} and ${digits(Math.max(...(late[1] ?? [])))}). With the same step η·dwell, what the switching of
the samples does to the weights counts five times less.

${shown('xor', 'Mean square error on XOR, median and range of the seeds. At dwell 20 the pot forgets what it has learnt, without any noise.')}`;
  return { text, figures: new Map([['xor', figureSvg({ title: 'XOR: error over epochs', x: { label: 'epoch', from: 0, to: long }, y: { label: 'mean square error', log: true, from: 1e-4, to: 1 }, series })]]) };
}

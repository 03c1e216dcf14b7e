/** Learning rules under a frozen mismatch of every reaction, on all rails. */
import type { EpochReport } from '../../simulation/index.ts';
import { dataOf, exchanged, sampleText, trainingOf, trained } from './models.ts';
import type { Results } from './results.ts';
import { digits, median, seeds, table, type Extent, type Section } from './section.ts';

export const RULES = ['gradient', 'self_annealing', 'sorted', 'sorted_self_annealing'] as const;
export type Rule = (typeof RULES)[number];

export interface RobustSettings {
  readonly rule: Rule;
  /** Part by which constants differ: every one is multiplied by 1 + size·N(0, 1), once for all. */
  readonly size: number;
  readonly seed: number;
  readonly epochs: number;
  /** Epochs between two evaluations. */
  readonly every: number;
  /** First epoch from which every evaluation counts. */
  readonly from: number;
}

export interface RobustRun {
  /** First evaluation with a mean square error below 0.01. */
  readonly learnt?: number;
  /** Every evaluation from `from` on: all four answers right; and also an error below 0.02. */
  readonly right: boolean;
  readonly strict: boolean;
  /** Largest error from `from` on. */
  readonly worst: number;
  readonly final: number;
  /** Epoch in which the pot was lost. */
  readonly lost?: number;
  readonly seconds: number;
}

/** What a history of evaluations says. */
export function verdictOf(history: readonly EpochReport[], from: number, lost: number | undefined): Omit<RobustRun, 'seconds'> {
  const evaluations = history.flatMap(({ epoch, evaluation }) => (evaluation === undefined ? [] : [{ epoch, ...evaluation }]));
  const late = evaluations.filter(({ epoch }) => epoch >= from);
  const learnt = evaluations.find(({ loss }) => loss < 0.01)?.epoch;
  const whole = lost === undefined && late.length > 0;
  return {
    ...(learnt === undefined ? {} : { learnt }), ...(lost === undefined ? {} : { lost }),
    right: whole && late.every(({ accuracy }) => accuracy === 1), strict: whole && late.every(({ accuracy, loss }) => accuracy === 1 && loss < 0.02),
    worst: late.reduce((worst, { loss }) => Math.max(worst, loss), 0), final: evaluations.at(-1)?.loss ?? NaN,
  };
}

/** One pot: its mismatch, its first weights and its order of samples all follow from the seed. */
export function robustRun(results: Results, settings: RobustSettings): RobustRun {
  const { rule, size, seed, epochs, every, from } = settings, tolerance = 1e-4;
  return results.get(`robust/${rule}-${size}-${seed}`, { ...settings, tolerance }, () => {
    const text = exchanged(sampleText('xor'), [[/seed: 7\)/, `seed: ${seed})\n  κ_error = 1000`], [/where = pot/, `where = pot\n  rule = ${rule}`]]);
    const { outcome, seconds } = trained(trainingOf(text).plan, dataOf(text), {
      dwell: 100, rate: 0.001, epochs, seed, reduction: 'none', rtol: tolerance, evaluation: { every },
      ...(size === 0 ? {} : { noise: { seed: 1000 + seed, rates: { distribution: 'normal', size, when: 'frozen', per: 'reaction' } } }),
    });
    return { ...verdictOf(outcome.history, from, outcome.blowUp?.epoch), seconds };
  });
}

/** The table of robust rules. */
export function robustSection(results: Results, { quick }: Extent): Section {
  const [epochs, every, from] = quick ? [20, 10, 10] : [2000, 10, 1000];
  // The rule between the two that matter most gets fewer.
  const count = (rule: Rule): number => (quick ? 1 : rule === 'sorted' ? 8 : 16);
  const runs = (rule: Rule, size: number, seedCount: number): RobustRun[] => seeds(seedCount).map((seed) => robustRun(results, { rule, size, seed, epochs, every, from }));
  const rows = RULES.map((rule) => {
    const noisy = runs(rule, 0.1, count(rule)), learnt = noisy.flatMap((run) => (run.learnt === undefined ? [] : [run.learnt])), lost = noisy.filter((run) => run.lost !== undefined).length;
    const of = (list: readonly RobustRun[], key: 'right' | 'strict'): string => `${list.filter((run) => run[key]).length} of ${list.length}`;
    return [`\`${rule}\``, of(noisy, 'right'), of(noisy, 'strict'), lost, digits(median(noisy.map((run) => run.worst))), learnt.length === 0 ? '–' : median(learnt)];
  });
  const text = `## Unequal rate constants

In a real pot no two rate constants are equal. Here every constant of every reaction, rail by rail, is multiplied once for the run by 1 + 0.1·N(0, 1), and the pot is integrated on all its rails (2-4-1,
XOR, dwell 100, η = 0.001, κ = 1000 for errors and 10 elsewhere, relative tolerance 10⁻⁴). A seed decides the mismatch, the first weights and the order. *Right*: all four answers are right at every evaluation, every ${every} epochs, from
epoch ${from} to ${epochs}; *strict*: and the mean square error is below 0.02 at each of them. The rules are modules of the library: [update](../chemistry/library/update.crn),
[self-annealing](../chemistry/library/self_annealing.crn) and [sorted](../chemistry/library/sorted.crn). They and this table are this project's, not from a paper.

${table(['rule', 'right', 'strict', 'blown up', 'largest error from then on, median', 'epochs to 0.01, median of those that get there'], rows)}

With plain gradient descent the two rails of an update differ, so part of what they have in common becomes drift, different for every weight: few samples pin few directions, the rest wander until the answers are
lost. The sorted rules make both signs of an update by one and the same reaction; in the self-annealing ones the learning rate is a species that feeds on squared error and fades.

**Limits.** One task and one linear output: with several outputs (next section) the sorted rules' sizes add up and the hidden update is no longer the exact gradient. From a prototype of the same reactions, not computed anew for this page: noise of 20 % and more that is redrawn every dwell, and kicks
of 5 % on the weights every dwell, defeat all of these rules. The learning rate of the self-annealing rules is a species without an upper bound: once something else has destroyed the net it runs away. Nothing here was run molecule by molecule.`;
  return { text, figures: new Map() };
}

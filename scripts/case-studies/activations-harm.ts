/** What noise takes from one activation and from another, and whether the difference is more than chance. */
import { ACTIVATIONS, type Grid, type Row } from './activations-grid.ts';
import { mean, spread } from './section.ts';

/** Points of accuracy lost, or of relative error gained, against the same seed without noise; smooth less leaky ReLU. */
export interface Difference {
  readonly dwell: number;
  readonly size: number;
  readonly smooth: number;
  readonly leaky: number;
  /** Standard error of smooth − leaky over the seeds. */
  readonly error: number;
}

/** Every dwell and size at which no pot was lost. */
export function differences({ task, dwells, sizes }: Pick<Grid, 'task' | 'dwells' | 'sizes'>, rows: readonly Row[]): Difference[] {
  const harm = (row: Row | undefined, n: number): number[] | undefined => {
    const quiet = row?.runs[0] ?? [], noisy = row?.runs[n] ?? [];
    if ([...quiet, ...noisy].some(({ lost }) => lost) || quiet.length === 0 || quiet.length !== noisy.length) return undefined;
    const sign = task === 'regression' ? 1 : -1;
    return noisy.map(({ score }, k) => 100 * sign * (score - quiet[k]!.score));
  };
  return dwells.flatMap((dwell) => {
    const [smooth, leaky] = ACTIVATIONS.map(({ name }) => rows.find((row) => row.activation === name && row.dwell === dwell));
    return sizes.flatMap((size, n): Difference[] => {
      const a = n === 0 ? undefined : harm(smooth, n), b = harm(leaky, n);
      if (a === undefined || b === undefined) return [];
      const each = a.map((value, k) => value - b[k]!);
      return [{ dwell, size, smooth: mean(a), leaky: mean(b), error: spread(each) / Math.sqrt(each.length) }];
    });
  });
}

/** How the differences fall: clearly one way, clearly the other (by more than twice the standard error), or within it. */
export function counted(list: readonly Difference[]): { readonly all: number; readonly less: number; readonly more: number; readonly smooth: number; readonly leaky: number } {
  const beyond = ({ smooth, leaky, error }: Difference): number => (Math.abs(smooth - leaky) > Math.max(1e-9, 2 * error) ? Math.sign(smooth - leaky) : 0);
  return {
    all: list.length, less: list.filter((one) => beyond(one) < 0).length, more: list.filter((one) => beyond(one) > 0).length,
    smooth: mean(list.map(({ smooth }) => smooth)), leaky: mean(list.map(({ leaky }) => leaky)),
  };
}

/** The finding on one task in two sentences. */
export function finding(task: Grid['task'], list: readonly Difference[]): string {
  if (list.length === 0) return 'Pots were lost in every pair of cells, so nothing can be compared.';
  const { all, less, more, smooth, leaky } = counted(list), points = (value: number): string => value.toFixed(1);
  const told = less > more ? 'which points the way of the claim' : less < more ? 'so the claim does not reproduce here' : 'which says nothing for or against the claim';
  return `Noise ${task === 'regression' ? 'adds to the relative error' : 'takes of the accuracy'}, mean of the ${all} pairs of cells, ${points(smooth)} points with the smooth and ${points(leaky)} with the leaky ReLU. By more than twice its standard error the smooth one is harmed less in ${less} of the pairs and more in ${more}, ${told}.`;
}

/** The models that are timed, and for how long they are simulated. */
export interface BenchModel {
  readonly name: string;
  readonly end: number;
  /** What CVODE is compared by: the linear solver that suits large networks, or the best of all on small ones. */
  readonly against: 'gmres-ilu0' | 'best';
  /** Time of the run molecule by molecule, where there is one. */
  readonly molecules?: number;
}

/** Loman et al., "Catalyst: Fast and flexible modeling of reaction networks" (PLOS Comput Biol 2023). */
export const MODELS: readonly BenchModel[] = [
  { name: 'multistate', end: 20, against: 'best' },
  { name: 'multisite2', end: 10, against: 'best' },
  { name: 'egfr_net', end: 1000, against: 'gmres-ilu0', molecules: 10 },
  { name: 'BCR', end: 1000, against: 'gmres-ilu0', molecules: 1 },
];

/** Work–precision curves: at each of these, with atol a thousandth of it. Ours reach further, to where CVODE's errors are. */
export const TOLERANCES: readonly number[] = [1e-4, 1e-5, 1e-6, 1e-7, 1e-8];
export const OUR_TOLERANCES: readonly number[] = [1e-2, 1e-3, ...TOLERANCES, 1e-9];
/** Ratios are told at the errors that CVODE reaches at these. */
export const TOLD: readonly number[] = [1e-4, 1e-6, 1e-8];
/** All errors are measured in the metric of this tolerance. */
export const RTOL = 1e-6;
export const ATOL = 1e-9;
/**
 * Step counts change by a fifth and more under tiny changes of the tolerance, so each solver is timed at these multiples of it
 * and the median is taken.
 */
export const JITTER: readonly number[] = [0.85, 0.93, 1, 1.08, 1.17];

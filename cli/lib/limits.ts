/** What may be asked of a run, and what holds where nothing is said. Loads nothing: the command line begins with it. */
import type { MethodName, StochasticMethod } from '../../simulation/index.ts';

export const METHODS: readonly MethodName[] = ['auto', 'tsit5', 'rkc', 'bdf'];
/** Molecule by molecule. */
export const MOLECULE_METHODS = ['ssa', 'tau', 'langevin'] as const satisfies readonly StochasticMethod[];
export type MoleculeMethod = (typeof MOLECULE_METHODS)[number];

/** Where nobody said how long. */
export const DEFAULT_END = 100;
export const DEFAULT_POINTS = 101;
export const MOST_POINTS = 1_000_000;
/** As in `simulate` statements: numbers have no more digits, and results should have some. */
export const RELATIVE_TOLERANCES = [1e-14, 0.1] as const;

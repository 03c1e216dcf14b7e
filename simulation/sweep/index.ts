/** Sweeps: the runs of a grid, and what they come to. */
export { runAt, runsIn, type GridAxis, type SweepGrid, type SweepRun } from './plan.ts';
export { addedConfusion, spread, type Spread } from './summary.ts';

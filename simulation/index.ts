/** The simulation room's facade: ODE systems and networks → numbers. Knows no text. */
export type * from './system.ts';
export { EventFinder, type EventFunction } from './event.ts';
export { eventOf, goesOnAtRest } from './condition.ts';
export { Cancelled } from './cancel.ts';
export { integrate } from './integrate.ts';
export { seedTolerances } from './seeds.ts';
export { absoluteTolerance, DEFAULT_ATOL } from './vector.ts';
export { sampleAdaptively, sampleGrid, spansDecades, type Sampler, type Samples, type Selection } from './sample.ts';
export { compileNetwork, type CompiledNetwork, type CompileOptions } from './network/compile.ts';
export {
  fixedPoint, simulate, Simulator,
  type FixedPointResult, type SimulationOptions, type SimulationRequest, type SimulationResult,
} from './simulate.ts';

export {
  fixedPoints, fixedPointSensitivities, RandomStarts,
  type FixedPointsRequest, type FixedPointsResult, type FoundFixedPoint, type Sensitivities, type Spectrum, type Stability,
} from './fixed-points/index.ts';

// Training of networks of neurons.
export * from './training/index.ts';
export * from './sweep/index.ts';

// Molecule by molecule.
export * from './stochastic/index.ts';

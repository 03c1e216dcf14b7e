/** The simulation room's facade: ODE systems and networks → numbers. Knows no text. */
export type * from './system.ts';
export { integrate } from './integrate.ts';
export { sampleAdaptively, sampleGrid, spansDecades, type Sampler, type Samples } from './sample.ts';
export { compileNetwork, type CompiledNetwork, type CompileOptions } from './network/compile.ts';

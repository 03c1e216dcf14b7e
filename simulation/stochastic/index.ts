/** Networks molecule by molecule: exact, by leaps, by Langevin's equation; single runs and ensembles. */
export type { EngineName as StochasticEngine } from './course.ts';
export { mergeSums, type EnsembleSums, type Meetings } from './accumulator.ts';
export {
  chunksOf, ensemble, runReplicas, summarise as summariseEnsemble,
  type Chunk as ReplicaChunk, type ChunkResult as ReplicaChunkResult, type EnsembleRequest, type EnsembleResult, type EnsembleSpecies,
} from './ensemble.ts';
export { StochasticError } from './error.ts';
export { Propensities } from './propensities.ts';
export {
  simulateStochastically, StochasticSimulator,
  type StochasticMethod, type StochasticOptions, type StochasticOutcome, type StochasticRequest, type StochasticResult,
} from './simulator.ts';
export { moleculesPerConcentration } from './volume.ts';

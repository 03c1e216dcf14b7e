/** Small models and results as the tests want them. */
import type { BlockSummary, ModelSummary, RunResult, Trajectory } from '../worker-protocol.ts';

const place = { uri: null, start: 0, end: 1 };

export function block(name: string, offset: number, extra: Partial<BlockSummary> = {}): BlockSummary {
  const shape = extra.shape ?? [];
  const count = shape.reduce((product, extent) => product * extent, 1);
  return { name, kind: 'species', shape, size: extra.kind === 'dual' ? 2 * count : count, offset, place, ...extra };
}

export function model(blocks: readonly BlockSummary[], extra: Partial<ModelSummary> = {}): ModelSummary {
  const dimension = blocks.reduce((sum, b) => sum + b.size, 0);
  return { blocks, parameters: [], experiments: [], trainings: [], dimension, reactions: 1, units: {}, ...extra };
}

/** A trajectory from one row of values a component. */
export function trajectory(times: readonly number[], rows: readonly (readonly number[])[]): Trajectory {
  return { times: Float64Array.from(times), rows: Int32Array.from(rows.keys()), initial: Float64Array.from(rows, (row) => row[0]!), values: Float64Array.from(rows.flat()), residuals: Float64Array.from(times, () => 1) };
}

export function result(path: Trajectory, extra: Partial<RunResult> = {}): RunResult {
  const count = path.times.length;
  const components = path.values.length / count;
  const final = Float64Array.from({ length: components }, (_, i) => path.values[(i + 1) * count - 1]!);
  return {
    until: path.times[count - 1]!, trajectory: path, outcome: { kind: 'reached', t: path.times[count - 1]! }, final, finalRates: new Float64Array(components),
    methods: ['tsit5'], steps: 3, evaluations: 18, milliseconds: 1, ...extra,
  };
}

/** What the page is told of a model: blocks, scalar parameters with their numbers, experiments. */
import type { Experiment, Network, Origin, ParameterValues } from '../../chemistry/index.ts';
import { initialState, unrolledCount } from '../../chemistry/index.ts';
import type { TrainingSummary } from '../training-protocol.ts';
import type { ExperimentSummary, ModelSummary, TextPlace } from '../worker-protocol.ts';

/** Where something stands, counted from the start of its text. */
export function placeOf(origin: Origin): TextPlace {
  return { uri: origin.file ?? null, start: origin.unit.start + origin.start, end: origin.unit.start + origin.end };
}

const METHODS = ['auto', 'tsit5', 'rkc', 'bdf'] as const;
const MOLECULE_METHODS = ['ssa', 'tau', 'langevin'] as const;
/** As in the setting of the same name. */
const MOST_POINTS = 100_000;

export function summariseExperiment(experiment: Experiment): ExperimentSummary {
  const { settings } = experiment;
  const number = (key: string, accept: (value: number) => boolean): number | undefined => {
    const value = settings.get(key);
    return value?.kind === 'number' && Number.isFinite(value.value) && accept(value.value) ? value.value : undefined;
  };
  const words = (key: string): readonly string[] => {
    const value = settings.get(key);
    return value?.kind === 'words' ? value.items : value?.kind === 'word' ? [value.text] : [];
  };
  const positive = (value: number): boolean => value > 0;
  // One of the two tolerances may be 0; the integrator says so when both are.
  const notNegative = (value: number): boolean => value >= 0;
  const byMolecules = MOLECULE_METHODS.find((name) => name === words('method')[0]);
  const molecules = byMolecules === undefined ? undefined : {
    method: byMolecules, volume: number('volume', positive) ?? 1, seed: number('seed', notNegative) ?? 1, replicas: Math.round(number('replicas', positive) ?? 1),
  };
  const method = METHODS.find((name) => name === words('method')[0]);
  const end = number('t', positive) ?? number('until', positive);
  const condition = settings.get('until');
  const rtol = number('rtol', notNegative);
  const atol = number('atol', notNegative);
  const points = number('points', positive);
  return {
    name: experiment.name,
    ...(end === undefined ? {} : { end }),
    untilFixedPoint: words('until')[0] === 'fixed_point',
    ...(condition?.kind === 'condition' ? { condition: condition.condition.text } : {}),
    ...(method === undefined ? {} : { method }),
    ...(molecules === undefined ? {} : { molecules }),
    ...(rtol === undefined ? {} : { rtol }),
    ...(atol === undefined ? {} : { atol }),
    ...(points === undefined ? {} : { points: Math.min(MOST_POINTS, Math.ceil(points)) }),
    plot: words('plot'),
    off: words('off'),
  };
}

/** A unit worth writing behind a number. */
function symbolOf(dimension: 'time' | 'concentration', unit: string | undefined): ModelSummary['units'] {
  return unit === undefined || unit === '' || unit === '1' || unit === 'dimensionless' ? {} : { [dimension]: unit };
}

/** @param inferredUnits unit text by parameter name, where the text itself gives none. */
export function summarise(
  network: Network,
  parameters: ParameterValues,
  inferredUnits: ReadonlyMap<string, string> = new Map(),
  trainings: readonly TrainingSummary[] = [],
): ModelSummary {
  const start = initialState(network, parameters);
  return {
    blocks: network.blocks.map((block) => ({
      name: block.name, kind: block.kind, shape: block.shape, size: block.size, offset: block.offset,
      ...(block.kind !== 'dual' && block.shape.length === 0 ? { initial: start[block.offset]! } : {}),
      ...(block.doc === undefined ? {} : { doc: block.doc }),
      place: placeOf(block.origin),
    })),
    parameters: network.parameters.filter((parameter) => parameter.shape.length === 0).map((parameter) => {
      const unit = parameter.unit ?? inferredUnits.get(parameter.name);
      return {
        id: parameter.id, name: parameter.name, value: parameters.values[parameters.start[parameter.id]!]!,
        ...(unit === undefined ? {} : { unit }),
        ...(parameter.doc === undefined ? {} : { doc: parameter.doc }),
        place: placeOf(parameter.origin),
      };
    }),
    experiments: network.experiments.map(summariseExperiment),
    trainings,
    dimension: network.dimension,
    reactions: unrolledCount(network),
    units: { ...symbolOf('time', network.units.time), ...symbolOf('concentration', network.units.concentration) },
  };
}

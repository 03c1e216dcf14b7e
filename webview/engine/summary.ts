/** What the page is told of a model: blocks, scalar parameters with their numbers, experiments, a first end time. */
import type { Experiment, Network, Origin, ParameterValues } from '../../chemistry/index.ts';
import { evaluateScalar, unrolledCount } from '../../chemistry/index.ts';
import type { ExperimentSummary, ModelSummary, TextPlace } from '../worker-protocol.ts';

/** Where something stands, counted from the start of its text. */
export function placeOf(origin: Origin): TextPlace {
  return { uri: origin.file ?? null, start: origin.unit.start + origin.start, end: origin.unit.start + origin.end };
}

const METHODS = ['auto', 'tsit5', 'bdf'] as const;

export function summariseExperiment(experiment: Experiment): ExperimentSummary {
  const { settings } = experiment;
  const number = (key: string): number | undefined => {
    const value = settings.get(key);
    return value?.kind === 'number' && Number.isFinite(value.value) && value.value > 0 ? value.value : undefined;
  };
  const word = (key: string): string | undefined => {
    const value = settings.get(key);
    return value?.kind === 'word' ? value.text : undefined;
  };
  const plot = settings.get('plot');
  const method = METHODS.find((name) => name === word('method'));
  const end = number('t') ?? number('until');
  const rtol = number('rtol');
  const atol = number('atol');
  return {
    name: experiment.name,
    ...(end === undefined ? {} : { end }),
    untilFixedPoint: word('until') === 'fixed_point',
    ...(method === undefined ? {} : { method }),
    ...(rtol === undefined ? {} : { rtol }),
    ...(atol === undefined ? {} : { atol }),
    plot: plot?.kind === 'words' ? plot.items : plot?.kind === 'word' ? [plot.text] : [],
  };
}

/** The least of 1, 2, 5 × 10ⁿ that is not below x. */
export function roundUp(x: number): number {
  const power = 10 ** Math.floor(Math.log10(x));
  const factor = [1, 2, 5, 10].find((f) => f * power >= x * (1 - 1e-12)) ?? 10;
  return Number((factor * power).toPrecision(1));
}

/**
 * A first end time when nobody gave one: ten times the slowest reaction's time scale. A reaction of order n with constant k at the
 * typical concentration c (the largest initial one, or 1) has the rate k·c^(n−1) per molecule; a rate law counts as its
 * value at the initial state over c.
 */
export function suggestEnd(network: Network, parameters: ParameterValues, initial: Float64Array): number {
  let concentration = 0;
  for (const value of initial) concentration = Math.max(concentration, Math.abs(value));
  if (!(concentration > 0)) concentration = 1;
  let slowest = Infinity;
  for (const family of network.families) {
    const context = { network, parameters, state: initial, counters: family.variables.map(() => 0), variables: family.variables, time: 0 };
    const { rate } = family;
    const order = family.reactants.reduce((sum, term) => sum + term.stoichiometry, 0);
    const perMolecule = rate.kind === 'mass action'
      ? evaluateScalar(rate.constant, context) * concentration ** (order - 1)
      : evaluateScalar(rate.law, context) / concentration;
    if (perMolecule > 0 && perMolecule < slowest) slowest = perMolecule;
  }
  const end = 10 / slowest;
  return end > 0 ? roundUp(Math.min(1e12, Math.max(1e-9, end))) : 10;
}

/** A unit worth writing behind a number. */
function symbolOf(dimension: 'time' | 'concentration', unit: string | undefined): ModelSummary['units'] {
  return unit === undefined || unit === '' || unit === '1' || unit === 'dimensionless' ? {} : { [dimension]: unit };
}

/** @param inferredUnits unit text by parameter name, where the text itself gives none. */
export function summarise(
  network: Network,
  parameters: ParameterValues,
  initial: Float64Array,
  inferredUnits: ReadonlyMap<string, string> = new Map(),
): ModelSummary {
  return {
    blocks: network.blocks.map((block) => ({
      name: block.name, kind: block.kind, shape: block.shape, size: block.size, offset: block.offset,
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
    dimension: network.dimension,
    reactions: unrolledCount(network),
    suggestedEnd: suggestEnd(network, parameters, initial),
    units: { ...symbolOf('time', network.units.time), ...symbolOf('concentration', network.units.concentration) },
  };
}

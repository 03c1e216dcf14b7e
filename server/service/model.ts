/** What a document declares, for the client's views and the lab: parameters with values, experiments, species. */
import { unrolledCount } from '../../chemistry/index.ts';
import type { Origin } from '../../chemistry/index.ts';
import type { ModelAnswer, PlaceAnswer } from '../protocol.ts';
import { parameterValue } from './hover/values.ts';
import { locationOf } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

export function model(snapshot: Snapshot): ModelAnswer {
  const { network, hasErrors } = snapshot.analysis;
  const place = (origin: Origin): PlaceAnswer => {
    const location = locationOf(snapshot, { unit: origin.unit, span: origin, ...(origin.file === undefined ? {} : { file: origin.file }) });
    return { uri: location?.uri ?? snapshot.uri, line: location?.range.start.line ?? 0, character: location?.range.start.character ?? 0 };
  };
  return {
    version: snapshot.version,
    hasErrors,
    parameters: network.parameters
      .filter((parameter) => parameter.shape.length === 0)
      .map((parameter) => ({
        name: parameter.name,
        value: parameterValue(network, parameter.id),
        ...(parameter.unit === undefined ? {} : { unit: parameter.unit }),
        ...(parameter.doc === undefined ? {} : { doc: parameter.doc }),
        place: place(parameter.origin),
      })),
    experiments: network.experiments.map((experiment) => ({ name: experiment.name, place: place(experiment.origin) })),
    species: network.blocks.map((block) => ({ name: block.name, kind: block.kind, shape: block.shape, place: place(block.origin) })),
    families: network.families.length,
    reactions: unrolledCount(network),
    dimension: network.dimension,
    groups: network.groups,
    units: network.units,
  };
}

/** The `expect` statements of a text, for a list of tests. */
import type { ExpectationsAnswer } from '../protocol.ts';
import { unitRange } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

export function expectations(snapshot: Snapshot): ExpectationsAnswer {
  return {
    version: snapshot.version,
    expectations: snapshot.tree.units.flatMap((unit) =>
      unit.statement.kind === 'Expect'
        ? [{ text: unit.text.slice(unit.statement.start, unit.statement.end).replaceAll(/\s+/g, ' '), range: unitRange(snapshot, unit, unit.statement) }]
        : []),
  };
}

/** The statements of a text that stand for something to be run. */
import type { Statement, SyntaxTree, Unit } from '../../grammar/index.ts';
import type { RunRequest } from '../protocol.ts';

export interface Runnable {
  readonly unit: Unit;
  /** The experiment's name, or what it does when it has none. */
  readonly label: string;
  readonly detail?: string;
  /** What runs it; absent for those that run in a terminal only. */
  readonly run?: RunRequest;
}

/** In the order of the text. */
export function runnable(tree: SyntaxTree): Runnable[] {
  return tree.units.flatMap((unit) => {
    const found = ofStatement(unit.statement);
    return found === undefined ? [] : [{ unit, ...found }];
  });
}

function ofStatement(statement: Statement): Omit<Runnable, 'unit'> | undefined {
  switch (statement.kind) {
    case 'Simulate':
      return statement.name === undefined
        ? { label: 'simulate', run: { kind: 'simulate' } }
        : { label: statement.name.text, detail: 'simulate', run: { kind: 'simulate', name: statement.name.text } };
    case 'Train': {
      const what = `train ${statement.network.text} on ${statement.data.text}`;
      return statement.name === undefined
        ? { label: what, run: { kind: 'train', name: statement.network.text } }
        : { label: statement.name.text, detail: what, run: { kind: 'train', name: statement.name.text } };
    }
    case 'Sweep':
      return { label: statement.name.text, detail: 'sweep' };
    default:
      return undefined;
  }
}

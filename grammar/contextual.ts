/** Words that mean something only where they stand (`layer`, `on`, `vary` …) and can be names elsewhere. */
import type { Span, Statement } from './ast.ts';
import { statementsOf } from './walk.ts';

const WORD = /[A-Za-z_]+/g;

/** Where such words stand in a statement and in its blocks, by their offsets. */
export function contextualWords(statement: Statement, text: string): ReadonlySet<number> {
  const found = new Set<number>();
  /** The first of these words between two offsets. */
  const mark = (from: number, to: number, words: readonly string[]): void => {
    WORD.lastIndex = from;
    for (let match = WORD.exec(text); match !== null && match.index < to; match = WORD.exec(text)) {
      if (!words.includes(match[0])) continue;
      found.add(match.index);
      return;
    }
  };
  const pair = ({ network, data }: { readonly network: Span; readonly data: Span }): void => mark(network.end, data.start, ['on']);
  for (const part of statementsOf(statement)) {
    switch (part.kind) {
      case 'Activation':
        // `output = …` stands right before its value.
        if (part.output !== undefined) {
          const at = text.lastIndexOf('output', part.output.start);
          if (at >= part.start) found.add(at);
        }
        break;
      case 'Network':
        for (const item of part.items) if (item.kind !== 'setting') mark(item.start, item.end, ['input', 'layer', 'weights']);
        break;
      case 'Data':
        if (part.split !== undefined) {
          mark(part.split.start, part.split.fraction.start, ['split']);
          mark(part.split.fraction.end, part.split.seed?.start ?? part.split.fraction.end, ['seed']);
        }
        break;
      case 'Train':
        pair(part);
        break;
      case 'Sweep':
        if (part.train !== undefined) pair(part.train);
        if (part.simulate !== undefined) mark(part.simulate.start, part.simulate.experiment.start, ['simulate']);
        for (const { start, name, range } of part.vary) {
          mark(start, name.start, ['vary']);
          if (range.kind === 'range' && range.steps !== undefined) mark(range.to.end, range.steps.start, ['steps']);
        }
        break;
      default:
        break;
    }
  }
  return found;
}

/** Colours a text by the grammar, before the language server has looked at it and where it has nothing to say. */
import type * as monaco from 'monaco-editor/editor';
import { sameStack, Tokenizer, type Grammar, type Stack } from './textmate.ts';

class LineState implements monaco.languages.IState {
  readonly open: Stack | undefined;
  constructor(open: Stack | undefined) {
    this.open = open;
  }
  clone(): LineState {
    return this;
  }
  equals(other: monaco.languages.IState): boolean {
    return other instanceof LineState && sameStack(this.open, other.open);
  }
}

/** Longer lines are left without colours, as in VS Code. */
const LONGEST = 20_000;

export function tokensProvider(grammar: Grammar): monaco.languages.TokensProvider {
  const tokenizer = new Tokenizer(grammar);
  return {
    getInitialState: () => new LineState(undefined),
    tokenize(line, state) {
      const before = state instanceof LineState ? state : new LineState(undefined);
      if (line.length > LONGEST) return { tokens: [{ startIndex: 0, scopes: '' }], endState: before };
      const { tokens, open } = tokenizer.line(line, before.open);
      return { tokens: tokens.map(({ start, scope }) => ({ startIndex: start, scopes: scope })), endState: open === before.open ? before : new LineState(open) };
    },
  };
}

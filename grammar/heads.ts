/** Heads of blocks: `for`, `module`, `group`, `simulate`, the `ode` of a block, and those of networks and data. */
import { t } from '../l10n/index.ts';
import type {
  ActivationDeclaration, BadStatement, Binder, DataDeclaration, ForStatement, GroupStatement, ModuleDeclaration, Name, NetworkDeclaration,
  NoiseStatement, OdeStatement, SimulateStatement, Statement, SweepStatement, TrainStatement,
} from './ast.ts';
import { nameExpected, unexpectedText } from './diagnostics/index.ts';
import { trainPair } from './lines.ts';
import { parser } from './parser.ts';
import { attempt, bad, list, run, span, spanOf, split, type Reading } from './reading.ts';
import * as T from './tokens.ts';

export type BlockStatement =
  | ForStatement | ModuleDeclaration | GroupStatement | SimulateStatement | OdeStatement | ActivationDeclaration | NetworkDeclaration
  | DataDeclaration | TrainStatement | NoiseStatement | SweepStatement | BadStatement;

/** @param word the block word that the text begins with */
export function blockHead(reading: Reading, word: string, body: readonly Statement[]): BlockStatement {
  const { tokens, base, problems } = reading;
  const all = span(reading);
  switch (word) {
    case 'for': {
      const binders =
        attempt<Binder[]>(() => parser().forHead(), reading) ?? list(tokens.slice(1), tokens[0], () => parser().binder(), reading);
      return { kind: 'For', ...all, binders, body };
    }
    case 'module':
      return moduleHead(reading, body);
    case 'group': {
      const name = run(() => parser().groupHead(), tokens, base, problems);
      return name === undefined ? bad(reading) : { kind: 'Group', ...all, name, body };
    }
    case 'simulate': {
      const before = problems.length;
      const name = run(() => parser().simulateHead(), tokens, base, problems);
      const kept = name ?? (problems.length > before && tokens[1]?.tokenType === T.Identifier ? { ...spanOf(tokens[1], base), text: tokens[1].image } : undefined);
      return { kind: 'Simulate', ...all, ...(kept === undefined ? {} : { name: kept }), settings: [] };
    }
    case 'activation': {
      const head = run(() => parser().activationHead(), tokens, base, problems);
      // Equations are worth reading when only the constants are wrong.
      const name = head?.name ?? nameBehind(reading);
      if (name === undefined) return bad(reading);
      return { kind: 'Activation', ...all, name, parameters: head?.parameters ?? [], equations: [], totals: [] };
    }
    case 'network':
    case 'noise':
    case 'sweep': {
      const name = run(() => parser().namedHead(), tokens, base, problems) ?? nameBehind(reading);
      if (name === undefined) return bad(reading);
      if (word === 'network') return { kind: 'Network', ...all, name, items: [] };
      return word === 'noise' ? { kind: 'Noise', ...all, name, settings: [] } : { kind: 'Sweep', ...all, name, vary: [], settings: [] };
    }
    case 'data': {
      const head = run(() => parser().dataHead(), tokens, base, problems);
      const name = head?.name ?? nameBehind(reading);
      if (name === undefined) return bad(reading);
      return { kind: 'Data', ...all, name, rows: [], ...(head?.source === undefined ? {} : { source: head.source }), settings: [] };
    }
    case 'train':
      return trainHead(reading);
    default: {
      if (tokens.length > 1) problems.push(unexpectedText({ start: tokens[1]!.startOffset + base, end: T.endOf(tokens.at(-1)!) + base }, t('`{` and equations, one a line')));
      return { kind: 'Ode', ...all, keyword: spanOf(tokens[0]!, base), equations: [], block: true };
    }
  }
}

/** The name behind the first word of a head whose rest is broken. */
function nameBehind({ tokens, base }: Reading): Name | undefined {
  const name = tokens[1];
  return name?.tokenType === T.Identifier ? { ...spanOf(name, base), text: name.image } : undefined;
}

/** `train xor on truth_table`, `train first: xor on truth_table` */
function trainHead(reading: Reading): TrainStatement | BadStatement {
  const { tokens, base, problems } = reading;
  const colon = tokens[2]?.tokenType === T.Colon;
  const name = colon ? nameBehind(reading) : undefined;
  if (colon && name === undefined) problems.push(nameExpected(spanOf(tokens[1]!, base), 'train'));
  const pair = trainPair(tokens.slice(colon ? 3 : 1), tokens[colon ? 2 : 0]!, reading);
  if (pair === undefined) return bad(reading);
  return { kind: 'Train', ...span(reading), ...(name === undefined ? {} : { name }), ...pair, settings: [] };
}

function moduleHead(reading: Reading, body: readonly Statement[]): BlockStatement {
  const { tokens, base, problems } = reading;
  const all = span(reading);
  const head = attempt(() => parser().moduleHead(), reading);
  if (head !== undefined) return { kind: 'Module', ...all, ...head, body };
  const name = tokens[1];
  const open = tokens[2];
  const close = tokens.findLastIndex((token) => token.tokenType === T.RightParen);
  if (name?.tokenType !== T.Identifier || open?.tokenType !== T.LeftParen || close !== tokens.length - 1) {
    run(() => parser().moduleHead(), tokens, base, problems);
    if (name?.tokenType !== T.Identifier) return { ...bad(reading), body };
  }
  const inner = open?.tokenType === T.LeftParen ? tokens.slice(3, close > 2 ? close : undefined) : [];
  const [parameters, constants] = split(inner, T.Semicolon);
  const quiet = problems.length > 0 ? { ...reading, problems: [] } : reading;
  return {
    kind: 'Module', ...all,
    name: { ...spanOf(name, base), text: name.image },
    parameters: parameters!.tokens.length === 0 ? [] : list(parameters!.tokens, open, () => parser().moduleParameter(), quiet, partialParameter),
    constants: constants === undefined ? [] : list(constants.tokens, constants.comma, () => parser().moduleConstant(), quiet, partialParameter),
    body,
  };
}
function partialParameter() {
  const name = parser().partialName;
  return name === undefined ? undefined : { start: name.start, end: name.end, name };
}

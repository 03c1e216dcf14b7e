/**
 * One statement without braces, or the head of a block: text → tree and problems. The whole statement is tried first;
 * when that fails it is read in parts (items of a list, sides of a reaction), each with its own error, so that what can
 * be read is in the tree.
 */
import { t } from '../l10n/index.ts';
import type { IToken } from 'chevrotain';
import type {
  Complex, Declaration, DeclarationItem, ExpectStatement, Expression, ImportStatement, NeuronStatement, OdeEquation, Rate, Reaction, Statement,
  SyntaxProblem, UnitExpression, UnitsStatement, UseStatement,
} from './ast.ts';
import { isWord } from './diagnose.ts';
import {
  emptySide, missingArrow, missingBackwardRate, missingBlock, missingKeyword, missingRate, misspelledWord, needlessBackwardRate,
  reservedWord, unexpectedText,
} from './diagnostics/index.ts';
import { foreign } from './foreign.ts';
import { blockHead, type BlockStatement } from './heads.ts';
import { parser } from './parser.ts';
import { attempt, bad, docAbove, isArrow, list, namesOf, read, run, span, spanOf, split, whole, type Parsed, type Reading } from './reading.ts';
import { nearestWord } from './spelling.ts';
import * as T from './tokens.ts';
import { unreadNames } from './walk.ts';

export type { BlockStatement } from './heads.ts';
export type { Parsed } from './reading.ts';


const NONE: readonly SyntaxProblem[] = [];

// ---------------------------------------------------------------- statements

const DECLARATIONS = new Set(['param', 'species', 'fixed', 'dual']);

/**
 * Reads a statement that has no block. The word decides what it is; without one it is a reaction.
 * @param base where the text begins in its unit
 */
export function parseStatement(text: string, base: number): Parsed<Statement> {
  const reading = read(text, base);
  const repairs = reading.problems.length;
  const statement = dispatch(reading);
  // A bracket too many or too few explains whatever else fails.
  if (reading.problems.slice(0, repairs).some((found) => found.code === 'CRN105' || found.code === 'CRN106')) reading.problems.length = repairs;
  if (reading.problems.length === 0) return { tree: statement, problems: NONE };
  const told = foreign(reading.text, reading.raw, base);
  if (told !== undefined) return { tree: bad(reading), problems: [told] };
  return { tree: withUnread(statement, reading), problems: reading.problems };
}

function withUnread<Tree extends Statement>(statement: Tree, reading: Reading): Tree {
  if (statement.kind === 'Bad') return statement;
  const unread = unreadNames(statement, namesOf(reading));
  return unread.length === 0 ? statement : { ...statement, unread };
}

function dispatch(reading: Reading): Statement {
  const { tokens } = reading;
  const first = tokens[0];
  if (first === undefined) {
    if (reading.problems.length === 0) reading.problems.push(unexpectedText(whole(reading), t('a statement')));
    return bad(reading);
  }
  const second = tokens[1];
  if (isWord(first)) {
    const asName = isArrow(second) || second?.tokenType === T.Plus || second?.tokenType === T.Caret;
    if (asName && tokens.some(isArrow)) return reaction(reading);
    const word = first.image;
    if (DECLARATIONS.has(word)) return declaration(reading, word as Declaration['declares']);
    switch (word) {
      case 'units':
        return units(reading);
      case 'ode':
        return ode(reading);
      case 'use':
        return use(reading);
      case 'import':
        return importStatement(reading);
      case 'expect':
        return expect(reading);
      case 'neuron':
        return neuron(reading);
      case 'for':
      case 'module':
      case 'group':
      case 'simulate':
      case 'activation':
      case 'network':
      case 'data':
      case 'train':
      case 'noise':
      case 'sweep': {
        const head = blockHead(reading, word, []);
        reading.problems.push(missingBlock(spanOf(first, reading.base), word, whole(reading).end, false));
        return head;
      }
      default:
        if (tokens.some(isArrow)) return reaction(reading);
        reading.problems.push(reservedWord(spanOf(first, reading.base), word));
        return bad(reading);
    }
  }
  if (second?.tokenType === T.Colon && tokens[2]?.tokenType === T.keyword('use')) return use(reading);
  if (tokens.some(isArrow)) return reaction(reading);
  const equation = tokens.some((token) => token.tokenType === T.Prime) ? run(() => parser().equation(), tokens, reading.base, []) : undefined;
  if (reading.problems.length === 0) reading.problems.push(noStatement(reading));
  if (equation === undefined) return bad(reading);
  return { kind: 'Ode', ...span(reading), keyword: { start: equation.start, end: equation.start }, equations: [equation], block: false };
}

/** A line without arrow and without statement word: which of the usual slips it is. */
function noStatement(reading: Reading): SyntaxProblem {
  const { tokens, base } = reading;
  const first = tokens[0]!;
  const second = tokens[1];
  if (first.tokenType === T.Identifier) {
    const word = second?.tokenType === T.Identifier || second === undefined ? nearestWord(first.image) : undefined;
    if (word !== undefined) return misspelledWord(spanOf(first, base), first.image, word);
    if (tokens.some((token) => token.tokenType === T.Prime)) return missingKeyword(spanOf(first, base), 'ode', t("An equation begins with `ode`: `ode X' = …`."));
    if (second?.tokenType === T.Equals) {
      return missingKeyword(spanOf(first, base), 'param', t('To give `{0}` a value, declare it: `param {0} = …` or `species {0} = …`.', first.image));
    }
  }
  const from = second?.tokenType === T.Colon ? tokens[2] ?? first : first;
  const at = tokens.findIndex((token) => token.tokenType === T.At || token.tokenType === T.keyword('rate'));
  const to = at > 0 && tokens[at - 1]!.startOffset >= from.startOffset ? tokens[at - 1]! : tokens.at(-1)!;
  const start = from.startOffset;
  const end = T.endOf(to);
  return missingArrow({ start: start + base, end: end + base }, reading.text.slice(start, end));
}

function reaction(reading: Reading): Statement {
  const labelled = isLabelled(reading);
  let tree = attempt<Reaction>(() => (labelled ? parser().labelledReaction() : parser().reaction()), reading);
  if (tree === undefined) tree = reactionInParts(reading);
  const { arrow, rate } = tree;
  if (rate === undefined) {
    if (reading.problems.length === 0) reading.problems.push(missingRate(arrow, tree.end, arrow.reversible));
  } else if (arrow.reversible && rate.kind === 'constant' && rate.backward === undefined) {
    if (reading.problems.length === 0) reading.problems.push(missingBackwardRate(rate));
  } else if (!arrow.reversible && rate.backward !== undefined) {
    reading.problems.push(needlessBackwardRate(rate.backward, arrow));
  }
  return tree;
}

function isLabelled({ tokens }: Reading): boolean {
  return tokens[1]?.tokenType === T.Colon && tokens[0]!.tokenType === T.Identifier;
}

function reactionInParts(reading: Reading): Reaction {
  const { tokens, base, problems } = reading;
  const labelled = isLabelled(reading);
  const from = labelled ? 2 : 0;
  const arrow = tokens.findIndex(isArrow);
  const isRate = (token: IToken): boolean => token.tokenType === T.At || token.tokenType === T.keyword('rate');
  const at = tokens.findIndex((token, index) => index > arrow && isRate(token));
  const end = at < 0 ? tokens.length : at;
  const token = tokens[arrow]!;
  const side = (part: IToken[], before: boolean): Complex => {
    const edge = before ? token.startOffset + base : T.endOf(token) + base;
    if (part.length === 0) {
      problems.push(emptySide(spanOf(token, base), before));
      return { start: edge, end: edge, terms: [] };
    }
    const complex = run(() => parser().complex(), part, base, problems);
    if (complex !== undefined) return complex;
    return { start: part[0]!.startOffset + base, end: T.endOf(part.at(-1)!) + base, terms: parser().partialTerms };
  };
  const left = side(tokens.slice(from, arrow), true);
  const right = side(tokens.slice(arrow + 1, end), false);
  const rate: Rate | undefined = at < 0 ? undefined : run(() => parser().rate(), tokens.slice(at), base, problems);
  const label = labelled ? { ...spanOf(tokens[0]!, base), text: tokens[0]!.image } : undefined;
  return {
    kind: 'Reaction', ...span(reading),
    ...(label === undefined ? {} : { label }),
    left, arrow: arrowNode(token, base), right,
    ...(rate === undefined ? {} : { rate }),
  };
}

function arrowNode(token: IToken, base: number): Reaction['arrow'] {
  parser().base = base;
  return parser().arrowNode(token);
}

function declaration(reading: Reading, declares: Declaration['declares']): Declaration {
  const first = reading.tokens[0]!;
  const items =
    attempt<DeclarationItem[]>(() => parser().declaration(), reading) ??
    list(reading.tokens.slice(1), first, () => parser().declarationItem(), reading, () => {
      const name = parser().partialName;
      if (name === undefined) return undefined;
      const { partialShape: shape, partialUnit: unit } = parser();
      return {
        start: name.start, end: unit?.end ?? name.end, name,
        ...(shape === undefined ? {} : { shape }),
        ...(unit === undefined ? {} : { unit }),
      };
    });
  return { kind: 'Declaration', ...span(reading), declares, keyword: spanOf(first, reading.base), items: documented(items, reading) };
}

/** Gives items that stand on a line of their own the `///` text above them. */
function documented(items: DeclarationItem[], reading: Reading): DeclarationItem[] {
  if (!reading.text.includes('///')) return items;
  return items.map((item) => {
    const doc = docAbove(reading.text, item.start - reading.base);
    return doc === undefined ? item : { ...item, doc: doc.text };
  });
}

function units(reading: Reading): UnitsStatement {
  const entries =
    (attempt(() => parser().units(), reading)) ??
    list(reading.tokens.slice(1), reading.tokens[0], () => parser().unitsEntry(), reading);
  return { kind: 'Units', ...span(reading), entries };
}

function ode(reading: Reading): Statement {
  const keyword = spanOf(reading.tokens[0]!, reading.base);
  const equation = run<OdeEquation>(() => parser().odeStatement(), reading.tokens, reading.base, reading.problems);
  const equations = equation === undefined ? [] : [equation];
  return { kind: 'Ode', ...span(reading), keyword, equations, block: false };
}

function use(reading: Reading): Statement {
  const call = attempt(() => parser().use(), reading);
  if (call !== undefined) {
    const { label, module, arguments: positional, constants } = call;
    return { kind: 'Use', ...span(reading), ...(label === undefined ? {} : { label }), module, arguments: positional, constants } satisfies UseStatement;
  }
  const { tokens, base } = reading;
  const at = tokens.findIndex((token) => token.tokenType === T.keyword('use'));
  const name = tokens[at + 1];
  const open = tokens[at + 2];
  if (name?.tokenType !== T.Identifier || open?.tokenType !== T.LeftParen || tokens.at(-1)!.tokenType !== T.RightParen) {
    run(() => parser().use(), tokens, base, reading.problems);
    if (name?.tokenType !== T.Identifier) return bad(reading);
  }
  const label = at === 2 ? { ...spanOf(tokens[0]!, base), text: tokens[0]!.image } : undefined;
  const inner = open?.tokenType === T.LeftParen ? tokens.slice(at + 3, tokens.at(-1)!.tokenType === T.RightParen ? -1 : undefined) : [];
  const [positional, named] = split(inner, T.Semicolon);
  const quiet = reading.problems.length > 0 ? { ...reading, problems: [] } : reading;
  const empty = positional!.tokens.length === 0;
  return {
    kind: 'Use', ...span(reading),
    ...(label === undefined ? {} : { label }),
    module: { ...spanOf(name, base), text: name.image },
    arguments: empty ? [] : list(positional!.tokens, open, () => parser().argument(), quiet),
    constants: named === undefined ? [] : list(named.tokens, named.comma, () => parser().namedConstant(), quiet),
  };
}

function importStatement(reading: Reading): Statement {
  const path = run(() => parser().importStatement(), reading.tokens, reading.base, reading.problems);
  if (path === undefined) return bad(reading);
  return { kind: 'Import', ...span(reading), path } satisfies ImportStatement;
}

function neuron(reading: Reading): Statement {
  const found = run(() => parser().neuron(), reading.tokens, reading.base, reading.problems);
  if (found === undefined) return bad(reading);
  return { kind: 'Neuron', ...span(reading), ...found } satisfies NeuronStatement;
}

function expect(reading: Reading): Statement {
  const found = run(() => parser().expect(), reading.tokens, reading.base, reading.problems);
  if (found === undefined) return bad(reading);
  return { kind: 'Expect', ...span(reading), ...found } satisfies ExpectStatement;
}

// ---------------------------------------------------------------- blocks


/** Reads the head of a block, without its `{`. The caller fills in body, settings or equations, and the end. */
export function parseHead(text: string, base: number, word: string | undefined): Parsed<BlockStatement> {
  const reading = read(text, base);
  if (word === undefined) {
    const first = reading.tokens[0];
    const meant = first?.tokenType === T.Identifier ? nearestWord(first.image, true) : undefined;
    if (meant !== undefined) {
      return { tree: bad(reading), problems: [misspelledWord(spanOf(first!, base), first!.image, meant)] };
    }
    const statement = dispatch(reading);
    if (reading.problems.length === 0) reading.problems.push(unexpectedText(whole(reading), undefined, t('This opens no block: `for`, `module`, `group`, `ode`, `simulate`, `activation`, `network`, `data`, `train`, `noise` and `sweep` do.')));
    return { tree: { kind: 'Bad', start: statement.start, end: statement.end, names: namesOf(reading) }, problems: reading.problems };
  }
  const first = reading.tokens[0];
  if (first === undefined || first.image !== word) {
    // A label stands before the word.
    if (first !== undefined) {
      const labelEnd = reading.tokens.findIndex((token) => token.image === word);
      const label = { start: first.startOffset + base, end: T.endOf(reading.tokens[Math.max(labelEnd - 1, 0)]!) + base };
      if (labelEnd > 0) {
        reading.problems.push(unexpectedText(label, undefined, t('A `{0}` block takes no label.', word)));
        return { tree: withUnread(blockHead({ ...reading, tokens: reading.tokens.slice(labelEnd) }, word, []), reading), problems: reading.problems };
      }
    }
    return { tree: bad(reading), problems: reading.problems };
  }
  const head = blockHead(reading, word, []);
  return { tree: reading.problems.length === 0 ? head : withUnread(head, reading), problems: reading.problems };
}

/** Reads a text that is a formula and nothing else; BadExpression when it is none. Positions are relative to the text. */
export function parseExpression(text: string): { readonly expression: Expression; readonly problems: readonly SyntaxProblem[] } {
  const reading = read(text, 0);
  const expression = run(() => parser().expression(), reading.tokens, 0, reading.problems);
  return { expression: expression ?? { kind: 'BadExpression', start: 0, end: text.length }, problems: reading.problems };
}

/** Reads a unit of measure such as `1/(uM*s)`; no factors and a problem when it is none. */
export function parseUnit(text: string): { readonly unit: UnitExpression; readonly problems: readonly SyntaxProblem[] } {
  const reading = read(text, 0);
  const unit = run(() => parser().unitOfMeasure(), reading.tokens, 0, reading.problems);
  return { unit: unit ?? { kind: 'Unit', start: 0, end: text.length, factors: [] }, problems: reading.problems };
}

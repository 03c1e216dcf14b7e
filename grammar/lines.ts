/**
 * One line of a block that holds no statements: an equation of `ode`, a setting of `simulate`, a layer of `network`, a row
 * of `data`. Which kinds a block can hold is decided by its first word alone.
 */
import { marked, said, t, type Text } from '../l10n/index.ts';
import type { IToken } from 'chevrotain';
import type {
  ActivationDeclaration, DataDeclaration, Expression, Name, NetworkItem, OdeEquation, Setting, SweepStatement, SyntaxProblem,
} from './ast.ts';
import { isWord } from './diagnose.ts';
import { missingOn, missingSize, missingValue, misspelledWord, nameExpected, reservedWord, unexpectedText } from './diagnostics/index.ts';
import { parser } from './parser.ts';
import { isArrow, read, run, spanOf, whole, type Parsed, type Reading } from './reading.ts';
import { readRow } from './rows.ts';
import { nearestOf } from './spelling.ts';
import * as T from './tokens.ts';

export interface LineNodes {
  readonly equation: OdeEquation;
  readonly setting: Setting;
  readonly total: ActivationDeclaration['totals'][number];
  readonly output: Expression;
  readonly item: NetworkItem;
  readonly header: NonNullable<DataDeclaration['header']>;
  readonly row: DataDeclaration['rows'][number];
  readonly split: NonNullable<DataDeclaration['split']>;
  readonly train: NonNullable<SweepStatement['train']>;
  readonly simulate: NonNullable<SweepStatement['simulate']>;
  readonly vary: SweepStatement['vary'][number];
}
export type Line = { [Kind in keyof LineNodes]: { readonly is: Kind; readonly node: LineNodes[Kind] } }[keyof LineNodes];

type LineReader = (text: string, base: number, row: number) => Parsed<Line | undefined>;

const READERS: ReadonlyMap<string, LineReader> = new Map<string, LineReader>([
  ['ode', equation], ['simulate', simulateSetting], ['activation', activationLine], ['network', networkLine], ['data', dataLine],
  ['train', setting], ['noise', noiseSetting], ['sweep', sweepLine],
]);
/** What each kind of block expects, in the user's words. */
const EXPECTED: Readonly<Record<string, Text>> = {
  ode: marked("equations such as `X' = a - b*X`"),
  simulate: marked('settings such as `t = 100`'),
  activation: marked("equations such as `x' = h + y*x - x^2`"),
  network: marked('`input x[2]`, `layer hidden[4] = smooth_relu(h = 0.1)`, `weights …` or a setting such as `κ = 10`'),
  data: marked('rows of numbers, settings such as `x = columns(1..4)`, or `split 0.8 seed 1`'),
  train: marked('settings such as `epochs = 300`'),
  noise: marked('settings such as `rates = lognormal(0.1, frozen, per: reaction)`'),
  sweep: marked('`train NETWORK on DATA`, `simulate NAME`, `vary h in [0.1, 0.2]` or a setting such as `replicas = 20`'),
};

/** Whether the block that begins with this word holds lines, and no statements. */
export function holdsLines(word: string | undefined): word is string {
  return word !== undefined && READERS.has(word);
}
export function expectedLines(word: string): string {
  return said(EXPECTED[word]!);
}

/**
 * Reads one line of the block that begins with `word`.
 * @param base where the line begins in its unit
 * @param row number of the row of data that the line would be, from 1; 0 when it is not known
 */
export function parseLine(word: string, text: string, base: number, row = 0): Parsed<Line | undefined> {
  return READERS.get(word)!(text, base, row);
}

/** The other kinds of block hold nothing that these do not. */
const WORDS = ['simulate', 'ode', 'data', 'network', 'sweep', 'activation'];

/** Whether a text is a line of some block, without problems. */
export function isAnyLine(text: string): boolean {
  return WORDS.some((word) => parseLine(word, text, 0).problems.length === 0);
}

/** What a text says that is a line of some block, whose head is not known. */
export function anyLine(text: string, base: number): Line | undefined {
  for (const word of WORDS) {
    const { tree, problems } = parseLine(word, text, base);
    if (problems.length === 0 && tree !== undefined) return tree;
  }
  return undefined;
}

function line<Kind extends Line['is'], Node>(is: Kind, node: Node | undefined, { problems }: Reading): { readonly tree: { readonly is: Kind; readonly node: Node } | undefined; readonly problems: readonly SyntaxProblem[] } {
  return { tree: node === undefined ? undefined : { is, node }, problems };
}
function nothing({ problems }: Reading): Parsed<undefined> {
  return { tree: undefined, problems };
}
function nameOf(token: IToken, base: number): Name {
  return { ...spanOf(token, base), text: token.image };
}

function equation(text: string, base: number): Parsed<Line | undefined> {
  const reading = read(text, base);
  return line('equation', run<OdeEquation>(() => parser().equation(), reading.tokens, base, reading.problems), reading);
}

function setting(text: string, base: number): Parsed<Line | undefined> {
  const reading = read(text, base, true);
  return line('setting', run<Setting>(() => parser().setting(), reading.tokens, base, reading.problems), reading);
}

function simulateSetting(text: string, base: number): Parsed<Line | undefined> {
  const reading = read(text, base, true);
  return line('setting', run<Setting>(() => parser().simulateSetting(), reading.tokens, base, reading.problems), reading);
}

/** Noise is drawn `per: module`, on the reactions of a `group: update`, on `species: weights`: words of the language that can only be plain words here. */
const NOISE_WORDS = new Set(['module', 'group', 'species']);

function noiseSetting(text: string, base: number): Parsed<Line | undefined> {
  const reading = read(text, base, true);
  for (const token of reading.tokens) {
    if (!NOISE_WORDS.has(token.image)) continue;
    token.tokenType = T.Identifier;
    token.tokenTypeIdx = T.Identifier.tokenTypeIdx!;
  }
  return line('setting', run<Setting>(() => parser().setting(), reading.tokens, base, reading.problems), reading);
}

function activationLine(text: string, base: number): Parsed<Line | undefined> {
  const reading = read(text, base);
  const { tokens, problems } = reading;
  if (tokens.some((token) => token.tokenType === T.Prime)) return equation(text, base);
  if (tokens[0]?.image === 'output' && tokens[1]?.tokenType === T.Equals) {
    const node = run<Expression>(() => parser().expression(), tokens.slice(2), base, problems, tokens[1]);
    return line('output', node, reading);
  }
  return line('total', run(() => parser().total(), tokens, base, problems), reading);
}

const ITEM_WORDS = ['input', 'layer', 'weights'];

function networkLine(text: string, base: number): Parsed<Line | undefined> {
  const reading = read(text, base, true);
  const { tokens, problems } = reading;
  const [first, second] = tokens;
  const own = whole(reading);
  if (first?.tokenType !== T.Identifier || second?.tokenType === T.Equals) {
    const node = run<Setting>(() => parser().setting(), tokens, base, problems);
    return line('item', node === undefined ? undefined : { kind: 'setting' as const, ...node }, reading);
  }
  const rest = tokens.slice(1);
  switch (first.image) {
    case 'input': {
      const sized = withSize(rest, reading) ? undefined : run(() => parser().sized(), rest, base, problems, first);
      return line('item', sized === undefined ? undefined : { kind: 'input' as const, ...own, ...sized }, reading);
    }
    case 'layer': {
      const found = withSize(rest, reading) ? undefined : run(() => parser().layer(), rest, base, problems, first);
      return line('item', found === undefined ? undefined : { kind: 'layer' as const, ...own, ...found }, reading);
    }
    case 'weights': {
      const value = run<Expression>(() => parser().expression(), rest, base, problems, first);
      if (value === undefined && rest.length === 0) problems.splice(-1, 1, missingValue(spanOf(first, base), 'weights'));
      return line('item', value === undefined ? undefined : { kind: 'weights' as const, ...own, value }, reading);
    }
    default: {
      const meant = second?.tokenType === T.Identifier ? nearestOf(first.image, ITEM_WORDS) : undefined;
      problems.push(meant === undefined ? unexpectedText(own, expectedLines('network'), undefined, text) : misspelledWord(spanOf(first, base), first.image, meant, 'network'));
      return nothing(reading);
    }
  }
}

/** Reports a name without its size. */
function withSize(tokens: readonly IToken[], { base, problems }: Reading): boolean {
  const [name, open] = tokens;
  if (name?.tokenType !== T.Identifier || (open !== undefined && open.tokenType !== T.Equals && !isArrow(open))) return false;
  problems.push(missingSize(spanOf(name, base), name.image));
  return true;
}

function dataLine(text: string, base: number, row: number): Parsed<Line | undefined> {
  const first = /^[^\s=,[]+/.exec(text)?.[0] ?? '';
  const wordy = T.startsName(first);
  const arrow = text.includes('->');
  if (!wordy || (arrow && !isTableHead(text))) {
    const { tree, problems } = readRow(text, base, row);
    return { tree: tree === undefined ? undefined : { is: 'row', node: tree }, problems };
  }
  const reading = read(text, base, !arrow);
  const { tokens, problems } = reading;
  if (arrow) {
    const at = tokens.findIndex(isArrow);
    if (withSize(tokens.slice(0, at + 1), reading) || withSize(tokens.slice(at + 1), reading)) return nothing(reading);
    return line('header', run(() => parser().tableHead(), tokens, base, problems), reading);
  }
  if (first !== 'split') return setting(text, base);
  if (tokens[1]?.tokenType === T.Equals) {
    problems.push(unexpectedText(spanOf(tokens[1], base), undefined, t('`split` takes no `=`: write `split 0.8 seed 1`.')));
    tokens.splice(1, 1);
  }
  const seed = wordBehind(tokens, 'seed', 1);
  const fraction = run<Expression>(() => parser().expression(), tokens.slice(1, seed < 0 ? undefined : seed), base, problems, tokens[0]);
  if (fraction === undefined) {
    if (tokens.length === 1) problems.splice(-1, 1, missingValue(spanOf(tokens[0]!, base), 'split'));
    return nothing(reading);
  }
  if (seed < 0) return line('split', { ...whole(reading), fraction }, reading);
  const value = run<Expression>(() => parser().expression(), tokens.slice(seed + 1), base, problems, tokens[seed]);
  if (value === undefined && seed === tokens.length - 1) problems.splice(-1, 1, missingValue(spanOf(tokens[seed]!, base), 'seed'));
  return line('split', { ...whole(reading), fraction, ...(value === undefined ? {} : { seed: value }) }, reading);
}

/** `x[2] -> y[1]`, or the same with a size missing: names on both sides, and nothing that only a row has. */
function isTableHead(text: string): boolean {
  const { tokens } = T.lex(text);
  const at = tokens.findIndex(isArrow);
  const isName = (token: IToken | undefined): boolean => token !== undefined && (token.tokenType === T.Identifier || isWord(token));
  const sized = (index: number): boolean => tokens[index]?.tokenType === T.LeftBracket;
  return isName(tokens[0]) && (at === 1 || sized(1)) && (at + 1 >= tokens.length || isName(tokens[at + 1])) && (sized(1) || sized(at + 2) || at + 2 >= tokens.length);
}

function sweepLine(text: string, base: number): Parsed<Line | undefined> {
  const reading = read(text, base, true);
  const { tokens, problems } = reading;
  const [first, second] = tokens;
  if (first?.tokenType === T.Identifier && second?.tokenType !== T.Equals) {
    if (first.image === 'train') {
      const pair = trainPair(tokens.slice(1), first, reading);
      return line('train', pair === undefined ? undefined : { ...whole(reading), ...pair }, reading);
    }
    if (first.image === 'simulate') return simulateLine(reading);
    if (first.image === 'vary') return varyLine(reading);
    const meant = second?.tokenType === T.Identifier ? nearestOf(first.image, ['train', 'simulate', 'vary']) : undefined;
    problems.push(meant === undefined ? unexpectedText(whole(reading), expectedLines('sweep'), undefined, text) : misspelledWord(spanOf(first, base), first.image, meant, 'sweep'));
    return nothing(reading);
  }
  return line('setting', run<Setting>(() => parser().setting(), tokens, base, problems), reading);
}

/** `simulate relax` */
function simulateLine(reading: Reading): Parsed<Line | undefined> {
  const { tokens, base, problems } = reading;
  const [word, name, behind] = tokens;
  if (name?.tokenType !== T.Identifier) {
    problems.push(name !== undefined && isWord(name) ? reservedWord(spanOf(name, base), name.image) : nameExpected(spanOf(name ?? word!, base), 'simulate'));
    return nothing(reading);
  }
  if (behind !== undefined) problems.push(unexpectedText(spanOf(behind, base), undefined, undefined, behind.image));
  return line('simulate', { ...whole(reading), experiment: nameOf(name, base) }, reading);
}

/** `xor on truth_table` @param before the token that it follows */
export function trainPair(tokens: readonly IToken[], before: IToken, { base, problems }: Reading): { readonly network: Name; readonly data: Name } | undefined {
  const [network, on, third] = tokens;
  if (network?.tokenType !== T.Identifier) {
    if (network === undefined) problems.push(nameExpected(spanOf(before, base), before.image));
    else problems.push(isWord(network) ? reservedWord(spanOf(network, base), network.image) : nameExpected(spanOf(network, base), before.image));
    return undefined;
  }
  const without = on?.tokenType === T.Identifier && on.image !== 'on';
  const data = without ? on : third;
  const behind = tokens[without ? 2 : 3];
  if (on !== undefined && !without && on.image !== 'on') {
    problems.push(unexpectedText(spanOf(on, base), t('`on` and the name of the data'), undefined, on.image));
    return undefined;
  }
  if (data === undefined) {
    problems.push(missingOn(spanOf(on ?? network, base)));
    return undefined;
  }
  if (data.tokenType !== T.Identifier) {
    problems.push(isWord(data) ? reservedWord(spanOf(data, base), data.image) : nameExpected(spanOf(data, base), 'on'));
    return undefined;
  }
  if (without) problems.push(missingOn(spanOf(on, base), spanOf(on, base)));
  if (behind !== undefined) problems.push(unexpectedText(spanOf(behind, base), undefined, undefined, behind.image));
  return { network: nameOf(network, base), data: nameOf(data, base) };
}

/** Where a word stands behind a whole expression that begins at an index, so that it is no part of the expression; -1 for nowhere. */
function wordBehind(tokens: readonly IToken[], word: string, from: number): number {
  const ends = new Set([T.Identifier, T.NumberText, T.RightParen, T.RightBracket]);
  return tokens.findIndex((token, index) => index > from && token.image === word && ends.has(tokens[index - 1]!.tokenType));
}

/** `vary noise in 0..0.3 steps 7`. What is varied may be called as a statement begins: `noise`. */
function varyLine(reading: Reading): Parsed<Line | undefined> {
  const { tokens, base, problems } = reading;
  const [vary, name, inToken] = tokens;
  if (name === undefined || !(name.tokenType === T.Identifier || (isWord(name) && name.tokenType !== T.keyword('in')))) {
    problems.push(nameExpected(spanOf(name ?? vary!, base), 'vary'));
    return nothing(reading);
  }
  if (inToken?.tokenType !== T.keyword('in')) {
    problems.push(unexpectedText(spanOf(inToken ?? name, base), t('`in` and a range or a list: `vary h in [0.1, 0.2]`'), undefined, inToken?.image));
    return nothing(reading);
  }
  const at = wordBehind(tokens, 'steps', 3);
  const range = run(() => parser().sweepRange(), tokens.slice(3, at < 0 ? undefined : at), base, problems, inToken);
  if (range === undefined) return nothing(reading);
  const node = { ...whole(reading), name: nameOf(name, base), range };
  if (at < 0) return line('vary', node, reading);
  if (range.kind === 'Array') {
    problems.push(unexpectedText({ start: tokens[at]!.startOffset + base, end: T.endOf(tokens.at(-1)!) + base }, undefined, t('`steps` goes with a range such as `0..0.3`; a list says itself how many values it has.')));
    return line('vary', node, reading);
  }
  const steps = run<Expression>(() => parser().expression(), tokens.slice(at + 1), base, problems, tokens[at]);
  if (steps === undefined) {
    if (at === tokens.length - 1) problems.splice(-1, 1, missingValue(spanOf(tokens[at]!, base), 'steps'));
    return line('vary', node, reading);
  }
  return line('vary', { ...node, range: { ...range, end: steps.end, steps } }, reading);
}

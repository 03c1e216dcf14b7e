/** What the editor says about the thing under the mouse, as Markdown. */
import { said, t, type Text } from '../../../l10n/index.ts';
import { MarkupKind } from 'vscode-languageserver';
import type { Hover, Position } from 'vscode-languageserver';
import { CONSTANTS, DATA_SETTINGS, DISTRIBUTIONS, FUNCTIONS, NETWORK_SETTINGS, NOISE_SETTINGS, SIMULATE_SETTINGS, SWEEP_SETTINGS, TRAIN_SETTINGS, unitNamed } from '../../../chemistry/index.ts';
import type { Occurrence } from '../../../chemistry/index.ts';
import type { Setting, Span, Statement, Unit } from '../../../grammar/index.ts';
import { kindOf } from '../completion-items.ts';
import { cursorContext } from '../context.ts';
import { occurrenceAt, spotAt, unitRange } from '../snapshot.ts';
import type { Snapshot } from '../snapshot.ts';
import { DATA_STEPS, VALUE_HELP } from '../neural-words.ts';
import { helpOn, LINE_WORDS, WORDS } from '../words.ts';
import { neuralPartAt } from '../neural.ts';
import { activationHover, dataHover, layerHover, networkHover, neuronParts, trainHover } from './neural.ts';
import { moduleHover, experimentHover, groupHover, loopHover, moduleParameterHover } from './other.ts';
import { parameterHover } from './parameter.ts';
import { reactionHover, statementAt } from './reaction.ts';
import { speciesHover } from './species.ts';

export interface HoverOptions {
  /** CSS colour for equations; without it they are grey. */
  readonly foreground?: string | undefined;
}

/** A hover's parts are paragraphs, told in order of interest. */
export type Parts = readonly string[];

export function hover(snapshot: Snapshot, position: Position, options: HoverOptions = {}): Hover | null {
  const target = occurrenceAt(snapshot, position);
  if (target !== undefined) {
    const { unit, occurrence } = target;
    const parts = ofSymbol(snapshot, occurrence, options);
    return answer(snapshot, unit, occurrence.span, parts);
  }
  const { unit, inUnit } = spotAt(snapshot, position);
  if (unit === undefined) return null;
  if (cursorContext(snapshot, position).place === 'comment') return null;
  const part = neuralPartAt(unit, inUnit);
  if (part?.kind === 'activation') return answer(snapshot, unit, part.name, activationHover(snapshot.analysis, part.name.text, options));
  if (part?.kind === 'layer') return answer(snapshot, unit, part.layer.name, layerHover(snapshot, part.network, part.layer, options));
  if (part?.kind === 'train') return answer(snapshot, unit, { start: part.train.start, end: part.train.start + 'train'.length }, trainHover(snapshot, part.train));
  const word = wordAt(unit.text, inUnit);
  const text = word === undefined ? undefined : ofWord(unit, word);
  if (word !== undefined && text !== undefined) return answer(snapshot, unit, word, [text]);
  const statement = statementAt(unit.statement, inUnit);
  if (statement?.kind !== 'Reaction' && statement?.kind !== 'Ode') return null;
  const parts = reactionHover(snapshot, unit, statement);
  return answer(snapshot, unit, statement, parts);
}

function answer(snapshot: Snapshot, unit: Unit, span: Span, parts: Parts): Hover | null {
  if (parts.length === 0) return null;
  return { contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n') }, range: unitRange(snapshot, unit, span) };
}

function ofSymbol(snapshot: Snapshot, occurrence: Occurrence, options: HoverOptions): Parts {
  const { symbol } = occurrence;
  if (symbol.kind === 'module parameter') return moduleParameterHover(snapshot, symbol);
  switch (kindOf(symbol)) {
    case 'species':
    case 'fixed':
    case 'dual': {
      const parts = speciesHover(snapshot, occurrence, options);
      const { unit, span } = symbol.declaration;
      const part = neuralPartAt(unit, span.start);
      if (part?.kind !== 'neuron') return parts;
      const headline = parts.findIndex((text) => text.startsWith('**'));
      return [...parts.slice(0, headline), ...neuronParts(snapshot, unit, part.neuron, options), ...parts.slice(headline)];
    }
    case 'param':
    case 'module constant':
      return parameterHover(snapshot, symbol);
    case 'reaction': {
      const { declaration } = symbol;
      const statement = statementAt(declaration.unit.statement, declaration.span.start);
      return statement?.kind === 'Reaction' && declaration.file === undefined ? reactionHover(snapshot, declaration.unit, statement) : [];
    }
    case 'index':
    case 'sign':
      return loopHover(symbol);
    case 'module':
      return moduleHover(symbol);
    case 'group':
      return groupHover(snapshot, symbol);
    case 'experiment': {
      const part = neuralPartAt(symbol.declaration.unit, symbol.declaration.span.start);
      if (part?.kind === 'train') return [...trainHover(snapshot, part.train), ...(symbol.doc === undefined ? [] : [symbol.doc])];
      return experimentHover(snapshot, symbol);
    }
    case 'activation':
      return activationHover(snapshot.analysis, symbol.name, options);
    case 'network':
      return networkHover(snapshot, symbol);
    case 'data': {
      const { unit } = symbol.declaration;
      if (unit.statement.kind === 'Data') return dataHover(snapshot, unit.statement, unit, symbol.doc);
      return [t('**{0}** data', symbol.name)];
    }
    case 'noise':
      return [t('**{0}** noise', symbol.name), ...(symbol.doc === undefined ? [] : [symbol.doc])];
  }
}

const WORD = /[\p{L}_][\p{L}\p{N}\p{M}_]*/gu;

function wordAt(text: string, offset: number): (Span & { readonly text: string }) | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  for (const match of line.matchAll(WORD)) {
    const start = lineStart + match.index;
    if (start > offset) break;
    if (offset <= start + match[0].length) return { start, end: start + match[0].length, text: match[0] };
  }
  return undefined;
}

/** Help on a word that is no name of the user's: a unit where a unit stands, a setting, a function, a word of the language. */
function ofWord(unit: Unit, word: Span & { readonly text: string }): string | undefined {
  const { statement } = unit;
  const simulate = statementAt(statement, word.start);
  if (simulate?.kind === 'Simulate') {
    const setting = simulate.settings.find(({ key }) => key.start === word.start);
    const spec = SIMULATE_SETTINGS.find(({ name }) => name === word.text);
    if (setting !== undefined && spec !== undefined) return `**${spec.name}** ${said(spec.about)}`;
  }
  const settings = statementAt(statement, word.start);
  const about = settings === undefined ? undefined : aboutLine(settings, word);
  if (about !== undefined) return `**${word.text}** ${about}`;
  const value = settings === undefined ? undefined : aboutValue(settings, word);
  if (value !== undefined) return `**${word.text}** ${value}`;
  const called = FUNCTIONS.get(word.text) ?? DISTRIBUTIONS.get(word.text);
  if (called !== undefined && unit.text[word.end] === '(') return `**${word.text}** ${said(called.about)}`;
  if (/[:/*(^\s]\s*$/.test(unit.text.slice(0, word.start)) && inUnitExpression(unit, word)) {
    const text = unitHelp(word.text);
    if (text !== undefined) return text;
  }
  const help = WORDS.get(word.text)?.help;
  if (help !== undefined) return `**${word.text}** ${said(help)}`;
  const constant = CONSTANTS.get(word.text);
  return constant === undefined ? undefined : `**${word.text}** ${said(constant.about)}`;
}

/** Help on the first word of a line of a network, of data, of a training: a setting, or `layer`, `split`, `vary` … */
function aboutLine(statement: Statement, word: Span & { readonly text: string }): string | undefined {
  const find = (settings: readonly Setting[], specs: readonly { readonly name: string; readonly about: Text }[]): string | undefined => {
    const about = settings.some(({ key }) => key.start === word.start) ? specs.find(({ name }) => name === word.text)?.about : undefined;
    return about === undefined ? undefined : said(about);
  };
  const begins = (lines: readonly (Span | undefined)[], block: string): string | undefined =>
    lines.some((line) => line?.start === word.start) ? helpOn(LINE_WORDS[block]?.find((line) => line.word === word.text)) : undefined;
  switch (statement.kind) {
    case 'Network':
      return find(statement.items.filter((item) => item.kind === 'setting'), NETWORK_SETTINGS) ?? begins(statement.items, 'network');
    case 'Data':
      return find(statement.settings, DATA_SETTINGS) ?? begins([statement.split], 'data');
    case 'Train':
      return find(statement.settings, TRAIN_SETTINGS);
    case 'Noise':
      return find(statement.settings, NOISE_SETTINGS);
    case 'Sweep':
      return find(statement.settings, [...SWEEP_SETTINGS, ...TRAIN_SETTINGS]) ?? begins([statement.train, ...statement.vary], 'sweep');
    default:
      return undefined;
  }
}

/** Help on a word that is the value of a setting, or a step that makes columns of data. */
function aboutValue(statement: Statement, word: Span & { readonly text: string }): string | undefined {
  const inside = (span: Span | undefined): boolean => span !== undefined && span.start <= word.start && word.end <= span.end;
  if (statement.kind !== 'Network' && statement.kind !== 'Data' && statement.kind !== 'Train' && statement.kind !== 'Sweep') return undefined;
  if (statement.kind === 'Data' && inside(statement.source)) return helpOn(DATA_STEPS.find(({ name }) => name === word.text));
  const settings = statement.kind === 'Network' ? statement.items.filter((item) => item.kind === 'setting') : statement.settings;
  const setting = settings.find(({ values }) => values.some(inside));
  if (setting === undefined) return undefined;
  if (statement.kind === 'Data' && setting.key.text !== 'header') return helpOn(DATA_STEPS.find(({ name }) => name === word.text));
  const help = VALUE_HELP[setting.key.text]?.[word.text];
  return help === undefined ? undefined : said(help);
}

/** Whether a word stands where the tree has a unit of measure. */
function inUnitExpression(unit: Unit, word: Span): boolean {
  const statement = statementAt(unit.statement, word.start);
  const holds = (span: Span | undefined): boolean => span !== undefined && span.start <= word.start && word.end <= span.end;
  if (statement?.kind === 'Declaration') return statement.items.some((item) => holds(item.unit));
  if (statement?.kind === 'Units') return statement.entries.some((entry) => holds(entry.unit));
  return statement?.kind === 'Module' && statement.constants.some((constant) => holds(constant.unit));
}

function unitHelp(name: string): string | undefined {
  const unit = unitNamed(name);
  if (unit === undefined) return undefined;
  const base = Object.entries(unit.exponents)
    .filter(([, exponent]) => exponent !== 0)
    .map(([symbol, exponent]) => (exponent === 1 ? symbol : `${symbol}^${exponent}`))
    .join(' ');
  return `**${name}** = ${Number(unit.scale.toPrecision(10))}${base === '' ? '' : ` ${base}`}`;
}

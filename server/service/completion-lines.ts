/** What may be written in the lines of a network, of data, of a training, a noise or a sweep, and behind a neuron’s equals sign. */
import { said, t, type Text } from '../../l10n/index.ts';
import { CompletionItemKind } from 'vscode-languageserver';
import {
  closedForm, DATA_SETTINGS, DISTRIBUTIONS, libraryActivations, modelNamed, NETWORK_SETTINGS, NOISE_SETTINGS, SPECIAL_ACTIVATIONS, SWEEP_SETTINGS, TRAIN_SETTINGS,
} from '../../chemistry/index.ts';
import { describe, quantities, values } from './completion-items.ts';
import type { Items } from './completion-items.ts';
import type { Token } from './context.ts';
import { DATA_STEPS, VALUE_HELP } from './neural-words.ts';
import { LINE_WORDS } from './words.ts';

/** A setting as far as completion asks about it. */
type Offered = { readonly name: string; readonly kind: string; readonly words?: readonly string[]; readonly about: Text };
const SETTINGS: Readonly<Record<string, readonly Offered[]>> = { network: NETWORK_SETTINGS, data: DATA_SETTINGS, train: TRAIN_SETTINGS, noise: NOISE_SETTINGS, sweep: [...SWEEP_SETTINGS, ...TRAIN_SETTINGS] };

/** A line of a network, of data, of a training … */
export function lineOf(list: Items, block: string, tokens: readonly Token[]): void {
  const settings = SETTINGS[block] ?? [];
  const [first] = tokens;
  if (first === undefined) {
    for (const { word, help, snippet } of LINE_WORDS[block] ?? []) list.add(word, CompletionItemKind.Keyword, 1, { text: snippet, snippet: true, help: said(help) });
    for (const { name, about } of settings) list.add(name, CompletionItemKind.Property, 2, { text: `${name} = `, help: said(about) });
    return;
  }
  const last = tokens.at(-1)!;
  if (block === 'sweep' && (first.text === 'train' || first.text === 'vary')) return first.text === 'train' ? trainLine(list, tokens) : varyLine(list, tokens, settings);
  const equals = tokens.findIndex((token) => token.text === '=');
  if (equals < 0) return;
  if (block === 'network' && first.text === 'layer') {
    if (last.text === '=') activations(list, 'layer');
    return;
  }
  if (block === 'data') return dataValue(list, tokens[equals - 1]?.text ?? '', last.text === '=');
  if (block === 'activation') return values(list, 2);
  const spec = settings.find(({ name }) => name === tokens[equals - 1]?.text);
  for (const word of spec?.words ?? []) list.add(word, CompletionItemKind.EnumMember, 1, aboutOf(VALUE_HELP[spec?.name ?? '']?.[word]));
  if (spec?.kind === 'start') for (const [name, { about }] of DISTRIBUTIONS) list.add(name, CompletionItemKind.Function, 1, { text: `${name}(\${1:-1}, \${2:1}, seed: \${3:7})`, snippet: true, help: said(about) });
  if (spec?.kind === 'noise') for (const symbol of list.symbols) if (symbol.kind === 'noise') list.symbol(symbol, 1);
  if (spec?.kind === 'quantities') quantities(list, 1);
  if (spec?.kind === 'number') values(list, 2);
}

/** `train xor on truth_table`, as a statement or in a sweep. */
export function trainLine(list: Items, tokens: readonly Token[]): void {
  const last = tokens.at(-1)!.text;
  const wanted = last === 'on' ? 'data' : last === 'train' || last === ':' ? 'network' : undefined;
  for (const symbol of list.symbols) if (symbol.kind === wanted) list.symbol(symbol, 1);
  if (wanted === undefined) list.add('on', CompletionItemKind.Keyword, 1, { text: 'on ' });
}

function varyLine(list: Items, tokens: readonly Token[], settings: readonly Offered[]): void {
  const last = tokens.at(-1)!;
  if (tokens.length === 1) {
    list.add('noise', CompletionItemKind.Property, 1);
    for (const { name, kind, about } of settings) if (kind === 'number') list.add(name, CompletionItemKind.Property, 2, { help: said(about) });
  } else if (!tokens.some((token) => token.text === 'in')) list.add('in', CompletionItemKind.Keyword, 1, { text: 'in ' });
  else if (tokens.some((token) => token.text === '..') && last.kind === 'number') list.add('steps', CompletionItemKind.Keyword, 1, { text: 'steps ' });
}

function aboutOf(text: Text | undefined): { help?: string } {
  return helpOf(text === undefined ? undefined : said(text));
}

/** Help in the user's own words, such as a comment of the text. */
function helpOf(help: string | undefined): { help?: string } {
  return help === undefined ? {} : { help };
}

/** What a setting of data may be: steps that make columns, a file of held-out rows, a word. */
function dataValue(list: Items, setting: string, first: boolean): void {
  if (first && setting === 'header') for (const [word, help] of Object.entries(VALUE_HELP['header'] ?? {})) list.add(word, CompletionItemKind.EnumMember, 1, { help: said(help) });
  if (first && setting === 'delimiter') for (const text of ['","', '";"', '"|"', '" "', '"tab"']) list.add(text, CompletionItemKind.EnumMember, 1);
  if (first) steps(list, setting);
}

/** Steps for `x = …`, `y = …` and `test = …`, those that the source of the data has first. */
export function steps(list: Items, setting: string): void {
  const { statement } = list.context.spot.unit ?? {};
  const source = statement?.kind !== 'Data' ? undefined : statement.header !== undefined ? 'rows' : statement.source?.callee.text;
  for (const step of DATA_STEPS) {
    if (!step.for.includes(setting)) continue;
    const fits = step.of === undefined || source === undefined || step.of.includes(source);
    list.add(step.name, CompletionItemKind.Function, fits ? 1 : 3, { text: step.snippet, snippet: true, help: said(step.help) });
  }
}

/** Activations of the file and of the library, with their constants: a layer's stand in its brackets, a neuron's behind its input. */
export function activations(list: Items, of: 'layer' | 'neuron'): void {
  const snippet = (name: string, constants: readonly string[]): { text: string; snippet: true } => {
    const given = constants.map((constant, n) => `${constant} = \${${n + 1}:0.1}`).join(', ');
    return { text: of === 'layer' ? `${name}${given === '' ? '' : `(${given})`}` : `${name}($0${given === '' ? '' : `; ${given}`})`, snippet: true };
  };
  const constantsOf = (name: string): string[] => modelNamed(list.snapshot.analysis, name)?.parameters.filter((parameter) => parameter.default === undefined).map((parameter) => parameter.name) ?? [];
  for (const symbol of list.symbols) if (symbol.kind === 'activation') list.add(symbol.name, CompletionItemKind.Function, 1, { detail: describe(symbol), ...helpOf(symbol.doc), ...snippet(symbol.name, constantsOf(symbol.name)) });
  for (const [name, { model, certificate }] of libraryActivations()) {
    // Layers may have any pre-activation.
    if (of === 'layer' && certificate.domain !== 'all') continue;
    list.add(name, CompletionItemKind.Function, 2, { detail: closedForm(model)?.fixedPoint ?? t('activation of the library'), ...helpOf(model.doc), ...snippet(name, constantsOf(name)) });
  }
  if (of === 'neuron') return;
  for (const [name, { about, parameters }] of SPECIAL_ACTIVATIONS) {
    list.add(name, CompletionItemKind.Function, 3, { help: said(about), ...snippet(name, parameters.filter((parameter) => parameter.default === undefined).map((parameter) => parameter.name)) });
  }
}

/** Constants of the activation in whose brackets the cursor is. */
export function activationConstants(list: Items, name: string, inside: readonly Token[]): void {
  if (inside.at(-1)?.text === '=') return values(list, 1);
  const known = modelNamed(list.snapshot.analysis, name)?.parameters ?? SPECIAL_ACTIVATIONS.get(name)?.parameters ?? [];
  for (const { name: constant } of known) list.add(constant, CompletionItemKind.Property, 1, { text: `${constant} = ` });
}

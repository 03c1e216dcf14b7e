/**
 * Colours by meaning: what kind of thing each name stands for. Words, numbers and comments are left to the editor's
 * own grammar, which sees them as well and sooner. Standard token types only, so that every theme knows them.
 */
import { SemanticTokenModifiers, SemanticTokenTypes } from 'vscode-languageserver';
import type { Range, SemanticTokensLegend } from 'vscode-languageserver';
import type { CrnSymbol } from '../../chemistry/index.ts';
import { builtInNames } from './neural.ts';
import type { Snapshot } from './snapshot.ts';

export const LEGEND: SemanticTokensLegend = {
  tokenTypes: [
    SemanticTokenTypes.variable, SemanticTokenTypes.parameter, SemanticTokenTypes.class, SemanticTokenTypes.namespace,
    SemanticTokenTypes.event, SemanticTokenTypes.method, SemanticTokenTypes.property,
  ],
  tokenModifiers: [SemanticTokenModifiers.declaration, SemanticTokenModifiers.readonly, SemanticTokenModifiers.static],
};
const TYPE = { variable: 0, parameter: 1, class: 2, namespace: 3, event: 4, method: 5, property: 6 } as const;
const DECLARATION = 1;
const READONLY = 2;
const STATIC = 4;

/** Beyond so many names the whole document is not coloured at once; clients then ask for what is in sight. */
export const MOST_TOKENS = 20_000;

/** Tokens of the whole document in the protocol's relative form, or null when there are too many. */
export function semanticTokens(snapshot: Snapshot): number[] | null {
  return encode(snapshot, 0, Infinity, MOST_TOKENS);
}

/** Tokens of the statements that touch a range. */
export function semanticTokensInRange(snapshot: Snapshot, range: Range): number[] {
  const { document } = snapshot;
  return encode(snapshot, document.offsetAt(range.start), document.offsetAt(range.end), Infinity) ?? [];
}

function encode(snapshot: Snapshot, from: number, to: number, most: number): number[] | null {
  const { document, analysis, tree } = snapshot;
  const data: number[] = [];
  let lastLine = 0;
  let lastCharacter = 0;
  for (let u = firstUnit(snapshot, from); u < tree.units.length; u++) {
    const unit = tree.units[u]!;
    if (unit.start > to) break;
    let end = -1;
    const named = analysis.occurrencesIn(unit).map(({ span, symbol, role }) => ({ span, role, ...look(symbol) }));
    // Activations of the library are declared in no text of the user's.
    const builtIn = builtInNames(unit).map((span) => ({ span, role: 'read', type: TYPE.class, modifiers: READONLY }));
    const tokens = [...named, ...builtIn].sort((a, b) => a.span.start - b.span.start);
    for (const { span, type, modifiers, role } of tokens) {
      if (span.start < end || span.end <= span.start) continue;
      end = span.end;
      const { line, character } = document.positionAt(unit.start + span.start);
      data.push(line - lastLine, line === lastLine ? character - lastCharacter : character, span.end - span.start, type, modifiers | (role === 'declaration' ? DECLARATION : 0));
      lastLine = line;
      lastCharacter = character;
      if (data.length > 5 * most) return null;
    }
  }
  return data;
}

/** Index of the first unit that ends behind an offset. */
function firstUnit(snapshot: Snapshot, offset: number): number {
  const { units } = snapshot.tree;
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const unit = units[middle]!;
    if (unit.start + unit.text.length < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function look(symbol: CrnSymbol): { type: number; modifiers: number } {
  const kind = symbol.kind === 'module parameter' ? (symbol.standsFor ?? 'species') : symbol.kind;
  switch (kind) {
    case 'species':
    case 'dual':
      return { type: TYPE.variable, modifiers: 0 };
    case 'fixed':
      return { type: TYPE.variable, modifiers: STATIC };
    case 'param':
    case 'module constant':
      return { type: TYPE.variable, modifiers: READONLY };
    case 'index':
    case 'sign':
      return { type: TYPE.parameter, modifiers: 0 };
    case 'module':
      return { type: TYPE.class, modifiers: 0 };
    case 'group':
      return { type: TYPE.namespace, modifiers: 0 };
    case 'reaction':
      return { type: TYPE.event, modifiers: 0 };
    case 'experiment':
    case 'noise':
      return { type: TYPE.method, modifiers: 0 };
    case 'activation':
    case 'network':
      return { type: TYPE.class, modifiers: 0 };
    case 'data':
      return { type: TYPE.variable, modifiers: READONLY };
  }
}

/** The edit that makes one token array of another: what is left between their common beginning and common end. */
export function tokenEdits(before: readonly number[], after: readonly number[]): { start: number; deleteCount: number; data?: number[] }[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return [];
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const data = after.slice(start, after.length - tail);
  return [{ start, deleteCount: before.length - tail - start, ...(data.length === 0 ? {} : { data }) }];
}

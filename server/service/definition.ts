/**
 * Go to definition: a name's declaration, an import's file. What is no file opens as a read-only text: built-in activations
 * and modules in the library, a network and its layers in the reactions that they stand for.
 */
import type { Location, Position } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isVirtual } from '../../chemistry/index.ts';
import type { Span } from '../../grammar/index.ts';
import { libraryPlace, networkAt, neuralPartAt } from './neural.ts';
import { locationOf, occurrenceAt, rangeOf, spotAt } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { resolvePath } from './uris.ts';
import { networkUri, virtualUri } from './virtual.ts';

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export function definition(snapshot: Snapshot, position: Position): Location | null {
  const { unit, inUnit } = spotAt(snapshot, position);
  const part = unit === undefined ? undefined : neuralPartAt(unit, inUnit);
  // The declaration itself leads to what it becomes: there is nowhere else to go from it.
  if (part?.kind === 'network') return inNetwork(snapshot, part.network.name.text, undefined) ?? ofName(snapshot, position);
  if (part?.kind === 'layer') return inNetwork(snapshot, part.network.name.text, part.layer.name.text) ?? null;
  const named = ofName(snapshot, position);
  if (named !== null) return named;
  if (part?.kind === 'activation') {
    const place = libraryPlace(part.name.text);
    return place === undefined ? null : inText(snapshot, place.file, place.span);
  }
  return unit?.statement.kind === 'Import' ? ofImport(snapshot, unit.statement.path, inUnit) : null;
}

function ofName(snapshot: Snapshot, position: Position): Location | null {
  const target = occurrenceAt(snapshot, position);
  return target === undefined ? null : (locationOf(snapshot, target.occurrence.symbol.declaration) ?? null);
}

function ofImport(snapshot: Snapshot, path: Span & { readonly value: string }, offset: number): Location | null {
  if (offset < path.start || offset > path.end) return null;
  if (isVirtual(path.value)) return snapshot.imported(path.value) === undefined ? null : { uri: virtualUri(path.value, snapshot.uri), range: START };
  const uri = resolvePath(path.value, snapshot.uri);
  return uri === undefined || snapshot.imported(uri) === undefined ? null : { uri, range: START };
}

function inText(snapshot: Snapshot, file: string, span: Span): Location | null {
  const document = snapshot.imported(file);
  return document === undefined ? null : { uri: virtualUri(file, snapshot.uri), range: rangeOf(document, span) };
}

/** A network's reactions, or in them the declarations of a layer. */
function inNetwork(snapshot: Snapshot, name: string, layer: string | undefined): Location | undefined {
  const network = snapshot.analysis.networks.find((other) => other.name === name);
  if (network === undefined) return undefined;
  const uri = networkUri(name, snapshot.uri);
  if (layer === undefined) return { uri, range: START };
  const heading = `// ${layer}: `;
  const at = network.text.indexOf(`\n${heading}`);
  if (at < 0) return { uri, range: START };
  const document = TextDocument.create(uri, 'crn', 0, network.text);
  return { uri, range: rangeOf(document, { start: at + 4, end: at + 4 + layer.length }) };
}

/**
 * The address of the reactions of the network that a position is about; where the text holds one network and no other
 * reactions, every position is about that.
 */
export function networkReactions(snapshot: Snapshot, position: Position): { uri: string } | null {
  const { analysis } = snapshot;
  const [only] = analysis.networks;
  const alone = analysis.networks.length === 1 && analysis.network.families.every(({ origin }) => isVirtual(origin.file));
  const found = networkAt(analysis, spotAt(snapshot, position).unit);
  if (found !== undefined) return { uri: networkUri(found.name, found.file ?? snapshot.uri) };
  return alone && only !== undefined ? { uri: networkUri(only.name, snapshot.uri) } : null;
}

/** A document as the features see it: its text at one version, what the checker knows of it, and where offsets are. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Location, Position, Range } from 'vscode-languageserver';
import type { Analysis, CrnSymbol, Occurrence, Place } from '../../chemistry/index.ts';
import { isVirtual } from '../../chemistry/index.ts';
import { unitAt } from '../../grammar/index.ts';
import type { Span, SyntaxTree, Unit } from '../../grammar/index.ts';
import { virtualUri } from './virtual.ts';

export interface Snapshot {
  readonly uri: string;
  readonly version: number;
  readonly document: TextDocument;
  readonly tree: SyntaxTree;
  readonly analysis: Analysis;
  /** A text that this one imports, for places in it; undefined when it has gone. */
  imported(uri: string): TextDocument | undefined;
  /** Paths that an import may name, relative to this document. */
  importable(): readonly string[];
}

/** Offsets in the document of a span that is relative to a unit. */
export function absolute(unit: Unit, span: Span): Span {
  return { start: unit.start + span.start, end: unit.start + span.end };
}

export function rangeOf(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

/** Range of a span of a unit of the snapshot's own text. */
export function unitRange(snapshot: Snapshot, unit: Unit, span: Span): Range {
  return rangeOf(snapshot.document, absolute(unit, span));
}

/** Where a place is, in this text or an imported one; undefined when that text cannot be had any more. */
export function locationOf(snapshot: Snapshot, place: Place): Location | undefined {
  const file = place.file;
  if (file === undefined || file === snapshot.uri) return { uri: snapshot.uri, range: unitRange(snapshot, place.unit, place.span) };
  const document = snapshot.imported(file);
  if (document === undefined) return undefined;
  return { uri: isVirtual(file) ? virtualUri(file, snapshot.uri) : file, range: rangeOf(document, absolute(place.unit, place.span)) };
}

/** A link for Markdown that opens a place; VS Code and Monaco read the fragment as line and column. */
export function linkTo(snapshot: Snapshot, place: Place, text: string): string {
  const location = locationOf(snapshot, place);
  // Clients open links to files only.
  if (location === undefined || isVirtual(place.file)) return text;
  const { line, character } = location.range.start;
  return `[${text}](${location.uri.replaceAll(/[()\s]/g, encodeURIComponent)}#L${line + 1},${character + 1})`;
}

export interface Target {
  readonly unit: Unit;
  readonly occurrence: Occurrence;
}

export interface Spot {
  /** Offset in the document. */
  readonly offset: number;
  readonly unit: Unit | undefined;
  /** Offset in the unit. */
  readonly inUnit: number;
}

export function spotAt(snapshot: Snapshot, position: Position): Spot {
  const offset = snapshot.document.offsetAt(position);
  const unit = unitAt(snapshot.tree, offset);
  return { offset, unit, inUnit: unit === undefined ? 0 : offset - unit.start };
}

/** The name under the cursor; a cursor just behind a name still means it. */
export function occurrenceAt(snapshot: Snapshot, position: Position): Target | undefined {
  const { unit, inUnit } = spotAt(snapshot, position);
  if (unit === undefined) return undefined;
  let behind: Occurrence | undefined;
  for (const occurrence of snapshot.analysis.occurrencesIn(unit)) {
    const { start, end } = occurrence.span;
    if (start > inUnit) break;
    if (inUnit < end) return { unit, occurrence };
    if (inUnit === end) behind = occurrence;
  }
  return behind === undefined ? undefined : { unit, occurrence: behind };
}

export function symbolAt(snapshot: Snapshot, position: Position): CrnSymbol | undefined {
  return occurrenceAt(snapshot, position)?.occurrence.symbol;
}

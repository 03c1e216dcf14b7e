/** Findings as the protocol wants them; those of imported files are told at the import statement that brought them in. */
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { Diagnostic as LspDiagnostic, DiagnosticRelatedInformation, Range } from 'vscode-languageserver';
import type { Diagnostic } from '../../chemistry/index.ts';
import type { Severity } from '../../grammar/index.ts';
import { fileName } from './uris.ts';
import { absolute, locationOf, rangeOf, unitRange } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

export const SOURCE = 'onepot';

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Beyond so many the Problems view helps nobody, and sending them costs more than finding them. */
export const MOST_DIAGNOSTICS = 2000;

export interface DiagnosticsOptions {
  /** Start of the address of the manual's pages; the code is appended. */
  readonly manual?: string | undefined;
}

/** The protocol allows Markdown messages; ours are plain. */
export type PlainDiagnostic = LspDiagnostic & { message: string };

/** All findings about a document, worst first where there are too many to tell. */
export function diagnostics(snapshot: Snapshot, options: DiagnosticsOptions = {}): PlainDiagnostic[] {
  let found = snapshot.analysis.diagnostics;
  if (found.length > MOST_DIAGNOSTICS) {
    const rank = { error: 0, warning: 1, information: 2, hint: 3 } as const;
    found = [...found].sort((a, b) => rank[a.severity] - rank[b.severity]).slice(0, MOST_DIAGNOSTICS);
  }
  return found.map((diagnostic) => published(snapshot, diagnostic, options));
}

/** One finding as it is published. */
export function published(snapshot: Snapshot, diagnostic: Diagnostic, options: DiagnosticsOptions): PlainDiagnostic {
  const foreign = diagnostic.file !== undefined && diagnostic.file !== snapshot.uri;
  const related: DiagnosticRelatedInformation[] = [];
  const own = locationOf(snapshot, diagnostic);
  if (foreign && own !== undefined) related.push({ location: own, message: 'It is here.' });
  for (const place of diagnostic.related ?? []) {
    const location = locationOf(snapshot, place);
    if (location !== undefined) related.push({ location, message: place.message });
  }
  const tags = (diagnostic.tags ?? []).map(() => DiagnosticTag.Unnecessary);
  return {
    range: foreign ? importRange(snapshot, diagnostic.file) : unitRange(snapshot, diagnostic.unit, diagnostic.span),
    severity: SEVERITY[diagnostic.severity],
    code: diagnostic.code,
    source: SOURCE,
    message: foreign ? `In ${fileName(diagnostic.file)}: ${diagnostic.message}` : diagnostic.message,
    ...(options.manual === undefined ? {} : { codeDescription: { href: options.manual + diagnostic.code } }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    ...(diagnostic.fixes === undefined || diagnostic.fixes.length === 0 ? {} : { data: { fixes: diagnostic.fixes.map((fix) => fix.title) } }),
  };
}

/** Where a file is imported: the statement that names it, else the first import (it came through another file), else the start. */
function importRange(snapshot: Snapshot, file: string): Range {
  let first: Range | undefined;
  for (const unit of snapshot.tree.units) {
    const { statement } = unit;
    if (statement.kind !== 'Import') continue;
    const range = rangeOf(snapshot.document, absolute(unit, statement.path));
    first ??= range;
    if (fileName(statement.path.value.replaceAll('\\', '/')) === fileName(file)) return range;
  }
  return first ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
}

/** Findings as the protocol wants them. Those in imported files are shown where these are open; the import itself says that there are some. */
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { Diagnostic as LspDiagnostic, DiagnosticRelatedInformation } from 'vscode-languageserver';
import type { Diagnostic } from '../../chemistry/index.ts';
import type { Severity } from '../../grammar/index.ts';
import { locationOf, unitRange } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { isVirtualUri } from './virtual.ts';

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
  // Nobody can mend what the product made.
  if (isVirtualUri(snapshot.uri)) return [];
  let found = snapshot.analysis.diagnostics.filter((diagnostic) => diagnostic.file === undefined);
  if (found.length > MOST_DIAGNOSTICS) {
    const rank = { error: 0, warning: 1, information: 2, hint: 3 } as const;
    found = found.sort((a, b) => rank[a.severity] - rank[b.severity]).slice(0, MOST_DIAGNOSTICS);
  }
  return found.map((diagnostic) => published(snapshot, diagnostic, options));
}

/** One finding as it is published. */
export function published(snapshot: Snapshot, diagnostic: Diagnostic, options: DiagnosticsOptions): PlainDiagnostic {
  const related: DiagnosticRelatedInformation[] = [];
  for (const place of diagnostic.related ?? []) {
    const location = locationOf(snapshot, place);
    if (location !== undefined) related.push({ location, message: place.message });
  }
  const tags = (diagnostic.tags ?? []).map(() => DiagnosticTag.Unnecessary);
  return {
    range: unitRange(snapshot, diagnostic.unit, diagnostic.span),
    severity: SEVERITY[diagnostic.severity],
    code: diagnostic.code,
    source: SOURCE,
    message: diagnostic.message,
    ...(options.manual === undefined ? {} : { codeDescription: { href: options.manual + diagnostic.code } }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    ...(diagnostic.fixes === undefined || diagnostic.fixes.length === 0 ? {} : { data: { fixes: diagnostic.fixes.map((fix) => fix.title) } }),
  };
}

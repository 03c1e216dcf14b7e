/** Diagnostics with files, lines and columns. */
import type { Diagnostic, Place } from '../../chemistry/index.ts';
import type { Severity } from '../../grammar/index.ts';
import { Lines } from './lines.ts';
import { shown, type Model } from './model.ts';

/** One entry of `onepot check --json`; lines and columns are 1-based, the end is exclusive. */
export interface FindingJson {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
}

export interface Located {
  readonly file: string;
  readonly lines: Lines;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Finding extends Located {
  readonly diagnostic: Diagnostic;
  readonly related: readonly (Located & { readonly message: string })[];
}

/** The findings of a model, in document order; those in imported files with their path. */
export function findingsOf(model: Model): Finding[] {
  const own = new Lines(model.text);
  const others = new Map<string, Lines>();
  const linesOf = (file: string | undefined): Lines => {
    if (file === undefined) return own;
    let lines = others.get(file);
    if (lines === undefined) others.set(file, (lines = new Lines(model.imported.get(file) ?? '')));
    return lines;
  };
  const locate = ({ unit, span, file }: Place): Located => {
    const lines = linesOf(file);
    const start = lines.at(unit.start + span.start);
    const end = lines.at(unit.start + Math.max(span.end, span.start));
    return { file: file === undefined ? model.file : shown(file), lines, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  };
  return model.analysis.diagnostics.map((diagnostic) => ({
    ...locate(diagnostic),
    diagnostic,
    related: (diagnostic.related ?? []).map((place) => ({ ...locate(place), message: place.message })),
  }));
}

export function findingJson({ file, line, column, endLine, endColumn, diagnostic: { code, severity, message } }: Finding): FindingJson {
  return { file, line, column, endLine, endColumn, code, severity, message };
}

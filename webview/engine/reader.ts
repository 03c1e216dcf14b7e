/** Reads a text for the lab: checks it, follows its imports, and tells of its problems as the page shows them. */
import { t } from '../../l10n/index.ts';
import { parse, reparse, type SyntaxTree } from '../../grammar/index.ts';
import { analyse, type Analysis, type Diagnostic, type ImportResolver } from '../../chemistry/index.ts';
import type { ImportedFile, ImportRequest } from '../protocol.ts';
import type { ModelText } from '../training-protocol.ts';
import type { Problem } from '../worker-protocol.ts';

/** Lines of a text by offset, counted from 1. */
export class Lines {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
    this.#starts = starts;
  }

  at(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function problemOf(diagnostic: Diagnostic, lines: Lines): Problem {
  const { code, severity, message, unit, span, file } = diagnostic;
  const place = { uri: file ?? null, start: unit.start + span.start, end: unit.start + span.end };
  return { code, severity, message, place, line: lines.at(place.start) };
}

function sameFiles(before: readonly ImportedFile[], now: readonly ImportedFile[]): boolean {
  if (before === now) return true;
  const content = (file: ImportedFile): string => ('error' in file ? `? ${file.error}` : `${file.uri}\n${file.text}`);
  return before.length === now.length && before.every((file, i) => file.path === now[i]!.path && file.from === now[i]!.from && content(file) === content(now[i]!));
}

/** A text as it was understood. */
export interface ReadModel {
  readonly analysis: Analysis;
  /** Imports that have not come yet; the analysis is worth nothing until they have. */
  readonly missing: readonly ImportRequest[];
  readonly problems: readonly Problem[];
}

export class ModelReader {
  /** The last document with what is known of it, right or wrong. */
  #last: { readonly uri: string; readonly tree: SyntaxTree; readonly analysis: Analysis; readonly imports: readonly ImportedFile[] } | undefined;
  /** Parsed imports by URI and text, so that an edit of the document does not read them again. */
  #trees = new Map<string, { readonly text: string; readonly tree: SyntaxTree }>();

  read({ uri, text, imports }: ModelText): ReadModel {
    const missing: ImportRequest[] = [];
    const analysis = this.#analyse(uri, text, imports, missing);
    const texts = new Map(imports.flatMap((file) => ('uri' in file ? [[file.uri, file.text] as const] : [])));
    const lines = new Map<string | undefined, Lines>();
    const problems = missing.length > 0 ? [] : analysis.diagnostics.map((diagnostic) => {
      const { file } = diagnostic;
      let own = lines.get(file);
      if (own === undefined) lines.set(file, (own = new Lines(file === undefined ? text : (texts.get(file) ?? ''))));
      return problemOf(diagnostic, own);
    });
    return { analysis, missing, problems };
  }

  /** Only what the edit touches is parsed and checked again, when this is the document of the last time. */
  #analyse(uri: string, text: string, imports: readonly ImportedFile[], missing: ImportRequest[]): Analysis {
    const last = this.#last?.uri === uri ? this.#last : undefined;
    this.#last = undefined;
    const tree = last === undefined ? parse(text) : reparse(last.tree, text);
    const analysis = analyse(tree, {
      uri, resolveImport: this.#resolver(uri, imports, missing),
      // An import that changed may change anything: then nothing is taken over.
      ...(last !== undefined && sameFiles(last.imports, imports) ? { previous: last.analysis } : {}),
    });
    this.#last = { uri, tree, analysis, imports };
    return analysis;
  }

  #resolver(uri: string, imports: readonly ImportedFile[], missing: ImportRequest[]): ImportResolver {
    return (path, importer) => {
      const from = importer === undefined || importer === uri ? null : importer;
      const file = imports.find((candidate) => candidate.path === path && candidate.from === from);
      if (file === undefined) {
        if (!missing.some((request) => request.path === path && request.from === from)) missing.push({ path, from });
        return { error: t('It is being read.') };
      }
      if ('error' in file) return { error: file.error };
      let known = this.#trees.get(file.uri);
      if (known?.text !== file.text) {
        known = { text: file.text, tree: parse(file.text) };
        this.#trees.set(file.uri, known);
      }
      return { uri: file.uri, tree: known.tree };
    };
  }
}

/** Quick fixes: the repairs that diagnostics bring along, one at a time or all preferred ones of the file at once. */
import { counted } from '../../l10n/index.ts';
import { CodeActionKind } from 'vscode-languageserver';
import type { CodeAction, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { Fix } from '../../chemistry/index.ts';
import { published } from './diagnostics.ts';
import type { DiagnosticsOptions } from './diagnostics.ts';
import { locationOf, unitRange } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

/** The kind under which "fix all" is offered and may run on save. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.onepot`;

/** Actions for a range; `only` holds the kinds the client asks for. */
export function codeActions(snapshot: Snapshot, range: Range, only?: readonly string[], options: DiagnosticsOptions = {}): CodeAction[] {
  const wanted = (kind: string): boolean => only === undefined || only.some((filter) => kind === filter || kind.startsWith(`${filter}.`));
  const actions: CodeAction[] = [];
  if (wanted(CodeActionKind.QuickFix)) {
    for (const diagnostic of snapshot.analysis.diagnostics) {
      if (diagnostic.fixes === undefined || diagnostic.file !== undefined) continue;
      if (!touch(unitRange(snapshot, diagnostic.unit, diagnostic.span), range)) continue;
      const told = [published(snapshot, diagnostic, options)];
      for (const fix of diagnostic.fixes) {
        const edit = toEdit(snapshot, fix);
        if (edit === undefined) continue;
        actions.push({ title: fix.title, kind: CodeActionKind.QuickFix, diagnostics: told, edit, ...(fix.preferred === true ? { isPreferred: true } : {}) });
      }
    }
  }
  // With quick fixes it is offered only where there is one, so that the light bulb means something.
  if (wanted(FIX_ALL) && (only !== undefined || actions.some((action) => action.isPreferred === true))) {
    const all = fixAll(snapshot);
    if (all !== undefined && (only?.some((filter) => filter.startsWith('source')) === true || all.count > 1)) {
      actions.push({ title: counted(all.count, 'Fix the mechanical problem in this file', 'Fix all {0} mechanical problems in this file'), kind: FIX_ALL, edit: { changes: { [snapshot.uri]: all.edits } } });
    }
  }
  return actions;
}

/** The preferred fixes of the file that do not get in each other's way, in document order. */
export function fixAll(snapshot: Snapshot): { edits: TextEdit[]; count: number } | undefined {
  const taken: { start: number; end: number }[] = [];
  const edits: TextEdit[] = [];
  const written = new Set<string>();
  let count = 0;
  for (const diagnostic of snapshot.analysis.diagnostics) {
    const fix = diagnostic.file === undefined ? diagnostic.fixes?.find((candidate) => candidate.preferred === true) : undefined;
    if (fix === undefined || fix.edits.some((edit) => edit.file !== undefined)) continue;
    const spans = fix.edits.map((edit) => ({ start: edit.unit.start + edit.span.start, end: edit.unit.start + edit.span.end, text: edit.text }));
    // Two findings may ask for the same repair (one missing declaration, used twice): it is made once.
    const key = JSON.stringify(spans);
    if (written.has(key)) continue;
    written.add(key);
    // Insertions at one place stand behind each other; replaced text must not be replaced twice.
    if (spans.some((span) => taken.some((other) => span.start < other.end && other.start < span.end))) continue;
    taken.push(...spans);
    count++;
    for (const edit of fix.edits) edits.push({ range: unitRange(snapshot, edit.unit, edit.span), newText: edit.text });
  }
  return count === 0 ? undefined : { edits, count };
}

function toEdit(snapshot: Snapshot, fix: Fix): WorkspaceEdit | undefined {
  const changes: Record<string, TextEdit[]> = {};
  for (const edit of fix.edits) {
    const location = locationOf(snapshot, edit);
    if (location === undefined) return undefined;
    (changes[location.uri] ??= []).push({ range: location.range, newText: edit.text });
  }
  return { changes };
}

function touch(a: Range, b: Range): boolean {
  const before = (p: Range['start'], q: Range['start']): boolean => p.line < q.line || (p.line === q.line && p.character < q.character);
  return !before(a.end, b.start) && !before(b.end, a.start);
}

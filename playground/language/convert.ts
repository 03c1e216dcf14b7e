/** Values of the language server protocol as the editor's own, and back. Lines and columns count from 0 there and from 1 here. */
import * as monaco from 'monaco-editor/editor';
import type * as lsp from 'vscode-languageserver/browser';

export const toRange = ({ start, end }: lsp.Range): monaco.IRange =>
  ({ startLineNumber: start.line + 1, startColumn: start.character + 1, endLineNumber: end.line + 1, endColumn: end.character + 1 });

export const fromPosition = ({ lineNumber, column }: monaco.IPosition): lsp.Position => ({ line: lineNumber - 1, character: column - 1 });

export const fromRange = (range: monaco.IRange): lsp.Range => ({
  start: { line: range.startLineNumber - 1, character: range.startColumn - 1 }, end: { line: range.endLineNumber - 1, character: range.endColumn - 1 },
});

export const toEdit = ({ range, newText }: lsp.TextEdit): monaco.languages.TextEdit => ({ range: toRange(range), text: newText });

const SEVERITY = {
  1: monaco.MarkerSeverity.Error, 2: monaco.MarkerSeverity.Warning, 3: monaco.MarkerSeverity.Info, 4: monaco.MarkerSeverity.Hint,
} as const;

export function toMarker(diagnostic: lsp.Diagnostic): monaco.editor.IMarkerData {
  const { message, severity, source, code, codeDescription, tags, relatedInformation } = diagnostic;
  return {
    ...toRange(diagnostic.range), message: typeof message === 'string' ? message : message.value, severity: SEVERITY[severity ?? 1],
    ...(source === undefined ? {} : { source }),
    ...(code === undefined ? {} : { code: codeDescription === undefined ? String(code) : { value: String(code), target: monaco.Uri.parse(codeDescription.href) } }),
    // Unnecessary and deprecated have the same numbers in both.
    ...(tags === undefined ? {} : { tags: [...tags] as monaco.MarkerTag[] }),
    ...(relatedInformation === undefined ? {} : { relatedInformation: relatedInformation.map((other) => ({ ...toRange(other.location.range), resource: monaco.Uri.parse(other.location.uri), message: other.message })) }),
  };
}

/** Untrusted: no HTML, and no commands in links. */
export function toMarkdown(content: lsp.MarkupContent | string): monaco.IMarkdownString {
  return { value: typeof content === 'string' ? content : content.value };
}

export function hoverContents(contents: lsp.Hover['contents']): monaco.IMarkdownString[] {
  const parts = Array.isArray(contents) ? contents : [contents];
  return parts.map((part) => (typeof part === 'object' && 'language' in part ? { value: `\`\`\`${part.language}\n${part.value}\n\`\`\`` } : toMarkdown(part)));
}

const { CompletionItemKind: Kind } = monaco.languages;
/** In the protocol's order, from 1. */
const COMPLETION_KINDS = [
  Kind.Text, Kind.Method, Kind.Function, Kind.Constructor, Kind.Field, Kind.Variable, Kind.Class, Kind.Interface, Kind.Module, Kind.Property,
  Kind.Unit, Kind.Value, Kind.Enum, Kind.Keyword, Kind.Snippet, Kind.Color, Kind.File, Kind.Reference, Kind.Folder, Kind.EnumMember,
  Kind.Constant, Kind.Struct, Kind.Event, Kind.Operator, Kind.TypeParameter,
];

/** `here` is an empty range at the cursor. The server sends the range of every item, as clients disagree about what a word is. */
export function toCompletion(item: lsp.CompletionItem, here: monaco.IRange): monaco.languages.CompletionItem {
  const { label, kind, detail, documentation, sortText, filterText, preselect, textEdit, insertText, insertTextFormat, additionalTextEdits, command } = item;
  const range = textEdit === undefined ? here : 'range' in textEdit ? toRange(textEdit.range) : { insert: toRange(textEdit.insert), replace: toRange(textEdit.replace) };
  return {
    label, range, kind: COMPLETION_KINDS[(kind ?? 1) - 1] ?? Kind.Text, insertText: textEdit?.newText ?? insertText ?? label,
    ...(insertTextFormat === 2 ? { insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet } : {}),
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: toMarkdown(documentation) }),
    ...(sortText === undefined ? {} : { sortText }),
    ...(filterText === undefined ? {} : { filterText }),
    ...(preselect === undefined ? {} : { preselect }),
    ...(additionalTextEdits === undefined ? {} : { additionalTextEdits: additionalTextEdits.map(toEdit) }),
    ...(command === undefined ? {} : { command: toCommand(command) }),
  };
}

export function toCommand({ command, title, arguments: given }: lsp.Command): monaco.languages.Command {
  return { id: command, title, ...(given === undefined ? {} : { arguments: given as unknown[] }) };
}

export function toSymbol(symbol: lsp.DocumentSymbol): monaco.languages.DocumentSymbol {
  return {
    name: symbol.name, detail: symbol.detail ?? '', tags: [],
    // The same kinds in the same order, from 0 here.
    kind: (symbol.kind - 1),
    range: toRange(symbol.range), selectionRange: toRange(symbol.selectionRange), children: (symbol.children ?? []).map(toSymbol),
  };
}

export function toWorkspaceEdit(edit: lsp.WorkspaceEdit): monaco.languages.WorkspaceEdit {
  return {
    edits: Object.entries(edit.changes ?? {}).flatMap(([uri, edits]) => edits.map((one) => ({ resource: monaco.Uri.parse(uri), textEdit: toEdit(one), versionId: undefined }))),
  };
}

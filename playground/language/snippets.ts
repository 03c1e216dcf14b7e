/** The snippets of the extension as completions at the beginning of a line. */
import * as monaco from 'monaco-editor/editor';

export type SnippetsFile = Readonly<Record<string, {
  readonly prefix: string | readonly string[];
  readonly body: string | readonly string[];
  readonly description: string;
}>>;

const list = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);

export function snippetProvider(file: SnippetsFile): monaco.languages.CompletionItemProvider {
  return {
    provideCompletionItems(model, position) {
      const before = model.getValueInRange({ startLineNumber: position.lineNumber, startColumn: 1, endLineNumber: position.lineNumber, endColumn: position.column });
      const typed = /^\s*([\p{L}<>-]*)$/u.exec(before)?.[1];
      if (typed === undefined) return { suggestions: [] };
      const range = { startLineNumber: position.lineNumber, startColumn: position.column - typed.length, endLineNumber: position.lineNumber, endColumn: position.column };
      return {
        suggestions: Object.entries(file).flatMap(([name, { prefix, body, description }]) => list(prefix).map((label): monaco.languages.CompletionItem => ({
          label: { label, description: name }, kind: monaco.languages.CompletionItemKind.Snippet, range, sortText: `~${label}`,
          insertText: list(body).join('\n'), insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
          documentation: { value: `${description}\n\n\`\`\`crn\n${plain(list(body).join('\n'))}\n\`\`\`` },
        }))),
      };
    },
  };
}

/** A snippet as it will stand in the text: `${1:A}` → `A`, `${3|a,b|}` → `a`. */
function plain(body: string): string {
  return body.replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1').replace(/\$\{\d+:([^{}]*)\}/g, '$1').replace(/\$\d/g, '');
}

/** What the editor itself must know of the language: comments, brackets, words, indentation. From the file that VS Code reads. */
import type { languages } from 'monaco-editor/editor';

interface Pattern {
  readonly pattern: string;
  readonly flags?: string;
}
type Pair = readonly [string, string];
/** The parts of VS Code's language-configuration.json that ours has. */
export interface ConfigurationFile {
  readonly comments: { readonly lineComment: string; readonly blockComment: Pair };
  readonly brackets: readonly Pair[];
  readonly autoClosingPairs: readonly { readonly open: string; readonly close: string; readonly notIn?: readonly string[] }[];
  readonly surroundingPairs: readonly Pair[];
  readonly wordPattern: Pattern;
  readonly indentationRules: { readonly increaseIndentPattern: Pattern; readonly decreaseIndentPattern: Pattern };
  readonly onEnterRules: readonly { readonly beforeText: Pattern; readonly action: { readonly indent: 'none'; readonly appendText: string } }[];
  readonly folding: { readonly markers: { readonly start: string; readonly end: string } };
}

const expression = ({ pattern, flags }: Pattern): RegExp => new RegExp(pattern, flags);

export function languageConfiguration(file: ConfigurationFile): languages.LanguageConfiguration {
  const pairs = (list: readonly Pair[]): [string, string][] => list.map(([open, close]) => [open, close]);
  return {
    comments: { lineComment: file.comments.lineComment, blockComment: [...file.comments.blockComment] },
    brackets: pairs(file.brackets),
    autoClosingPairs: file.autoClosingPairs.map(({ open, close, notIn }) => ({ open, close, ...(notIn === undefined ? {} : { notIn: [...notIn] }) })),
    surroundingPairs: file.surroundingPairs.map(([open, close]) => ({ open, close })),
    // The editor looks for words in a line with this, so it must find all of them.
    wordPattern: new RegExp(file.wordPattern.pattern, `${file.wordPattern.flags ?? ''}g`),
    indentationRules: { increaseIndentPattern: expression(file.indentationRules.increaseIndentPattern), decreaseIndentPattern: expression(file.indentationRules.decreaseIndentPattern) },
    // `none` is 0 in the editor's enumeration, which is not there when this is tested.
    onEnterRules: file.onEnterRules.map(({ beforeText, action }) => ({ beforeText: expression(beforeText), action: { indentAction: 0, appendText: action.appendText } })),
    folding: { markers: { start: new RegExp(file.folding.markers.start), end: new RegExp(file.folding.markers.end) } },
  };
}

/** The editor itself, with the settings that suit a page that shows one text at a time. */
import { t } from '../l10n/index.ts';
import * as monaco from 'monaco-editor/editor';

/** The editor's own worker compares texts and finds links. */
Object.assign(window, { MonacoEnvironment: { getWorker: () => new Worker(new URL('./editor.worker.js', import.meta.url), { name: 'Editor' }) } });

export function createEditor(place: HTMLElement): monaco.editor.IStandaloneCodeEditor {
  place.replaceChildren();
  return monaco.editor.create(place, {
    model: null,
    automaticLayout: true,
    // The theme, high contrast too, is the page's.
    autoDetectHighContrast: false,
    ariaLabel: t('Text of the model. Control M makes the Tab key leave the text.'),
    fixedOverflowWidgets: true,
    minimap: { enabled: false },
    padding: { top: 8, bottom: 8 },
    scrollBeyondLastLine: false,
    renderLineHighlight: 'line',
    lineNumbersMinChars: 3,
    // Dimmed, the number of the last, empty line is hard to read.
    renderFinalNewline: 'on',
    folding: true,
    tabSize: 2,
    insertSpaces: true,
    detectIndentation: false,
    wordWrap: 'off',
    stickyScroll: { enabled: false },
    'semanticHighlighting.enabled': true,
    // The language server knows the names; words of the comments are no help.
    wordBasedSuggestions: 'off',
    suggest: { showStatusBar: false },
    // Greek letters, subscripts and primes belong to the language.
    unicodeHighlight: { ambiguousCharacters: false, nonBasicASCII: false },
    links: true,
    hover: { delay: 250 },
  });
}

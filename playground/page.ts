/** The page behind its first paint: editor, language server, lab, and what the buttons do. */
import { t, type Language } from '../l10n/index.ts';
import * as monaco from 'monaco-editor/editor';
import './editor-features.ts';
import grammar from '../syntaxes/crn.tmLanguage.json';
import configuration from '../extension/language-configuration.json';
import snippets from '../extension/snippets.json';
import { addressOf } from './addresses.ts';
import { defineEditorThemes, setEditorTheme } from './colours/editor-themes.ts';
import { themes, type ThemeName } from './colours/themes.ts';
import type { Grammar } from './colours/textmate.ts';
import { tokensProvider } from './colours/tokens.ts';
import { Documents, type OpenText } from './documents.ts';
import { download } from './download.ts';
import { createEditor } from './editor.ts';
import type { Wish } from './lab.ts';
import { Labs } from './labs.ts';
import { forgetOthers } from './lab-state.ts';
import { languageConfiguration, type ConfigurationFile } from './language/configuration.ts';
import { registerProviders } from './language/providers.ts';
import { LANGUAGE, LanguageServer } from './language/server.ts';
import { snippetProvider, type SnippetsFile } from './language/snippets.ts';
import { fileName, linkOf, LONGEST_SAFE_LINK, LONGEST_TEXT, readLink, sampleLink } from './permalink.ts';
import type { SampleIndex } from './samples.ts';
import type { Kept } from './state.ts';
import { element } from './view/elements.ts';
import { notice } from './view/notice.ts';
import { samplesMenu } from './view/samples-menu.ts';
import { statusLine } from './view/status.ts';
import { Tabs } from './view/tabs.ts';

export interface PageContext {
  readonly kept: Kept;
  readonly theme: () => ThemeName;
  readonly remember: (change: Partial<Kept>) => void;
  /** The visitor's language with its texts, unless it is English. */
  readonly language: Language | undefined;
  /** Makes the lab visible if it is not. */
  readonly showLab: () => void;
}

/** What a visitor sees first. */
const FIRST = 'smoothed-relu-neuron.crn';
const EMPTY = `species A = 1, B\n\nA -> B @ 1\n\nsimulate decay { t = 5 }\n`;
const SIMULATE = 'onepot.playground.simulate';
const TRAIN = 'onepot.playground.train';
/** Larger files of data are not read: they have to fit into the memory of a tab, several times. */
const LARGEST_DATA = 64 * 1024 * 1024;

/** Builds the page; the answer is to be called when the theme has changed. */
export async function startPage({ kept, theme, remember, language, showLab }: PageContext): Promise<() => void> {
  const response = await fetch(new URL('./samples.json', import.meta.url));
  if (!response.ok) throw new Error(t('the samples are missing ({0})', response.status));
  const index = (await response.json()) as SampleIndex;

  monaco.languages.register({ id: LANGUAGE, extensions: ['.crn'], aliases: [t('Chemical Reaction Network')] });
  monaco.languages.setLanguageConfiguration(LANGUAGE, languageConfiguration(configuration as ConfigurationFile));
  monaco.languages.setTokensProvider(LANGUAGE, tokensProvider(grammar as Grammar));
  monaco.languages.registerCompletionItemProvider(LANGUAGE, snippetProvider(snippets as SnippetsFile));
  defineEditorThemes();
  setEditorTheme(theme());
  const foreground = (): string => themes[theme()].colours['editor.foreground']!;

  let labsBegun = false;
  const editor = createEditor(element('editor', HTMLElement));
  const server = new LanguageServer(new URL('./server.js', import.meta.url), (reason) => notice(reason, { label: t('Reload'), run: () => location.reload() }));
  const documents: Documents = new Documents(editor, index.files, (uri) => server.virtualText(uri), {
    shown: () => {
      tabs.update();
      if (labsBegun) labs.update();
      keep();
    },
    edited: (text) => {
      labs.edited(text);
      // The address no longer says what is shown; a reload must not bring the old text back.
      if (text === documents.active && location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
      keep();
    },
    file: (address, text) => server.giveFiles({ [address]: text }),
  });
  const keep = (): void => remember(documents.kept());
  const labs = new Labs(element('labs', HTMLElement), new URL('./lab.html', import.meta.url), documents, editor);
  const tabs = new Tabs(documents, { close: (text) => closeText(documents, text), rename: (text, name) => documents.rename(text, name) });

  const started = server.start({ theme: { foreground: foreground() }, inlayHints: false, run: { simulate: SIMULATE, train: TRAIN }, language });
  server.giveFiles(Object.fromEntries(Object.entries(index.files).map(([path, text]) => [addressOf(path), text])));
  documents.restore(kept.texts, kept.active);
  await followAddress(documents, index);
  if (documents.active === undefined) documents.open(FIRST, index.files[FIRST] ?? EMPTY);
  window.addEventListener('hashchange', () => void followAddress(documents, index));
  statusLine(editor);
  // Only the text that is shown in the end gets a lab, and not before it is drawn.
  labsBegun = true;
  try {
    forgetOthers(window.localStorage, new Set(documents.texts.map(({ model }) => model.uri.toString())));
  } catch {
    // A browser that forbids storage has nothing in it.
  }
  labs.update();

  samplesMenu(index.samples, (name) => {
    documents.open(name, index.files[name] ?? '');
    editor.focus();
  });
  const run = (wish: Wish): void => {
    showLab();
    labs.run(wish);
  };
  buttons({ documents, index, editor, labs, run });
  monaco.editor.registerEditorOpener({ openCodeEditor: (_source, resource, selection) => documents.reveal(resource, asRange(selection)) });
  // The lenses above experiments: called with the text's address and the experiment's name.
  const named = (name: unknown): string | undefined => (typeof name === 'string' ? name : undefined);
  monaco.editor.registerCommand(SIMULATE, (_accessor, _address: unknown, name: unknown) => run({ type: 'run', experiment: named(name) }));
  monaco.editor.registerCommand(TRAIN, (_accessor, _address: unknown, name: unknown) => run({ type: 'train', training: named(name) }));

  started.then((capabilities) => {
    server.follow();
    registerProviders(LANGUAGE, { connection: server.connection, capabilities, bring: (uri) => documents.bring(uri), tell: notice });
    document.documentElement.dataset['ready'] = 'true';
  }).catch((error: unknown) => notice(error instanceof Error ? error.message : String(error)));

  return () => {
    setEditorTheme(theme());
    server.tellTheme(foreground());
  };
}

function asRange(selection: monaco.IRange | monaco.IPosition | undefined): monaco.IRange | undefined {
  if (selection === undefined) return undefined;
  return 'startLineNumber' in selection ? selection : monaco.Range.fromPositions(selection);
}

/** Opens what the address asks for. */
async function followAddress(documents: Documents, index: SampleIndex): Promise<void> {
  const link = await readLink(location.hash);
  if (link.kind === 'text') {
    documents.open(link.text.name, link.text.text, true);
  } else if (link.kind === 'broken') {
    notice(link.reason);
  } else if (link.kind === 'sample') {
    const name = [link.name, `${link.name}.crn`].find((known) => Object.hasOwn(index.files, known));
    if (name === undefined) notice(t('There is no sample called {0}.', link.name));
    else documents.open(name, index.files[name]!);
  }
}

/** Closes a text; one that the user has changed can be brought back. */
function closeText(documents: Documents, text: OpenText): void {
  const { name, changed } = text;
  const value = text.model.getValue();
  documents.close(text);
  if (changed && !text.readOnly && value.trim() !== '') notice(t('{0} is closed.', name), { label: t('Bring it back'), run: () => documents.open(name, value, true) });
}

interface ButtonContext {
  readonly documents: Documents;
  readonly index: SampleIndex;
  readonly editor: monaco.editor.IStandaloneCodeEditor;
  readonly labs: Labs;
  readonly run: (wish: Wish) => void;
}

function buttons({ documents, index, editor, labs, run }: ButtonContext): void {
  const on = (id: string, act: () => void): void => element(id, HTMLButtonElement).addEventListener('click', act);
  const picker = element('file', HTMLInputElement);
  const save = (): void => {
    const { active } = documents;
    if (active !== undefined) download(active.name, active.model.getValue(), 'text/plain');
  };
  on('new', () => {
    documents.open('untitled.crn', EMPTY);
    editor.focus();
  });
  on('open', () => picker.click());
  on('download', save);
  on('share', () => void share(documents, index));
  picker.addEventListener('change', () => {
    void openFiles(documents, labs, [...(picker.files ?? [])]);
    // The same file chosen again is to be read again.
    picker.value = '';
  });
  document.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void openFiles(documents, labs, files);
  });
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    const act = event.altKey ? { r: () => run({ type: 'run' }) }[event.key.toLowerCase()] : { s: save, o: () => picker.click() }[event.key.toLowerCase()];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  // On Linux the editor has another key for it; one key everywhere is easier to tell of.
  monaco.editor.addKeybindingRule({ keybinding: monaco.KeyMod.Shift | monaco.KeyMod.Alt | monaco.KeyCode.KeyF, command: 'editor.action.formatDocument', when: 'editorTextFocus' });
  editor.addAction({
    id: 'onepot.wrap', label: t('View: Toggle Word Wrap'), keybindings: [monaco.KeyMod.Alt | monaco.KeyCode.KeyZ],
    run: () => editor.updateOptions({ wordWrap: editor.getRawOptions().wordWrap === 'on' ? 'off' : 'on' }),
  });
  editor.addAction({ id: 'onepot.run', label: t('Onepot: Simulate'), run: () => run({ type: 'run' }) });
  editor.addAction({ id: 'onepot.train', label: t('Onepot: Train'), run: () => run({ type: 'train' }) });
  editor.addAction({ id: 'onepot.share', label: t('Onepot: Copy Link to This Text'), run: () => share(documents, index) });
  editor.addAction({ id: 'onepot.download', label: t('Onepot: Download This Text'), run: save });
}

/** Opens texts in tabs; other files are data that models may read. */
async function openFiles(documents: Documents, labs: Labs, files: readonly File[]): Promise<void> {
  // Models last, so that one of them is shown.
  const isModel = ({ name }: File): number => Number(/\.crn$/i.test(name));
  for (const file of [...files].sort((a, b) => isModel(a) - isModel(b))) {
    if (file.size > LARGEST_DATA) {
      notice(t('{0} is larger than {1} MB and is not opened.', file.name, LARGEST_DATA / 1024 / 1024));
      continue;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const text = bytes.includes(0) || bytes.length > LONGEST_TEXT ? undefined : new TextDecoder().decode(bytes);
    if (text !== undefined) {
      documents.open(fileName(file.name), text, true);
    } else {
      documents.addData(file.name, bytes);
      notice(t('{0} is no text that can be shown. Models can read it as data until this page is closed.', file.name));
    }
  }
  labs.filesChanged();
}

/** Puts a link to the text into the address and on the clipboard. */
async function share(documents: Documents, index: SampleIndex): Promise<void> {
  const { active } = documents;
  if (active === undefined) return;
  const text = active.model.getValue();
  const hash = index.files[active.name] === text ? sampleLink(active.name) : await linkOf({ name: active.name, text });
  const link = new URL(hash, location.href).href;
  history.replaceState(null, '', hash);
  const warning = link.length > LONGEST_SAFE_LINK ? [t('It is {0},000 characters long, more than some browsers and chats let through.', Math.ceil(link.length / 1000))] : [];
  try {
    await navigator.clipboard.writeText(link);
    notice([t('The link is copied. It holds the whole text; nothing was uploaded.'), ...warning].join(' '));
  } catch {
    notice([t('The link is in the address bar: copy it there. It holds the whole text; nothing was uploaded.'), ...warning].join(' '));
  }
}

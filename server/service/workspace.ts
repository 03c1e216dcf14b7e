/**
 * The open documents and the files they import, each parsed and analysed once a version, when somebody asks. An edit
 * costs what it touches: the new tree is made from the old one, the new analysis from the old one.
 */
import { t } from '../../l10n/index.ts';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { analyse, libraryText } from '../../chemistry/index.ts';
import type { Analysis } from '../../chemistry/index.ts';
import { parse, reparse } from '../../grammar/index.ts';
import type { SyntaxTree } from '../../grammar/index.ts';
import { canonical, fileName, folderOf, resolvePath } from './uris.ts';
import type { Snapshot } from './snapshot.ts';
import { madeText, virtualText } from './virtual.ts';

/** What a host offers: files that documents may import. Both calls answer at once. */
export interface ImportHost {
  /** The text at an address, or why it cannot be had, in the user's words. */
  read(uri: string): { readonly text: string } | { readonly error: string };
  /** Names of the importable files in a folder; an address with a slash at its end. */
  list(folder: string): readonly string[];
}

interface Source {
  readonly uri: string;
  readonly document: TextDocument;
  /** Text and tree belong together; both may be older than the document. */
  tree?: SyntaxTree;
}
interface OpenDocument extends Source {
  analysed?: { readonly tree: SyntaxTree; readonly analysis: Analysis; readonly snapshot: Snapshot; readonly stale: boolean };
  /** Canonical addresses of everything the last analysis asked for, found or not. */
  dependencies: ReadonlySet<string>;
}

export class Workspace {
  readonly #host: ImportHost;
  readonly #open = new Map<string, OpenDocument>();
  /** Imported files that are not open, as last read. */
  readonly #files = new Map<string, Source | { readonly error: string }>();

  constructor(host: ImportHost) {
    this.#host = host;
  }

  open(uri: string, version: number, text: string): void {
    const key = canonical(uri);
    this.#files.delete(key);
    this.#open.set(key, { uri, document: TextDocument.create(uri, 'crn', version, text), dependencies: new Set() });
    this.#outdate(key);
  }

  /** Applies edits in order; false when the document is not open. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): boolean {
    const key = canonical(uri);
    const entry = this.#open.get(key);
    if (entry === undefined) return false;
    TextDocument.update(entry.document, [...changes], version);
    this.#outdate(key);
    return true;
  }

  close(uri: string): void {
    const key = canonical(uri);
    if (this.#open.delete(key)) this.#outdate(key);
  }

  /** A file changed outside the editor; its text is read anew when somebody imports it. */
  fileChanged(uri: string): void {
    const key = canonical(uri);
    this.#files.delete(key);
    this.#outdate(key);
  }

  /** Forgets what is known of the imports of a document. */
  reread(uri: string): void {
    const entry = this.#open.get(canonical(uri));
    if (entry === undefined) return;
    for (const key of entry.dependencies) this.#files.delete(key);
    if (entry.analysed !== undefined) entry.analysed = { ...entry.analysed, stale: true };
  }

  version(uri: string): number | undefined {
    return this.#open.get(canonical(uri))?.document.version;
  }

  openUris(): string[] {
    return [...this.#open.values()].map((entry) => entry.uri);
  }

  /** Open documents that import the file, directly or through others. */
  dependentsOf(uri: string): string[] {
    const key = canonical(uri);
    return [...this.#open].filter(([own, entry]) => own !== key && entry.dependencies.has(key)).map(([, entry]) => entry.uri);
  }

  /** The document as it stands now, analysed; undefined when it is not open. */
  snapshot(uri: string): Snapshot | undefined {
    const entry = this.#open.get(canonical(uri));
    if (entry === undefined) return undefined;
    const tree = treeOf(entry);
    const last = entry.analysed;
    if (last !== undefined && last.tree === tree && !last.stale && last.snapshot.version === entry.document.version) return last.snapshot;
    const analysis = last !== undefined && last.tree === tree && !last.stale ? last.analysis : this.#analyse(entry, tree);
    const { document } = entry;
    const snapshot: Snapshot = {
      uri: entry.uri,
      version: document.version,
      document,
      tree,
      analysis,
      imported: (file) => this.#document(file, analysis),
      importable: () => this.#importable(entry.uri),
    };
    entry.analysed = { tree, analysis, snapshot, stale: false };
    return snapshot;
  }

  #analyse(entry: OpenDocument, tree: SyntaxTree): Analysis {
    const dependencies = new Set<string>();
    const last = entry.analysed;
    const analysis = analyse(tree, {
      uri: entry.uri,
      // An import that changed may change anything: then nothing is taken over.
      ...(last === undefined || last.stale ? {} : { previous: last.analysis }),
      resolveImport: (path, from) => {
        const uri = resolvePath(path, from ?? entry.uri);
        if (uri === undefined) return { error: whyUnresolved(path, from ?? entry.uri) };
        dependencies.add(canonical(uri));
        const source = this.#source(uri);
        return 'error' in source ? source : { uri: source.uri, tree: treeOf(source) };
      },
    });
    // What the last analysis took over unasked is still imported.
    entry.dependencies = last === undefined || last.stale ? dependencies : new Set([...dependencies, ...entry.dependencies]);
    return analysis;
  }

  #source(uri: string): Source | { readonly error: string } {
    const key = canonical(uri);
    const known = this.#open.get(key) ?? this.#files.get(key);
    if (known !== undefined) return known;
    const read = this.#host.read(uri);
    const source = 'error' in read ? read : { uri, document: TextDocument.create(uri, 'crn', 0, read.text) };
    this.#files.set(key, source);
    return source;
  }

  /** The text behind an address that is no file: the library's, or what a network is compiled to. undefined where there is none. */
  virtual(uri: string): string | undefined {
    const made = virtualText(uri);
    if (made === undefined) return undefined;
    if (made.kind === 'library') return libraryText(made.path);
    return this.#networks(made.source).find(({ name }) => name === made.name)?.text;
  }

  /** The networks of a document, open or not. */
  #networks(uri: string): Analysis['networks'] {
    const open = this.snapshot(uri);
    if (open !== undefined) return open.analysis.networks;
    const source = this.#source(uri);
    return 'error' in source ? [] : this.#analyse({ ...source, dependencies: new Set() }, treeOf(source)).networks;
  }

  #document(uri: string, analysis: Analysis): TextDocument | undefined {
    const made = madeText(uri, analysis);
    if (made !== undefined) return TextDocument.create(uri, 'crn', 0, made);
    const key = canonical(uri);
    const source = this.#open.get(key) ?? this.#files.get(key);
    return source === undefined || 'error' in source ? undefined : source.document;
  }

  #importable(uri: string): readonly string[] {
    const folder = folderOf(uri);
    const own = fileName(uri);
    const open = this.openUris().filter((other) => folderOf(other) === folder).map(fileName);
    return [...new Set([...this.#host.list(folder), ...open])].filter((name) => name !== own && name.endsWith('.crn')).sort();
  }

  #outdate(key: string): void {
    for (const entry of this.#open.values()) {
      if (entry.analysed !== undefined && entry.dependencies.has(key)) entry.analysed = { ...entry.analysed, stale: true };
    }
  }
}

function whyUnresolved(path: string, from: string): string {
  if (resolvePath('x.crn', from) === undefined) return t('Save this file first: an import is looked up beside it.');
  return t('“{0}” is no relative path. Name a file beside this one, such as "motifs.crn" or "library/motifs.crn".', path);
}

/** The tree of the document's current text, made from the last one where there is one. */
function treeOf(source: Source): SyntaxTree {
  const text = source.document.getText();
  source.tree = source.tree === undefined ? parse(text) : reparse(source.tree, text);
  return source.tree;
}

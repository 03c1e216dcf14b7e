/** The view “Model”: species, reactions, groups, what is conserved, networks and experiments of the model in use. */
import * as vscode from 'vscode';
import { CONTENTS_REQUEST, type ContentsAnswer, type ContentsEntry, type ContentsSection, type PlaceAnswer } from '../server/index.ts';
import { LatestOnly, type ActiveModel } from './active-model.ts';
import type { ModelClient } from './client.ts';
import { goToPlaceCommand, modelView } from './names.ts';

type Kind = ContentsSection['kind'];
type Node = { readonly section: ContentsSection } | { readonly entry: ContentsEntry; readonly kind: Kind };

const titles: Readonly<Record<Kind, () => string>> = {
  species: () => vscode.l10n.t('Species'),
  parameters: () => vscode.l10n.t('Parameters'),
  reactions: () => vscode.l10n.t('Reactions'),
  groups: () => vscode.l10n.t('Groups'),
  conserved: () => vscode.l10n.t('Conserved totals'),
  networks: () => vscode.l10n.t('Networks of neurons'),
  data: () => vscode.l10n.t('Data'),
  experiments: () => vscode.l10n.t('Experiments'),
};

const icons: Readonly<Record<Kind, string>> = {
  species: 'circle-filled', parameters: 'symbol-constant', reactions: 'arrow-right', groups: 'symbol-namespace', conserved: 'law',
  networks: 'type-hierarchy', data: 'table', experiments: 'beaker',
};

/** Sections that are open from the start: what a model has few of. */
const open: ReadonlySet<Kind> = new Set(['experiments', 'networks', 'conserved']);

export class ModelTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #client: ModelClient;
  readonly #model: ActiveModel;
  readonly #latest = new LatestOnly();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<Node>;
  readonly #following: vscode.Disposable;
  #document: vscode.TextDocument | undefined;
  #contents: ContentsAnswer | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(client: ModelClient, model: ActiveModel) {
    this.#client = client;
    this.#model = model;
    this.#view = vscode.window.createTreeView(modelView, { treeDataProvider: this, showCollapseAll: true });
    this.#following = vscode.Disposable.from(
      vscode.commands.registerCommand(goToPlaceCommand, goToPlace),
      this.#view,
      this.#changed,
      model.onDidChange(() => void this.#refresh()),
      this.#view.onDidChangeVisibility(({ visible }) => {
        if (visible) void this.#refresh();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === this.#document) void this.#refresh();
      }),
    );
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) return (this.#contents?.sections ?? []).map((section) => ({ section }));
    if ('section' in node) {
      const { kind, entries, count } = node.section;
      const rest = count - entries.length;
      const more: Node[] = rest > 0 ? [{ kind, entry: { label: vscode.l10n.t('… and {0} more', rest.toLocaleString()) } }] : [];
      return [...entries.map((entry) => ({ entry, kind })), ...more];
    }
    return (node.entry.entries ?? []).map((entry) => ({ entry, kind: node.kind }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if ('section' in node) {
      const { kind, count } = node.section;
      const item = new vscode.TreeItem(titles[kind](), open.has(kind) ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
      item.id = kind;
      item.description = count.toLocaleString();
      return item;
    }
    const { entry, kind } = node;
    const inner = (entry.entries?.length ?? 0) > 0;
    const item = new vscode.TreeItem(entry.label, inner ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
    item.iconPath = new vscode.ThemeIcon(icons[kind]);
    if (entry.detail !== undefined) item.description = entry.detail;
    item.tooltip = [entry.label, entry.detail, entry.doc].filter((line) => line !== undefined).join('\n');
    if (entry.run !== undefined) item.contextValue = entry.run.kind;
    if (entry.place !== undefined) item.command = { title: vscode.l10n.t('Go to the line'), command: goToPlaceCommand, arguments: [entry.place] };
    return item;
  }

  /** What the commands of an experiment's entry run: the document and the experiment's name. */
  runOf(node: unknown): { readonly uri: vscode.Uri; readonly name: string | undefined } | undefined {
    if (this.#document === undefined || typeof node !== 'object' || node === null || !('entry' in node)) return undefined;
    return { uri: this.#document.uri, name: (node as { entry: ContentsEntry }).entry.run?.name };
  }

  dispose(): void {
    this.#latest.dispose();
    this.#following.dispose();
  }

  async #refresh(): Promise<void> {
    if (!this.#view.visible) return;
    // A look at the output or a plain text in between does not empty the view.
    const kept = this.#document?.isClosed === true ? undefined : this.#document;
    this.#document = this.#model.document ?? kept;
    const uri = this.#document?.uri.toString();
    const contents = uri === undefined ? null : await this.#latest.ask((token) => this.#client.ask<ContentsAnswer>(CONTENTS_REQUEST, { uri }, token));
    if (contents === undefined) return;
    this.#contents = contents ?? undefined;
    const name = uri === undefined ? undefined : decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
    this.#view.description = name ?? '';
    this.#view.message = contents?.hasErrors === true ? vscode.l10n.t('The text has errors; what could be read is shown.') : '';
    this.#changed.fire();
  }
}

/** Opens a place of the model's text beside whatever is shown, and puts the cursor there. */
async function goToPlace(place: PlaceAnswer): Promise<void> {
  const position = new vscode.Position(place.line, place.character);
  const uri = vscode.Uri.parse(place.uri);
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position), ...(shown?.viewColumn === undefined ? {} : { viewColumn: shown.viewColumn }) });
}

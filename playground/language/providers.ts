/** What the editor asks of a language, answered by the language server. */
import { t } from '../../l10n/index.ts';
import * as monaco from 'monaco-editor/editor';
import type * as lsp from 'vscode-languageserver/browser';
import { ServerError, type Cancellation, type Connection } from './connection.ts';
import { fromPosition, fromRange, hoverContents, toCommand, toCompletion, toEdit, toMarkdown, toRange, toSymbol, toWorkspaceEdit } from './convert.ts';

export interface ProviderContext {
  readonly connection: Connection;
  readonly capabilities: lsp.ServerCapabilities;
  /** Makes sure that the editor has these texts: it shows and changes only what it has. False for a text there is none of. */
  readonly bring: (uri: monaco.Uri) => Promise<boolean>;
  /** Tells the user why something was refused: the editor by itself writes some reasons to the console only. */
  readonly tell: (reason: string) => void;
}

type Model = monaco.editor.ITextModel;

/** Registers everything for a language. */
export function registerProviders(language: string, context: ProviderContext): void {
  const { connection, capabilities, bring, tell } = context;
  const { languages } = monaco;
  const of = (model: Model): { textDocument: lsp.TextDocumentIdentifier } => ({ textDocument: { uri: model.uri.toString() } });
  const at = (model: Model, position: monaco.IPosition): lsp.TextDocumentPositionParams => ({ ...of(model), position: fromPosition(position) });

  languages.registerHoverProvider(language, {
    async provideHover(model, position, token) {
      const hover = await connection.ask<lsp.Hover>('textDocument/hover', at(model, position), token);
      return hover === null ? null : { contents: hoverContents(hover.contents), ...(hover.range === undefined ? {} : { range: toRange(hover.range) }) };
    },
  });

  languages.registerCompletionItemProvider(language, {
    triggerCharacters: capabilities.completionProvider?.triggerCharacters ?? [],
    async provideCompletionItems(model, position, _context, token) {
      const answer = await connection.ask<lsp.CompletionList | lsp.CompletionItem[]>('textDocument/completion', at(model, position), token);
      if (answer === null) return { suggestions: [] };
      const { items, isIncomplete } = Array.isArray(answer) ? { items: answer, isIncomplete: false } : answer;
      const here = monaco.Range.fromPositions(position);
      return { suggestions: items.map((item) => toCompletion(item, here)), incomplete: isIncomplete };
    },
  });

  languages.registerSignatureHelpProvider(language, {
    signatureHelpTriggerCharacters: capabilities.signatureHelpProvider?.triggerCharacters ?? [],
    async provideSignatureHelp(model, position, token) {
      const help = await connection.ask<lsp.SignatureHelp>('textDocument/signatureHelp', at(model, position), token);
      if (help === null) return null;
      const value: monaco.languages.SignatureHelp = {
        activeSignature: help.activeSignature ?? 0, activeParameter: help.activeParameter ?? 0,
        signatures: help.signatures.map(({ label, documentation, parameters, activeParameter }) => ({
          label, ...(documentation === undefined ? {} : { documentation: toMarkdown(documentation) }),
          parameters: (parameters ?? []).map((parameter) => ({ label: parameter.label, ...(parameter.documentation === undefined ? {} : { documentation: toMarkdown(parameter.documentation) }) })),
          ...(activeParameter == null ? {} : { activeParameter }),
        })),
      };
      return { value, dispose: () => undefined };
    },
  });

  /** Places in texts that the editor has, or could be given. */
  async function places(found: lsp.Location | readonly lsp.Location[] | null): Promise<monaco.languages.Location[]> {
    const list = found === null ? [] : Array.isArray(found) ? (found as readonly lsp.Location[]) : [found as lsp.Location];
    const known = await Promise.all(list.map(async ({ uri, range }) => {
      const target = monaco.Uri.parse(uri);
      return (await bring(target)) ? [{ uri: target, range: toRange(range) }] : [];
    }));
    return known.flat();
  }
  languages.registerDefinitionProvider(language, {
    provideDefinition: async (model, position, token) => places(await connection.ask('textDocument/definition', at(model, position), token)),
  });
  languages.registerReferenceProvider(language, {
    provideReferences: async (model, position, { includeDeclaration }, token) => places(await connection.ask('textDocument/references', { ...at(model, position), context: { includeDeclaration } }, token)),
  });
  languages.registerDocumentHighlightProvider(language, {
    async provideDocumentHighlights(model, position, token) {
      const found = await connection.ask<lsp.DocumentHighlight[]>('textDocument/documentHighlight', at(model, position), token);
      // Text, read and write count from 1 there and from 0 here.
      return found?.map(({ range, kind }) => ({ range: toRange(range), kind: ((kind ?? 1) - 1) }));
    },
  });

  languages.registerDocumentSymbolProvider(language, {
    async provideDocumentSymbols(model, token) {
      return (await connection.ask<lsp.DocumentSymbol[]>('textDocument/documentSymbol', of(model), token))?.map(toSymbol);
    },
  });
  languages.registerFoldingRangeProvider(language, {
    async provideFoldingRanges(model, _context, token) {
      const found = await connection.ask<lsp.FoldingRange[]>('textDocument/foldingRange', of(model), token);
      return found?.map(({ startLine, endLine, kind }) => ({ start: startLine + 1, end: endLine + 1, ...(kind === undefined ? {} : { kind: new languages.FoldingRangeKind(kind) }) }));
    },
  });

  const options = ({ tabSize, insertSpaces }: monaco.languages.FormattingOptions): lsp.FormattingOptions => ({ tabSize, insertSpaces });
  languages.registerDocumentFormattingEditProvider(language, {
    displayName: 'Onepot',
    async provideDocumentFormattingEdits(model, given, token) {
      return (await connection.ask<lsp.TextEdit[]>('textDocument/formatting', { ...of(model), options: options(given) }, token))?.map(toEdit);
    },
  });
  languages.registerDocumentRangeFormattingEditProvider(language, {
    displayName: 'Onepot',
    async provideDocumentRangeFormattingEdits(model, range, given, token) {
      return (await connection.ask<lsp.TextEdit[]>('textDocument/rangeFormatting', { ...of(model), range: fromRange(range), options: options(given) }, token))?.map(toEdit);
    },
  });

  languages.registerRenameProvider(language, {
    async resolveRenameLocation(model, position, token) {
      const place = await connection.ask<{ range: lsp.Range; placeholder: string }>('textDocument/prepareRename', at(model, position), token);
      if (place === null) return { range: monaco.Range.fromPositions(position), text: '', rejectReason: t('There is no name here that could be renamed.') };
      return { range: toRange(place.range), text: place.placeholder };
    },
    async provideRenameEdits(model, position, newName, token) {
      try {
        const edit = await connection.request<lsp.WorkspaceEdit | null>('textDocument/rename', { ...at(model, position), newName }, token);
        await Promise.all(Object.keys(edit?.changes ?? {}).map((uri) => bring(monaco.Uri.parse(uri))));
        return edit === null ? { edits: [] } : toWorkspaceEdit(edit);
      } catch (error) {
        if (!(error instanceof ServerError)) throw error;
        if (!token.isCancellationRequested) tell(error.message);
        return { edits: [], rejectReason: error.message };
      }
    },
  });

  languages.registerCodeActionProvider(language, {
    async provideCodeActions(model, range, { only }, token) {
      const parameters = { ...of(model), range: fromRange(range), context: { diagnostics: [], ...(only === undefined ? {} : { only: [only] }) } satisfies lsp.CodeActionContext };
      const found = await connection.ask<lsp.CodeAction[]>('textDocument/codeAction', parameters, token);
      await Promise.all((found ?? []).flatMap(({ edit }) => Object.keys(edit?.changes ?? {}).map((uri) => bring(monaco.Uri.parse(uri)))));
      const actions = (found ?? []).map(({ title, kind, isPreferred, edit }): monaco.languages.CodeAction => ({
        title, ...(kind === undefined ? {} : { kind }), ...(isPreferred === undefined ? {} : { isPreferred }), ...(edit === undefined ? {} : { edit: toWorkspaceEdit(edit) }),
      }));
      return { actions, dispose: () => undefined };
    },
  }, { providedCodeActionKinds: typeof capabilities.codeActionProvider === 'object' ? (capabilities.codeActionProvider.codeActionKinds ?? []) : [] });

  if (capabilities.codeLensProvider !== undefined) {
    languages.registerCodeLensProvider(language, {
      async provideCodeLenses(model, token) {
        const found = await connection.ask<lsp.CodeLens[]>('textDocument/codeLens', of(model), token);
        return { lenses: (found ?? []).map(({ range, command }) => ({ range: toRange(range), ...(command === undefined ? {} : { command: toCommand(command) }) })), dispose: () => undefined };
      },
    });
  }

  registerColours(language, context);
}

/** Colours by meaning; for a text with very many names only those in sight. */
function registerColours(language: string, { connection, capabilities }: ProviderContext): void {
  const { semanticTokensProvider } = capabilities;
  if (semanticTokensProvider === undefined) return;
  const legend = (): monaco.languages.SemanticTokensLegend => semanticTokensProvider.legend;
  const ask = <T>(method: string, model: Model, more: object, token: Cancellation): Promise<T | null> =>
    connection.ask<T>(`textDocument/semanticTokens/${method}`, { textDocument: { uri: model.uri.toString() }, ...more }, token);
  const whole = ({ data, resultId }: lsp.SemanticTokens): monaco.languages.SemanticTokens => ({ data: new Uint32Array(data), ...(resultId === undefined ? {} : { resultId }) });
  monaco.languages.registerDocumentSemanticTokensProvider(language, {
    getLegend: legend,
    async provideDocumentSemanticTokens(model, previousResultId, token) {
      if (previousResultId === null) {
        const answer = await ask<lsp.SemanticTokens>('full', model, {}, token);
        return answer === null ? null : whole(answer);
      }
      const answer = await ask<lsp.SemanticTokens | lsp.SemanticTokensDelta>('full/delta', model, { previousResultId }, token);
      if (answer === null) return null;
      if ('data' in answer) return whole(answer);
      const edits = answer.edits.map(({ start, deleteCount, data }) => ({ start, deleteCount, ...(data === undefined ? {} : { data: new Uint32Array(data) }) }));
      return { edits, ...(answer.resultId === undefined ? {} : { resultId: answer.resultId }) };
    },
    releaseDocumentSemanticTokens: () => undefined,
  });
  monaco.languages.registerDocumentRangeSemanticTokensProvider(language, {
    getLegend: legend,
    async provideDocumentRangeSemanticTokens(model, range, token) {
      const answer = await ask<lsp.SemanticTokens>('range', model, { range: fromRange(range) }, token);
      return answer === null ? null : whole(answer);
    },
  });
}

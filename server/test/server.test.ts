import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from './json-rpc.ts';
import type { Client, Json, ServerProcess } from './json-rpc.ts';
import { apply } from './kit.ts';

const MODEL = 'param kon = 0.5\nspecies A = 1, B\nA -> B @ kon\nB -> A @ 2\n';
const URI = 'file:///nowhere/model.crn';

describe('the server over JSON-RPC', () => {
  let server: ServerProcess;
  let client: Client;
  let capabilities: Json;
  beforeAll(async () => {
    server = startServer();
    client = server.client;
    capabilities = (await client.initialize({ initializationOptions: { theme: { foreground: '#112233' }, manual: 'https://example.org/' } })).capabilities;
    await client.open(URI, MODEL);
  });
  afterAll(async () => {
    expect(await server.stop()).toBe(0);
  });
  const document = { textDocument: { uri: URI } };
  const at = (line: number, character: number): object => ({ ...document, position: { line, character } });

  it('tells what it can do', () => {
    expect(capabilities).toMatchObject({ hoverProvider: true, renameProvider: { prepareProvider: true }, documentFormattingProvider: true, textDocumentSync: { change: 2 } });
    expect(capabilities.completionProvider.triggerCharacters).toContain('@');
  });

  it('publishes diagnostics with the version they are of', async () => {
    const uri = 'file:///nowhere/errors.crn';
    const found = await client.open(uri, 'species Alpha\nAlhpa -> 0 @ 1\n', 7);
    expect(found).toContainEqual(expect.objectContaining({ severity: 1, range: { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } }, source: 'onepot' }));
    expect(found[0].codeDescription.href).toBe(`https://example.org/${found[0].code}`);
    const cleared = client.next('textDocument/publishDiagnostics', (params) => params.uri === uri);
    client.notify('textDocument/didClose', { textDocument: { uri } });
    expect((await cleared).diagnostics).toEqual([]);
  });

  it('hovers in the theme of the client', async () => {
    const answer = await client.request('textDocument/hover', at(1, 8));
    expect(answer.contents.kind).toBe('markdown');
    const svg = (value: string): string => Buffer.from(/base64,([^)]+)\)/.exec(value)![1]!, 'base64').toString();
    expect(svg(answer.contents.value)).toContain('#112233');
    client.notify('onepot/theme', { foreground: '#445566' });
    expect(svg((await client.request('textDocument/hover', at(1, 8))).contents.value)).toContain('#445566');
    expect(await client.request('textDocument/hover', at(900, 5))).toBeNull();
  });

  it('completes', async () => {
    const list = await client.request('textDocument/completion', at(2, 9));
    expect(list.items.map((item: { label: string }) => item.label)).toContain('kon');
    expect(list.items.every((item: { textEdit?: object }) => item.textEdit !== undefined)).toBe(true);
  });

  it('finds definitions, references, symbols, folds and tokens', async () => {
    expect(await client.request('textDocument/definition', at(2, 10))).toMatchObject({ uri: URI, range: { start: { line: 0, character: 6 } } });
    expect(await client.request('textDocument/references', { ...at(2, 0), context: { includeDeclaration: true } })).toHaveLength(3);
    expect((await client.request('textDocument/documentSymbol', document)).map((symbol: { name: string }) => symbol.name)).toContain('kon');
    expect(await client.request('textDocument/foldingRange', document)).toEqual([]);
    const tokens = await client.request('textDocument/semanticTokens/full', document);
    expect(tokens.data.length % 5).toBe(0);
    expect(tokens.data.length).toBeGreaterThan(0);
    expect((await client.request('textDocument/semanticTokens/full/delta', { ...document, previousResultId: tokens.resultId })).edits).toEqual([]);
  });

  it('renames, and says why it cannot', async () => {
    const edit = await client.request('textDocument/rename', { ...at(0, 7), newName: 'k1' });
    expect(apply(MODEL, edit.changes[URI])).toBe(MODEL.replaceAll('kon', 'k1'));
    const refused = await client.ask('textDocument/rename', { ...at(0, 7), newName: 'param' });
    expect(refused.error?.message).toContain('word of the language');
  });

  it('applies a fix and finds the text repaired', async () => {
    const uri = 'file:///nowhere/fix.crn';
    const text = 'species Alpha\nAlhpa -> 0 @ 1\n';
    const [diagnostic] = (await client.open(uri, text)).filter((candidate) => candidate.message.includes('Alhpa'));
    const actions = await client.request('textDocument/codeAction', { textDocument: { uri }, range: diagnostic.range, context: { diagnostics: [diagnostic] } });
    const fix = actions.find((action: { isPreferred?: boolean }) => action.isPreferred);
    const fixed = apply(text, fix.edit.changes[uri]);
    expect((await client.change(uri, 2, [{ text: fixed }])).filter((left) => left.message.includes('Alhpa'))).toEqual([]);
  });

  it('formats', async () => {
    const uri = 'file:///nowhere/format.crn';
    const text = 'species A=1,B\nA->B @1\n';
    await client.open(uri, text);
    const edits = await client.request('textDocument/formatting', { textDocument: { uri }, options: { tabSize: 2, insertSpaces: true } });
    const formatted = apply(text, edits);
    expect(formatted).toContain('species A = 1, B');
    await client.change(uri, 2, [{ text: formatted }]);
    expect(await client.request('textDocument/formatting', { textDocument: { uri }, options: { tabSize: 2, insertSpaces: true } })).toEqual([]);
  });

  it('follows edits of parts as it follows whole texts', async () => {
    const parts = 'file:///nowhere/parts.crn';
    const whole = 'file:///nowhere/whole.crn';
    await client.open(parts, MODEL);
    const edited = await client.change(parts, 2, [
      { range: { start: { line: 1, character: 8 }, end: { line: 1, character: 9 } }, text: 'Q' },
      { range: { start: { line: 3, character: 0 }, end: { line: 3, character: 1 } }, text: 'Zed + Q' },
    ]);
    const fresh = await client.open(whole, 'param kon = 0.5\nspecies Q = 1, B\nA -> B @ kon\nZed + Q -> A @ 2\n');
    const told = (list: Json[]): unknown => list.map(({ range, code, message }) => ({ range, code, message }));
    expect(told(edited)).toEqual(told(fresh));
    expect(edited.length).toBeGreaterThan(0);
  });

  it('answers the custom requests', async () => {
    expect((await client.request('onepot/odes', { uri: URI })).text).toContain('A′ = ');
    expect((await client.request('onepot/reactions', { uri: URI })).text).toContain('A -> B @ kon');
    expect(await client.request('onepot/model', { uri: URI })).toMatchObject({ reactions: 2, dimension: 2, parameters: [{ name: 'kon', value: 0.5 }] });
    expect(await client.request('onepot/model', { uri: 'file:///unknown.crn' })).toBeNull();
  });

  it('answers requests about unknown documents with nothing', async () => {
    const unknown = { textDocument: { uri: 'file:///unknown.crn' }, position: { line: 0, character: 0 } };
    expect(await client.request('textDocument/hover', unknown)).toBeNull();
    expect(await client.request('textDocument/completion', unknown)).toBeNull();
    client.notify('textDocument/didChange', { textDocument: { uri: 'file:///unknown.crn', version: 2 }, contentChanges: [{ text: 'x' }] });
    client.notify('textDocument/didClose', { textDocument: { uri: 'file:///unknown.crn' } });
    expect(await client.request('onepot/odes', { uri: URI })).not.toBeNull();
  });

  it('survives malformed messages', async () => {
    for (const params of [undefined, null, 3, {}, { textDocument: null }, { textDocument: {} }, { textDocument: { uri: URI } }, { textDocument: { uri: URI }, position: { line: 'x' } }, { textDocument: { uri: URI }, position: { line: -5, character: 1e12 } }]) {
      await client.ask('textDocument/hover', params);
      await client.ask('textDocument/rename', params);
      await client.ask('onepot/model', params);
      client.notify('textDocument/didChange', params);
      client.notify('textDocument/didOpen', params);
      client.notify('onepot/theme', params);
      client.notify('onepot/files', params);
    }
    expect((await client.ask('no/suchMethod', {})).error?.code).toBe(-32601);
    expect((await client.request('onepot/model', { uri: URI })).dimension).toBe(2);
  });
});

describe('imports on disk', () => {
  let folder: string;
  let server: ServerProcess;
  let client: Client;
  const uriOf = (name: string): string => pathToFileURL(path.join(folder, 'work', name)).href;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'onepot-server-'));
    mkdirSync(path.join(folder, 'work'));
    writeFileSync(path.join(folder, 'outside.crn'), 'species Secret\n');
    writeFileSync(path.join(folder, 'work', 'm.crn'), 'species P\n');
    symlinkSync(path.join(folder, 'outside.crn'), path.join(folder, 'work', 'link.crn'));
    server = startServer();
    client = server.client;
    await client.initialize({ workspaceFolders: [{ uri: pathToFileURL(path.join(folder, 'work')).href, name: 'work' }] });
  });
  afterAll(async () => {
    expect(await server.stop()).toBe(0);
    rmSync(folder, { recursive: true });
  });

  it('are read inside the workspace', async () => {
    expect((await client.open(uriOf('main.crn'), 'import "m.crn"\nP -> 0 @ 1\n')).filter((diagnostic) => diagnostic.severity === 1)).toEqual([]);
  });
  it.each(['../outside.crn', 'link.crn', '../../../../../../etc/passwd'])('are not read from outside: %s', async (where) => {
    const found = await client.open(uriOf(`reader-${where.length}.crn`), `import "${where}"\nSecret -> 0 @ 1\n`);
    expect(found.some((diagnostic) => /outside the workspace|There is no file|relative path/.test(diagnostic.message))).toBe(true);
    expect(found.every((diagnostic) => !diagnostic.message.includes('root:'))).toBe(true);
  });
  it('are checked again when the imported document is edited', async () => {
    const main = uriOf('dependent.crn');
    expect((await client.open(main, 'import "m.crn"\nQ -> 0 @ 1\n')).some((diagnostic) => diagnostic.message.includes('Q'))).toBe(true);
    const again = client.next('textDocument/publishDiagnostics', (params) => params.uri === main && !params.diagnostics.some((diagnostic: { message: string }) => diagnostic.message.includes('Q')));
    await client.open(uriOf('m.crn'), 'species P, Q\n');
    await again;
    const back = client.next('textDocument/publishDiagnostics', (params) => params.uri === main && params.diagnostics.some((diagnostic: { message: string }) => diagnostic.message.includes('Q')));
    await client.change(uriOf('m.crn'), 2, [{ text: 'species P\n' }]);
    await back;
  });
  it('are checked again when the file changes on disk', async () => {
    const main = uriOf('disk.crn');
    writeFileSync(path.join(folder, 'work', 'n.crn'), 'species P\n');
    expect((await client.open(main, 'import "n.crn"\nR -> 0 @ 1\n')).some((diagnostic) => diagnostic.message.includes('R'))).toBe(true);
    writeFileSync(path.join(folder, 'work', 'n.crn'), 'species R\n');
    const again = client.next('textDocument/publishDiagnostics', (params) => params.uri === main);
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('n.crn'), type: 2 }] });
    expect((await again).diagnostics.filter((diagnostic: { severity: number }) => diagnostic.severity === 1)).toEqual([]);
  });
});

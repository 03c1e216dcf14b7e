/** The adapter alone, with a connection that only remembers its handlers: what depends on the order of events is decided here. */
import { describe, expect, it } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver';
import type { Connection } from 'vscode-languageserver';
import { createServer } from '../adapter/server.ts';
import { TextsHost } from '../adapter/texts-host.ts';
import type { Json } from './json-rpc.ts';

type Handler = (...given: Json[]) => Json;

function start(): { handlers: Map<string, Handler>; logged: string[]; published: Json[] } {
  const handlers = new Map<string, Handler>();
  const logged: string[] = [];
  const published: Json[] = [];
  const remember = (prefix: string): object =>
    new Proxy({}, {
      get: (_target, name) => (first: unknown, second?: Handler) => {
        if (typeof first === 'string' && second !== undefined) handlers.set(first, second);
        else handlers.set(prefix + String(name), first as Handler);
      },
    });
  const connection = new Proxy({}, {
    get(_target, name) {
      if (name === 'console') return { error: (text: string) => logged.push(text), warn: (text: string) => logged.push(text) };
      if (name === 'languages') return { inlayHint: remember('inlayHint.'), semanticTokens: remember('semanticTokens.') };
      if (name === 'sendDiagnostics') return (params: Json) => Promise.resolve(published.push(params));
      if (name === 'listen') return () => undefined;
      return (remember('') as Record<string | symbol, unknown>)[name];
    },
  }) as unknown as Connection;
  createServer(connection, new TextsHost());
  return { handlers, logged, published };
}

const URI = 'file:///a/model.crn';
const document = { textDocument: { uri: URI } };
const none = new CancellationTokenSource().token;

function opened(): ReturnType<typeof start> {
  const server = start();
  server.handlers.get('onDidOpenTextDocument')!({ textDocument: { uri: URI, version: 1, languageId: 'crn', text: 'species A = 1\nA -> 0 @ 1\n' } });
  return server;
}
const edit = { textDocument: { uri: URI, version: 2 }, contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n' }] };

describe('the adapter', () => {
  it('answers a cancelled request as cancelled', async () => {
    const { handlers } = opened();
    const source = new CancellationTokenSource();
    const answer = handlers.get('onHover')!({ ...document, position: { line: 0, character: 8 } }, source.token);
    source.cancel();
    expect((await answer).code).toBe(-32800);
  });
  it('tells that the text has changed where an answer would be for another text', async () => {
    const { handlers } = opened();
    const answer = handlers.get('onDocumentFormatting')!(document, none);
    handlers.get('onDidChangeTextDocument')!(edit);
    expect((await answer).code).toBe(-32801);
  });
  it('completes in the newest text, whatever was typed meanwhile', async () => {
    const { handlers } = opened();
    const answer = handlers.get('onCompletion')!({ ...document, position: { line: 3, character: 0 } }, none);
    handlers.get('onDidChangeTextDocument')!(edit);
    expect((await answer).items.length).toBeGreaterThan(0);
  });
  it('logs a failure and answers null', async () => {
    const { handlers, logged } = opened();
    expect(await handlers.get('onHover')!({ ...document, position: null }, none)).toBeNull();
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('Hover failed');
  });
  it('checks once after several edits in a row', async () => {
    const { handlers, published } = opened();
    for (let version = 2; version < 12; version++) handlers.get('onDidChangeTextDocument')!({ ...edit, textDocument: { uri: URI, version } });
    while (published.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(published.map((params) => params.version)).toEqual([11]);
  });
});

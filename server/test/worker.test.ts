/** The worker's bundle as it is shipped, in a worker thread whose port stands for the browser's worker scope. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './json-rpc.ts';

const URI = 'inmemory://model/main.crn';

describe('the server in a worker', () => {
  let worker: Worker;
  let client: Client;
  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [path.resolve(import.meta.dirname, '../worker.ts')],
      bundle: true,
      write: false,
      platform: 'browser',
      format: 'iife',
      loader: { '.crn': 'text' },
      logLevel: 'silent',
    });
    const bundle = outputFiles[0]!.text;
    // Only what a browser's worker has: the parameters hide what Node has beyond it.
    const prelude = 'globalThis.self = require("node:worker_threads").parentPort;\n';
    worker = new Worker(`${prelude}(function (require, module, exports, process, Buffer, setImmediate) {\n${bundle}\n})();`, { eval: true });
    client = new Client({
      send: (message) => worker.postMessage(message),
      onMessage: (take) => worker.on('message', take),
    });
    await client.initialize();
  });
  afterAll(async () => {
    await worker.terminate();
  });

  it('checks, hovers with pictures, completes', async () => {
    expect(await client.open(URI, 'species A = 1\nA -> 0 @ 1\n')).toEqual([]);
    const { contents } = await client.request('textDocument/hover', { textDocument: { uri: URI }, position: { line: 0, character: 8 } });
    expect(contents.value).toContain('data:image/svg+xml;base64,');
    expect(contents.value).toContain('A′ = −A');
    const { items } = await client.request('textDocument/completion', { textDocument: { uri: URI }, position: { line: 2, character: 0 } });
    expect(items.map((item: { label: string }) => item.label)).toContain('A');
  });

  it('imports texts that the client hands over, and open documents', async () => {
    const uri = 'inmemory://model/importer.crn';
    const missing = await client.open(uri, 'import "motifs.crn"\nQ -> 0 @ 1\n');
    expect(missing.some((diagnostic) => diagnostic.message.includes('motifs.crn'))).toBe(true);
    const again = client.next('textDocument/publishDiagnostics', (params) => params.uri === uri);
    client.notify('onepot/files', { files: { 'inmemory://model/motifs.crn': 'species Q\n' } });
    expect((await again).diagnostics.filter((diagnostic: { severity: number }) => diagnostic.severity === 1)).toEqual([]);
    const edited = client.next('textDocument/publishDiagnostics', (params) => params.uri === uri && params.diagnostics.length > 0);
    client.notify('textDocument/didOpen', { textDocument: { uri: 'inmemory://model/motifs.crn', languageId: 'crn', version: 1, text: 'species Other\n' } });
    expect((await edited).diagnostics.some((diagnostic: { message: string }) => diagnostic.message.includes('Q'))).toBe(true);
  });
});

/** A client by hand: frames, requests, notifications. Knows nothing of the libraries that the server is made with. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';

/** What the server says is looked at, not trusted: a test that reads what is not there fails. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

type Message = { id?: number | string; method?: string; params?: Json; result?: Json; error?: { code: number; message: string } };

export interface Transport {
  send(message: object): void;
  onMessage(listener: (message: Message) => void): void;
}

export class Client {
  readonly #transport: Transport;
  readonly #pending = new Map<number, (message: Message) => void>();
  readonly #waiting: { method: string; matches: (params: Json) => boolean; resolve: (params: Json) => void }[] = [];
  readonly notifications: { method: string; params: Json }[] = [];
  #next = 1;

  constructor(transport: Transport) {
    this.#transport = transport;
    transport.onMessage((message) => this.#take(message));
  }

  #take(message: Message): void {
    if (message.method === undefined) {
      const resolve = this.#pending.get(message.id as number);
      this.#pending.delete(message.id as number);
      resolve?.(message);
    } else if (message.id !== undefined) this.#transport.send({ jsonrpc: '2.0', id: message.id, result: null });
    else {
      this.notifications.push({ method: message.method, params: message.params });
      const index = this.#waiting.findIndex((entry) => entry.method === message.method && entry.matches(message.params));
      if (index >= 0) this.#waiting.splice(index, 1)[0]!.resolve(message.params);
    }
  }

  /** The whole answer, errors included. */
  ask(method: string, params?: unknown): Promise<Message> & { id: number } {
    const id = this.#next++;
    const promise = new Promise<Message>((resolve) => this.#pending.set(id, resolve));
    this.#transport.send({ jsonrpc: '2.0', id, method, ...(params === undefined ? {} : { params }) });
    return Object.assign(promise, { id });
  }

  async request(method: string, params?: unknown): Promise<Json> {
    const { result, error } = await this.ask(method, params);
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  notify(method: string, params?: unknown): void {
    this.#transport.send({ jsonrpc: '2.0', method, ...(params === undefined ? {} : { params }) });
  }

  /** The next notification of a method that matches, not one that has come already. */
  next(method: string, matches: (params: Json) => boolean = () => true): Promise<Json> {
    return new Promise((resolve) => this.#waiting.push({ method, matches, resolve }));
  }

  diagnosticsOf(uri: string, version: number): Promise<Json[]> {
    return this.next('textDocument/publishDiagnostics', (params) => params.uri === uri && params.version === version).then((params) => params.diagnostics);
  }

  async initialize(more: object = {}): Promise<Json> {
    const result = await this.request('initialize', { processId: null, rootUri: null, capabilities: {}, ...more });
    this.notify('initialized', {});
    return result;
  }

  open(uri: string, text: string, version = 1): Promise<Json[]> {
    const diagnostics = this.diagnosticsOf(uri, version);
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'crn', version, text } });
    return diagnostics;
  }

  change(uri: string, version: number, contentChanges: readonly object[]): Promise<Json[]> {
    const diagnostics = this.diagnosticsOf(uri, version);
    this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
    return diagnostics;
  }
}

export interface ServerProcess {
  readonly client: Client;
  readonly child: ChildProcessWithoutNullStreams;
  /** Writes bytes as they are. */
  raw(bytes: string | Uint8Array): void;
  /** Shuts down and waits for the exit code. */
  stop(): Promise<number | null>;
}

/** Starts the server as VS Code does, from its source or from a bundle. */
export function startServer(entry = path.resolve(import.meta.dirname, '../node.ts')): ServerProcess {
  const child = spawn(process.execPath, [entry, '--stdio'], { stdio: 'pipe' });
  child.stderr.resume();
  let buffer = Buffer.alloc(0);
  let listener: (message: Message) => void = () => undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(buffer.toString('utf8', 0, end))?.[1]);
      if (buffer.length < end + 4 + length) return;
      const body = buffer.toString('utf8', end + 4, end + 4 + length);
      buffer = buffer.subarray(end + 4 + length);
      listener(JSON.parse(body) as Message);
    }
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const client = new Client({
    send(message) {
      const body = JSON.stringify(message);
      child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    },
    onMessage: (take) => {
      listener = take;
    },
  });
  return {
    client,
    child,
    raw: (bytes) => void child.stdin.write(bytes),
    async stop() {
      await client.request('shutdown');
      client.notify('exit');
      return ended;
    },
  };
}

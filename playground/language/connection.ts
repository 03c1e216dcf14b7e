/**
 * JSON-RPC with a worker. `postMessage` already delivers whole messages in their order, so there is nothing to frame and nothing to
 * parse; the library that the server uses for it would be a tenth of the page.
 */
import { t } from '../../l10n/index.ts';

/** What this needs of a Worker. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
}
/** What this needs of a cancellation token of the editor. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/** A request that the server refused; its message is meant for the user. */
export class ServerError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Codes that say "ask again" and no more: the text has changed, or we have taken the request back. */
const OUTDATED: ReadonlySet<number> = new Set([-32800, -32801, -32802]);
const METHOD_NOT_FOUND = -32601;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: ServerError) => void;
}

export class Connection {
  readonly #channel: Channel;
  readonly #waiting = new Map<number, Waiting>();
  readonly #handlers = new Map<string, (parameters: unknown) => void>();
  #last = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
    channel.onmessage = ({ data }) => this.#hear(data);
  }

  /** Asks and waits. @throws ServerError */
  async request<T>(method: string, parameters: object, cancellation?: Cancellation): Promise<T> {
    const id = ++this.#last;
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#channel.postMessage({ jsonrpc: '2.0', id, method, params: parameters });
    const listening = cancellation?.onCancellationRequested(() => this.notify('$/cancelRequest', { id }));
    try {
      return (await answer) as T;
    } finally {
      listening?.dispose();
    }
  }

  /** Asks for something that the user can do without: null when the server refuses, is elsewhere, or does not answer in time. */
  async ask<T>(method: string, parameters: object, cancellation?: Cancellation): Promise<T | null> {
    try {
      return await this.request<T | null>(method, parameters, cancellation);
    } catch (error) {
      if (!(error instanceof ServerError) || !OUTDATED.has(error.code)) console.warn(`${method}: ${String(error)}`);
      return null;
    }
  }

  notify(method: string, parameters: object): void {
    this.#channel.postMessage({ jsonrpc: '2.0', method, params: parameters });
  }

  /** Hears one kind of notification; the last handler counts. */
  on(method: string, handler: (parameters: unknown) => void): void {
    this.#handlers.set(method, handler);
  }

  /** Ends every request that still waits, when the worker has gone. */
  fail(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new ServerError(0, reason));
    this.#waiting.clear();
  }

  #hear(data: unknown): void {
    if (typeof data !== 'object' || data === null) return;
    const message = data as { id?: unknown; method?: unknown; params?: unknown; result?: unknown; error?: { code?: number; message?: string } };
    if (typeof message.method === 'string') {
      // A request of the server's: it has no need of us that we did not tell it of.
      if (message.id !== undefined) this.#channel.postMessage({ jsonrpc: '2.0', id: message.id, error: { code: METHOD_NOT_FOUND, message: 'not supported' } });
      else this.#handlers.get(message.method)?.(message.params);
      return;
    }
    if (typeof message.id !== 'number') return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error === undefined) waiting?.resolve(message.result ?? null);
    else waiting?.reject(new ServerError(message.error.code ?? 0, message.error.message ?? t('The language server failed.')));
  }
}

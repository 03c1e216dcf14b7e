/** When documents are checked: soon after an edit, later where checking is slow, at once when opened. */
import type { Connection } from 'vscode-languageserver';
import { diagnostics } from '../service/index.ts';
import type { DiagnosticsOptions, Workspace } from '../service/index.ts';
import type { ServerHost } from './host.ts';

/** A pause in typing that is worth a check. */
const PAUSE = 120;
/** However slow a check is, nobody waits longer for it to begin. */
const LONGEST_PAUSE = 500;

export class Checks {
  readonly #connection: Connection;
  readonly #host: ServerHost;
  readonly #workspace: Workspace;
  readonly #options: () => DiagnosticsOptions;
  readonly #waiting = new Map<string, () => void>();
  /** How long the last check took, in milliseconds. */
  readonly #cost = new Map<string, number>();

  constructor(connection: Connection, host: ServerHost, workspace: Workspace, options: () => DiagnosticsOptions) {
    this.#connection = connection;
    this.#host = host;
    this.#workspace = workspace;
    this.#options = options;
  }

  /** Checks a document after a pause; another call starts the pause again. */
  soon(uri: string): void {
    this.#after(uri, Math.min(LONGEST_PAUSE, Math.max(PAUSE, this.#cost.get(uri) ?? 0)));
  }

  now(uri: string): void {
    this.#after(uri, 0);
  }

  /** Forgets a document and its diagnostics. */
  clear(uri: string): void {
    this.#waiting.get(uri)?.();
    this.#waiting.delete(uri);
    this.#cost.delete(uri);
    this.#send(uri, undefined, []);
  }

  #after(uri: string, pause: number): void {
    this.#waiting.get(uri)?.();
    this.#waiting.set(uri, this.#host.schedule(pause, () => this.#run(uri)));
  }

  #run(uri: string): void {
    this.#waiting.delete(uri);
    const begin = Date.now();
    try {
      const snapshot = this.#workspace.snapshot(uri);
      if (snapshot !== undefined) this.#send(uri, snapshot.version, diagnostics(snapshot, this.#options()));
    } catch (error) {
      this.#connection.console.error(`Checking ${uri} failed: ${explain(error)}`);
    }
    this.#cost.set(uri, Date.now() - begin);
  }

  #send(uri: string, version: number | undefined, found: ReturnType<typeof diagnostics>): void {
    this.#connection.sendDiagnostics({ uri, diagnostics: found, ...(version === undefined ? {} : { version }) }).catch(() => {
      // The client has gone; there is nobody left to tell.
    });
  }
}

export function explain(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

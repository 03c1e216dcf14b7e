/** The simulation worker: a session that talks by messages. One self-contained file, started from a blob. */
import { Session } from './engine/session.ts';
import type { FromWorker, ToWorker } from './worker-protocol.ts';

/** The worker's own global; the page's types know only windows. */
interface WorkerScope {
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
  postMessage(message: FromWorker, transfer: readonly unknown[]): void;
}
const scope = globalThis as unknown as WorkerScope;

const session = new Session((message, transfer = []) => scope.postMessage(message, transfer));
scope.onmessage = (event) => session.handle(event.data);

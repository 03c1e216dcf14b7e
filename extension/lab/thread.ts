/** The lab's worker in a thread of Node's: gives it what it expects of a browser's worker, and runs it. */
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';

interface WorkerScope {
  postMessage(message: unknown, transfer?: ArrayBuffer[]): void;
  onmessage?: (event: { readonly data: unknown }) => void;
}
const scope = globalThis as unknown as WorkerScope;
scope.postMessage = (message, transfer = []) => parentPort?.postMessage(message, transfer);
const { script } = workerData as { readonly script: string };
new Script(readFileSync(script, 'utf8'), { filename: script }).runInThisContext();
parentPort?.on('message', (data: unknown) => scope.onmessage?.({ data }));

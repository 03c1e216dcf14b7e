/** A worker that hears and says what a test wants. */
import type { WorkerLike } from '../worker-client.ts';
import type { FromWorker, ToWorker } from '../worker-protocol.ts';
import { block, model, result, trajectory } from './material.ts';

export class FakeWorker implements WorkerLike {
  readonly heard: ToWorker[] = [];
  ended = false;
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  postMessage(message: ToWorker): void { this.heard.push(message); }
  terminate(): void { this.ended = true; }
  /** Answers the last message. */
  loaded(): void {
    this.say({ type: 'loaded', id: this.heard.at(-1)!.id, model: model([block('A', 0)]), problems: [], milliseconds: 1 });
  }
  finished(): void {
    this.say({ type: 'finished', id: this.heard.at(-1)!.id, result: result(trajectory([0, 1], [[1, 0]])) });
  }
  say(message: FromWorker): void { this.onmessage?.({ data: message }); }
}

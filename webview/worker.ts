/** The worker: simulates, trains, or answers questions about the model. It talks by messages. One self-contained file, started from a blob. */
import { speak, type Language } from '../l10n/index.ts';
import type { FromAnalyst, ToAnalyst } from './analysis-protocol.ts';
import { AnalysisSession } from './engine/analysis/session.ts';
import { Session } from './engine/session.ts';
import { TrainingSession } from './engine/training/session.ts';
import { Lease, type LeaseMessage } from './lease.ts';
import type { FromTrainer, ToTrainer } from './training-protocol.ts';
import type { FromWorker, ToWorker } from './worker-protocol.ts';

/** The worker's own global; the page's types know only windows. */
interface WorkerScope {
  onmessage: ((event: { readonly data: LeaseMessage | { readonly language: Language } | ToWorker | { readonly trainer: ToTrainer } | { readonly analyst: ToAnalyst } }) => void) | null;
  postMessage(message: FromWorker | FromTrainer | FromAnalyst, transfer: readonly unknown[]): void;
}
const scope = globalThis as unknown as WorkerScope;

/** After the messages that have come: timers of no length are held back by browsers, messages are not. */
const channel = new MessageChannel();
let next: (() => void) | undefined;
channel.port1.onmessage = () => {
  const slice = next;
  next = undefined;
  slice?.();
};
const later = (slice: () => void, milliseconds: number): void => {
  if (milliseconds > 0) {
    setTimeout(slice, milliseconds);
    return;
  }
  next = slice;
  channel.port2.postMessage(0);
};

const lease = new Lease();
const session = new Session((message, transfer = []) => scope.postMessage(message, transfer), undefined, lease.ended);
const trainer = new TrainingSession((message, transfer = []) => scope.postMessage(message, transfer), later);
const analyst = new AnalysisSession((message) => scope.postMessage(message, []), undefined, lease.ended);
scope.onmessage = ({ data }) => {
  // These come first, if they come.
  if ('lease' in data) lease.begin(data);
  else if ('language' in data) speak(data.language);
  else if ('trainer' in data) trainer.handle(data.trainer);
  else if ('analyst' in data) analyst.handle(data.analyst);
  else session.handle(data);
};

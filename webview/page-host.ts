/**
 * The page's line to its host. It is opened while the lab's own script still comes: the host sends the text at once, and what it says before the
 * lab can listen waits here.
 */
import type { LabMessage } from './protocol.ts';

export interface Host {
  postMessage(message: LabMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}
/** VS Code gives it once. */
declare function acquireVsCodeApi(): Host;

interface Line {
  readonly host: Host;
  readonly waiting: unknown[];
  readonly listener: (event: MessageEvent<unknown>) => void;
}
interface Page {
  onepotLine?: Line;
}

/** Tells the host that the page is there, and keeps what it says. */
export function openLine(): Line {
  const host = acquireVsCodeApi(), waiting: unknown[] = [];
  const line: Line = { host, waiting, listener: (event) => waiting.push(event.data) };
  window.addEventListener('message', line.listener);
  host.postMessage({ type: 'ready' });
  Object.assign(globalThis, { onepotLine: line } satisfies Page);
  return line;
}

/** The line that `early.ts` has opened, else a new one. */
export function takeLine(): Host & { readonly listen: (hear: (message: unknown) => void) => void } {
  const { host, waiting, listener } = (globalThis as Page).onepotLine ?? openLine();
  return {
    postMessage: (message) => host.postMessage(message), getState: () => host.getState(), setState: (state) => host.setState(state),
    /** What has been waiting comes first. */
    listen(hear) {
      window.removeEventListener('message', listener);
      window.addEventListener('message', (event: MessageEvent<unknown>) => hear(event.data));
      for (const message of waiting.splice(0)) hear(message);
    },
  };
}

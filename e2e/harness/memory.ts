/** What a page and the processes behind it hold: counts of what must go when a view is closed, and memory after a collection of garbage. */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { CDPSession, Page } from 'playwright-core';
import { until } from './waiting.ts';

/** Counts that must return to what they were, and the heap in bytes. */
export interface Held {
  readonly workers: number;
  readonly frames: number;
  readonly documents: number;
  readonly listeners: number;
  readonly nodes: number;
  readonly heap: number;
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** A connection to the page's own inspector. */
function inspectorOf(page: Page): Promise<CDPSession> {
  let session = sessions.get(page);
  if (session === undefined) {
    session = page.context().newCDPSession(page).then(async (made) => {
      await made.send('Performance.enable');
      await made.send('HeapProfiler.enable');
      return made;
    });
    sessions.set(page, session);
  }
  return session;
}

/** Figures of the page's process since it began, by the names of Chromium's Performance domain. */
export async function metrics(page: Page): Promise<ReadonlyMap<string, number>> {
  const session = await inspectorOf(page);
  const { metrics: list } = await session.send('Performance.getMetrics');
  return new Map(list.map(({ name, value }) => [name, value]));
}

/** What the page holds after its garbage has been collected. */
export async function held(page: Page): Promise<Held> {
  const session = await inspectorOf(page);
  // What one collection sets free may be what another one needs to see.
  for (let turn = 0; turn < 3; turn++) await session.send('HeapProfiler.collectGarbage');
  const of = await metrics(page), figure = (name: string): number => of.get(name) ?? Number.NaN;
  return {
    workers: page.workers().length, frames: figure('Frames'), documents: figure('Documents'), listeners: figure('JSEventListeners'), nodes: figure('Nodes'),
    heap: figure('JSHeapUsedSize'),
  };
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** The extension host, a process of Node that was started with a port to inspect it at. */
export interface ExtensionHost {
  /** Bytes of JavaScript objects after a collection of garbage. */
  heap(): Promise<number>;
  /** Bytes in memory of the language server that it has started; undefined where the system does not tell. */
  server(): number | undefined;
  close(): void;
}

/** Connects to the extension host at a port. */
export async function extensionHost(port: number): Promise<ExtensionHost> {
  const targets = await until('the extension host', async () => (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { webSocketDebuggerUrl: string }[]);
  const socket = new WebSocket(targets[0]!.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  let last = 0;
  const waiting = new Map<number, (result: unknown) => void>();
  socket.onmessage = ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id: number; result: unknown };
    waiting.get(id)?.(result);
    waiting.delete(id);
  };
  const ask = <T>(method: string, params: object = {}): Promise<T> => new Promise((resolve) => {
    const id = ++last;
    waiting.set(id, (result) => resolve(result as T));
    socket.send(JSON.stringify({ id, method, params }));
  });
  const { result: { value: pid } } = await ask<{ result: { value: number } }>('Runtime.evaluate', { expression: 'process.pid', returnByValue: true });
  return {
    async heap() {
      for (let turn = 0; turn < 2; turn++) await ask('HeapProfiler.collectGarbage');
      return (await ask<{ usedSize: number }>('Runtime.getHeapUsage')).usedSize;
    },
    server: () => residentOf(pid, /dist\/server\/node/),
    close: () => socket.close(),
  };
}

/** Bytes in memory of a process's child whose command line matches, as Linux tells it. */
function residentOf(parent: number, command: RegExp): number | undefined {
  try {
    for (const task of readdirSync(`/proc/${parent}/task`)) {
      for (const child of readFileSync(`/proc/${parent}/task/${task}/children`, 'utf8').split(' ').filter(Boolean)) {
        if (!command.test(readFileSync(`/proc/${child}/cmdline`, 'utf8'))) continue;
        return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1]);
      }
    }
  } catch {
    // Not Linux, or the process has just ended.
  }
  return undefined;
}

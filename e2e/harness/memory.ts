/** What a page and the processes behind it hold: counts of what must go when a view is closed, and memory after a collection of garbage. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';

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

/** Bytes in memory of the processes behind a page of VS Code. */
export interface Processes {
  readonly host: number;
  readonly server: number;
}

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly command: string;
  /** When it began, in ticks since the system did. */
  readonly begun: number;
}

/** All processes, as Linux tells of them; none elsewhere. */
function processes(): ReadonlyMap<number, Process> {
  const found = new Map<number, Process>();
  for (const entry of existsSync('/proc/self/stat') ? readdirSync('/proc') : []) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      // The name, in brackets, may hold anything.
      const fields = readFileSync(`/proc/${entry}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      found.set(Number(entry), { id: Number(entry), parent: Number(fields[1]), begun: Number(fields[19]), command: readFileSync(`/proc/${entry}/cmdline`, 'utf8') });
    } catch {
      // It has just ended.
    }
  }
  return found;
}

/**
 * Memory of the extension host that began last, and of the language server that it has started; undefined where the system does not tell. Neither
 * can be made to collect its garbage from outside.
 */
export function behind(): Processes | undefined {
  const all = processes();
  // The server of these tests has its data in a folder of this name (scripts/vscode/server.ts).
  const ours = (one: Process | undefined): boolean => one !== undefined && (one.command.includes('onepot-vscode-') || ours(all.get(one.parent)));
  const host = [...all.values()].filter((one) => one.command.includes('--type=extensionHost') && ours(one)).sort((a, b) => b.begun - a.begun)[0];
  const server = [...all.values()].find(({ parent, command }) => parent === host?.id && /dist\/server\/node/.test(command));
  const resident = ({ id }: Process): number => 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]);
  return host === undefined || server === undefined ? undefined : { host: resident(host), server: resident(server) };
}

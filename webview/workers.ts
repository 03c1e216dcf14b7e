/**
 * Workers of the lab. A webview may not start a worker from its own resources, but from a blob: the script is fetched once and every worker,
 * also the one after a stop, starts from memory. The first one starts as soon as the script is there, before anybody asks for it, for a worker
 * needs a tenth of a second to come up.
 */
import { t } from '../l10n/index.ts';
import { startLeased } from './lease.ts';

/** Starts one more worker; the first answer has been started before. */
export type StartWorker = () => Worker;

/** @throws Error if the page does not say where the script is, or it does not come */
export async function fetchWorkers(): Promise<StartWorker> {
  const source = document.querySelector<HTMLMetaElement>('meta[name="onepot-worker"]')?.content;
  if (source === undefined) throw new Error(t('The page does not say where the worker is.'));
  const response = await fetch(source);
  if (!response.ok) throw new Error(t('The worker could not be loaded ({0}).', response.status));
  const script = URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: 'text/javascript' }));
  let ready = document.querySelector('meta[name="onepot-first-run"]') === null ? startLeased(script) : undefined;
  return () => {
    const worker = ready ?? startLeased(script);
    ready = undefined;
    return worker;
  };
}

interface Page {
  /** What `early.ts` has begun. */
  onepotWorkers?: Promise<StartWorker>;
}

/** Begins to fetch before the lab's own script is there; not where the page says that the first answers come with the text, which it would hinder. */
export function fetchEarly(): void {
  if (document.querySelector('meta[name="onepot-first-run"]') !== null) return;
  const fetched = fetchWorkers();
  // Whoever takes them tries again, and tells in the page's language what fails.
  fetched.catch(() => undefined);
  Object.assign(globalThis, { onepotWorkers: fetched } satisfies Page);
}

/** The workers that were begun early, else from the first time that they are asked for. */
export function takeWorkers(): () => Promise<StartWorker> {
  let taken = (globalThis as Page).onepotWorkers?.catch(() => fetchWorkers());
  return () => (taken ??= fetchWorkers());
}

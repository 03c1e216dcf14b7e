/**
 * Keeps the page working without a network. Every build has a version; its files lie in a folder of that name and never change, so
 * what is kept of them is used without asking. The page itself is asked for anew while there is a network, so that a new version is
 * seen at once, and is taken from what was kept when there is none, or none that answers.
 */

/** Written in by the build: the version, and every file of it relative to this script. */
declare const VERSION: string;
declare const FILES: readonly string[];

// The compiler is told of pages, not of workers; this is what is used here.
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface WorkerScope extends EventTarget {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
}
const worker = self as unknown as WorkerScope;

const CACHE = `onepot-${VERSION}`;
/** How long the network may take for the page itself, in milliseconds. */
const PATIENCE = 3000;

worker.addEventListener('install', (event) => {
  const work = async (): Promise<void> => {
    const cache = await caches.open(CACHE);
    // Past the browser's own cache: a page of yesterday with files of today would not fit together.
    await cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload' })));
    await worker.skipWaiting();
  };
  (event as ExtendableEvent).waitUntil(work());
});

worker.addEventListener('activate', (event) => {
  const work = async (): Promise<void> => {
    await worker.clients.claim();
    // Pages of the version before may still be open and load what they have not needed yet: the newest two are kept.
    const names = (await caches.keys()).filter((name) => name.startsWith('onepot-') && name !== CACHE);
    await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
  };
  (event as ExtendableEvent).waitUntil(work());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event as FetchEvent;
  const address = new URL(request.url);
  if (request.method !== 'GET' || !address.href.startsWith(worker.registration.scope)) return;
  address.hash = address.search = '';
  const isPage = address.href === worker.registration.scope || address.href === new URL('index.html', worker.registration.scope).href;
  (event as FetchEvent).respondWith(isPage ? newest(request) : kept(request, address.href));
});

async function newest(request: Request): Promise<Response> {
  const known = async (): Promise<Response | undefined> => (await caches.open(CACHE)).match('./');
  try {
    // Some hosts let browsers keep pages for a while without asking.
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE), cache: 'no-cache' });
    if (response.ok) return response;
    return (await known()) ?? response;
  } catch (error) {
    const page = await known();
    if (page === undefined) throw error;
    return page;
  }
}

async function kept(request: Request, address: string): Promise<Response> {
  return (await caches.match(address)) ?? fetch(request);
}

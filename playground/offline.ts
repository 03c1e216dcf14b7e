/** Asks the browser to keep the page for times without a network, where it can. */
export function workOffline(): void {
  // Pages from a disk and from plain HTTP have no service workers.
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register(new URL('sw.js', document.baseURI)).catch((error: unknown) => console.info(`The page will not work offline: ${String(error)}`));
}

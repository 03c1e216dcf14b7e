/**
 * Stands for layout.ts in the lab's worker on a web page: the library that lays graphs out is a sizable share of what a visitor downloads, and
 * needed first when somebody looks at the network. A worker can load it then without a promise.
 */
import type * as Layout from './layout.ts';

declare function importScripts(...addresses: string[]): void;
/** What starts the worker says where its parts are, see playground/lab-frame.ts. */
declare const onepotParts: Readonly<Record<'layout', string>>;
/** What the script `lab/layout.js` defines. */
declare const onepotLayout: typeof Layout;

let loaded: typeof Layout | undefined;

/** As the original. @throws Error if the library cannot be loaded */
export const laidOut: typeof Layout.laidOut = (graph) => {
  if (loaded === undefined) {
    importScripts(onepotParts.layout);
    loaded = onepotLayout;
  }
  return loaded.laidOut(graph);
};

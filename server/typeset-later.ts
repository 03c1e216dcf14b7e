/**
 * Stands for service/typeset.ts in a worker on a web page. The library that typesets is larger than the rest of the server and needed
 * first when somebody points at something; a worker can load it then without a promise, so that hovers need not know of it.
 */
import type * as Typeset from './service/typeset.ts';

declare function importScripts(...addresses: string[]): void;
/** What the script `typeset.js` beside the worker defines. */
declare const onepotTypeset: typeof Typeset;

let loaded: typeof Typeset | undefined;

/** As the original; undefined also when the library cannot be loaded: hovers have their text form. */
export const typeset: typeof Typeset.typeset = (latex, options) => {
  if (loaded === undefined) {
    try {
      importScripts('typeset.js');
      loaded = onepotTypeset;
    } catch {
      return undefined;
    }
  }
  return loaded.typeset(latex, options);
};

/** As the original, for pictures that `typeset` made. */
export const pictureMarkdown: typeof Typeset.pictureMarkdown = (picture, alt) => onepotTypeset.pictureMarkdown(picture, alt);

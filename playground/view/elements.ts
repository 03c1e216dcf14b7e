/** The page's own elements, written in index.html. */

/** The element with this id. @throws Error when the page has none of the kind: page and script are not of one build. */
export function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} called ${id}.`);
  return found;
}

/** Addresses of the playground's texts. They live on this page only, so the scheme is its own. */

const SCHEME = 'playground:';
const ROOT = `${SCHEME}/`;

/** The address of a text by its path: `data/iris.csv` → `playground:/data/iris.csv`. */
export function addressOf(path: string): string {
  return ROOT + path.split('/').map(encodeURIComponent).join('/');
}

/** The path of one of our addresses; undefined for any other. */
export function pathOf(address: string): string | undefined {
  if (!address.startsWith(ROOT)) return undefined;
  try {
    return decodeURIComponent(address.slice(ROOT.length));
  } catch {
    return undefined;
  }
}

/** The path that an import means, beside the text at `from`; undefined when it leads out of the page. */
export function resolve(path: string, from: string): string | undefined {
  const base = pathOf(from);
  if (base === undefined || path === '' || /^([/\\]|[a-z][a-z0-9+.-]*:)/i.test(path)) return undefined;
  const parts = base.split('/').slice(0, -1);
  for (const part of path.split(/[/\\]/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

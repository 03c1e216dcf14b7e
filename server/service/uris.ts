/** Addresses of documents and of the files they import, without a host's help. */

/** One spelling for addresses that mean the same file: escapes undone, a Windows drive in lower case. */
export function canonical(uri: string): string {
  let plain = uri;
  try {
    plain = decodeURIComponent(uri);
  } catch {
    // A stray % is part of the name.
  }
  return plain.replace(/^(file:\/\/\/)([A-Za-z])(?=:)/, (_all, scheme: string, drive: string) => scheme + drive.toLowerCase());
}

/**
 * Address of an imported path beside the importing document; undefined when the document has no folder (it was never
 * saved) or the path is no relative path.
 */
export function resolvePath(path: string, from: string | undefined): string | undefined {
  if (from === undefined) return undefined;
  const base = /^([A-Za-z][\w+.-]*:(?:\/\/[^/]*)?)(\/.*)$/.exec(from);
  if (base === null || path === '' || /^([/\\]|[A-Za-z][\w+.-]*:)/.test(path) || path.includes('\0')) return undefined;
  const parts = base[2]!.split('/').slice(1, -1);
  for (const part of path.split(/[/\\]/)) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.length === 0) return undefined;
      parts.pop();
    } else {
      try {
        parts.push(encodeURIComponent(part));
      } catch {
        return undefined; // half of a surrogate pair is in no file's name
      }
    }
  }
  return `${base[1]!}/${parts.join('/')}`;
}

/** The folder of an address, with a slash at its end. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}

/** The last part of an address, readable. */
export function fileName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

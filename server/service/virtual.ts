/**
 * Texts that are no files: the library's, and what networks are compiled to. The checker calls them `onepot:forward` and
 * `onepot:network/xor`; for clients they have addresses that open as read-only documents, `onepot:/library/forward.crn` and
 * `onepot:/network/xor.reactions.crn?SOURCE` with the address of the text that declares the network.
 */
import { isVirtual, libraryText } from '../../chemistry/index.ts';
import type { Analysis } from '../../chemistry/index.ts';

const LIBRARY = 'onepot:/library/';
const NETWORK = 'onepot:/network/';
/** As for other texts made from a document; the end gives it the language's colours. */
const REACTIONS = '.reactions.crn';
const CHECKER_NETWORK = 'onepot:network/';

export type VirtualText = { readonly kind: 'library'; readonly path: string } | { readonly kind: 'network'; readonly name: string; readonly source: string };

/** The address that a client opens for a file of the checker's; `from` is the document that was checked. */
export function virtualUri(file: string, from: string): string {
  if (!file.startsWith(CHECKER_NETWORK)) return `${LIBRARY}${encodeURIComponent(file.slice('onepot:'.length))}.crn`;
  const rest = file.slice(CHECKER_NETWORK.length);
  const at = rest.indexOf('@');
  const [name, source] = at < 0 ? [rest, from] : [rest.slice(0, at), rest.slice(at + 1)];
  return networkUri(name, source);
}

/** The address of the text that a network is compiled to. */
export function networkUri(name: string, source: string): string {
  return `${NETWORK}${encodeURIComponent(name)}${REACTIONS}?${encodeURIComponent(source)}`;
}

/** What an address means; undefined where it is that of a file. */
export function virtualText(uri: string): VirtualText | undefined {
  const [path = '', ...query] = uri.split('?');
  const name = (prefix: string, end: string): string => {
    const rest = decoded(path.slice(prefix.length));
    return rest.endsWith(end) ? rest.slice(0, -end.length) : rest;
  };
  if (path.startsWith(LIBRARY)) return { kind: 'library', path: `onepot:${name(LIBRARY, '.crn')}` };
  if (path.startsWith(NETWORK) && query.length > 0) return { kind: 'network', name: name(NETWORK, REACTIONS), source: decoded(query.join('?')) };
  return undefined;
}

/** Whether an address is that of a text nobody can edit. */
export function isVirtualUri(uri: string): boolean {
  return virtualText(uri) !== undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The text of a file of the checker's in an analysis; undefined where it is no such file, or has gone. */
export function madeText(file: string, analysis: Analysis | undefined): string | undefined {
  if (!isVirtual(file)) return undefined;
  return libraryText(file) ?? analysis?.networks.find(({ uri }) => uri === file)?.text;
}

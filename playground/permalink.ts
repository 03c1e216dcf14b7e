/**
 * Links that carry a text. What stands behind the # of an address never reaches a server; the text is compressed there:
 * `#text=` and the URL-safe base64 of deflated JSON, or `#sample=NAME` for a sample as it is.
 */
import { t } from '../l10n/index.ts';

export interface LinkedText {
  readonly name: string;
  readonly text: string;
}
export type Link =
  | { readonly kind: 'none' }
  | { readonly kind: 'sample'; readonly name: string }
  | { readonly kind: 'text'; readonly text: LinkedText }
  /** A link of ours that cannot be read, with a sentence for the user. */
  | { readonly kind: 'broken'; readonly reason: string };

/** Longer texts are no models that people write; a link could otherwise unpack to something that fills the memory. */
export const LONGEST_TEXT = 4 * 1024 * 1024;
/** Safari cuts addresses off at 80,000 characters, and chat programs much earlier. */
export const LONGEST_SAFE_LINK = 80_000;

const TEXT = '#text=';
const SAMPLE = '#sample=';

/** The part of a link from the # on. */
export async function linkOf({ name, text }: LinkedText): Promise<string> {
  const plain = new TextEncoder().encode(JSON.stringify({ name, text }));
  const packed = await through(plain, new CompressionStream('deflate-raw'));
  return TEXT + base64Url(packed!);
}

export function sampleLink(name: string): string {
  return SAMPLE + encodeURIComponent(name);
}

/** What a link asks for. Never rejects: anyone can write an address. */
export async function readLink(hash: string): Promise<Link> {
  if (hash.startsWith(SAMPLE)) {
    try {
      return { kind: 'sample', name: decodeURIComponent(hash.slice(SAMPLE.length)) };
    } catch {
      return { kind: 'broken', reason: t('The link names no sample.') };
    }
  }
  if (!hash.startsWith(TEXT)) return { kind: 'none' };
  const cut: Link = { kind: 'broken', reason: t('The link is damaged: perhaps its end was cut off. Copy it again, whole.') };
  try {
    const plain = await through(fromBase64Url(hash.slice(TEXT.length)), new DecompressionStream('deflate-raw'), LONGEST_TEXT);
    if (plain === undefined) return { kind: 'broken', reason: t('The text of the link is longer than {0} MB and is not opened.', LONGEST_TEXT / 1024 / 1024) };
    const given: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain));
    if (typeof given !== 'object' || given === null || !('text' in given) || typeof given.text !== 'string') return cut;
    const name = 'name' in given && typeof given.name === 'string' ? fileName(given.name) : 'shared.crn';
    return { kind: 'text', text: { name, text: given.text } };
  } catch {
    return cut;
  }
}

/** A plain name for a file: no folders, no characters that a file system refuses, and always an end. */
export function fileName(given: string): string {
  const plain = given.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '').trim().slice(0, 120).replace(/^\.+/, '');
  if (plain === '') return 'untitled.crn';
  return plain.includes('.') ? plain : `${plain}.crn`;
}

/** What comes out of a stream; undefined as soon as it is more than `most` bytes. */
async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream, most = Infinity): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function base64Url(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}

/** Where the lab of a text keeps its state in the browser's storage, and how that of texts that are gone is thrown away. */
import { forgetTexts } from './keeper.ts';

const PREFIX = 'onepot.playground.lab ';

export function stateKey(address: string): string {
  return PREFIX + address;
}

/** Forgets the states and checkpoints of all texts but these. */
export function forgetOthers(storage: Pick<globalThis.Storage, 'length' | 'key' | 'removeItem'>, addresses: ReadonlySet<string>): void {
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '');
  for (const key of keys) if (key.startsWith(PREFIX) && !addresses.has(key.slice(PREFIX.length))) storage.removeItem(key);
  void forgetTexts(addresses);
}

/** Keeps texts for each model in the browser's own database, too large for what the page remembers otherwise: checkpoints of trainings, pinned runs. */
import type { KeptPart } from '../webview/index.ts';

const DATABASE = 'onepot.playground';
const STORE = 'checkpoints';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser keeps no database.'));
  });
}

async function transact<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('The browser did not keep it.'));
    });
  } finally {
    database.close();
  }
}

/** The checkpoint has the address itself, for it was the only one at first. */
const keyOf = (address: string, part: KeptPart): string => (part === 'training' ? address : `${address} ${part}`);

/** @param text an empty one: nothing is kept any more @throws when the browser has no room for it, or keeps nothing at all */
export async function keepText(address: string, part: KeptPart, text: string): Promise<void> {
  const key = keyOf(address, part);
  if (text === '') await transact('readwrite', (store) => store.delete(key));
  else await transact('readwrite', (store) => store.put(text, key));
}

/** Undefined when there is nothing, or nothing can be kept here. */
export async function keptText(address: string, part: KeptPart): Promise<string | undefined> {
  try {
    const text: unknown = await transact<unknown>('readonly', (store) => store.get(keyOf(address, part)) as IDBRequest<unknown>);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Forgets what is kept for all models but these. */
export async function forgetTexts(addresses: ReadonlySet<string>): Promise<void> {
  try {
    const keys = await transact('readonly', (store) => store.getAllKeys());
    for (const key of keys) if (typeof key !== 'string' || !addresses.has(key.split(' ')[0]!)) await transact('readwrite', (store) => store.delete(key));
  } catch {
    // Where nothing can be kept there is nothing to forget.
  }
}

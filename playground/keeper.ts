/** Keeps a text for each model in the browser's own database: checkpoints of trainings, too large for what the page remembers otherwise. */

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

/** @throws when the browser has no room for it, or keeps nothing at all */
export async function keepText(address: string, text: string): Promise<void> {
  await transact('readwrite', (store) => store.put(text, address));
}

/** Undefined when there is nothing, or nothing can be kept here. */
export async function keptText(address: string): Promise<string | undefined> {
  try {
    const text: unknown = await transact<unknown>('readonly', (store) => store.get(address) as IDBRequest<unknown>);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Forgets what is kept for all models but these. */
export async function forgetTexts(addresses: ReadonlySet<string>): Promise<void> {
  try {
    const keys = await transact('readonly', (store) => store.getAllKeys());
    for (const key of keys) if (typeof key !== 'string' || !addresses.has(key)) await transact('readwrite', (store) => store.delete(key));
  } catch {
    // Where nothing can be kept there is nothing to forget.
  }
}

/**
 * Stops a worker while it computes. A worker that computes hears no message, and a browser that is told to end it gives it two seconds to come
 * to rest by itself. So every worker has a lease: the address of a blob. As long as the address can be read, its work is wanted; the page revokes
 * it when it ends the worker, and the worker, which looks now and then, gives up.
 */

/** Milliseconds between two looks at the address; a look takes less than one. */
const PAUSE = 40;

/** The first message to a worker. */
export interface LeaseMessage {
  readonly lease: string;
}

/** The page's side: a worker whose `terminate` frees it at once, whatever it does. */
export function startLeased(script: string): Worker {
  const worker = new Worker(script), lease = URL.createObjectURL(new Blob(['wanted']));
  worker.postMessage({ lease } satisfies LeaseMessage);
  const end = worker.terminate.bind(worker);
  worker.terminate = () => {
    URL.revokeObjectURL(lease);
    end();
  };
  return worker;
}

function canBeRead(address: string): boolean {
  try {
    const request = new XMLHttpRequest();
    request.open('GET', address, false);
    request.send();
    return true;
  } catch {
    return false;
  }
}

/** The worker's side. */
export class Lease {
  readonly #canBeRead: (address: string) => boolean;
  readonly #now: () => number;
  #address: string | undefined;
  #looked = -Infinity;
  #ended = false;

  constructor(read: (address: string) => boolean = canBeRead, now: () => number = () => performance.now()) {
    this.#canBeRead = read;
    this.#now = now;
  }

  /** Where addresses cannot be read at all nothing is said to have ended: the browser ends the worker in its own time. */
  begin({ lease }: LeaseMessage): void {
    if (this.#canBeRead(lease)) this.#address = lease;
    this.#looked = this.#now();
  }

  /** Whether the work is no longer wanted. Asked as often as one likes: it looks once in a while. */
  readonly ended = (): boolean => {
    if (this.#ended || this.#address === undefined) return this.#ended;
    if (this.#now() - this.#looked < PAUSE) return false;
    this.#ended = !this.#canBeRead(this.#address);
    this.#looked = this.#now();
    return this.#ended;
  };
}

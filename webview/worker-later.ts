/** A worker that can be spoken to before it is there: what it is told waits until the page has its script. */

/** What this needs of a Worker. */
type Started = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

export class WorkerLater<ToIt, FromIt> {
  #worker: Started | undefined;
  #waiting: { readonly message: ToIt; readonly transfer: Transferable[] }[] | undefined = [];
  onmessage: ((event: { readonly data: FromIt }) => void) | null = null;
  onerror: ((event: { readonly message?: string }) => void) | null = null;

  /** @param start resolves to what starts it; where that fails, `onerror` says why */
  constructor(start: Promise<() => Started>) {
    start.then((begin) => this.#begin(begin())).catch((error: unknown) => this.onerror?.({ message: error instanceof Error ? error.message : String(error) }));
  }

  postMessage(message: ToIt, transfer: Transferable[] = []): void {
    if (this.#worker !== undefined) this.#worker.postMessage(message, transfer);
    else this.#waiting?.push({ message, transfer });
  }

  terminate(): void {
    this.#worker?.terminate();
    this.#waiting = undefined;
    this.onmessage = null;
    this.onerror = null;
  }

  #begin(worker: Started): void {
    const waiting = this.#waiting;
    // It has been ended before it came.
    if (waiting === undefined) {
      worker.terminate();
      return;
    }
    this.#worker = worker;
    this.#waiting = [];
    worker.onmessage = (event: MessageEvent<FromIt>) => this.onmessage?.(event);
    worker.onerror = (event) => this.onerror?.(event);
    for (const { message, transfer } of waiting) worker.postMessage(message, transfer);
  }
}

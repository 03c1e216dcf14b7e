/** Waiting for something to become true, without fixed pauses. */

/** How long the harness waits for something in VS Code before it gives up, in milliseconds. */
export const patience = 20_000;

/**
 * Asks `probe` again and again until it gives something other than undefined, null or false, and returns that.
 * An error of `probe` counts as "not yet": the page may be changing under it.
 * @param what completes the sentence "Waited 20 s for …"
 * @param seen what to show as last seen in the error; by default nothing
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  options: { timeout?: number; seen?: () => unknown } = {},
): Promise<T> {
  const timeout = options.timeout ?? patience;
  const deadline = Date.now() + timeout;
  let problem: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value !== undefined && value !== null && value !== false) return value;
      problem = undefined;
    } catch (error) {
      problem = error;
    }
    if (Date.now() > deadline) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const seen = options.seen === undefined ? '' : `\nLast seen: ${JSON.stringify(await options.seen(), null, 1)}`;
  const reason = problem instanceof Error ? `\n${problem.message}` : '';
  throw new Error(`Waited ${timeout / 1000} s for ${what}.${seen}${reason}`);
}

/**
 * Waits until `read` gives something `accept` agrees to, and returns it; the error shows what was read last.
 * `eventually('the error to go', () => problems(workbench), (list) => list.length === 0)`
 */
export async function eventually<T>(what: string, read: () => Promise<T> | T, accept: (value: T) => boolean, timeout?: number): Promise<T> {
  let last: T | undefined;
  const result = await until(
    what,
    async () => {
      last = await read();
      return accept(last) ? { value: last } : undefined;
    },
    { seen: () => last, ...(timeout === undefined ? {} : { timeout }) },
  );
  return result.value;
}

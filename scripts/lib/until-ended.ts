/** Waiting for the person at the terminal to end a script. */

/** Why a script that runs until told otherwise ends. */
export type Ending = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/**
 * Resolves at the first signal that asks us to end. Once called, these signals no longer end the process by themselves,
 * so the caller has to; asked a second time, the process ends at once.
 */
export function endSignal(): Promise<Ending> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        // Ctrl-C reaches us from the terminal and again from npm: only a signal that comes later means impatience.
        if (asked) return;
        asked = true;
        resolve(signal);
        setTimeout(() => process.on(signal, () => process.exit(1)), 500).unref();
      });
    }
  });
}

/** The exit code for an ending: Ctrl-C is how one leaves, so it is no failure. */
export function exitCodeOf(ending: Ending): number {
  if (ending === 'SIGINT') return 0;
  return ending === 'SIGTERM' ? 143 : 129;
}

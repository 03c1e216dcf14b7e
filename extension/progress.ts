/** Long work with a notification that tells of it and lets it be cancelled. */
import * as vscode from 'vscode';

/** Work that is done sooner shows no notification. */
const PATIENCE = 400;

/** What the user cancelled has no result. */
export const cancelled: unique symbol = Symbol('cancelled');

/**
 * Does work that may take long. After a moment a notification appears, and its Cancel ends the wait at once: the work hears of it by its
 * token, and whatever it still answers is dropped.
 * @param title what is being done
 * @returns what the work comes to, or `cancelled`
 */
export async function withCancel<T>(title: string, work: (token: vscode.CancellationToken) => Promise<T>): Promise<T | typeof cancelled> {
  const source = new vscode.CancellationTokenSource();
  const stopped = new Promise<typeof cancelled>((resolve) => void source.token.onCancellationRequested(() => resolve(cancelled)));
  const outcome = Promise.race([work(source.token), stopped]);
  const timer = setTimeout(() => {
    void vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (_, token) => {
      token.onCancellationRequested(() => source.cancel());
      // What went wrong is told by whoever waits for the outcome.
      await outcome.then(() => undefined, () => undefined);
    });
  }, PATIENCE);
  try {
    return await outcome;
  } finally {
    clearTimeout(timer);
    source.dispose();
  }
}

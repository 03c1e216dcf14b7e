/** Long work: when it is told of, what Cancel does, and that what goes wrong is passed on. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const vscode = vi.hoisted(() => {
  type Listener = () => void;
  class CancellationTokenSource {
    readonly #listeners: Listener[] = [];
    readonly token = { isCancellationRequested: false, onCancellationRequested: (listener: Listener) => this.#listeners.push(listener) };
    cancel(): void {
      this.token.isCancellationRequested = true;
      for (const listener of this.#listeners) listener();
    }
    dispose(): void {}
  }
  /** Notifications that were shown; `open` until their work is done. */
  const shown: { title: string; open: boolean; cancel: () => void }[] = [];
  return {
    shown,
    CancellationTokenSource,
    ProgressLocation: { Notification: 15 },
    window: {
      withProgress: async (options: { title: string }, work: (progress: object, token: object) => Promise<unknown>) => {
        const source = new CancellationTokenSource();
        const notification = { title: options.title, open: true, cancel: () => source.cancel() };
        shown.push(notification);
        await work({}, source.token);
        notification.open = false;
      },
    },
  };
});
vi.mock('vscode', () => vscode);
const { cancelled, withCancel } = await import('../progress.ts');

beforeEach(() => {
  vscode.shown.length = 0;
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

const after = <T>(milliseconds: number, value: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), milliseconds));

it('shows nothing when the work is soon done', async () => {
  const result = withCancel('Counting', () => after(50, 7));
  await vi.advanceTimersByTimeAsync(5000);
  expect(await result).toBe(7);
  expect(vscode.shown).toEqual([]);
});

it('tells of long work until it is done', async () => {
  const result = withCancel('Counting', () => after(3000, 7));
  await vi.advanceTimersByTimeAsync(2000);
  expect(vscode.shown).toMatchObject([{ title: 'Counting', open: true }]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(await result).toBe(7);
  expect(vscode.shown).toMatchObject([{ open: false }]);
});

it('Cancel ends the wait at once, tells the work, and drops its answer', async () => {
  let told = false;
  const result = withCancel('Counting', (token) => {
    token.onCancellationRequested(() => (told = true));
    return after(60_000, 7);
  });
  await vi.advanceTimersByTimeAsync(1000);
  vscode.shown[0]?.cancel();
  await vi.advanceTimersByTimeAsync(0);
  expect(await result).toBe(cancelled);
  expect(told).toBe(true);
  expect(vscode.shown).toMatchObject([{ open: false }]);
});

it('passes on what goes wrong, before and after the notification', async () => {
  await expect(withCancel('Counting', () => Promise.reject(new Error('at once')))).rejects.toThrow('at once');
  const late = withCancel('Counting', async () => {
    await after(3000, 0);
    throw new Error('late');
  });
  const seen = expect(late).rejects.toThrow('late');
  await vi.advanceTimersByTimeAsync(5000);
  await seen;
  expect(vscode.shown).toMatchObject([{ open: false }]);
});

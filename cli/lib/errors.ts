/** Errors that end a command with a plain sentence. Exit codes: 0 done, 1 the model is at fault, 2 the arguments or files are, 130 Ctrl-C. */

/** Arguments or files that cannot be used: exit code 2. */
export class UnusableError extends Error {
  override readonly name = 'UnusableError';
}

/** The command understood, and the answer is no: exit code 1. */
export class FailedError extends Error {
  override readonly name = 'FailedError';
}

/** Ctrl-C, before there was anything to tell of: exit code 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

export type ExitCode = 1 | 2 | 130;

/** The exit code of an error that is a plain sentence; undefined for one that is ours. */
export function exitCodeOf(error: unknown): ExitCode | undefined {
  return error instanceof FailedError ? 1 : error instanceof UnusableError ? 2 : error instanceof InterruptedError ? 130 : undefined;
}

/** The error with an exit code, for one that came from another thread. */
export function errorWith(code: ExitCode, message: string): Error {
  return code === 1 ? new FailedError(message) : code === 2 ? new UnusableError(message) : new InterruptedError(message);
}

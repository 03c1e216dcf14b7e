/** Errors that end a command with a plain sentence. Exit codes: 0 done, 1 the model is at fault, 2 the arguments or files are. */

/** Arguments or files that cannot be used: exit code 2. */
export class UnusableError extends Error {
  override readonly name = 'UnusableError';
}

/** The command understood, and the answer is no: exit code 1. */
export class FailedError extends Error {
  override readonly name = 'FailedError';
}

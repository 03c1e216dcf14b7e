/** What `onepot test --json` says, checked. Knows no VS Code. */

export interface Verdict {
  /** Counted from 1. */
  readonly line: number;
  readonly holds: boolean;
  readonly found: string;
  /** What the statement asks for and what is the case, where the two can be set side by side. */
  readonly expected?: string;
  readonly actual?: string;
}

/** Whether a text may hold an `expect` statement; decides which files are listed before they are parsed. */
export function isExpectation(text: string): boolean {
  return /^[ \t]*expect\b/m.test(text);
}

/** The verdicts, or undefined when the output is none (the file has errors, the process was ended). */
export function verdictsIn(output: string): readonly Verdict[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    return undefined;
  }
  return Array.isArray(value) && value.every(isVerdict) ? value : undefined;
}

function isVerdict(value: unknown): value is Verdict {
  if (typeof value !== 'object' || value === null) return false;
  const { line, holds, found, expected, actual } = value as Record<keyof Verdict, unknown>;
  const textOrNone = (text: unknown): boolean => text === undefined || typeof text === 'string';
  return typeof line === 'number' && typeof holds === 'boolean' && typeof found === 'string' && textOrNone(expected) && textOrNone(actual);
}

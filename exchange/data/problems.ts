/** Collects problems, a bounded number of them: a file of a million bad cells has one mistake, not a million. */
import { counted } from '../../l10n/index.ts';
import type { DataProblem, DataResult } from './types.ts';

/** Problems shown of one collection; the others are counted. */
const MOST = 20;

export class Problems {
  readonly #shown: DataProblem[] = [];
  #more = 0;

  get any(): boolean {
    return this.#shown.length > 0;
  }
  add(problem: DataProblem): void {
    if (this.#shown.length < MOST) this.#shown.push(problem);
    else this.#more++;
  }
  addAll(problems: Iterable<DataProblem>): void {
    for (const problem of problems) this.add(problem);
  }
  list(): readonly DataProblem[] {
    if (this.#more === 0) return this.#shown;
    const file = this.#shown[0]?.file;
    return [...this.#shown, { ...(file === undefined ? {} : { file }), message: counted(this.#more, 'There is 1 more problem like these.', 'There are {0} more problems like these.', String(this.#more)) }];
  }
  failure(): { readonly ok: false; readonly problems: readonly DataProblem[] } {
    return { ok: false, problems: this.list() };
  }
}

/** A result with a single problem. */
export function failed<T>(problem: DataProblem): DataResult<T> {
  return { ok: false, problems: [problem] };
}

/** Text of a file in quotes, cut to a length that fits a message. */
export function quoted(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return `“${plain.length > 40 ? `${plain.slice(0, 39)}…` : plain}”`;
}

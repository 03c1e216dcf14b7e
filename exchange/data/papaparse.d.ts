/**
 * The part of Papa Parse that the reader uses. The published types bring Node's and the DOM's along, which a core room must not
 * see; they are bound to the name 'papaparse', so the file is imported by its path instead: the build for browsers, which runs in Node
 * too and does not ask for Node's streams.
 */
declare module 'papaparse/papaparse.min.js' {
  interface Step {
    /** Cells of one row. */
    readonly data: string[];
    readonly errors: readonly { readonly type: string; readonly code: string; readonly message: string }[];
  }
  interface Config {
    readonly delimiter: string;
    readonly newline: '\n';
    /** Called for every row, before `parse` returns. */
    readonly step: (row: Step, parser: { abort(): void }) => void;
  }
  const Papa: {
    parse(text: string, config: Config): unknown;
    parse(text: string, config: { readonly newline: '\n'; readonly preview: number; readonly skipEmptyLines: 'greedy' }): { readonly meta: { readonly delimiter: string } };
  };
  export default Papa;
}

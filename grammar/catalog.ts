/**
 * What every diagnostic says about itself. One file a diagnostic holds its spec, its message and its fixes; the manual
 * page and the tests are made from the spec (see CONTRIBUTING, "How to add a diagnostic").
 */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface DiagnosticSpec {
  /** `CRN` and three digits; the first digit names the family. Stable for ever. */
  readonly code: `CRN${number}`;
  readonly severity: Severity;
  /** One line, without names from the user's text. */
  readonly title: string;
  /** Markdown for the manual: what is wrong, why it matters in the chemistry, what to do. */
  readonly manual: string;
  readonly examples: readonly DiagnosticExample[];
}

/**
 * A text that raises the diagnostic. A line of the form `//   ^^^^` marks the expected range in the line above it (the
 * carets stand in the columns they mark) and is taken out before checking. Every marked range must be reported with the
 * spec's code, and nothing else with that code.
 */
export interface DiagnosticExample {
  readonly text: string;
  /** The text after the first fix of the first marked diagnostic; checking it must not raise the code at that place again. */
  readonly fixed?: string;
  /** Texts of importable files by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What a check reports; positions are relative to a unit (see grammar/ast.ts) until the service publishes them. */
import type { Severity, Span, Unit } from '../grammar/index.ts';

export interface Place {
  readonly unit: Unit;
  readonly span: Span;
  /** URI of an imported text; undefined for the text being checked. */
  readonly file?: string;
}

export interface TextEdit extends Place {
  readonly text: string;
}

export interface Fix {
  /** In the imperative: "Declare species X". */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** True for the fix that is right without further thought. */
  readonly preferred?: boolean;
}

export interface Diagnostic extends Place {
  /** 'CRN201' … stable for ever. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly related?: readonly (Place & { readonly message: string })[];
  readonly fixes?: readonly Fix[];
  /** 'unused' greys the text out. */
  readonly tags?: readonly 'unused'[];
}

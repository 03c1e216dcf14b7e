/** Makes diagnostics from their specs. */
import type { DiagnosticSpec, Severity } from '../../grammar/index.ts';
import type { Diagnostic, Fix, Place } from '../diagnostic.ts';

export interface Extra {
  readonly related?: readonly (Place & { readonly message: string })[];
  readonly fixes?: readonly Fix[];
  readonly tags?: readonly 'unused'[];
  /** Where a rule is milder than usual. */
  readonly severity?: Severity;
}

/** A diagnostic of this spec at a place. Empty lists are left out. */
export function finding(spec: DiagnosticSpec, place: Place, message: string, extra: Extra = {}): Diagnostic {
  return {
    ...place,
    code: spec.code,
    severity: extra.severity ?? spec.severity,
    message,
    ...(extra.related === undefined || extra.related.length === 0 ? {} : { related: extra.related }),
    ...(extra.fixes === undefined || extra.fixes.length === 0 ? {} : { fixes: extra.fixes }),
    ...(extra.tags === undefined ? {} : { tags: extra.tags }),
  };
}

/** Replaces the text at a place. */
export function replace(place: Place, text: string): Fix['edits'][number] {
  return { ...place, text };
}

/** A fix with one edit. */
export function fix(title: string, place: Place, text: string, preferred = false): Fix {
  return { title, edits: [replace(place, text)], ...(preferred ? { preferred } : {}) };
}

import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';

type Fix = NonNullable<SyntaxProblem['fix']>;
export type Edit = Fix['edits'][number];

/** A problem of a spec; positions are relative to the unit. */
export function problem(spec: DiagnosticSpec, span: Span, message: string, fix?: Fix, related?: SyntaxProblem['related']): SyntaxProblem {
  return {
    code: spec.code,
    start: span.start,
    end: span.end,
    message,
    ...(fix === undefined ? {} : { fix }),
    ...(related === undefined ? {} : { related }),
  };
}

/** One edit that replaces a span. */
export function replace(title: string, span: Span, text: string): Fix {
  return { title, edits: [{ start: span.start, end: span.end, text }] };
}
export function insert(title: string, at: number, text: string): Fix {
  return { title, edits: [{ start: at, end: at, text }] };
}

/** Text of the user for a message: on one line and not too long. */
export function quote(text: string): string {
   
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return '`' + (plain.length > 40 ? plain.slice(0, 37) + '…' : plain) + '`';
}

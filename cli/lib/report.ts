/** Findings as a compiler prints them: place, message, the line with carets, related places, hints for repairs. */
import type { Severity } from '../../grammar/index.ts';
import type { Finding, Located } from './findings.ts';
import { colours as stdoutColours, count } from './terminal.ts';

type Colours = typeof stdoutColours;

/** Longer lines are cut out around the finding. */
const WIDTH = 110;
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

export function paint(severity: Severity, text: string, colours: Colours): string {
  switch (severity) {
    case 'error':
      return colours.red(text);
    case 'warning':
      return colours.yellow(text);
    case 'information':
      return colours.blue(text);
    case 'hint':
      return colours.cyan(text);
  }
}

/** What a severity is called in the manual and here; JSON has the language server's word. */
function wordOf(severity: Severity): string {
  return severity === 'information' ? 'remark' : severity;
}

/** A finding on several lines, without a final line break. */
export function findingText(finding: Finding, colours: Colours = stdoutColours): string {
  const { code, severity, message } = finding.diagnostic;
  const [first = '', ...rest] = message.split('\n');
  const lines = [`${place(finding, colours)} ${paint(severity, colours.bold(wordOf(severity)), colours)} ${colours.bold(code)} ${first}`, ...rest.map((line) => `  ${line}`)];
  lines.push(...excerpt(finding, (text) => paint(severity, text, colours), colours));
  for (const related of finding.related) {
    lines.push(`  ${place(related, colours)} ${related.message}`);
    if (related.line !== finding.line || related.file !== finding.file) lines.push(...excerpt(related, colours.dim, colours));
  }
  for (const fix of finding.diagnostic.fixes ?? []) lines.push(`  ${colours.green('fix:')} ${fix.title}`);
  return lines.join('\n');
}

function place({ file, line, column }: Located, colours: Colours): string {
  return colours.dim(`${file}:${line}:${column}:`);
}

/** The line of the place and the carets under it. */
function excerpt(at: Located, paintCarets: (text: string) => string, colours: Colours): string[] {
  const full = at.lines.line(at.line);
  const end = at.endLine === at.line ? at.endColumn - 1 : full.length;
  const start = Math.min(at.column - 1, full.length);
  // The part of a long line that holds the place, with an ellipsis where something is left out.
  const from = full.length <= WIDTH || start < WIDTH - 30 ? 0 : start - 30;
  const to = Math.min(full.length, from + WIDTH);
  const visible = (text: string): string => text.replace(/[\t\u0000-\u001f\u007f-\u009f]/g, ' ');
  const before = (from > 0 ? '…' : '') + visible(full.slice(from, start));
  const marked = visible(full.slice(start, Math.min(Math.max(end, start), to)));
  const after = visible(full.slice(Math.min(Math.max(end, start), to), to)) + (to < full.length ? '…' : '');
  const number = String(at.line).padStart(5);
  const carets = '^'.repeat(Math.max(1, columns(marked)));
  return [`${colours.dim(`${number} |`)} ${before}${marked}${after}`, `${colours.dim(`${' '.repeat(number.length)} |`)} ${' '.repeat(columns(before))}${paintCarets(carets)}`];
}

/** Terminal columns of a text: code points, with combining marks left out and wide East Asian characters counted twice. */
function columns(text: string): number {
  let n = 0;
  for (const character of text) {
    if (/\p{Mark}/u.test(character)) continue;
    n += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(character) ? 2 : 1;
  }
  return n;
}

/** `2 errors, 1 warning`, or `no findings`. */
export function summaryText(findings: readonly Finding[], colours: Colours = stdoutColours): string {
  const parts = SEVERITIES.flatMap((severity) => {
    const n = findings.filter((finding) => finding.diagnostic.severity === severity).length;
    return n === 0 ? [] : [paint(severity, count(n, wordOf(severity)), colours)];
  });
  return parts.length === 0 ? colours.green('no findings') : parts.join(', ');
}

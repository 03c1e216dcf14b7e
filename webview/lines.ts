/** Lists of equations and reactions: what is looked for, and all of them as LaTeX. */
import type { Line } from './analysis-protocol.ts';

/** Reactions are listed one by one up to so many. */
export const MOST_REACTIONS = 20_000;

/** Lines that hold every word, whatever its case, in their text, name, note or groups. */
export function matching(lines: readonly Line[], wanted: string): readonly Line[] {
  const words = wanted.toLocaleLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return lines;
  return lines.filter(({ text, name, note, groups }) => {
    const whole = [text, name, note, ...(groups ?? [])].join('\n').toLocaleLowerCase();
    return words.every((word) => whole.includes(word));
  });
}

/** An `align*` environment of amsmath, aligned at the relation; one line a family, however often it is listed. */
export function systemLatex(lines: readonly Line[], kind: 'equations' | 'reactions'): string {
  const relation = kind === 'equations' ? '= ' : '\\xrightarrow';
  const rows = [...new Set(lines.map(({ latex }) => latex))].map((latex) => {
    const at = latex.indexOf(relation);
    return at < 0 ? latex : `${latex.slice(0, at).trimEnd()} &${latex.slice(at)}`;
  });
  return `\\begin{align*}\n${rows.map((row) => `  ${row}`).join(' \\\\\n')}\n\\end{align*}\n`;
}

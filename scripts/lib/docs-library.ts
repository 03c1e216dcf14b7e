/** The page of the library: every module and activation with its signature and what its text says of it. Texts in, text out. */
import { parse, type Statement, type Unit } from '../../grammar/index.ts';
import { GENERATED } from './docs.ts';

/** The order in which a network uses them; texts that are not named here follow. */
const ORDER = ['activations', 'arithmetic', 'forward', 'units', 'backward', 'update', 'self_annealing', 'sorted'];

const INTRODUCTION = `The constructions that networks of neurons are made of are modules, written in the language itself. A network puts them to use by
itself; you can use them too. An import names a text of the library, \`use\` one of its modules, and \`F12\` on either opens it:

\`\`\`crn
import "onepot:arithmetic"

dual A = 2, B = -3, AB
species C = 9, Root
use multiply(A, B, AB)
use square_root(C, Root)

expect AB ~ -6
expect Root ~ 3
\`\`\`

A parameter is a species where no kind is written. Extents in brackets, \`x[n]\`, are those of the argument. Behind the semicolon stand
constants, which \`use\` gives by name: \`use multiply(A, B, AB; κ = 100)\`. Results come to rest while the arguments stand still, and arguments are catalysts.
What a module needs to start from, such as a conserved total, is said where it is declared.`;

/** Markdown shows the text as it stands. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]<]/g, '\\$&');
}

/** The comment that begins a text, up to its first blank line, as one paragraph. */
export function aboutText(text: string): string {
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    const comment = /^\/\/(?!\/) ?(.*)$/.exec(line);
    if (comment === null) break;
    lines.push(comment[1] ?? '');
  }
  return lines.join(' ').replaceAll(/\s+/g, ' ').trim();
}

/** A statement without its body, where the body is reactions: `module multiply(a: dual, …; k = 1)`. */
function signature({ text }: Unit, statement: Statement): string {
  const whole = text.slice(statement.start, statement.end);
  return statement.kind === 'Module' ? whole.slice(0, whole.indexOf('{')).trim() : whole;
}

/** @param texts of the library by their names */
export function libraryPage(texts: ReadonlyMap<string, string>): string {
  const names = [...ORDER.filter((name) => texts.has(name)), ...[...texts.keys()].filter((name) => !ORDER.includes(name)).sort()];
  const parts = ['# The library', GENERATED, INTRODUCTION];
  for (const name of names) {
    const text = texts.get(name) ?? '';
    parts.push(`## onepot:${name}`, plain(aboutText(text)));
    for (const unit of parse(text).units) {
      const { statement } = unit;
      if (statement.kind !== 'Module' && statement.kind !== 'Activation') continue;
      parts.push(`### ${plain(statement.name.text)}`, `\`\`\`text\n${signature(unit, statement)}\n\`\`\``, plain((statement.doc ?? '').replaceAll(/\s+/g, ' ').trim()));
    }
  }
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

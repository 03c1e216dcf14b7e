/** The pages of the manual that are made from their sources: diagnostics, command line, settings. Texts in, texts out. */
import type { DiagnosticSpec } from '../../grammar/index.ts';

/** What a page says of itself, where only those who would edit it see it. */
export const GENERATED = '<!-- Made from its sources by `node scripts/docs.ts`; edit those. -->';

const SEVERITY: Readonly<Record<DiagnosticSpec['severity'], string>> = { error: 'error', warning: 'warning', information: 'remark', hint: 'hint' };

/** By the first digit of the code. */
const FAMILIES: Readonly<Record<string, readonly [title: string, about: string]>> = {
  1: ['Text', 'What cannot be read. One bad line never hides what is said of another.'],
  2: ['Names', 'Names that are not declared, declared twice, not used, or not found.'],
  3: ['Kinds and shapes', 'Things of the wrong kind, and arrays of the wrong shape.'],
  4: ['Units and dimensions', 'Quantities of the wrong dimension. In a file without a `units` statement most of these are warnings.'],
  5: ['Mass action', 'What no reaction of molecules can do, and what only looks as if it could not.'],
  6: ['Structure', 'What the whole network cannot do.'],
  7: ['Signed quantities and neurons', 'The two rails of a dual.'],
  8: ['Data and experiments', 'Data sets and what is run.'],
};

/** The anchor that GitHub gives a heading. */
export function slug(heading: string): string {
  return heading.trim().toLowerCase().replace(/[^\p{L}\p{M}\p{Nd}\p{Pc} -]/gu, '').replaceAll(' ', '-');
}

function fence(text: string): string {
  return `\`\`\`text\n${text.replace(/\s+$/, '')}\n\`\`\``;
}

/** An example's carets stand behind `//`, which hides the line from the parser; on a page the carets alone are clearer. */
export function shownExample(text: string): string {
  return text.split('\n').map((line) => (/^\/\/\s*\^[\^\s]*$/.test(line) ? `  ${line.slice(2)}` : line)).join('\n');
}

/** Lines longer than this are cut: an example that is about length shows nothing by its length. */
const WIDEST = 160;
function isWide(text: string): boolean {
  return text.split('\n').some((line) => line.length > WIDEST);
}

function diagnosticSection(spec: DiagnosticSpec): string {
  const parts = [`### ${spec.code}`, `**${spec.title}** · ${SEVERITY[spec.severity]}`, spec.manual.trim()];
  for (const example of spec.examples) {
    if (isWide(example.text)) continue;
    const others = Object.entries(example.files ?? {});
    for (const [path, text] of others) parts.push(`With \`${path}\`:`, fence(text));
    if (others.length > 0) parts.push('and this file:');
    parts.push(fence(shownExample(example.text)));
    if (example.fixed !== undefined) parts.push('The quick fix makes of it', fence(example.fixed));
  }
  return parts.join('\n\n');
}

/** The page of all diagnostics: a table to look up a code, then a section for each, grouped by family. */
export function diagnosticsPage(catalog: readonly DiagnosticSpec[]): string {
  const families = [...new Set(catalog.map((spec) => spec.code.charAt(3)))].sort();
  const parts = [
    '# Diagnostics', GENERATED,
    `Every finding of the checker has a code that never changes its meaning. There are ${catalog.length} of them. Carets mark the place that is underlined.

An **error** means that the text does not say what to compute: nothing is simulated until it is gone. A **warning** is computed
as written, and is most often a mistake. A **remark** or a **hint** is for your information. Codes are shown in the Problems panel
and by \`onepot check\`.`,
  ];
  const of = (family: string): readonly DiagnosticSpec[] => catalog.filter((spec) => spec.code.charAt(3) === family);
  const rows = families.flatMap((family) => of(family).map((spec) => `| [${spec.code}](#${slug(spec.code)}) | ${spec.title.replaceAll('|', '\\|')} | ${SEVERITY[spec.severity]} |`));
  parts.push(['| code | about | severity |', '|---|---|---|', ...rows].join('\n'));
  for (const family of families) {
    const [title, about] = FAMILIES[family] ?? [`CRN${family}xx`, ''];
    parts.push(`## ${title}`, about, ...of(family).map(diagnosticSection));
  }
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Names of the commands that a help text lists. */
export function commandsOf(help: string): string[] {
  const list = /^Commands:\n((?: .*\n|\n(?= ))*)/m.exec(help)?.[1] ?? '';
  return [...list.matchAll(/^ {2}(\S+)/gm)].map((match) => match[1] ?? '').filter((name) => name !== '' && name !== 'help');
}

/** Options, `--long` and `-s`, that a help text lists. */
export function optionsOf(help: string): string[] {
  return [...help.matchAll(/^ {2}(?:(-\w), )?(--[a-z-]+)/gm)].flatMap((match) => [match[1] ?? '', match[2] ?? '']).filter((name) => name !== '');
}

/** The page of the command line. `help`: the text of `onepot --help` under '', of `onepot X --help` under X. */
export function cliPage(help: ReadonlyMap<string, string>): string {
  const parts = [
    '# The command line', GENERATED,
    `\`npx onepot\` works in the checkout after \`npm ci\`. Colours and progress appear on a terminal only; \`--json\` and \`--csv\` write nothing
but data to the standard output, and everything else goes to the standard error.`,
    fence(help.get('') ?? ''),
  ];
  for (const [name, text] of help) if (name !== '') parts.push(`## onepot ${name}`, fence(text));
  return `${parts.join('\n\n')}\n`;
}

interface Property {
  readonly type?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownDescription?: string;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}
/** The part of package.json that is read here. */
export interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
    readonly keybindings?: readonly { readonly command: string; readonly key: string; readonly mac?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Property>> };
  };
}

function rangeText({ type, enum: words, minimum, maximum, exclusiveMinimum }: Property): string {
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(', ');
  if (type === 'boolean') return '`true`, `false`';
  const kind = type === 'integer' ? 'whole number' : type ?? '';
  const limits = [
    ...(exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]), ...(minimum === undefined ? [] : [`from ${minimum}`]), ...(maximum === undefined ? [] : [`to ${maximum}`]),
  ];
  return [kind, ...limits].join(' ');
}

/** The page of the extension's commands and settings. */
export function settingsPage(manifest: Manifest): string {
  const { commands, keybindings = [], configuration } = manifest.contributes;
  const key = (command: string): string => {
    const bound = keybindings.find((binding) => binding.command === command);
    if (bound === undefined) return '';
    return bound.mac === undefined || bound.mac === bound.key ? `\`${bound.key}\`` : `\`${bound.key}\` (macOS: \`${bound.mac}\`)`;
  };
  const parts = [
    '# Commands and settings', GENERATED,
    '## Commands', 'In the command palette (`F1`).',
    ['| command | id | key |', '|---|---|---|', ...commands.map(({ command, title, category }) => `| ${category === undefined ? '' : `${category}: `}${title} | \`${command}\` | ${key(command)} |`)].join('\n'),
    '## Settings', 'In the settings editor under Onepot, or in `settings.json`.',
    ['| setting | value | default | about |', '|---|---|---|---|', ...Object.entries(configuration.properties).map(([name, property]) =>
      `| \`${name}\` | ${rangeText(property)} | \`${JSON.stringify(property.default)}\` | ${(property.markdownDescription ?? property.description ?? '').replaceAll('|', '\\|')} |`)].join('\n'),
  ];
  for (const [name, { enum: words, enumDescriptions }] of Object.entries(configuration.properties)) {
    if (words === undefined || enumDescriptions === undefined) continue;
    parts.push(`\`${name}\`:`, words.map((word, i) => `- \`${word}\`: ${enumDescriptions[i] ?? ''}`).join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

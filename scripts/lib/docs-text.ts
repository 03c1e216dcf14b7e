/** Reading a Markdown page: code blocks, links, anchors, and what it mentions. */
import { slug } from './docs.ts';

export interface CodeBlock {
  /** 1-based line of the opening fence. */
  readonly line: number;
  /** `crn`, `crn error CRN201`, `text`, … */
  readonly info: string;
  readonly text: string;
}

/** Fenced code blocks, those in lists too: their indentation is taken off. */
export function codeBlocks(page: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { line: number; info: string; indent: string; fence: string; lines: string[] } | undefined;
  page.split('\n').forEach((line, index) => {
    const fence = /^( *)(`{3,})([^`]*)$/.exec(line);
    if (open === undefined) {
      if (fence !== null) open = { line: index + 1, info: (fence[3] ?? '').trim(), indent: fence[1] ?? '', fence: fence[2] ?? '', lines: [] };
    } else if (line.trim() === open.fence) {
      blocks.push({ line: open.line, info: open.info, text: open.lines.join('\n') });
      open = undefined;
    } else open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line.trimStart());
  });
  if (open !== undefined) throw new Error(`The code block in line ${open.line} is never closed.`);
  return blocks;
}

/** The page without its code blocks; lines keep their numbers. */
export function prose(page: string): string {
  let inside = false;
  return page.split('\n').map((line) => {
    if (/^ *`{3,}/.test(line)) {
      inside = !inside;
      return '';
    }
    return inside ? '' : line;
  }).join('\n');
}

/** Targets of `[text](target)` and `![text](target)` that are no address on the web. */
export function relativeLinks(page: string): string[] {
  const text = prose(page).replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^()\s]+)\)/g)].map((match) => match[1] ?? '').filter((target) => !/^[a-z]+:/i.test(target));
}

/** Anchors of a page's headings, as GitHub makes them. */
export function anchors(page: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const found = new Set<string>();
  for (const match of prose(page).matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const base = slug((match[1] ?? '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
    const times = seen.get(base) ?? 0;
    seen.set(base, times + 1);
    found.add(times === 0 ? base : `${base}-${times}`);
  }
  return found;
}

/** `onepot simulate FILE --json` in a line of a shell block, in a step of a workflow, or in backquotes: the command and its options. */
export function commandLines(page: string): { readonly command: string; readonly options: readonly string[] }[] {
  const shell = codeBlocks(page).filter(({ info }) => /^(sh|console|bash|yaml)?$/.test(info)).flatMap(({ text }) => text.split('\n'));
  const inline = [...prose(page).matchAll(/`((?:npx )?onepot [^`\n]*)`/g)].map((match) => match[1] ?? '');
  return [...shell.map((line) => line.replace(/^(\$|\s*- run:) /, '').replace(/ #.*$/, '')), ...inline].flatMap((line) => {
    const words = /^(?:npx )?onepot (.*)$/.exec(line.trim())?.[1]?.split(/\s+/);
    const command = words?.[0];
    if (words === undefined || command === undefined || !/^[a-z][a-z-]*$/.test(command)) return [];
    return [{ command, options: words.flatMap((word) => /^--?[a-z][a-z-]*/.exec(word)?.[0] ?? []) }];
  });
}

/**
 * A BioNetGen .net file as its blocks say it, nothing interpreted yet. Format: BioNetGen's writer (Perl2/BNGOutput,
 * RateLaw::toString); older files leave indices out and add blocks of the model behind the network.
 */
import { t } from '../../l10n/index.ts';

/** One entry of a block; `line` is 1-based. */
export interface Entry {
  readonly line: number;
  /** Leading number of the entry, when it has one. */
  readonly index?: number;
  /** The text behind it, without the comment. */
  readonly text: string;
  /** What stands behind `#`. */
  readonly comment: string;
}

/** A block, by its name, or an instruction, by its beginning, that is no part of a network. */
interface Other {
  readonly line: number;
  readonly block?: string;
  readonly instruction?: string;
  entries: number;
}

export interface NetFile {
  readonly parameters: readonly Entry[];
  readonly functions: readonly Entry[];
  readonly species: readonly Entry[];
  readonly reactions: readonly Entry[];
  readonly groups: readonly Entry[];
  /** Blocks and lines that describe the model the network was made from. */
  readonly others: readonly Other[];
  /** Comment lines before the first block. */
  readonly preamble: readonly string[];
}

/** The text is no .net file at all; `line` is 1-based. */
export class NetFormatError extends Error {
  override readonly name = 'NetFormatError';
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const BLOCKS = ['parameters', 'functions', 'species', 'reactions', 'groups'] as const;
type Block = (typeof BLOCKS)[number];
const isBlock = (name: string): name is Block => (BLOCKS as readonly string[]).includes(name);

/**
 * Splits the text into the entries of its blocks.
 * @throws NetFormatError when the text has no `begin reactions` or `begin species` block, or holds bytes of a binary file.
 */
export function readNet(text: string): NetFile {
  if (text.includes('\0')) throw new NetFormatError(1, t('This is a binary file, not a BioNetGen network.'));
  const blocks: Record<Block, Entry[]> = { parameters: [], functions: [], species: [], reactions: [], groups: [] };
  const seen = new Set<string>();
  const others: Other[] = [];
  const preamble: string[] = [];
  let block: string | undefined;
  let other: Other | undefined;

  for (const { line, text: body, comment } of logicalLines(text)) {
    const opening = /^begin\s+(.+?)$/.exec(body);
    if (opening !== null) {
      block = (opening[1] ?? '').replace(/\s+/g, ' ');
      seen.add(block);
      other = isBlock(block) ? undefined : { line, block, entries: 0 };
      if (other !== undefined) others.push(other);
    } else if (/^end(?:\s|$)/.test(body)) {
      block = undefined;
    } else if (body === '') {
      if (seen.size === 0 && comment !== '') preamble.push(comment);
    } else if (block === undefined) {
      others.push({ line, instruction: body.slice(0, 60), entries: 1 });
    } else if (isBlock(block)) {
      const numbered = /^(\d+)\s+(\S.*)$/s.exec(body);
      blocks[block].push(
        numbered === null || (block === 'reactions' && !startsWithTwoLists(numbered[2] ?? ''))
          ? { line, text: body, comment }
          : { line, index: Number(numbered[1]), text: numbered[2] ?? '', comment },
      );
    } else if (other !== undefined) {
      other.entries++;
    }
  }
  for (const needed of ['species', 'reactions']) {
    if (!seen.has(needed)) throw new NetFormatError(1, t('This is not a BioNetGen network: it has no block “begin {0}”. (A .bngl model becomes a .net file by BioNetGen\'s generate_network.)', needed));
  }
  return { ...blocks, others, preamble };
}

/** Reactants and products must follow the index of a reaction; without an index the first number is the reactants. */
function startsWithTwoLists(text: string): boolean {
  return /^\d+(?:,\d+)*\s+\d+(?:,\d+)*\s+\S/.test(text);
}

/** Lines without comments, those ending in a backslash joined; `line` is where the joined line begins. */
function* logicalLines(text: string): Generator<{ line: number; text: string; comment: string }> {
  let pending = '';
  let comments = '';
  let first = 0;
  let number = 0;
  for (const raw of text.split(/\r\n|\n|\r/)) {
    number++;
    const hash = raw.indexOf('#');
    const body = (hash < 0 ? raw : raw.slice(0, hash)).trim();
    if (hash >= 0) comments += (comments === '' ? '' : ' ') + raw.slice(hash + 1).trim();
    if (pending === '') first = number;
    if (body.endsWith('\\')) {
      pending += `${body.slice(0, -1)} `;
      continue;
    }
    yield { line: first, text: (pending + body).trim(), comment: comments };
    pending = '';
    comments = '';
  }
  if (pending !== '') yield { line: first, text: pending.trim(), comment: comments };
}

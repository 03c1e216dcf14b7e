/** Read-only texts made from a document: all its ODEs, all its reactions one by one. */
import { counted, t } from '../../l10n/index.ts';
import { familyCount, familyText, loopsText, odeOfBlock, odeUnicode, unrolledCount, unrolledReactions } from '../../chemistry/index.ts';
import type { Network, ReactionFamily } from '../../chemistry/index.ts';
import type { TextAnswer } from '../protocol.ts';
import { fileName } from './uris.ts';
import type { Snapshot } from './snapshot.ts';

/** A text that an editor opens without stuttering. */
const MOST_REACTIONS = 100_000;
const MOST_TERMS = 200;
const MOST_CHARACTERS = 4_000_000;

function header(snapshot: Snapshot, what: string): string[] {
  const lines = [`// ${what}`];
  if (snapshot.analysis.hasErrors) lines.push(`// ${t('The file has errors; statements with errors are left out.')}`);
  return [...lines, ''];
}

/** One equation a species block, indices kept: `Y^s[i]′ = Σ_j M^s[i,j]·X[j]`. */
export function odes(snapshot: Snapshot): TextAnswer {
  const { network } = snapshot.analysis;
  const lines = header(snapshot, counted(network.dimension, 'The ODEs of 1 species of {1}', 'The ODEs of {0} species of {1}', undefined, fileName(snapshot.uri)));
  let size = 0;
  for (const [n, block] of network.blocks.entries()) {
    const line = odeUnicode(network, odeOfBlock(network, block), { maxTerms: MOST_TERMS });
    lines.push(line);
    size += line.length;
    if (size > MOST_CHARACTERS) {
      lines.push(`// ${counted(network.blocks.length - n - 1, '… and 1 more equation', '… and {0} more equations')}`);
      break;
    }
  }
  return { version: snapshot.version, text: `${lines.join('\n')}\n`, hasErrors: snapshot.analysis.hasErrors };
}

/** Every reaction as a line of the language; families too large to be listed stay one line with their indices. */
export function reactions(snapshot: Snapshot, most: number = MOST_REACTIONS): TextAnswer {
  const { network } = snapshot.analysis;
  const lines = header(snapshot, counted(unrolledCount(network), 'The 1 reaction of {1}', 'The {0} reactions of {1}', undefined, fileName(snapshot.uri)));
  let left = most;
  let run: ReactionFamily[] = [];
  let group = '';
  const flush = (): void => {
    if (run.length > 0) lines.push(...unrolledReactions(withFamilies(network, run), { limit: most }));
    run = [];
  };
  for (const family of network.families) {
    const own = family.groups.join(' › ');
    if (own !== group) {
      flush();
      lines.push('', `// ${own === '' ? t('outside groups') : t('group {0}', own)}`);
      group = own;
    }
    const size = familyCount(family);
    if (size <= left) {
      run.push(family);
      left -= size;
    } else {
      flush();
      lines.push(`// ${counted(size, '{1} (1 reaction, not listed one by one):', '{1} ({0} reactions, not listed one by one):', undefined, loopsText(family))}`, `// ${familyText(network, family)}`);
    }
  }
  flush();
  return { version: snapshot.version, text: `${lines.join('\n')}\n`, hasErrors: snapshot.analysis.hasErrors };
}

function withFamilies(network: Network, families: readonly ReactionFamily[]): Network {
  return { ...network, families };
}

/** Read-only texts made from a document: all its ODEs, all its reactions one by one. */
import { familyCount, familyText, loopsText, odeOfBlock, odeUnicode, unrolledCount, unrolledReactions } from '../../chemistry/index.ts';
import type { Network, ReactionFamily } from '../../chemistry/index.ts';
import type { TextAnswer } from '../protocol.ts';
import { count } from './count.ts';
import { fileName } from './uris.ts';
import type { Snapshot } from './snapshot.ts';

/** A text that an editor opens without stuttering. */
const MOST_REACTIONS = 100_000;
const MOST_TERMS = 200;
const MOST_CHARACTERS = 4_000_000;

function header(snapshot: Snapshot, what: string): string[] {
  const lines = [`// ${what} of ${fileName(snapshot.uri)}`];
  if (snapshot.analysis.hasErrors) lines.push('// The file has errors; statements with errors are left out.');
  return [...lines, ''];
}

/** One equation a species block, indices kept: `Y^s[i]′ = Σ_j M^s[i,j]·X[j]`. */
export function odes(snapshot: Snapshot): TextAnswer {
  const { network } = snapshot.analysis;
  const lines = header(snapshot, `The ODEs of ${count(network.dimension, 'species')}`);
  let size = 0;
  for (const [n, block] of network.blocks.entries()) {
    const line = odeUnicode(network, odeOfBlock(network, block), { maxTerms: MOST_TERMS });
    lines.push(line);
    size += line.length;
    if (size > MOST_CHARACTERS) {
      lines.push(`// … and ${count(network.blocks.length - n - 1, 'more equation')}`);
      break;
    }
  }
  return { version: snapshot.version, text: `${lines.join('\n')}\n`, hasErrors: snapshot.analysis.hasErrors };
}

/** Every reaction as a line of the language; families too large to be listed stay one line with their indices. */
export function reactions(snapshot: Snapshot, most: number = MOST_REACTIONS): TextAnswer {
  const { network } = snapshot.analysis;
  const lines = header(snapshot, `The ${count(unrolledCount(network), 'reaction')}`);
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
      lines.push('', own === '' ? '// outside groups' : `// group ${own}`);
      group = own;
    }
    const size = familyCount(family);
    if (size <= left) {
      run.push(family);
      left -= size;
    } else {
      flush();
      lines.push(`// ${loopsText(family)} (${count(size, 'reaction')}, not listed one by one):`, `// ${familyText(network, family)}`);
    }
  }
  flush();
  return { version: snapshot.version, text: `${lines.join('\n')}\n`, hasErrors: snapshot.analysis.hasErrors };
}

function withFamilies(network: Network, families: readonly ReactionFamily[]): Network {
  return { ...network, families };
}

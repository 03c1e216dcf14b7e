/** Which statement word was meant. */
const WORDS = [
  'units', 'param', 'species', 'fixed', 'dual', 'module', 'group', 'import', 'simulate', 'expect', 'activation', 'neuron', 'network', 'train',
  'noise', 'sweep',
];
const BLOCKS = ['for', 'ode', 'module', 'group', 'simulate', 'activation', 'network', 'data', 'train', 'noise', 'sweep'];
const SYNONYMS: Readonly<Record<string, string>> = {
  parameter: 'param', parameters: 'param', params: 'param', constant: 'param', const: 'param', let: 'param', specie: 'species', var: 'species',
  constants: 'param', unit: 'units', include: 'import', simulation: 'simulate', assert: 'expect', use: 'use',
};

/**
 * The word that `written` misses by one letter or two, or stands for elsewhere; undefined when none is near.
 * @param opensBlock whether only a word that opens a block can have been meant
 */
export function nearestWord(written: string, opensBlock = false): string | undefined {
  const lower = written.toLowerCase();
  if (opensBlock) return lower.length > 1 ? BLOCKS.find((word) => distance(lower, word) <= (word.length > 3 ? 2 : 1)) : undefined;
  const synonym = Object.hasOwn(SYNONYMS, lower) ? SYNONYMS[lower] : undefined;
  if (synonym !== undefined) return synonym;
  if (lower.length < 4 || lower.length > 12) return undefined;
  return WORDS.find((word) => distance(lower, word) <= (word.length > 5 ? 2 : 1));
}

/** The one of a few words that `written` misses by one letter or two. */
export function nearestOf(written: string, words: readonly string[]): string | undefined {
  return words.find((word) => distance(written.toLowerCase(), word) <= (word.length > 4 ? 2 : 1));
}

/** Edit distance with transpositions of neighbours (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      next.push(cost);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}

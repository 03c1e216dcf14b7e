/** "Did you mean": the known name that is nearest to a misspelt one. */

/** Edits between two words: insertions, deletions, replacements, swaps of neighbours (Damerau, optimal string alignment). */
export function editDistance(a: string, b: string, limit = Infinity): number {
  const s = [...a];
  const t = [...b];
  if (Math.abs(s.length - t.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: t.length + 1 }, (_, j) => j);
  for (let i = 1; i <= s.length; i++) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= t.length; j++) {
      let value = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (s[i - 1] === t[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && s[i - 1] === t[j - 2] && s[i - 2] === t[j - 1]) value = Math.min(value, (before[j - 2] ?? 0) + 1);
      current.push(value);
      least = Math.min(least, value);
    }
    if (least > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return previous[t.length] ?? 0;
}

/**
 * The nearest of some names: at most a third of the letters may differ (at least one); another case alone counts as nearest.
 * One-letter names are only suggested for another case: every one-letter name is one edit from every other.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const length = [...name].length;
  const limit = length <= 2 ? 1 : Math.max(1, Math.floor(length / 3));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    if (candidate.toLowerCase() === name.toLowerCase()) return candidate;
    if (length < 2 || [...candidate].length < 2) continue;
    const distance = editDistance(name, candidate, least - 1);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

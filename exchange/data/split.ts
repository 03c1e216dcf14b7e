/** Which rows train and which are held out. */
import { createRandom, type Random } from '../../chemistry/index.ts';
import type { Split } from './types.ts';

/**
 * Shuffles rows 0 … rows − 1 with the seed and divides them. With classes each is divided in the same proportion: counts by
 * largest remainder, at least one row of each class in training and, from two rows on and below fraction 1, one held out.
 * The same rows, classes, fraction and seed give the same split on every machine.
 * @param classes class of each row (from 0), or undefined for one group
 * @returns row numbers, each part shuffled across classes
 */
export function splitRows(rows: number, { fraction, seed }: Split, classes?: ArrayLike<number>): { train: Uint32Array; test: Uint32Array } {
  const random = createRandom(seed);
  const groups: number[][] = [];
  for (let row = 0; row < rows; row++) (groups[classes?.[row] ?? 0] ??= []).push(row);
  const filled = groups.filter((group) => group.length > 0);
  const counts = share(filled.map((group) => group.length), fraction);
  const train: number[] = [];
  const test: number[] = [];
  filled.forEach((group, index) => {
    shuffle(group, random);
    group.forEach((row, position) => (position < counts[index]! ? train : test).push(row));
  });
  shuffle(train, random);
  shuffle(test, random);
  return { train: Uint32Array.from(train), test: Uint32Array.from(test) };
}

/** Training rows of each group: largest remainders towards round(fraction · all). */
function share(sizes: readonly number[], fraction: number): number[] {
  const least = (size: number, wanted: number): number => Math.min(Math.max(wanted, 1), fraction < 1 && size > 1 ? size - 1 : size);
  const counts = sizes.map((size) => least(size, Math.floor(fraction * size)));
  let missing = Math.round(fraction * sizes.reduce((sum, size) => sum + size, 0)) - counts.reduce((sum, part) => sum + part, 0);
  const byRemainder = sizes.map((size, index) => ({ index, remainder: fraction * size - Math.floor(fraction * size) }));
  byRemainder.sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (missing <= 0) break;
    const more = least(sizes[index]!, counts[index]! + 1);
    missing -= more - counts[index]!;
    counts[index] = more;
  }
  return counts;
}

/** Fisher–Yates (Durstenfeld 1964), in place. */
function shuffle(items: number[], random: Random): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random.uniform() * (last + 1));
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
}

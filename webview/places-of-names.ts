/** Where species are written in a text, for an editor that makes them stand out. */

/** Places that stand out at most; a name that occurs more often stands out nowhere in particular. */
const MOST = 2000;
/** Quoted texts, and comments to the end of a line or over several. */
const UNREAD = /"[^"\n]*"|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** Where names stand in a text, as offsets; not within longer names, nor in comments and quoted texts. */
export function placesOf(text: string, names: readonly string[]): readonly (readonly [number, number])[] {
  if (names.length === 0) return [];
  // A module's own species m1.tmp is written tmp in the module, which other uses share: only whole names are looked for.
  const alternatives = names.map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|');
  const pattern = new RegExp(`(?<![\\p{L}\\p{M}\\p{Nd}_.₀-₉])(?:${alternatives})(?![\\p{L}\\p{M}\\p{Nd}_₀-₉])`, 'gu');
  const places: (readonly [number, number])[] = [];
  for (const { index, 0: found } of text.replaceAll(UNREAD, (part) => ' '.repeat(part.length)).matchAll(pattern)) {
    places.push([index, index + found.length]);
    if (places.length >= MOST) break;
  }
  return places;
}

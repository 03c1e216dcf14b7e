/**
 * Colours and dashes of curves. The hues are those of Okabe and Ito ("Color Universal Design", 2008), told apart with every common colour
 * vision, in a fixed order; on a light ground they are darkened until they stand out from it by 3:1 (WCAG 1.4.11).
 * A dash pattern goes with every hue, so that colour is never the only sign.
 */
export type Ground = 'light' | 'dark';

const HUES: Readonly<Record<Ground, readonly string[]>> = {
  dark: ['#56b4e9', '#e69f00', '#009e73', '#cc79a7', '#f0e442', '#d55e00', '#2a8fd0', '#b8b8b8'],
  light: ['#0072b2', '#b87800', '#008f68', '#b8558c', '#857c00', '#d55e00', '#2584ba', '#555555'],
};

const DASHES: readonly (readonly number[])[] = [
  [], [9, 4], [2, 3], [10, 3, 2, 3], [16, 4], [5, 3], [10, 3, 2, 3, 2, 3], [2, 6],
];

/** Colour of the curves with this place in the order. */
export function hue(index: number, ground: Ground): string {
  return HUES[ground][index % HUES[ground].length]!;
}

/** Dash pattern in pixels; empty is a solid line. From the second round of hues on the patterns shift against the hues. */
export function dash(index: number): readonly number[] {
  const round = Math.floor(index / HUES.dark.length);
  return DASHES[(index + 3 * round) % DASHES.length]!;
}

/**
 * Colours of heat maps. Signed values go from blue over the background to orange (told apart with every common colour vision); values
 * of one sign along viridis (Smith and van der Walt, 2015), which is perceptually uniform and readable in grey.
 */
import { hue } from '../colours.ts';
import type { Theme } from '../theme.ts';

export type Rgb = readonly [number, number, number];

/** `#rrggbb`, `rgb(…)` or `rgba(…)` as channels from 0 to 255. */
export function rgbOf(colour: string): Rgb {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(colour);
  if (hex !== null) return [1, 2, 3].map((k) => Number.parseInt(hex[k]!, 16)) as unknown as Rgb;
  const parts = /rgba?\(\s*([\d.]+)[,\s]+([\d.]+)[,\s]+([\d.]+)/.exec(colour);
  return parts === null ? [128, 128, 128] : [Number(parts[1]), Number(parts[2]), Number(parts[3])];
}

export function mix(from: Rgb, to: Rgb, part: number): Rgb {
  return [0, 1, 2].map((k) => Math.round(from[k]! + (to[k]! - from[k]!) * part)) as unknown as Rgb;
}

const BLUE: Readonly<Record<Theme['ground'], Rgb>> = { dark: [86, 180, 233], light: [0, 104, 178] };
const ORANGE: Readonly<Record<Theme['ground'], Rgb>> = { dark: [240, 150, 30], light: [205, 88, 0] };

/** −1 is blue, 0 the background, 1 orange; beyond is as at the end, and what is no number is grey. */
export function diverging({ ground, background }: Theme): (value: number) => Rgb {
  const zero = rgbOf(background);
  return (value) => {
    if (Number.isNaN(value)) return [128, 128, 128];
    // Small values are told from nothing: the root lifts them.
    const part = Math.sqrt(Math.min(1, Math.abs(value)));
    return mix(zero, value < 0 ? BLUE[ground] : ORANGE[ground], part);
  };
}

const VIRIDIS: readonly Rgb[] = [[68, 1, 84], [72, 40, 120], [62, 74, 137], [49, 104, 142], [38, 130, 142], [31, 158, 137], [53, 183, 121], [109, 205, 89], [180, 222, 44], [253, 231, 37]];

/** From 0 to 1. */
export function sequential(value: number): Rgb {
  if (Number.isNaN(value)) return [128, 128, 128];
  const at = Math.min(1, Math.max(0, value)) * (VIRIDIS.length - 1), low = Math.min(VIRIDIS.length - 2, Math.floor(at));
  return mix(VIRIDIS[low]!, VIRIDIS[low + 1]!, at - low);
}

/** The colour of a class, stronger the surer it is. */
export function classColour(theme: Theme, index: number, sureness: number): Rgb {
  return mix(rgbOf(theme.background), rgbOf(hue(index, theme.ground)), 0.25 + 0.6 * Math.min(1, Math.max(0, sureness)));
}

/** Black or white, whichever is read on a colour (relative luminance by WCAG, halfway in contrast). */
export function legible([r, g, b]: Rgb): string {
  const linear = (part: number): number => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) > 0.179 ? '#000000' : '#ffffff';
}

export const css = ([r, g, b]: Rgb): string => `rgb(${r}, ${g}, ${b})`;

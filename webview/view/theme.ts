/** The editor's colours as numbers, for what is drawn on a canvas, and news when they change. */
import type { Ground } from './colours.ts';

export interface Theme {
  readonly ground: Ground;
  readonly highContrast: boolean;
  readonly foreground: string;
  readonly background: string;
  readonly grid: string;
  readonly faint: string;
  /** A CSS font for canvas text. */
  readonly font: string;
}

/** sRGB channels of a computed colour, 0 … 255; undefined for notations a computed style does not use. */
function channels(colour: string): [number, number, number] | undefined {
  const match = /^rgba?\(\s*([\d.]+)[,\s]+([\d.]+)[,\s]+([\d.]+)/.exec(colour);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

function withAlpha(colour: string, alpha: number): string {
  const rgb = channels(colour);
  return rgb === undefined ? colour : `rgba(${rgb.join(', ')}, ${alpha})`;
}

/** The page's foreground and background are set from VS Code's variables in lab.css, so their computed values are what counts. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const foreground = style.color;
  const background = style.backgroundColor;
  const rgb = channels(background) ?? [255, 255, 255];
  const luminance = (0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]) / 255;
  const highContrast = document.body.classList.contains('vscode-high-contrast') || document.body.classList.contains('vscode-high-contrast-light');
  return {
    ground: luminance > 0.5 ? 'light' : 'dark',
    highContrast, foreground, background,
    grid: withAlpha(foreground, highContrast ? 0.35 : 0.1),
    faint: highContrast ? foreground : withAlpha(foreground, 0.75),
    font: `12px ${style.fontFamily || 'sans-serif'}`,
  };
}

/** Calls back when VS Code changes the theme: it then rewrites the classes of the body and the variables of the root. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}

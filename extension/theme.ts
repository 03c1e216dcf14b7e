/** The text colour hovers are typeset in. The host knows only the kind of theme until a lab has told the colour itself. */
import * as vscode from 'vscode';

/** VS Code's own text colours by kind of theme. */
export function foregroundOf(kind: vscode.ColorThemeKind): string {
  switch (kind) {
    case vscode.ColorThemeKind.Light: return '#3b3b3b';
    case vscode.ColorThemeKind.HighContrastLight: return '#292929';
    case vscode.ColorThemeKind.HighContrast: return '#ffffff';
    case vscode.ColorThemeKind.Dark: return '#cccccc';
  }
}

/** `rgb(204, 204, 204)` as `#cccccc`; undefined for what a computed colour does not look like. */
export function hexOf(colour: string): string | undefined {
  if (/^#[0-9a-f]{6}$/i.test(colour)) return colour.toLowerCase();
  const match = /^rgba?\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)/.exec(colour);
  if (match === null) return undefined;
  const parts = match.slice(1, 4).map((part) => Math.min(255, Number(part)).toString(16).padStart(2, '0'));
  return `#${parts.join('')}`;
}

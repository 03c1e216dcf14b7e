/** Tells the editor of the themes. */
import * as monaco from 'monaco-editor/editor';
import { themes, tokenColours, type ThemeName } from './themes.ts';

const editorName = (name: ThemeName): string => `onepot-${name}`;

export function defineEditorThemes(): void {
  for (const [name, { base, colours, tokens }] of Object.entries(themes)) {
    const rules = Object.entries(tokenColours).map(([token, colour]) => ({ token, foreground: tokens[colour].slice(1) }));
    monaco.editor.defineTheme(editorName(name as ThemeName), { base, inherit: true, rules, colors: colours });
  }
}

export function setEditorTheme(name: ThemeName): void {
  monaco.editor.setTheme(editorName(name));
}

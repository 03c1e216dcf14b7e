/** Colour themes of VS Code. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Frame } from 'playwright-core';
import { until } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** Those that are looked at, with the class that VS Code gives to the body of a webview. */
export const themes = {
  'light': { id: 'Light Modern', body: 'vscode-light' },
  'dark': { id: 'Dark Modern', body: 'vscode-dark' },
  'high-contrast': { id: 'Default High Contrast', body: 'vscode-high-contrast' },
  'high-contrast-light': { id: 'Default High Contrast Light', body: 'vscode-high-contrast-light' },
} as const;
export type ThemeName = keyof typeof themes;

/** Sets the theme in the settings of the open folder and waits until a webview wears it. */
export async function wear(workbench: Workbench, frame: Frame, theme: ThemeName): Promise<void> {
  const file = join(workbench.folder, '.vscode/settings.json');
  const before = await readFile(file, 'utf8').catch(() => '{}');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ ...(JSON.parse(before) as object), 'workbench.colorTheme': themes[theme].id }));
  const { id, body } = themes[theme];
  await until(`the theme ${id}`, () => frame.evaluate(([cls, theme]) => {
    // VS Code writes a high contrast of dark as "vscode-high-contrast" alone; that of light has both classes.
    const { classList, dataset } = document.body;
    return classList.contains(cls!) && (dataset['vscodeThemeId'] ?? theme) === theme;
  }, [body, id]), { seen: () => frame.evaluate(() => `${document.body.className} ${document.body.dataset['vscodeThemeId'] ?? ''}`) });
}

/** The switch of the theme, which follows the system unless the user chose otherwise. */
import { applyTheme, themeChoices, themeFor, type ThemeChoice, type ThemeName } from '../colours/themes.ts';
import { element } from './elements.ts';

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const contrast = window.matchMedia('(prefers-contrast: more)');

/** Applies the choice and every change of it or of the system. @returns the name of the theme there is now */
export function themeSwitch(initial: ThemeChoice, changed: (choice: ThemeChoice, name: ThemeName) => void): () => ThemeName {
  const select = element('theme', HTMLSelectElement);
  let choice = initial;
  const name = (): ThemeName => themeFor(choice, { dark: dark.matches, contrast: contrast.matches });
  const apply = (): void => {
    applyTheme(document, name());
    changed(choice, name());
  };
  select.value = choice;
  select.addEventListener('change', () => {
    choice = themeChoices.find((known) => known === select.value) ?? 'system';
    apply();
  });
  for (const query of [dark, contrast]) query.addEventListener('change', apply);
  applyTheme(document, name());
  return name;
}

/**
 * The four looks of the playground, after VS Code's own themes. Ids are VS Code's: the editor takes them as they are, and page and lab
 * as the variables `--vscode-…` that a webview has in VS Code, so that the lab needs to know nothing of where it is.
 */

export type ThemeName = 'light' | 'dark' | 'hc-light' | 'hc-dark';
/** What the user chose: to follow the system, or one of them. */
export type ThemeChoice = 'system' | ThemeName;
export const themeChoices: readonly ThemeChoice[] = ['system', 'light', 'dark', 'hc-light', 'hc-dark'];

export interface Theme {
  readonly base: 'vs' | 'vs-dark' | 'hc-light' | 'hc-black';
  readonly scheme: 'light' | 'dark';
  /** Classes that VS Code gives the body of a webview. */
  readonly classes: readonly string[];
  /** Colours as #rrggbb or #rrggbbaa by VS Code's ids. */
  readonly colours: Readonly<Record<string, string>>;
  /** Colours of scopes and of meanings: what is not named here keeps the text's colour. */
  readonly tokens: Readonly<Record<TokenColour, string>>;
}
type TokenColour = 'comment' | 'keyword' | 'declaration' | 'string' | 'number' | 'type' | 'name' | 'function' | 'constant' | 'operator';

const dark: Theme = {
  base: 'vs-dark', scheme: 'dark', classes: ['vscode-dark'],
  tokens: { comment: '#6a9955', keyword: '#c586c0', declaration: '#569cd6', string: '#ce9178', number: '#b5cea8', type: '#4ec9b0', name: '#9cdcfe', function: '#dcdcaa', constant: '#4fc1ff', operator: '#d4d4d4' },
  colours: {
    foreground: '#cccccc', descriptionForeground: '#9d9d9d', focusBorder: '#2489db',
    'editor.background': '#1f1f1f', 'editor.foreground': '#cccccc', 'editorError.foreground': '#f14c4c', 'editorWarning.foreground': '#cca700', 'editorInfo.foreground': '#3794ff',
    'editorLineNumber.foreground': '#919191', 'editorLineNumber.activeForeground': '#cccccc', 'editorCodeLens.foreground': '#999999', 'editorWidget.background': '#202020', 'editorWidget.border': '#454545',
    'editorHoverWidget.background': '#202020', 'editorHoverWidget.border': '#454545',
    'sideBar.background': '#181818', 'sideBarSectionHeader.foreground': '#cccccc', 'panel.border': '#3a3a3a', 'statusBar.background': '#181818',
    'badge.background': '#616161', 'badge.foreground': '#f8f8f8', 'button.background': '#0078d4', 'button.foreground': '#ffffff', 'button.hoverBackground': '#026ec1',
    'button.secondaryBackground': '#313131', 'button.secondaryForeground': '#cccccc', 'button.secondaryHoverBackground': '#3c3c3c',
    'charts.green': '#89d185', 'testing.iconPassed': '#73c991', 'dropdown.background': '#313131', 'dropdown.border': '#4a4a4a', 'dropdown.foreground': '#cccccc',
    'input.background': '#313131', 'input.border': '#4a4a4a', 'input.foreground': '#cccccc', 'input.placeholderForeground': '#9d9d9d',
    'inputOption.activeBackground': '#2489db82', 'inputOption.activeBorder': '#2488db', 'inputOption.activeForeground': '#ffffff', 'list.hoverBackground': '#2a2d2e',
    'panelTitle.activeBorder': '#2489db', 'panelTitle.activeForeground': '#e7e7e7', 'panelTitle.inactiveForeground': '#a6a6a6', 'progressBar.background': '#2489db',
    'textCodeBlock.background': '#2b2b2b', 'textLink.foreground': '#4daafc', 'textLink.activeForeground': '#4daafc', 'toolbar.hoverBackground': '#5a5d5e50',
  },
};

const light: Theme = {
  base: 'vs', scheme: 'light', classes: ['vscode-light'],
  tokens: { comment: '#007000', keyword: '#af00db', declaration: '#0000ff', string: '#a31515', number: '#087a4e', type: '#267f99', name: '#001080', function: '#795e26', constant: '#0060a8', operator: '#3b3b3b' },
  colours: {
    foreground: '#3b3b3b', descriptionForeground: '#5f5f5f', focusBorder: '#005fb8',
    'editor.background': '#ffffff', 'editor.foreground': '#3b3b3b', 'editorError.foreground': '#d11515', 'editorWarning.foreground': '#a86d00', 'editorInfo.foreground': '#1a6fc4',
    'editorLineNumber.foreground': '#6e7681', 'editorLineNumber.activeForeground': '#171184', 'editorCodeLens.foreground': '#666666', 'editorWidget.background': '#f8f8f8', 'editorWidget.border': '#c8c8c8',
    'editorHoverWidget.background': '#f8f8f8', 'editorHoverWidget.border': '#c8c8c8',
    'sideBar.background': '#f8f8f8', 'sideBarSectionHeader.foreground': '#3b3b3b', 'panel.border': '#dcdcdc', 'statusBar.background': '#f8f8f8',
    'badge.background': '#cccccc', 'badge.foreground': '#3b3b3b', 'button.background': '#005fb8', 'button.foreground': '#ffffff', 'button.hoverBackground': '#0258a8',
    'button.secondaryBackground': '#e5e5e5', 'button.secondaryForeground': '#3b3b3b', 'button.secondaryHoverBackground': '#cccccc',
    'charts.green': '#388a34', 'testing.iconPassed': '#2f8132', 'dropdown.background': '#ffffff', 'dropdown.border': '#c2c2c2', 'dropdown.foreground': '#3b3b3b',
    'input.background': '#ffffff', 'input.border': '#c2c2c2', 'input.foreground': '#3b3b3b', 'input.placeholderForeground': '#6b6b6b',
    'inputOption.activeBackground': '#bed6ed', 'inputOption.activeBorder': '#005fb8', 'inputOption.activeForeground': '#000000', 'list.hoverBackground': '#f0f0f0',
    'panelTitle.activeBorder': '#005fb8', 'panelTitle.activeForeground': '#3b3b3b', 'panelTitle.inactiveForeground': '#5a5a5a', 'progressBar.background': '#005fb8',
    'textCodeBlock.background': '#f5f5f5', 'textLink.foreground': '#005fb8', 'textLink.activeForeground': '#005fb8', 'toolbar.hoverBackground': '#b8b8b850',
  },
};

const hcDark: Theme = {
  base: 'hc-black', scheme: 'dark', classes: ['vscode-high-contrast'],
  tokens: { comment: '#7ca668', keyword: '#c586c0', declaration: '#569cd6', string: '#ce9178', number: '#b5cea8', type: '#4ec9b0', name: '#9cdcfe', function: '#dcdcaa', constant: '#4fc1ff', operator: '#d4d4d4' },
  colours: {
    foreground: '#ffffff', descriptionForeground: '#e0e0e0', focusBorder: '#f38518', contrastBorder: '#6fc3df', contrastActiveBorder: '#f38518',
    'editor.background': '#000000', 'editor.foreground': '#ffffff', 'editorError.foreground': '#f48771', 'editorWarning.foreground': '#ffd370', 'editorInfo.foreground': '#3794ff', 'editorCodeLens.foreground': '#e0e0e0',
    'sideBar.background': '#000000', 'sideBarSectionHeader.foreground': '#ffffff', 'panel.border': '#6fc3df', 'statusBar.background': '#000000',
    'badge.background': '#000000', 'badge.foreground': '#ffffff', 'button.background': '#000000', 'button.foreground': '#ffffff', 'button.hoverBackground': '#000000', 'button.border': '#6fc3df',
    'button.secondaryBackground': '#000000', 'button.secondaryForeground': '#ffffff', 'button.secondaryHoverBackground': '#000000',
    'charts.green': '#89d185', 'testing.iconPassed': '#73c991', 'dropdown.background': '#000000', 'dropdown.border': '#6fc3df', 'dropdown.foreground': '#ffffff',
    'input.background': '#000000', 'input.border': '#6fc3df', 'input.foreground': '#ffffff', 'input.placeholderForeground': '#d0d0d0',
    'inputOption.activeBackground': '#00000000', 'inputOption.activeBorder': '#f38518', 'inputOption.activeForeground': '#ffffff', 'list.hoverBackground': '#ffffff1a',
    'panelTitle.activeBorder': '#f38518', 'panelTitle.activeForeground': '#ffffff', 'panelTitle.inactiveForeground': '#ffffff', 'progressBar.background': '#6fc3df',
    'textCodeBlock.background': '#000000', 'textLink.foreground': '#21a6ff', 'textLink.activeForeground': '#21a6ff', 'toolbar.hoverBackground': '#00000000',
  },
};

const hcLight: Theme = {
  base: 'hc-light', scheme: 'light', classes: ['vscode-high-contrast-light', 'vscode-high-contrast'],
  tokens: { comment: '#515151', keyword: '#b5200d', declaration: '#0f4a85', string: '#0f4a85', number: '#096d48', type: '#185e73', name: '#001080', function: '#5e2cbc', constant: '#02715d', operator: '#000000' },
  colours: {
    foreground: '#292929', descriptionForeground: '#292929', focusBorder: '#006bbd', contrastBorder: '#0f4a85', contrastActiveBorder: '#006bbd',
    'editor.background': '#ffffff', 'editor.foreground': '#292929', 'editorError.foreground': '#b5200d', 'editorWarning.foreground': '#895503', 'editorInfo.foreground': '#1a5fa8', 'editorCodeLens.foreground': '#292929',
    'sideBar.background': '#ffffff', 'sideBarSectionHeader.foreground': '#292929', 'panel.border': '#0f4a85', 'statusBar.background': '#ffffff',
    'badge.background': '#0f4a85', 'badge.foreground': '#ffffff', 'button.background': '#0f4a85', 'button.foreground': '#ffffff', 'button.hoverBackground': '#0f4a85', 'button.border': '#0f4a85',
    'button.secondaryBackground': '#ffffff', 'button.secondaryForeground': '#292929', 'button.secondaryHoverBackground': '#ffffff',
    'charts.green': '#374e06', 'testing.iconPassed': '#007100', 'dropdown.background': '#ffffff', 'dropdown.border': '#0f4a85', 'dropdown.foreground': '#292929',
    'input.background': '#ffffff', 'input.border': '#0f4a85', 'input.foreground': '#292929', 'input.placeholderForeground': '#4a4a4a',
    'inputOption.activeBackground': '#00000000', 'inputOption.activeBorder': '#006bbd', 'inputOption.activeForeground': '#292929', 'list.hoverBackground': '#0f4a851a',
    'panelTitle.activeBorder': '#b5200d', 'panelTitle.activeForeground': '#292929', 'panelTitle.inactiveForeground': '#292929', 'progressBar.background': '#006bbd',
    'textCodeBlock.background': '#f2f2f2', 'textLink.foreground': '#0f4a85', 'textLink.activeForeground': '#0f4a85', 'toolbar.hoverBackground': '#00000000',
  },
};

export const themes: Readonly<Record<ThemeName, Theme>> = { light, dark, 'hc-light': hcLight, 'hc-dark': hcDark };

/** The theme for a choice, given what the system asks for. */
export function themeFor(choice: ThemeChoice, system: { readonly dark: boolean; readonly contrast: boolean }): ThemeName {
  if (choice !== 'system') return choice;
  return `${system.contrast ? 'hc-' : ''}${system.dark ? 'dark' : 'light'}` as ThemeName;
}

/** Gives a document the variables and classes that VS Code gives a webview. */
export function applyTheme(to: Document, name: ThemeName): void {
  const { classes, colours, scheme } = themes[name];
  const root = to.documentElement;
  for (const theme of Object.values(themes)) {
    to.body.classList.remove(...theme.classes);
    for (const id of Object.keys(theme.colours)) if (colours[id] === undefined) root.style.removeProperty(variable(id));
  }
  for (const [id, colour] of Object.entries(colours)) root.style.setProperty(variable(id), colour);
  root.style.colorScheme = scheme;
  root.dataset['theme'] = name;
  to.body.classList.add(...classes);
}

const variable = (id: string): string => `--vscode-${id.replaceAll('.', '-')}`;

/** Which colour a scope of the grammar has, and a meaning that the language server tells; the longest beginning counts. */
export const tokenColours: Readonly<Record<string, TokenColour>> = {
  comment: 'comment', 'keyword.control': 'keyword', 'keyword.operator': 'operator', 'storage.type': 'declaration', string: 'string', 'constant.numeric': 'number',
  'constant.language': 'constant', 'support.type': 'type', 'entity.name.type': 'type', 'entity.name.function': 'function', 'entity.name.label': 'function', 'variable.other': 'name',
  variable: 'name', 'variable.readonly': 'constant', 'variable.static': 'name', parameter: 'name', class: 'type', namespace: 'type', event: 'function', method: 'function', property: 'name',
};

/**
 * Driving a real VS Code in a browser. A test file begins with
 * `const vscode = useWorkbench({ file: 'neuron.crn' })` and works with `vscode()`.
 */
export { useWorkbench } from './hooks.ts';
export { fileShown, openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';
export { eventually, until } from './waiting.ts';
export { answerFileDialog, answerInput, openFile, pickItem, quickPickLabels, runCommand } from './palette.ts';
export {
  drawnLines, find, focusEditor, goTo, placeCursor, save, savedText, setText, typeText, visibleText,
  type DrawnLine, type Place, type Position,
} from './editor.ts';
export { squiggles, type Squiggle } from './squiggles.ts';
export { hideHover, hover, shownHover, type Hover } from './hover.ts';
export { openProblems, problems, type Problem } from './problems.ts';
export { acceptSuggestion, applyQuickFix, quickFixes, rename, suggestions, type Suggestion } from './actions.ts';
export { drawn, labFrame, openTab } from './lab.ts';
export { reloadWindow } from './reload.ts';
export { usePlayground, type Playground } from './playground.ts';
export { notifications, statusBar, tabs, treeLabels } from './surroundings.ts';
export { saveFailure, documentPicture, screenshot } from './pictures.ts';
export { colours, countColour, difference, ink, pictureOf, type Picture } from './pixels.ts';
export { differsFromGolden, type Golden } from './goldens.ts';
export { faults, type Fault } from './faults.ts';
export { wear, type ThemeName } from './themes.ts';

/**
 * Text editors. A function that takes `file` works in the editor whose address contains it; without `file` in the
 * active editor, or the first one shown when something else (the lab, a panel) is active.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { answerInput, quickInputClosed } from './palette.ts';
import { eventually, until } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** A line of text as it is drawn; `line` counts from 1. */
export interface DrawnLine {
  line: number;
  text: string;
}

/** A position in a text; both count from 1. */
export interface Position {
  line: number;
  column: number;
}

/** A piece of the text on the screen: the text itself, or the n-th occurrence (from 1) of it, or on a certain line. */
export type Place = string | { text: string; occurrence?: number; line?: number };

/** The element of a text editor. */
export async function editorOf({ page }: Workbench, file?: string): Promise<Locator> {
  const all = '.editor-instance .monaco-editor[data-uri]';
  if (file !== undefined) return page.locator(`.editor-instance .monaco-editor[data-uri*="${encodeURI(file)}"]`).first();
  const active = page.locator(`.editor-group-container.active ${all}`).first();
  return (await active.isVisible()) ? active : page.locator(`.editor-group-container ${all}`).first();
}

/** The lines on the screen, in order. Text that is drawn but not in the file (inlay hints) is among them. */
export async function drawnLines(workbench: Workbench, file?: string): Promise<DrawnLine[]> {
  const editor = await editorOf(workbench, file);
  const lines = await editor.evaluate((element) => {
    const numbers = new Map<string, number>();
    for (const row of element.querySelectorAll<HTMLElement>('.margin-view-overlays > div')) {
      const number = Number(row.querySelector('.line-numbers')?.textContent);
      if (number > 0) numbers.set(row.style.top, number);
    }
    return [...element.querySelectorAll<HTMLElement>('.view-lines > .view-line')].flatMap((row) => {
      const line = numbers.get(row.style.top);
      return line === undefined ? [] : [{ line, text: (row.textContent ?? '').replaceAll('\u00a0', ' ').replaceAll(/[\u200b\u200c]/g, '') }];
    });
  });
  return lines.sort((a, b) => a.line - b.line);
}

/** The text on the screen. */
export async function visibleText(workbench: Workbench, file?: string): Promise<string> {
  return (await drawnLines(workbench, file)).map((line) => line.text).join('\n');
}

/** Where `place` begins; waits until it is on the screen. */
export async function find(workbench: Workbench, place: Place, file?: string): Promise<Position> {
  const { text, occurrence = 1, line: onLine } = typeof place === 'string' ? { text: place } : place;
  let lines: DrawnLine[] = [];
  return until(
    `“${text}” on the screen`,
    async () => {
      lines = await drawnLines(workbench, file);
      let count = 0;
      for (const line of lines) {
        if (onLine !== undefined && line.line !== onLine) continue;
        for (let at = line.text.indexOf(text); at >= 0; at = line.text.indexOf(text, at + 1)) {
          count += 1;
          if (count === occurrence) return { line: line.line, column: at + 1 };
        }
      }
      return undefined;
    },
    { seen: () => lines.map((line) => `${line.line} ${line.text}`) },
  );
}

/** The middle of `place` on the page, in pixels. */
export async function pointOf(workbench: Workbench, place: Place, file?: string): Promise<{ x: number; y: number }> {
  const length = (typeof place === 'string' ? place : place.text).length;
  return until(`a drawn place for ${JSON.stringify(place)}`, async () => {
    const position = await find(workbench, place, file);
    const editor = await editorOf(workbench, file);
    return editor.evaluate(
      (element, { line, column, size }) => {
        const margin = [...element.querySelectorAll<HTMLElement>('.margin-view-overlays > div')].find(
          (row) => Number(row.querySelector('.line-numbers')?.textContent) === line,
        );
        const row = [...element.querySelectorAll<HTMLElement>('.view-lines > .view-line')].find((drawn) => drawn.style.top === margin?.style.top);
        if (row === undefined) return undefined;
        // The column counts characters of the line; the line is drawn in one text node per token.
        const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        let passed = 0;
        let begun = false;
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const end = passed + (node.nodeValue?.length ?? 0);
          if (!begun && column - 1 < end) {
            range.setStart(node, column - 1 - passed);
            begun = true;
          }
          if (begun && column - 1 + size <= end) {
            range.setEnd(node, column - 1 + size - passed);
            const box = range.getBoundingClientRect();
            return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
          }
          passed = end;
        }
        return undefined;
      },
      { ...position, size: length },
    );
  });
}

/** Puts the keyboard into a text editor. */
export async function focusEditor(workbench: Workbench, file?: string): Promise<void> {
  const editor = await editorOf(workbench, file);
  const input = editor.locator('.native-edit-context, textarea.inputarea').first();
  await until('the editor to take the keyboard', async () => {
    await input.focus();
    return input.evaluate((element) => document.activeElement === element);
  });
}

/** Puts the cursor at a line and column, both from 1. A menu that was still closing may take the first try's keys: it tries again. */
export async function goTo(workbench: Workbench, { line, column }: Position, file?: string): Promise<void> {
  const { page } = workbench;
  // VS Code's status bar, or the playground's.
  const status = page.locator('#status\\.editor\\.selection, #place');
  const there = new RegExp(`(Ln|Line) ${line}, (Col|column) ${column}(?!\\d)`);
  await until(`the cursor at line ${line}, column ${column}`, async () => {
    await focusEditor(workbench, file);
    await page.keyboard.press('Control+G');
    await answerInput(workbench, `:${line}:${column}`, 3000);
    await quickInputClosed(workbench);
    await eventually('the cursor', () => status.textContent({ timeout: 1000 }), (text) => there.test(text ?? ''), 3000);
    return true;
  });
  await focusEditor(workbench, file);
}

/** Puts the cursor before or after a piece of text on the screen. */
export async function placeCursor(workbench: Workbench, place: Place, side: 'before' | 'after' = 'before', file?: string): Promise<void> {
  const position = await find(workbench, place, file);
  const length = (typeof place === 'string' ? place : place.text).length;
  await goTo(workbench, { line: position.line, column: position.column + (side === 'after' ? length : 0) }, file);
}

/** Types at the cursor, key by key, as a person does. */
export async function typeText(workbench: Workbench, text: string): Promise<void> {
  await workbench.page.keyboard.type(text);
}

/** Replaces the whole text of an editor by pasting, and waits until it is drawn. */
export async function setText(workbench: Workbench, text: string, file?: string): Promise<void> {
  await focusEditor(workbench, file);
  await workbench.page.keyboard.press('Control+A');
  const editor = await editorOf(workbench, file);
  await editor.locator('.native-edit-context, textarea.inputarea').first().evaluate((element, pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  // After pasting, the end of the text is on the screen.
  const last = text.split('\n').findLast((line) => line.trim() !== '') ?? '';
  await eventually('the pasted text', () => visibleText(workbench, file), (drawn) => drawn.includes(last.trimEnd()));
}

/** Saves the active file and waits until VS Code shows it as saved. */
export async function save(workbench: Workbench): Promise<void> {
  await workbench.page.keyboard.press('Control+S');
  const dirty = workbench.page.locator('.editor-group-container.active .tab.active.dirty');
  await until('the file to be saved', async () => (await dirty.count()) === 0);
}

/** The text of a file on disk; `file` is relative to the open folder. */
export async function savedText(workbench: Workbench, file: string): Promise<string> {
  return readFile(join(workbench.folder, file), 'utf8');
}

/** The wavy lines under what is wrong. */
import { editorOf } from './editor.ts';
import type { Workbench } from './workbench.ts';

/** A wavy line: how serious, and the text above it. */
export interface Squiggle {
  severity: 'error' | 'warning' | 'info' | 'hint';
  line: number;
  text: string;
}

/** The wavy lines on the screen, in the order of the text. */
export async function squiggles(workbench: Workbench, file?: string): Promise<Squiggle[]> {
  const editor = await editorOf(workbench, file);
  return editor.evaluate((element) => {
    const found: { severity: 'error' | 'warning' | 'info' | 'hint'; line: number; text: string; left: number }[] = [];
    for (const severity of ['error', 'warning', 'info', 'hint'] as const) {
      for (const mark of element.querySelectorAll<HTMLElement>(`.view-overlays .squiggly-${severity}`)) {
        const top = mark.parentElement?.style.top;
        const margin = [...element.querySelectorAll<HTMLElement>('.margin-view-overlays > div')].find((row) => row.style.top === top);
        const row = [...element.querySelectorAll<HTMLElement>('.view-lines > .view-line')].find((drawn) => drawn.style.top === top);
        if (row === undefined || margin === undefined) continue;
        const box = mark.getBoundingClientRect();
        const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        let text = '';
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const value = node.nodeValue ?? '';
          for (let at = 0; at < value.length; at += 1) {
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const { left, right } = range.getBoundingClientRect();
            const middle = (left + right) / 2;
            if (middle > box.left && middle < box.right) text += value[at];
          }
        }
        const line = Number(margin.querySelector('.line-numbers')?.textContent);
        found.push({ severity, line, text: text.replaceAll('\u00a0', ' '), left: box.left });
      }
    }
    return found.sort((a, b) => a.line - b.line || a.left - b.left).map(({ severity, line, text }) => ({ severity, line, text }));
  });
}

/** The Problems panel. */
import type { Locator } from 'playwright-core';
import { runCommand } from './palette.ts';
import { until } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** An entry of the Problems panel. Lines and columns count from 1. */
export interface Problem {
  file: string;
  severity: 'error' | 'warning' | 'info';
  message: string;
  source: string;
  code: string;
  line: number;
  column: number;
  /** Other places the problem names. */
  related: { file: string; message: string; line: number; column: number }[];
}

/** A row of the panel's tree, from a file (level 1) through a problem (2) to a related place (3). */
interface Row {
  index: number;
  last: boolean;
  level: number;
  file: string;
  severity: Problem['severity'];
  message: string;
  source: string;
  code: string;
  line: number;
  column: number;
}

/** Opens the Problems panel if it is not open, and returns its element. */
export async function openProblems(workbench: Workbench): Promise<Locator> {
  const panel = workbench.page.locator('.markers-panel');
  if (!(await panel.isVisible())) {
    await runCommand(workbench, 'Problems: Focus on Problems View');
    await panel.waitFor({ state: 'visible' });
  }
  return panel;
}

/** What the Problems panel lists now, for all files; scrolls through it if it is long. */
export async function problems(workbench: Workbench): Promise<Problem[]> {
  const panel = await openProblems(workbench);
  return until('a Problems panel that stands still', async () => {
    const list = panel.locator('.tree-container .monaco-list');
    if (!(await list.isVisible())) return [];
    const rows = new Map<number, Row>();
    await list.hover({ position: { x: 40, y: 10 } });
    await workbench.page.mouse.wheel(0, -1_000_000);
    for (let turn = 0; turn < 200; turn += 1) {
      const drawn = await drawnRows(list);
      for (const row of drawn) rows.set(row.index, row);
      if (drawn.length === 0) return [];
      const last = [...rows.values()].find((row) => row.last);
      if (last !== undefined && rows.size === last.index + 1) return problemsOf([...rows.values()]);
      await workbench.page.mouse.wheel(0, 100);
    }
    return undefined;
  });
}

async function drawnRows(list: Locator): Promise<Row[]> {
  return list.evaluate((element) =>
    [...element.querySelectorAll<HTMLElement>('.monaco-list-row')].map((row) => {
      const text = (selector: string): string =>
        [...row.querySelectorAll(selector)].map((part) => part.textContent ?? '').join('\n').replaceAll('\u00a0', ' ').trim();
      const [, line, column] = /Ln (\d+), Col (\d+)/.exec(text('.marker-line')) ?? [];
      const icon = row.querySelector('.marker-icon')?.className ?? '';
      const level = Number(row.getAttribute('aria-level'));
      return {
        index: Number(row.dataset['index']),
        last: row.dataset['lastElement'] === 'true',
        level,
        file: text(level === 1 ? '.label-name' : '.related-info-resource'),
        severity: icon.includes('error') ? ('error' as const) : icon.includes('warning') ? ('warning' as const) : ('info' as const),
        message: text(level === 3 ? '.marker-description' : '.marker-message'),
        source: text('.marker-source'),
        code: text('.marker-code'),
        line: Number(line),
        column: Number(column),
      };
    }),
  );
}

/** Puts the rows of the tree together. */
function problemsOf(rows: readonly Row[]): Problem[] {
  const found: Problem[] = [];
  let file = '';
  for (const { level, severity, message, source, code, line, column, ...row } of [...rows].sort((a, b) => a.index - b.index)) {
    if (level === 1) file = row.file;
    else if (level === 2) found.push({ file, severity, message, source, code, line, column, related: [] });
    else found.at(-1)?.related.push({ file: row.file, message, line, column });
  }
  return found;
}

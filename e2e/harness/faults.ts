/** Accessibility faults, as axe-core finds them. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';

/** A rule that is broken, and the first elements that break it. */
export interface Fault {
  id: string;
  nodes: string[];
}

interface Axe {
  run(context: unknown, options: unknown): Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }>;
}

/** Serious and critical faults of a page as it is now. Frames in it are not looked at: each is a page of its own. */
export async function faults(frame: Frame): Promise<Fault[]> {
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return frame.evaluate(async () => {
    const { axe } = window as unknown as { axe: Axe };
    // The lines of text are drawn by the editor, which reads them out in its own way.
    const { violations } = await axe.run({ exclude: [['iframe'], ['.view-lines']] }, { resultTypes: ['violations'], iframes: false });
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary.split('\n').slice(1).join(' ').trim().slice(0, 200)}`) }));
  });
}

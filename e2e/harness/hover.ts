/** What is shown when the mouse rests on something. */
import { pointOf, type Place } from './editor.ts';
import { until } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** A hover as it is shown. */
export interface Hover {
  /** All its text, as a reader sees it. */
  text: string;
  /** Its pictures; width and height are 0 for one that did not load. */
  images: { src: string; alt: string; width: number; height: number }[];
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The hover that is open in an editor, or undefined. */
export async function shownHover({ page }: Workbench): Promise<Hover | undefined> {
  const content = page.locator('.monaco-resizable-hover .monaco-hover:not(.hidden) .monaco-hover-content').filter({ visible: true }).first();
  if (!(await content.isVisible())) return undefined;
  return content.evaluate((element: HTMLElement) => ({
    text: element.innerText.replaceAll('\u00a0', ' ').trim(),
    images: [...element.querySelectorAll('img')].map((image) => ({
      src: image.src,
      alt: image.alt,
      width: image.naturalWidth,
      height: image.naturalHeight,
    })),
  }));
}

/**
 * Rests the mouse on a piece of text and returns the hover that comes up.
 * @param accept a pattern its text must match; a hover grows while its parts come in
 */
export async function hover(workbench: Workbench, place: Place, accept = /\S/, file?: string): Promise<Hover> {
  const { page } = workbench;
  let last: Hover | undefined;
  const complete = async (): Promise<Hover | undefined> => {
    last = await shownHover(workbench);
    if (last === undefined || last.text === '' || last.text.includes('Loading...') || !accept.test(last.text)) return undefined;
    return last.images.every((image) => image.width > 0) ? last : undefined;
  };
  return until(
    `a hover on ${JSON.stringify(place)} that matches ${accept}`,
    async () => {
      // VS Code asks once per movement, so a hover that came too early needs another one.
      const point = await pointOf(workbench, place, file);
      await hideHover(workbench);
      await page.mouse.move(point.x - 1, point.y);
      await page.mouse.move(point.x, point.y);
      for (let attempt = 0; attempt < 40; attempt += 1) {
        const found = await complete();
        if (found !== undefined) return found;
        await pause(50);
      }
      return undefined;
    },
    { seen: () => last },
  );
}

/** Moves the mouse away and waits until no hover is open. */
export async function hideHover(workbench: Workbench): Promise<void> {
  await workbench.page.mouse.move(2, 2);
  await until('the hover to close', async () => (await shownHover(workbench)) === undefined);
}

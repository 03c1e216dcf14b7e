/**
 * Pictures compared with goldens in git. Text looks different where fonts, Chromium or its way of smoothing differ, so each golden is noted
 * with what a specimen of text and controls looked like where it was taken; elsewhere the comparison is skipped and says so. Nothing else is
 * left to chance: same text, same controls, then the same pixels, but for a tolerance that a moved line or another colour exceeds.
 * `npm run e2e -- --update-pictures` takes new goldens.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Locator, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import type { TestContext } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { pictureFolder } from './pictures.ts';

const goldenFolder = join(root, 'e2e/goldens');
const notesFile = join(goldenFolder, 'taken-on.json');

/** The share of pixels that may differ; more than that is another picture. */
export const TOLERANCE = 0.0005;
/** How far apart colours count as different, from 0 to 1, as pixelmatch measures it. */
const THRESHOLD = 0.1;

/** A picture for each golden: what a specimen looked like where it was taken. */
type Notes = Record<string, string>;
const notes = (): Notes => (existsSync(notesFile) ? (JSON.parse(readFileSync(notesFile, 'utf8')) as Notes) : {});

export interface Comparison {
  /** The share of pixels that differ visibly, 1 when the sizes do. Smoothed edges do not count. */
  readonly share: number;
  /** Where they differ, in red over the faint golden; absent when the sizes differ. */
  readonly picture?: Buffer;
}

/** Compares two PNG files. */
export function compare(golden: Buffer, now: Buffer): Comparison {
  const [one, other] = [PNG.sync.read(golden), PNG.sync.read(now)];
  const { width, height } = one;
  if (width !== other.width || height !== other.height) return { share: 1 };
  const difference = new PNG({ width, height });
  const count = pixelmatch(one.data, other.data, difference.data, width, height, { threshold: THRESHOLD });
  return { share: count / (width * height), picture: PNG.sync.write(difference) };
}

/** Text in the fonts of VS Code, and controls: drawn alike, everything else is. */
const specimen = `<body style="margin:8px;background:#fff;color:#222;font:13px system-ui,'Ubuntu','Droid Sans',sans-serif">
<p>Hamburgefonstiv 0123456789 x′ = −k·x + ∑ wⱼ·xⱼ² ⟲ ▾ μ η ‖x‖ ─ “…” 10⁻⁹</p><p style="font:600 11px system-ui,sans-serif">BOLD AND SMALL</p>
<p style="font:14px 'Droid Sans Mono',monospace">2 A + B -&gt; C @ k₁</p><p style="font:13px sans-serif">Playground</p><input type=range><input value=12.5><select><option>automatic</select></body>`;
let specimens: Promise<string> | undefined;

/** What text and controls look like here, as a short code. */
function looks(page: Page): Promise<string> {
  return (specimens ??= (async () => {
    const context = await page.context().browser()?.newContext({ viewport: { width: 600, height: 240 } });
    if (context === undefined) throw new Error('The browser has been closed.');
    try {
      const blank = await context.newPage();
      await blank.setContent(specimen);
      const { data } = PNG.sync.read(await blank.screenshot({ caret: 'hide' }));
      return createHash('sha256').update(data).digest('hex').slice(0, 12);
    } finally {
      await context.close();
    }
  })());
}

/** A picture of an element that stands still: two in a row are the same. */
async function settled({ element, without = [] }: Golden): Promise<Buffer> {
  let before: Buffer | undefined;
  for (let turn = 0; turn < 40; turn++) {
    const now = await element.screenshot({ animations: 'disabled', caret: 'hide', mask: [...without], maskColor: '#808080' });
    if (before?.equals(now) === true) return now;
    before = now;
    await element.page().waitForTimeout(100);
  }
  throw new Error('What is to be compared with a golden does not stand still.');
}

export interface Golden {
  /** Names the golden: lower-case words with hyphens between them. */
  readonly name: string;
  readonly element: Locator;
  /** What differs from run to run, as how long one took; it is covered. */
  readonly without?: readonly Locator[];
}

/**
 * Compares an element, once it stands still, with its golden, or takes the golden anew when that was asked for.
 * @returns a sentence for what differs, or undefined
 * @throws Skip of the test, with the reason, where pictures cannot be compared
 */
export async function differsFromGolden(context: TestContext, wanted: Golden): Promise<string | undefined> {
  const { name, element } = wanted, now = await settled(wanted);
  await mkdir(pictureFolder, { recursive: true });
  const shown = join(pictureFolder, `${name}.png`), golden = join(goldenFolder, `${name}.png`), difference = join(pictureFolder, `${name}-difference.png`);
  await writeFile(shown, now);
  const here = await looks(element.page()), taken = notes();
  if (process.env['ONEPOT_UPDATE_PICTURES'] !== undefined) {
    // One that is as good as new stays: less for git to keep.
    if (taken[name] === here && existsSync(golden) && compare(await readFile(golden), now).share <= TOLERANCE) return undefined;
    await mkdir(goldenFolder, { recursive: true });
    await writeFile(golden, now);
    writeFileSync(notesFile, `${JSON.stringify(Object.fromEntries(Object.entries({ ...taken, [name]: here }).sort(([a], [b]) => (a < b ? -1 : 1))), null, 1)}\n`);
    return undefined;
  }
  if (!existsSync(golden)) return `${name} has no golden; npm run e2e -- --update-pictures takes it from ${shown}.`;
  if (taken[name] !== here) {
    context.skip(`Text and controls look different here (${here}) from where the golden ${name} was taken (${taken[name] ?? 'unknown'}): pictures are not compared. They are in e2e/out.`);
  }
  const { share, picture } = compare(await readFile(golden), now);
  if (share <= TOLERANCE) return undefined;
  if (picture !== undefined) await writeFile(difference, picture);
  const how = picture === undefined ? 'has another size than its golden' : `differs from its golden in ${(100 * share).toPrecision(2)} % of its pixels (see ${difference}), ${100 * TOLERANCE} % are allowed`;
  return `${name} ${how}. Now: ${shown}. If this is how it should look: npm run e2e -- --update-pictures.`;
}

/** A view as a file: its numbers or its picture, with what made it. */
import { t } from '../l10n/index.ts';
import type { SaveFormat } from './protocol.ts';
import { pictureOf } from './view/picture.ts';
import { pngOfSvg } from './view/svg-picture.ts';
import { vectorPicture } from './view/vector-picture.ts';
import type { SavedView } from './view/tabs/tab.ts';

/** What made a view, for who finds the file later. */
export interface Made {
  /** Name of the text. */
  readonly model: string;
  /** Of Onepot. */
  readonly version: string;
}

/** One line of what made a view: `xor.crn, seed 1, Onepot 0.1.0`. */
export function madeBy({ model, version }: Made, note: string | undefined): string {
  return [model, note, `Onepot ${version}`.trim()].filter((part) => part !== undefined && part !== '').join(', ').replaceAll(/\s+/g, ' ');
}

/** The origin as the description of an SVG drawing, after its first tag. */
export function svgWithOrigin(svg: string, origin: string): string {
  const escaped = origin.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return svg.replace(/^(<svg[^>]*>)/, (tag) => `${tag}<desc>${escaped}</desc>`);
}

/** @throws Error for a format in which the view cannot be saved */
export async function savedBytes(view: SavedView, format: SaveFormat, made: Made): Promise<Uint8Array> {
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const origin = madeBy(made, view.note);
  if (format === 'csv' && view.csv !== undefined) return text(`# ${origin}\r\n${view.csv()}`);
  if (format === 'json' && view.json !== undefined) return text(`${JSON.stringify({ madeBy: origin, ...made, view: view.id, data: view.json() }, undefined, 1)}\n`);
  if (format === 'png' && view.picture !== undefined) return pictureOf(view.picture());
  if (format === 'png' && view.svg !== undefined) return pngOfSvg(view.svg());
  if (format === 'svg' && view.svg !== undefined) return text(svgWithOrigin(view.svg(), origin));
  if (format === 'svg' && view.picture !== undefined) return text(svgWithOrigin(vectorPicture(view.picture()), origin));
  throw new Error(t('{0} cannot be saved as {1}.', view.label, format.toUpperCase()));
}

/**
 * LaTeX as an SVG picture for hovers, through MathJax without a browser. MathJax loads rarer parts of its font when it
 * meets their characters; a bundle in one file has nowhere to load them from, so the font is used without those parts. A character outside the basic font (which has Latin, Greek and the usual signs) is
 * then drawn as text in the viewer's own serif font.
 */
import { mathjax } from '@mathjax/src/js/mathjax.js';
import { TeX } from '@mathjax/src/js/input/tex.js';
import { SVG } from '@mathjax/src/js/output/svg.js';
import { liteAdaptor } from '@mathjax/src/js/adaptors/liteAdaptor.js';
import { RegisterHTMLHandler } from '@mathjax/src/js/handlers/html.js';
import '@mathjax/src/js/input/tex/base/BaseConfiguration.js';
import '@mathjax/src/js/input/tex/ams/AmsConfiguration.js';
import { MathJaxNewcmFont } from '@mathjax/mathjax-newcm-font/js/svg.js';

export interface Picture {
  /** A whole SVG document. */
  readonly svg: string;
  /** Size in pixels. */
  readonly width: number;
  readonly height: number;
}

export interface TypesetOptions {
  /** CSS colour of the strokes: `#rgb`, `#rrggbb`, `#rrggbbaa` or `rgb(…)`; anything else becomes a middle grey. */
  readonly foreground?: string | undefined;
  /** Pixels at which long lines are broken. */
  readonly width?: number;
  /** Font size in pixels. */
  readonly size?: number;
}

/** Height of an x in the font, in em. */
const X_HEIGHT = 0.442;
/** Legible on a light and on a dark ground, for clients that name no colour. */
const GREY = '#808080';
const COLOUR = /^(#[0-9a-f]{3,4}|#[0-9a-f]{6}|#[0-9a-f]{8}|rgba?\([\d.,%\s/]{1,40}\))$/i;
/** Beyond this a picture is not worth its time. */
const LONGEST = 20_000;

type Adaptor = ReturnType<typeof liteAdaptor>;
interface Typesetter {
  readonly adaptor: Adaptor;
  convert(latex: string, em: number, width: number): string;
}

/** The font without the parts that would have to be loaded. */
class BasicFont extends MathJaxNewcmFont {
  static override dynamicFiles = {};
}

let made: Typesetter | undefined;

/** MathJax is started at the first equation: 10 to 20 ms that a session without hovers never spends. */
function typesetter(): Typesetter {
  if (made !== undefined) return made;
  const adaptor = liteAdaptor();
  RegisterHTMLHandler(adaptor);
  const input = new TeX({
    packages: ['base', 'ams'],
    formatError: (_jax: unknown, error: Error) => {
      throw error;
    },
  });
  const output = new SVG({ fontData: BasicFont, fontCache: 'local', displayOverflow: 'linebreak', displayAlign: 'left', displayIndent: '0', linebreaks: { lineleading: 0.35 } });
  const page = mathjax.document('', { InputJax: input, OutputJax: output });
  made = {
    adaptor,
    convert(latex, em, width): string {
      // A line may end between terms, not between the factors of one: \kern is no place to break, a space is.
      const container: unknown = page.convert(latex.replaceAll('\\,', '\\mkern3mu '), { display: true, em, ex: em * X_HEIGHT, containerWidth: width });
      const picture = adaptor.firstChild(container as Parameters<Adaptor['firstChild']>[0]);
      return adaptor.outerHTML(picture as Parameters<Adaptor['outerHTML']>[0]);
    },
  };
  return made;
}

const kept = new Map<string, Picture>();
const KEEP = 50;

/** The picture of an equation; undefined when it is too long or cannot be typeset. Never throws. */
export function typeset(latex: string, options: TypesetOptions = {}): Picture | undefined {
  const { width = 480, size = 15 } = options;
  const colour = options.foreground !== undefined && COLOUR.test(options.foreground) ? options.foreground : GREY;
  if (latex.length > LONGEST) return undefined;
  const key = `${colour} ${width} ${size} ${latex}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  let raw: string;
  try {
    raw = typesetter().convert(latex, size, width);
  } catch {
    return undefined;
  }
  const box = /viewBox="\s*[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(raw);
  if (box === null) return undefined;
  // A thousand units of the view box are one em. Sizes in ex would follow the viewer's font instead of ours.
  const pixels = (units: string | undefined): number => Math.ceil((Number(units) / 1000) * size);
  const picture: Picture = { svg: '', width: pixels(box[1]), height: pixels(box[2]) };
  const svg = raw
    .replace(/^<svg[^>]*?(?= xmlns=)/, '<svg')
    .replace(/ width="[\d.]+ex" height="[\d.]+ex"/, ` width="${picture.width}" height="${picture.height}"`)
    .replaceAll('currentColor', colour);
  const finished = { ...picture, svg };
  kept.set(key, finished);
  if (kept.size > KEEP) kept.delete(kept.keys().next().value!);
  return finished;
}

/** A picture as a Markdown image; `alt` is what a screen reader says. */
export function pictureMarkdown(picture: Picture, alt: string): string {
  return `![${alt.replaceAll(/[[\]\\\r\n]/g, ' ')}](data:image/svg+xml;base64,${base64(picture.svg)})`;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** UTF-8 in base64. The service is compiled without host types, so neither Buffer nor btoa are at hand. */
export function base64(text: string): string {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  const out: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const three = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out.push(DIGITS[three >> 18]!, DIGITS[(three >> 12) & 63]!);
    out.push(i + 1 < bytes.length ? DIGITS[(three >> 6) & 63]! : '=', i + 2 < bytes.length ? DIGITS[three & 63]! : '=');
  }
  return out.join('');
}

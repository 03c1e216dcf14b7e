/** The work–precision curves as an SVG: one panel a model, time against error, both on logarithmic axes. */
import type { WorkPoint } from './measure.ts';
import type { WorkPrecision } from './work-precision.ts';

const PANEL = { width: 330, height: 250, left: 62, right: 14, top: 34, bottom: 46 } as const;
const COLOURS: Readonly<Record<string, string>> = { onepot: '#0b6bcb', 'gmres-ilu0': '#c2410c', gmres: '#a16207', 'klu-amd': '#6b7280', dense: '#9333ea' };
const NAMES: Readonly<Record<string, string>> = { onepot: 'Onepot', 'gmres-ilu0': 'CVODE, GMRES and ILU(0)', gmres: 'CVODE, GMRES', 'klu-amd': 'CVODE, KLU', dense: 'CVODE, dense LU' };

export function plot(results: readonly WorkPrecision[]): string {
  const columns = 2, rows = Math.ceil(results.length / columns), legend = 30;
  const width = columns * PANEL.width, height = rows * PANEL.height + legend;
  const used = ['onepot', ...new Set(results.flatMap(({ cvode }) => Object.keys(cvode)))];
  // Names are of different lengths: about 5.6 units a letter.
  const lengths = used.map((name) => 40 + 5.6 * (NAMES[name] ?? name).length), before = lengths.map((_, k) => lengths.slice(0, k).reduce((sum, x) => sum + x, 14));
  const entries = used.map((name, k) => {
    const x = before[k]!;
    return `<line x1="${f(x)}" y1="16" x2="${f(x + 16)}" y2="16" stroke="${COLOURS[name] ?? '#333'}" stroke-width="2"/><text x="${f(x + 21)}" y="20">${NAMES[name] ?? name}</text>`;
  });
  const panels = results.map((result, k) => `<g transform="translate(${(k % columns) * PANEL.width} ${legend + Math.floor(k / columns) * PANEL.height})">${panel(result)}</g>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="10.5" fill="#333">
<title>Time against achieved error: Onepot and CVODE</title>
<rect width="${width}" height="${height}" fill="#fff"/>
${entries.join('\n')}
${panels.join('\n')}
</svg>
`;
}

function panel({ model, end, reactions, ours, cvode }: WorkPrecision): string {
  const curves: [string, readonly WorkPoint[]][] = [['onepot', ours], ...Object.entries(cvode)];
  const points = curves.flatMap(([, list]) => list).filter(({ error }) => Number.isFinite(error));
  const x = scale(points.map(({ error }) => error), PANEL.left, PANEL.width - PANEL.right);
  const y = scale(points.map(({ seconds }) => seconds), PANEL.height - PANEL.bottom, PANEL.top);
  const bottom = PANEL.height - PANEL.bottom, parts = [`<text x="${PANEL.left}" y="18" font-weight="600" font-size="12">${model}</text><text x="${PANEL.width - PANEL.right}" y="18" text-anchor="end">${reactions.toLocaleString('en-US')} reactions, t = ${end}</text>`];
  for (const decade of x.decades) parts.push(`<line x1="${f(x.at(decade))}" y1="${PANEL.top}" x2="${f(x.at(decade))}" y2="${bottom}" stroke="#e5e5e5"/><text x="${f(x.at(decade))}" y="${bottom + 14}" text-anchor="middle">${power(decade)}</text>`);
  for (const decade of y.decades) parts.push(`<line x1="${PANEL.left}" y1="${f(y.at(decade))}" x2="${PANEL.width - PANEL.right}" y2="${f(y.at(decade))}" stroke="#e5e5e5"/><text x="${PANEL.left - 6}" y="${f(y.at(decade) + 3.5)}" text-anchor="end">${power(decade)}</text>`);
  for (const [name, list] of curves) {
    const drawn = list.filter(({ error }) => Number.isFinite(error)), colour = COLOURS[name] ?? '#333';
    parts.push(`<polyline fill="none" stroke="${colour}" stroke-width="${name === 'onepot' ? 2.2 : 1.4}" points="${drawn.map((point) => `${f(x.at(point.error))},${f(y.at(point.seconds))}`).join(' ')}"/>`);
    for (const point of drawn) parts.push(`<circle cx="${f(x.at(point.error))}" cy="${f(y.at(point.seconds))}" r="2.6" fill="${colour}"/>`);
  }
  parts.push(`<text x="${(PANEL.left + PANEL.width - PANEL.right) / 2}" y="${PANEL.height - 14}" text-anchor="middle">error in units of the tolerance 10⁻⁶ |y| + 10⁻⁹</text>`);
  parts.push(`<text transform="translate(13 ${(PANEL.top + bottom) / 2}) rotate(-90)" text-anchor="middle">CPU seconds</text>`);
  return parts.join('\n');
}

const f = (value: number): string => value.toFixed(1);
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
function power(value: number): string {
  const exponent = Math.round(Math.log10(value));
  return `10${exponent < 0 ? '⁻' : ''}${[...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;
}

/** A logarithmic axis with a little room at both ends, and its powers of ten. */
function scale(values: readonly number[], from: number, to: number): { at(value: number): number; readonly decades: readonly number[] } {
  const low = Math.log10(Math.min(...values)) - 0.15, high = Math.log10(Math.max(...values)) + 0.15;
  const decades: number[] = [];
  for (let e = Math.ceil(low); e <= high; e++) decades.push(10 ** e);
  return { at: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from), decades };
}

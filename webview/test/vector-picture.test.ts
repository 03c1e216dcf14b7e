import { describe, expect, it } from 'vitest';
import { savedBytes } from '../saved.ts';
import { escapeXml, SvgContext } from '../view/svg-context.ts';

const drawn = (draw: (c: SvgContext) => void): string => {
  const context = new SvgContext('p');
  draw(context);
  return context.content;
};

describe('a drawing as SVG', () => {
  it('has paths, rectangles and circles with their looks', () => {
    expect(drawn((c) => {
      c.strokeStyle = '#123456';
      c.lineWidth = 2;
      c.setLineDash([4, 2]);
      c.beginPath();
      c.moveTo(1, 2);
      c.lineTo(3.456, 4);
      c.stroke();
    })).toBe('<path d="M1 2L3.46 4" fill="none" stroke="#123456" stroke-width="2" stroke-dasharray="4 2"/>');
    expect(drawn((c) => { c.fillStyle = 'rgb(1, 2, 3)'; c.fillRect(5, 5, -2, 3); })).toBe('<rect x="3" y="5" width="2" height="3" fill="rgb(1, 2, 3)"/>');
    expect(drawn((c) => { c.beginPath(); c.arc(10, 10, 5, 0, 2 * Math.PI); c.fill(); })).toBe('<path d="M15 10A5 5 0 1 1 5 10A5 5 0 1 1 15 10Z" fill="#000"/>');
  });

  it('writes text that stays text, whatever it says', () => {
    expect(drawn((c) => { c.font = 'bold 12px Segoe UI'; c.textAlign = 'center'; c.textBaseline = 'middle'; c.fillText('<a> & "b"', 1, 2); }))
      .toBe('<text x="1" y="2" fill="#000" font-size="12" font-family="Segoe UI" font-weight="bold" text-anchor="middle" dominant-baseline="central">&lt;a&gt; &amp; &quot;b&quot;</text>');
    expect(escapeXml('</svg>')).toBe('&lt;/svg&gt;');
  });

  it('moves and turns as a canvas does, and comes back', () => {
    const content = drawn((c) => {
      c.save();
      c.translate(10, 20);
      c.rotate(-Math.PI / 2);
      c.globalAlpha = 0.5;
      c.fillRect(0, 0, 1, 1);
      c.restore();
      c.fillRect(0, 0, 1, 1);
    });
    expect(content.split('\n')).toEqual(['<g opacity="0.5"><rect x="0" y="0" width="1" height="1" fill="#000" transform="matrix(0 -1 1 0 10 20)"/></g>', '<rect x="0" y="0" width="1" height="1" fill="#000"/>']);
  });

  it('clips within what is clipped already', () => {
    const [first, second, rect] = drawn((c) => {
      c.beginPath();
      c.rect(0, 0, 10, 10);
      c.clip();
      c.beginPath();
      c.rect(5, 5, 10, 10);
      c.clip();
      c.fillRect(0, 0, 20, 20);
    }).split('\n');
    expect(first).toBe('<clipPath id="p-1"><path d="M0 0h10v10h-10Z"/></clipPath>');
    expect(second).toContain('id="p-2" clip-path="url(#p-1)"');
    expect(rect).toContain('clip-path="url(#p-2)"');
  });
});

it('a drawing is saved with what made it, and a view without one cannot be', async () => {
  const view = { id: 'network', label: 'Network', suffix: '-network', note: 'k = 2', svg: () => '<svg width="1"></svg>' };
  expect(new TextDecoder().decode(await savedBytes(view, 'svg', { model: 'a.crn', version: '1.2.3' }))).toBe('<svg width="1"><desc>a.crn, k = 2, Onepot 1.2.3</desc></svg>');
  await expect(savedBytes({ id: 'odes', label: 'ODEs', suffix: '' }, 'svg', { model: 'a.crn', version: '1' })).rejects.toThrow('ODEs cannot be saved as SVG.');
});

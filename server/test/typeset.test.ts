import { describe, expect, it } from 'vitest';
import { base64, pictureMarkdown, typeset } from '../service/typeset.ts';

describe('typeset', () => {
  it('draws an equation whose size is given in pixels', () => {
    const picture = typeset('\\dot{X} = h + y \\, X - X^{2}', { foreground: '#123456' })!;
    expect(picture.svg).toMatch(new RegExp(`^<svg [^>]*width="${picture.width}" height="${picture.height}"`));
    expect(picture.svg).toContain('fill="#123456"');
    expect(picture.width).toBeGreaterThan(80);
    expect(picture.width).toBeLessThan(300);
  });
  it('breaks long lines at the given width', () => {
    const long = Array.from({ length: 40 }, (_, n) => `k_{${n}} \\, X_{${n}}`).join(' + ');
    const picture = typeset(long, { width: 400 })!;
    expect(picture.width).toBeLessThanOrEqual(420);
    expect(picture.height).toBeGreaterThan(60);
  });
  it('lets no colour smuggle markup in', () => {
    const picture = typeset('x', { foreground: '"><script>' })!;
    expect(picture.svg).not.toContain('script');
    expect(picture.svg).toContain('#808080');
  });
  it('draws characters outside the font as text', () => {
    expect(typeset('\\mathrm{Жук}')!.svg).toContain('Жук');
  });
  it('gives up on what is not LaTeX', () => {
    expect(typeset('\\frac{')).toBeUndefined();
    expect(typeset('\\nosuchcommand')).toBeUndefined();
    expect(typeset('x'.repeat(100_000))).toBeUndefined();
  });
  it('keeps Markdown whole', () => {
    expect(pictureMarkdown(typeset('x')!, 'a]b[c')).toMatch(/^!\[a b c\]\(data:image\/svg\+xml;base64,[\w+/=]+\)$/);
  });
});

describe('base64', () => {
  it.each(['', 'a', 'ab', 'abc', 'Σ_j M^s·X′', '𝑀 и 漢字'])('encodes %s as Node does', (text) => {
    expect(base64(text)).toBe(Buffer.from(text, 'utf8').toString('base64'));
  });
});

/** The library of constructions: its texts are fresh, sound, and what they say. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { format, parse } from '../../grammar/index.ts';
import { fixedPoint } from '../../simulation/index.ts';
import { analyse, libraryNames, libraryText } from '../index.ts';
import { libraryModule } from '../../scripts/lib/library.ts';

const folder = new URL('../library/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.crn')).sort();

describe('the library', () => {
  it('is in the product as it stands in its files (else: node scripts/library.ts)', () => {
    const texts = new Map(files.map((name) => [name.slice(0, -4), readFileSync(new URL(name, folder), 'utf8')]));
    expect(readFileSync(new URL('texts.generated.ts', folder), 'utf8')).toBe(libraryModule(texts));
    expect(libraryNames).toEqual([...texts.keys()]);
  });
  it.each(files)('%s checks without a finding but three molecules, and is laid out', (name) => {
    const text = libraryText(`onepot:${name.slice(0, -4)}`) ?? '';
    expect(analyse(parse(text)).diagnostics.filter(({ code }) => code !== 'CRN507')).toEqual([]);
    expect(format(text)).toBe(text);
  });
  it('can be imported, and says what there is when it cannot', () => {
    const fine = analyse(parse('import "onepot:arithmetic"\ndual A = 2, B = -3, C\nuse multiply(A, B, C)'));
    expect(fine.diagnostics).toEqual([]);
    expect(analyse(parse('import "onepot:arithmetik"')).diagnostics.map(({ code, message }) => [code, message.includes('onepot:forward')])).toEqual([['CRN207', true]]);
  });
});

describe('arithmetic', () => {
  const at = (text: string): ReadonlyMap<string, number> => {
    const analysis = analyse(parse(`import "onepot:arithmetic"\n${text}`));
    expect(analysis.hasErrors).toBe(false);
    return fixedPoint(analysis.network).fixedPoint;
  };
  const signed = (found: ReadonlyMap<string, number>, name: string): number => (found.get(`${name}^+`) ?? NaN) - (found.get(`${name}^-`) ?? NaN);
  it.each([['add', -1.5], ['subtract', 5.5], ['multiply', -7]])('%s of signed quantities', (module, value) => {
    expect(signed(at(`dual A = 2, B = -3.5, C\nuse ${module}(A, B, C)`), 'C')).toBeCloseTo(value, 8);
  });
  it('of concentrations', () => {
    const found = at('fixed A = 3, B = 5\nspecies P, Q, R, C, D, C2, D2, more = 1, less\nuse product(A, B, P)\nuse quotient(A, B, Q)\nuse square_root(A, R)\nuse excess(B, A, C, D)\nuse compare(A, B, C2, D2, more, less)');
    expect(found.get('P')).toBeCloseTo(15, 8);
    expect(found.get('Q')).toBeCloseTo(0.6, 8);
    expect(found.get('R')).toBeCloseTo(Math.sqrt(3), 8);
    expect(found.get('C')).toBeCloseTo(2, 2);
    expect(found.get('D')).toBeLessThan(0.01);
    expect(found.get('more')).toBeLessThan(0.01);
  });
});

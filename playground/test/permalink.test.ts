import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileName, linkOf, LONGEST_TEXT, readLink, sampleLink } from '../permalink.ts';

const packed = (value: unknown): string => `#text=${deflateRawSync(JSON.stringify(value)).toString('base64url')}`;

describe('a link that carries a text', () => {
  it('gives the text back, whatever it is', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), async (text, name) => {
      const link = await linkOf({ name: fileName(name), text });
      expect(await readLink(link)).toEqual({ kind: 'text', text: { name: fileName(name), text } });
    }), { numRuns: 100 });
  });
  it('is deflated JSON in base64 that every other program can read', async () => {
    const link = await linkOf({ name: 'a.crn', text: 'species X₁ = 1\nX₁ -> 0 @ μ' });
    expect(link).toMatch(/^#text=[\w-]+$/);
    expect(JSON.parse(inflateRawSync(Buffer.from(link.slice(6), 'base64url')).toString())).toEqual({ name: 'a.crn', text: 'species X₁ = 1\nX₁ -> 0 @ μ' });
  });
  it('is shorter than a text that repeats itself', async () => {
    const text = 'A + B -> C @ 1\n'.repeat(500);
    expect((await linkOf({ name: 'x.crn', text })).length).toBeLessThan(text.length / 10);
  });
  it('is said to be damaged when it is', async () => {
    const link = await linkOf({ name: 'a.crn', text: 'A -> B @ 1\n'.repeat(20) });
    for (const broken of [link.slice(0, -5), '#text=', '#text=%%%', '#text=AAAA', packed({ name: 'a' }), packed([1]), packed(null), `#text=${deflateRawSync(Buffer.from([0xff, 0xfe])).toString('base64url')}`]) {
      expect(await readLink(broken)).toMatchObject({ kind: 'broken' });
    }
  });
  it('is not unpacked when it would fill the memory', async () => {
    const link = packed({ name: 'a.crn', text: 'x'.repeat(LONGEST_TEXT + 1) });
    expect(link.length).toBeLessThan(10_000);
    expect(await readLink(link)).toMatchObject({ kind: 'broken', reason: expect.stringContaining('longer than 4 MB') as string });
  });
  it('gives a name no folders', async () => {
    expect(await readLink(packed({ name: '../../etc/passwd', text: '' }))).toMatchObject({ text: { name: 'etcpasswd.crn' } });
    expect(await readLink(packed({ name: 7, text: '' }))).toMatchObject({ text: { name: 'shared.crn' } });
    expect(fileName('  .. ')).toBe('untitled.crn');
    expect(fileName('model.txt')).toBe('model.txt');
  });
});

describe('other links', () => {
  it('names a sample', async () => {
    expect(await readLink(sampleLink('x or.crn'))).toEqual({ kind: 'sample', name: 'x or.crn' });
    expect(await readLink('#sample=%E0%A4%A')).toMatchObject({ kind: 'broken' });
  });
  it('asks for nothing', async () => {
    for (const hash of ['', '#', '#heading', '#TEXT=abc']) expect(await readLink(hash)).toEqual({ kind: 'none' });
  });
});

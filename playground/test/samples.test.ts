import { describe, expect, it } from 'vitest';
import { readSamples } from '../../scripts/lib/playground-samples.ts';
import { sampleIndex } from '../samples.ts';

const list = '# Samples\n\n| file | what it shows |\n|---|---|\n| [b.crn](b.crn) | *the* second, with `x` |\n| [a.crn](a.crn) | the first |\n';

describe('the index of samples', () => {
  it('keeps the order of the list and its words, without their marks', () => {
    const files = { 'a.crn': 'A -> 0 @ 1', 'b.crn': '', 'data/a.csv': 'x\n1\n' };
    expect(sampleIndex(list, files)).toEqual({ samples: [{ name: 'b.crn', about: 'the second, with x' }, { name: 'a.crn', about: 'the first' }], files });
  });
  it('adds what the list leaves out, in the words of its own first remark', () => {
    const { samples } = sampleIndex(list, { 'a.crn': '', 'b.crn': '', 'c.crn': '\n// One more. \n// And on.\nA -> 0 @ 1', 'd.crn': 'A -> 0 @ 1' });
    expect(samples.slice(2)).toEqual([{ name: 'c.crn', about: 'One more. ' }, { name: 'd.crn', about: '' }]);
  });
  it('refuses a list that names what is not there', () => {
    expect(() => sampleIndex(list, { 'a.crn': '' })).toThrow('names b.crn');
    expect(() => sampleIndex('| [a.crn](b.crn) | x |', { 'b.crn': '' })).toThrow('another name');
  });
});

describe('our samples', () => {
  const index = readSamples();
  it('are all in the menu, each with a line of its own', () => {
    expect(index.samples.length).toBeGreaterThan(25);
    expect(new Set(index.samples.map(({ about }) => about)).size).toBe(index.samples.length);
  });
  it('bring along what they read: imports and data', () => {
    for (const { name } of index.samples) {
      const read = [...index.files[name]!.replaceAll(/\/\/.*$/gm, '').matchAll(/(?:import|csv\()\s*"([^"]+)"/g)].map(([, path]) => path!);
      for (const path of read) if (!path.startsWith('onepot:')) expect(index.files, name).toHaveProperty([path]);
    }
    expect(index.files).toHaveProperty(['motifs.crn']);
    expect(index.files).toHaveProperty(['data/iris.csv']);
  });
});

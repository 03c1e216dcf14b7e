import { describe, expect, it } from 'vitest';
import { componentName } from '../../chemistry/index.ts';
import type { Network, SpeciesBlock } from '../../chemistry/index.ts';
import { elementName, entriesOf, indexText, isBundle, MOST_MEMBERS, valueIn, valuesOf } from '../series.ts';
import { block, model, trajectory } from './material.ts';

describe('names of elements', () => {
  it('write indices from 1, row by row', () => {
    expect([0, 2, 3, 5].map((k) => indexText([2, 3], k))).toEqual(['[1,1]', '[1,3]', '[2,1]', '[2,3]']);
    expect(indexText([], 0)).toBe('');
  });

  it('are those chemistry gives the components', () => {
    const blocks = [block('A', 0), block('X', 1, { shape: [3] }), block('W', 4, { kind: 'dual' }), block('M', 6, { kind: 'dual', shape: [2, 2] })];
    const network = {
      blocks: blocks.map((b, id) => ({ ...b, id, axes: b.kind === 'dual' ? [2, ...b.shape] : b.shape }) as unknown as SpeciesBlock), dimension: 14,
    } as unknown as Network;
    for (const b of blocks) for (let k = 0; k < b.size; k++) expect(elementName(b, k)).toBe(componentName(network, b.offset + k));
  });
});

describe('entries', () => {
  it('show a signed quantity as its difference and offer the rails', () => {
    const [entry] = entriesOf(model([block('W', 0, { kind: 'dual' })]));
    expect(entry!.members.map((member) => member.key)).toEqual(['W', 'W^+', 'W^-']);
    expect(entry!.primary.map((member) => member.key)).toEqual(['W']);
    const path = trajectory([0, 1], [[3, 5], [1, 7]]);
    expect([...valuesOf(path, entry!.primary[0]!)]).toEqual([2, -2]);
    expect(valueIn(Float64Array.of(3, 1), entry!.primary[0]!)).toBe(2);
  });

  it('bundle arrays and list only so many of them', () => {
    const [entry] = entriesOf(model([block('X', 0, { shape: [1000] })]));
    expect(isBundle(entry!)).toBe(true);
    expect(entry!.members).toHaveLength(MOST_MEMBERS);
    expect(entry!.unlisted).toBe(1000 - MOST_MEMBERS);
  });

  it('put held species last', () => {
    const entries = entriesOf(model([block('E', 0, { kind: 'fixed' }), block('A', 1)]));
    expect(entries.map((entry) => entry.key)).toEqual(['A', 'E']);
  });
});

import { describe, expect, it } from 'vitest';
import { forgetOthers, stateKey } from '../lab-state.ts';

describe('states of labs', () => {
  it('go with their texts, and nothing else does', () => {
    const kept = new Map([[stateKey('playground:/a.crn'), '1'], [stateKey('playground:/b.crn'), '2'], ['onepot.playground', '3'], ['other', '4']]);
    const storage = { get length() { return kept.size; }, key: (at: number) => [...kept.keys()][at] ?? null, removeItem: (key: string) => void kept.delete(key) };
    forgetOthers(storage, new Set(['playground:/b.crn']));
    expect([...kept.values()]).toEqual(['2', '3', '4']);
  });
});

import { describe, expect, it } from 'vitest';
import { load, nothingKept, save, type Kept, type Storage } from '../state.ts';

function storage(initial?: string): Storage & { value: string | null } {
  return { value: initial ?? null, getItem() { return this.value; }, setItem(_key, value) { this.value = value; } };
}

describe('what the page remembers', () => {
  it('comes back as it was', () => {
    const kept: Kept = { texts: [{ name: 'a.crn', text: 'A -> 0 @ μ', changed: true }, { name: 'b.crn', text: '', changed: false }], active: 1, split: 0.6, view: 'lab', theme: 'hc-dark' };
    const store = storage();
    expect(save(store, kept)).toBe(true);
    expect(load(store)).toEqual(kept);
  });
  it('is nothing where there is nothing, or nonsense', () => {
    for (const text of [undefined, '', '{', 'null', '[]', '7', '{"texts":3}']) expect(load(storage(text))).toEqual(nothingKept);
  });
  it('leaves out what does not look right and keeps the rest', () => {
    const text = JSON.stringify({ texts: [{ name: 'a.crn', text: 'x', changed: true }, { name: 'b.crn' }, null, { name: '', text: '', changed: true }], active: 3, split: 77, view: 'sideways', theme: 'pink' });
    expect(load(storage(text))).toEqual({ texts: [{ name: 'a.crn', text: 'x', changed: true }], active: 0, split: 0.85, view: 'both', theme: 'system' });
  });
  it('says when the browser keeps nothing', () => {
    const full: Storage = { getItem: () => { throw new Error('denied'); }, setItem: () => { throw new Error('full'); } };
    expect(load(full)).toEqual(nothingKept);
    expect(save(full, nothingKept)).toBe(false);
  });
});

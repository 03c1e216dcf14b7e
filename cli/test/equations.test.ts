import { describe, expect, it } from 'vitest';
import { onepot, temporaryFolder } from './onepot.ts';

const folder = temporaryFolder();
const model = folder.file('model.crn', `
param k = 2
species A = 1, B
fixed E = 1
dual W
species X[2] = [1, 2]
A + E -> B + E @ k
2 B -> A       @ 0.5
for s in signs { A -> A + W^s @ 1 }
for i in 1..2 { X[i] -> A @ k }
`);

describe('onepot odes', () => {
  it('one line a block, sums kept', async () => {
    const { code, out, error } = await onepot('odes', model);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out.split('\n')).toContain('B′ = k·A·E − B²');
    expect(out.split('\n')).toContain('X[i]′ = −k·X[i]');
    expect(out).toMatch(/^A′ = .*Σ_i X\[i\].*$/m);
    expect(out).toMatch(/^E′ = 0 .*held/m);
  });

  it('--json has every species by its name', async () => {
    const { code, out } = await onepot('odes', model, '--json');
    expect(code).toBe(0);
    const equations = JSON.parse(out) as Record<string, string>;
    expect(Object.keys(equations)).toEqual(['A', 'B', 'E', 'W^+', 'W^-', 'X[1]', 'X[2]']);
    expect(equations['B']).toBe('k*A*E - B^2');
    expect(equations['W^-']).toBe('A');
    expect(equations['X[2]']).toBe('-k*X[2]');
    expect(equations['E']).toBe('0');
  });

  it('--json of a network too large for that has every block', async () => {
    const large = folder.file('large.crn', 'species X[300, 400] = 1\nfor i in 1..300, j in 1..400 { X[i,j] -> 0 @ 1 }\n');
    const { code, out } = await onepot('odes', large, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ 'X[i,j]': '−X[i,j]' });
  });

  it('--latex', async () => {
    const { out } = await onepot('odes', model, '--latex');
    expect(out).toContain('\\dot{B} = k \\, A \\, E - B^{2}');
  });

  it('of a file with errors says the errors', async () => {
    const { code, out, error } = await onepot('odes', folder.file('wrong.crn', 'A -> B @ 1\n'));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toContain('CRN201');
  });

  it('--json and --latex exclude each other', async () => {
    expect((await onepot('odes', model, '--json', '--latex')).code).toBe(2);
  });
});

describe('onepot reactions', () => {
  it('writes families out', async () => {
    const { code, out } = await onepot('reactions', model);
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toEqual([
      'A + E -> B + E @ k', '2 B -> A @ 0.5', 'A -> A + W^+ @ 1', 'A -> A + W^- @ 1', 'X[1] -> A @ k', 'X[2] -> A @ k',
    ]);
  });

  it('refuses what no one could read', async () => {
    const { code, error } = await onepot('reactions', folder.file('many.crn', 'species X[3000], Y[3000]\nfor i in 1..3000, j in 1..3000 { X[i] -> Y[j] @ 1 }\n'));
    expect(code).toBe(1);
    expect(error).toMatch(/9,000,000 reactions/);
  });
});

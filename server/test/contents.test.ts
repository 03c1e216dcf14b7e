/** What clients show beside the text: the tree of a model, lenses, and the list of its expectations. */
import { describe, expect, it } from 'vitest';
import { codeLenses, contents, expectations } from '../service/index.ts';
import { open, textIn } from './kit.ts';

const binding = `param kon = 2
species A = 1, B[3], AB
fixed F = 0.5
bind: A + F -> AB @ kon
unbind: AB -> A + F @ 1
group slow {
  for i in 1..3 { B[i] -> 0 @ 1 }
}
simulate relax { t = 1 }
simulate { t = 2 }
expect conserved A + AB
expect A ~ 0.5 within 1
`;

const learner = `network xor {
  input x[2]
  layer hidden[4] = smooth_relu(h = 0.1)
  layer y[1] = linear
}
data table {
  x[2] -> y[1]
  0 0 -> 0
  0 1 -> 1
}
train xor on table { epochs = 3 }
`;

describe('the contents of a model', () => {
  const { snapshot, text } = open(binding);
  const answer = contents(snapshot);
  const section = (kind: string): (typeof answer.sections)[number] => answer.sections.find((candidate) => candidate.kind === kind)!;

  it('has a section for everything that there is, and none without entries', () => {
    expect(answer.sections.map(({ kind, count }) => [kind, count])).toEqual([['species', 4], ['parameters', 1], ['reactions', 3], ['groups', 1], ['conserved', 1], ['experiments', 2]]);
  });
  it('says how species begin and where they stand', () => {
    expect(section('species').entries.map(({ label, detail }) => `${label} ${detail}`)).toEqual(['A = 1', 'B[3] = 0', 'AB = 0', 'F fixed = 0.5']);
    const { line, character } = section('species').entries[1]!.place!;
    expect(text.split('\n')[line]!.slice(character)).toMatch(/^B\[3\]/);
  });
  it('calls a reaction by its label and counts a family', () => {
    expect(section('reactions').entries.map(({ label }) => label)).toEqual(['bind', 'unbind', 'B[i] -> 0 @ 1']);
    expect(section('reactions').entries[2]!.detail).toMatch(/^3 reactions/);
    expect(section('groups').entries[0]).toMatchObject({ label: 'slow', detail: '3 reactions' });
  });
  it('names what is conserved', () => {
    expect(section('conserved').entries).toEqual([{ label: 'A + AB' }]);
  });
  it('shows networks by their layers and what trains them', () => {
    const { sections } = contents(open(learner).snapshot);
    expect(sections.find(({ kind }) => kind === 'networks')!.entries[0]).toMatchObject({ label: 'xor', detail: '2-4-1', entries: [{ label: 'hidden', detail: '4 units' }, { label: 'y', detail: '1 unit' }] });
    expect(sections.find(({ kind }) => kind === 'experiments')!.entries[0]).toMatchObject({ label: 'train xor on table', run: { kind: 'train', name: 'xor' } });
  });
  it('is there for a text with mistakes too', () => {
    const broken = contents(open('species A = 1\nA -> -> \nA -> 0 @ 1\n').snapshot);
    expect(broken.hasErrors).toBe(true);
    expect(broken.sections.find(({ kind }) => kind === 'reactions')!.count).toBe(1);
  });
});

describe('lenses', () => {
  it('stand above each experiment the client can run, and name it', () => {
    const { snapshot, text } = open(binding);
    const lenses = codeLenses(snapshot, { simulate: 'lab.open' });
    expect(lenses.map(({ range }) => textIn(text, range))).toEqual(['simulate relax { t = 1 }', 'simulate { t = 2 }']);
    expect(lenses.map(({ command }) => command!.arguments)).toEqual([[snapshot.uri, 'relax'], [snapshot.uri]]);
    expect(codeLenses(snapshot, { train: 'lab.train' })).toEqual([]);
    expect(codeLenses(open(learner).snapshot, { train: 'lab.train' }).map(({ command }) => command!.title)).toEqual(['▶ Train']);
  });
});

describe('the list of expectations', () => {
  it('has each as written, with its place', () => {
    const { snapshot, text } = open(binding);
    const listed = expectations(snapshot).expectations;
    expect(listed.map((entry) => entry.text)).toEqual(['expect conserved A + AB', 'expect A ~ 0.5 within 1']);
    expect(listed.map(({ range }) => textIn(text, range))).toEqual(listed.map((entry) => entry.text));
  });
});

import { describe, expect, it } from 'vitest';
import type { FromAnalyst, Line, LinesAnswer, Question } from '../analysis-protocol.ts';
import { AnalysisSession } from '../engine/analysis/session.ts';
import { matching, systemLatex } from '../lines.ts';

function lines(text: string, question: Question): LinesAnswer {
  const said: FromAnalyst[] = [];
  const session = new AnalysisSession((message) => said.push(message), () => 0);
  session.handle({ type: 'load', model: { uri: 'file:///a.crn', text, imports: [] } });
  session.handle({ type: 'ask', id: 1, question });
  const last = said[said.length - 1]!;
  if (last.type !== 'answer') throw new Error(JSON.stringify(last));
  return last.answer as LinesAnswer;
}

/** What of the text a line points at. */
const pointed = (text: string, { place }: Line): string | undefined => (place === undefined ? undefined : text.slice(place.start, place.end));

const text = `param k = 2
/// What is fed.
species S = 1, Y[3], X[2]
species P
feed: 0 -> S @ k
for i in 1..3, j in 1..2 { X[j] -> X[j] + Y[i] @ 1 }
group ends { 2 S -> P @ 3 }
`;

describe('equations', () => {
  it('are one for each block, families as sums, and lead to the declaration', () => {
    const { lines: found, stands } = lines(text, { kind: 'equations' });
    expect(stands).toBe(7);
    expect(found.map((line) => [line.text, line.note, pointed(text, line)?.[0]])).toEqual([
      ['S′ = k − 6·S²', '', 'S'],
      ['Y[i]′ = Σ_j X[j]', '3 components', 'Y'],
      ['X[i]′ = 0', '2 components', 'X'],
      ['P′ = 3·S²', '', 'P'],
    ]);
    expect(found[0]!.latex).toBe('\\dot{S} = k - 6 \\, S^{2}');
  });
});

describe('reactions', () => {
  it('are families as they are written, with groups and what they stand for', () => {
    const { lines: found, stands } = lines(text, { kind: 'reactions', each: false });
    expect(stands).toBe(8);
    expect(found.map(({ text: own, note, groups }) => [own, note, groups])).toEqual([
      ['feed: 0 -> S @ k', '', []],
      ['X[j] -> X[j] + Y[i] @ 1', '6 reactions, for i in 1..3, j in 1..2', []],
      ['2 S -> P @ 3', '', ['ends']],
    ]);
    expect(pointed(text, found[2]!)).toContain('2 S -> P');
    expect(found[2]!.latex).toBe('2\\,S \\xrightarrow{3} P');
    expect(found[0]!.latex).toBe('\\varnothing \\xrightarrow{k} S');
  });

  it('one by one are all of them, each leading to its statement', () => {
    const { lines: found } = lines(text, { kind: 'reactions', each: true });
    expect(found.map(({ text: own }) => own)).toEqual([
      'feed: 0 -> S @ k',
      ...[1, 2, 3].flatMap((i) => [1, 2].map((j) => `X[${j}] -> X[${j}] + Y[${i}] @ 1`)),
      '2 S -> P @ 3',
    ]);
    expect(new Set(found.slice(1, 7).map((line) => pointed(text, line))).size).toBe(1);
  });

  it('too many to be listed stay families', () => {
    const { lines: found, stands } = lines('species A[150], B[150]\nfor i in 1..150, j in 1..150 { A[i] -> B[j] @ 1 }\n', { kind: 'reactions', each: true });
    expect([found.length, stands]).toEqual([1, 22_500]);
  });

  it('of a network of neurons lead to where it is declared', () => {
    const source = 'network net {\n  input x[1]\n  layer y[1] = linear\n}\n';
    const { lines: found } = lines(source, { kind: 'reactions', each: false });
    expect(found.length).toBeGreaterThan(2);
    for (const line of found) expect(pointed(source, line)).toBe('net');
  });
});

describe('finding', () => {
  const all = lines(text, { kind: 'reactions', each: false }).lines;

  it('wants every word, in whatever part and case', () => {
    expect(matching(all, 'ENDS p').map((line) => line.text)).toEqual(['2 S -> P @ 3']);
    expect(matching(all, '  ')).toBe(all);
    expect(matching(all, 'nothing of that kind')).toEqual([]);
  });

  it('aligns LaTeX at the relation and lists a family once', () => {
    expect(systemLatex([all[0]!, all[2]!, all[2]!], 'reactions')).toBe('\\begin{align*}\n  \\varnothing &\\xrightarrow{k} S \\\\\n  2\\,S &\\xrightarrow{3} P\n\\end{align*}\n');
  });
});

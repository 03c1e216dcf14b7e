import { describe, expect, it } from 'vitest';
import { conservationLaws, conservationText, dynamicComponents, isConserved, linearCombination, nonNegativeLaws, stoichiometricMatrix, structureOf, unroll } from '../index.ts';
import type { Network } from '../index.ts';
import { at, bin, builder, index, layer, loop, num, numbers, op, par, rail, sp, term } from './build.ts';

/** A network from lines like `A + 2 B > C`; `<>` for both directions. */
function network(...lines: string[]): Network {
  const b = builder();
  const blocks = new Map<string, ReturnType<typeof b.block>>();
  const side = (text: string): ReturnType<typeof term>[] =>
    text.trim() === '0' ? [] : text.split('+').map((part) => {
      const [, count, name = ''] = /^\s*(\d*)\s*(\w+)\s*$/.exec(part) ?? [];
      const block = blocks.get(name) ?? b.block(name, name.startsWith('fix') ? 'fixed' : 'species');
      blocks.set(name, block);
      return term(block, count === '' || count === undefined ? 1 : Number(count));
    });
  for (const line of lines) {
    const [left = '', right = ''] = line.split(/<?>/);
    const [l, r] = [side(left), side(right)];
    b.family(l, r, num(1));
    if (line.includes('<>')) b.family(r, l, num(1));
  }
  return b.network();
}

const laws = (net: Network): string[] | undefined => conservationLaws(net)?.map((law) => conservationText(net, law)).sort();

describe('conservation laws', () => {
  it('of an enzyme are enzyme and substrate', () => {
    const net = network('E + S <> ES', 'ES > E + P');
    const matrix = stoichiometricMatrix(net, unroll(net));
    expect(nonNegativeLaws(matrix, dynamicComponents(net))?.map((law) => conservationText(net, law)).sort()).toEqual(['E + ES = const', 'S + ES + P = const']);
    expect(conservationLaws(net)).toHaveLength(2);
  });
  it('have integer weights', () => {
    expect(laws(network('2 A <> B', '3 B <> C'))).toEqual(['A + 2·B + 6·C = const']);
    expect(laws(network('2 A <> 3 B'))).toEqual(['3·A + 2·B = const']);
    expect(laws(network('A > 2 B', 'A > 3 B'))).toEqual([]);
    expect(laws(network('A + B > 0'))).toEqual(['A − B = const']);
    expect(nonNegativeLaws(stoichiometricMatrix(network('A + B > 0'), unroll(network('A + B > 0'))), new Uint8Array(2).fill(1))).toEqual([]);
  });
  it('leave held species out, keep catalysts', () => {
    expect(laws(network('A + fix > B + fix', 'B + C > A + C', 'B > fix2'))).toEqual(['C = const']);
  });
  it('are given up rather than inexact', () => {
    const chain = Array.from({ length: 12 }, (_, n) => `X${n} > ${9973 - n} X${n + 1}`);
    expect(conservationLaws(network(...chain))).toBeUndefined();
  });
  it('are a basis of the left null space of random networks (rank by floating-point elimination)', () => {
    const next = numbers(99);
    for (let trial = 0; trial < 40; trial++) {
      const species = 4 + Math.floor(next() * 6);
      const lines = Array.from({ length: 1 + Math.floor(next() * species) }, () => {
        const complex = (): string => Array.from({ length: 1 + Math.floor(next() * 2) }, () => `${1 + Math.floor(next() * 3)} S${Math.floor(next() * species)}`).join('+');
        return `${complex()}>${complex()}`;
      });
      const net = network(...lines);
      const unrolled = unroll(net);
      const dense = Array.from({ length: unrolled.count }, (_, r) => {
        const column = new Array<number>(net.dimension).fill(0);
        for (let p = unrolled.reactantStart[r] ?? 0; p < (unrolled.reactantStart[r + 1] ?? 0); p++) column[unrolled.reactantComponent[p] ?? 0] = (column[unrolled.reactantComponent[p] ?? 0] ?? 0) - (unrolled.reactantStoichiometry[p] ?? 0);
        for (let p = unrolled.productStart[r] ?? 0; p < (unrolled.productStart[r + 1] ?? 0); p++) column[unrolled.productComponent[p] ?? 0] = (column[unrolled.productComponent[p] ?? 0] ?? 0) + (unrolled.productStoichiometry[p] ?? 0);
        return column;
      });
      const found = conservationLaws(net) ?? [];
      for (const law of found) {
        expect(law.every(({ weight }) => weight !== 0 && Number.isInteger(weight))).toBe(true);
        for (const column of dense) expect(law.reduce((total, { component, weight }) => total + weight * (column[component] ?? 0), 0)).toBe(0);
      }
      expect(found.length, lines.join('; ')).toBe(net.dimension - rank(dense));
      expect(rank(found.map((law) => {
        const row = new Array<number>(net.dimension).fill(0);
        for (const { component, weight } of law) row[component] = weight;
        return row;
      }))).toBe(found.length);
    }
  });
});

function rank(rows: readonly (readonly number[])[]): number {
  const work = rows.map((row) => [...row]);
  let count = 0;
  for (let column = 0; column < (work[0]?.length ?? 0); column++) {
    const pivot = work.slice(count).reduce((best, row, n) => (Math.abs(row[column] ?? 0) > Math.abs(work[best]?.[column] ?? 0) ? n + count : best), count);
    const row = work[pivot];
    if (row === undefined || Math.abs(row[column] ?? 0) < 1e-9) continue;
    [work[pivot], work[count]] = [work[count] ?? [], row];
    for (let other = count + 1; other < work.length; other++) {
      const target = work[other] ?? [];
      const factor = (target[column] ?? 0) / (row[column] ?? 1);
      for (let c = 0; c < target.length; c++) target[c] = (target[c] ?? 0) - factor * (row[c] ?? 0);
    }
    count++;
  }
  return count;
}

describe('isConserved', () => {
  it('decides combinations and names the reaction that breaks them', () => {
    const net = network('A + E <> AE', 'AE > B + E');
    const read = (...names: string[]): { components: { component: number; weight: number }[] } => ({ components: names.map((name) => ({ component: net.blocks.find((block) => block.name === name)?.offset ?? -1, weight: 1 })) });
    expect(isConserved(net, read('E', 'AE'))).toEqual({ holds: true, found: 'no reaction changes it' });
    expect(isConserved(net, read('A', 'AE', 'B')).holds).toBe(true);
    expect(isConserved(net, read('A', 'AE'))).toEqual({ holds: false, found: 'AE -> B + E changes it by -1' });
  });
  it('sums whole arrays without unrolling them', () => {
    const b = builder();
    const X = b.block('X', 'species', [100_000, 1000]);
    const Z = b.block('Z');
    b.family([term(X, 1, loop(0), loop(1))], [term(X, 1, loop(0, 1), loop(1))], num(1), [index('i', 99_999), index('j', 1000)]);
    const closed = b.network();
    expect(isConserved(closed, { components: [], blocks: [{ block: X.id, weight: 1 }] }).holds).toBe(true);
    expect(isConserved(closed, { components: [{ component: 5, weight: 1 }] }).holds).toBeUndefined();
    b.family([term(X, 2, at(0), at(0))], [term(Z, 1)], num(1));
    const open = b.network();
    expect(isConserved(open, { components: [], blocks: [{ block: X.id, weight: 1 }] })).toEqual({ holds: false, found: '2 X[1,1] -> Z changes it by -2' });
    expect(isConserved(open, { components: [], blocks: [{ block: X.id, weight: 1 }, { block: Z.id, weight: 2 }] }).holds).toBe(true);
  });
  it('sees the difference of rails survive their annihilation', () => {
    const { network: pot, Y } = layer(2, 2);
    const onlyAnnihilation: Network = { ...pot, families: pot.families.slice(2) };
    const rails = { components: [{ component: Y.offset, weight: 1 }, { component: Y.offset + 2, weight: -1 }] };
    expect(isConserved(onlyAnnihilation, rails).holds).toBe(true);
    expect(isConserved(pot, rails).holds).toBe(false);
  });
  it('reads linear expressions only', () => {
    const b = builder();
    const X = b.block('X', 'species', [3]);
    const W = b.block('W', 'dual');
    const k = par(b.parameter('k', 2));
    const net = b.network();
    const x = (n: number): ReturnType<typeof sp> => sp(op(X, at(n)));
    expect(linearCombination(net, bin(bin(num(2), '*', bin(x(0), '+', x(2))), '-', sp(op(W, rail(1)))))).toEqual([{ component: 0, weight: 2 }, { component: 2, weight: 2 }, { component: 4, weight: -1 }]);
    expect(linearCombination(net, bin(x(0), '*', x(1)))).toBeUndefined();
    expect(linearCombination(net, bin(k, '*', x(1)))).toBeUndefined();
  });
});

describe('structure', () => {
  it('of Feinberg’s textbook network: deficiency zero, weakly reversible', () => {
    expect(structureOf(network('A <> 2 B', 'A + C <> D', 'D > B + E', 'B + E > A + C'))).toEqual({ complexes: 5, linkageClasses: 2, rank: 3, deficiency: 0, weaklyReversible: true, deficiencyZero: true });
  });
  it('of the Edelstein network: deficiency one', () => {
    expect(structureOf(network('A <> 2 A', 'A + B <> C', 'C <> B'))).toMatchObject({ complexes: 5, linkageClasses: 2, rank: 2, deficiency: 1, weaklyReversible: true, deficiencyZero: false });
  });
  it('of the Brusselator: deficiency one, not weakly reversible', () => {
    expect(structureOf(network('0 <> X', 'X > Y', '2 X + Y > 3 X'))).toMatchObject({ complexes: 5, linkageClasses: 2, rank: 2, deficiency: 1, weaklyReversible: false });
  });
  it('of an irreversible cycle is weakly reversible', () => {
    expect(structureOf(network('A > B', 'B > C', 'C > A'))).toMatchObject({ deficiency: 0, weaklyReversible: true });
    expect(structureOf(network('A > B', 'B > C', 'A > C'))).toMatchObject({ deficiency: 0, weaklyReversible: false });
  });
  it('takes held species out of the complexes', () => {
    expect(structureOf(network('fix + A > fix + B', 'B > A'))).toMatchObject({ complexes: 2, linkageClasses: 1, rank: 1, deficiency: 0, weaklyReversible: true });
  });
});

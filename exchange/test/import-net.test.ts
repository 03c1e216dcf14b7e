/** Import of small .net texts: what is written, what is reported, and the rates that come out, against the formulas by hand. */
import { describe, expect, it } from 'vitest';
import { analyse, componentOf, initialState, parameterValues } from '../../chemistry/index.ts';
import { parse } from '../../grammar/index.ts';
import { compileNetwork } from '../../simulation/index.ts';
import { importNet, NetFormatError } from '../index.ts';

/** A network of species A, B, C with these blocks. */
function net(blocks: { parameters?: string; functions?: string; reactions: string; groups?: string; species?: string }): string {
  const block = (name: string, text: string | undefined): string => (text === undefined ? '' : `begin ${name}\n${text}\nend ${name}\n`);
  return `# Created by BioNetGen 2.9.3\n${block('parameters', blocks.parameters ?? '1 k 3\n2 K 5')}${block('functions', blocks.functions)}`
    + `${block('species', blocks.species ?? '1 A() 2\n2 B() 7\n3 C() 0')}${block('reactions', blocks.reactions)}${block('groups', blocks.groups)}`;
}

/** dC/dt at the initial state of the imported text, which must have no errors. */
function rateOfC(text: string, time = 0): number {
  const imported = importNet(text, 'x.net');
  expect(imported.notes).toEqual([]);
  const analysis = analyse(parse(imported.text));
  expect(analysis.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
  const { network } = analysis;
  const parameters = parameterValues(network);
  const rates = new Float64Array(network.dimension);
  compileNetwork(network, parameters).system.rhs(time, initialState(network, parameters), rates);
  return rates[componentOf(network, 'C') ?? NaN] ?? NaN;
}

describe('rates of imported reactions, A = 2, B = 7, k = 3, K = 5', () => {
  it.each([
    ['a statistical factor stays as it is', { reactions: '1 1,2 3 2*k #R' }, 2 * 3 * 2 * 7],
    ['repeated reactants multiply without factorials', { reactions: '1 1,1 3 0.5*k' }, 0.5 * 3 * 2 * 2],
    ['zero-order production', { reactions: '1 0 3 k' }, 3],
    ['a bare number', { reactions: '1 1 3 4.5' }, 4.5 * 2],
    ['higher orders', { reactions: '1 1,1,1,2,2 3 k' }, 3 * 8 * 49],
    ['a function of an observable', { functions: '1 f() k/(K+G)', groups: '1 G 1,2*2', reactions: '1 1,2 3 f' }, (3 / (5 + 2 + 14)) * 2 * 7],
    ['a function of functions, with a factor', { functions: '1 f() G*g()\n2 g() k^2', groups: '1 G 2', reactions: '1 1 3 0.5*f' }, 0.5 * 7 * 9 * 2],
    ['a constant function', { functions: '1 f() k*K', reactions: '1 1 3 f' }, 15 * 2],
    ['if() and comparisons', { functions: '1 f() if(G>=2,k,K)', groups: '1 G 1', reactions: '1 0 3 f' }, 3],
    ['Sat with one constant', { reactions: '1 1,2 3 Sat k K' }, (3 * 2 * 7) / (5 + 2)],
    ['Sat with two constants and a factor', { parameters: '1 k 3\n2 K 5\n3 L 11', reactions: '1 1,2 3 2*Sat k K L' }, (2 * 3 * 2 * 7) / ((5 + 2) * (11 + 7))],
    ['Hill', { parameters: '1 k 3\n2 K 5\n3 h 2', reactions: '1 1,2 3 Hill k K h' }, (3 * 4) / (25 + 4) * 7],
    ['FunctionProduct', { functions: '1 f() k*G\n2 g() K', groups: '1 G 2', reactions: '1 1 3 FunctionProduct("f()","g()")' }, 3 * 7 * 5 * 2],
    ['an observable with a fractional weight', { functions: '1 f() G', groups: '1 G 0.25*2', reactions: '1 0 3 f' }, 0.25 * 7],
    ['log2 and _pi', { functions: '1 f() log2(G)*_pi', groups: '1 G 1', reactions: '1 0 3 f' }, Math.PI],
    ['parameters in any order', { parameters: '1 k 3*q\n2 K 5\n3 q K/5', reactions: '1 1 3 k' }, 6],
  ])('%s', (_, blocks, expected) => {
    expect(rateOfC(net(blocks))).toBeCloseTo(expected, 10);
  });

  it('MM uses the free substrate of the quadratic', () => {
    const b = 2 - 7 - 5;
    const free = (b + Math.sqrt(b * b + 4 * 2 * 5)) / 2;
    expect(rateOfC(net({ reactions: '1 1,2 3,2 MM k K' }))).toBeCloseTo((3 * 7 * free) / (5 + free), 10);
  });

  it('time() is the time of the simulation', () => {
    expect(rateOfC(net({ functions: '1 f() k*time()', reactions: '1 0 3 f' }), 4)).toBeCloseTo(12, 10);
  });

  it('joins continued lines and leaves comments out', () => {
    expect(rateOfC(net({ parameters: '1 k \\\n   3 # thr\\ee\n2 K 5', reactions: '1 1,2 \\\n 3 k # a comment' }))).toBeCloseTo(42, 10);
  });
});

describe('the imported text', () => {
  it('keeps the order of the species and names them by their molecules where that is unique', () => {
    const { text, species } = importNet(net({ species: '1 A(b) 2\n2 A(b!1).B(a!1) 0\n3 $C(s~0) 1\n4 C(s~1)\n5 @EC::D() 1\n6 @PM::D() 2', reactions: '1 1 3 k' }), 'x.net');
    expect(species).toEqual(['A', 'A_B', 'S3', 'S4', 'D_EC', 'D_PM']);
    expect(text).toContain('/// A(b!1).B(a!1)\nspecies A_B\n');
    expect(text).toContain('/// C(s~0)\nfixed S3 = 1\n');
  });

  it('avoids the words of the language and names that parameters have', () => {
    const imported = importNet(net({ parameters: '1 rate 3\n2 A 1', reactions: '1 1 3 rate' }), 'x.net');
    expect(imported.text).toContain('param rate_ = 3');
    expect(imported.species).toEqual(['S1', 'B', 'C']);
    expect(imported.notes.map((note) => [note.line, note.lost])).toEqual([[3, false]]);
    expect(analyse(parse(imported.text)).hasErrors).toBe(false);
  });

  it('labels reactions by rule names that single them out', () => {
    const { text } = importNet(net({ reactions: '1 1 3 k #bind\n2 3 1 k #_R7\n3 1 2 k #move\n4 2 3 k #move' }), 'x.net');
    expect(text).toContain('bind: A -> C @ k\nC -> A @ k\nA -> B @ k  // move\nB -> C @ k  // move');
  });

  it('writes observables in a comment and returns them', () => {
    const { text, observables } = importNet(net({ reactions: '1 1 3 k', groups: '1 total 1,2*2\n2 none' }), 'x.net');
    expect(text).toContain('//   total = A + 2 B\n//   none = 0');
    expect(observables).toEqual([{ name: 'total', terms: [{ species: 'A', weight: 1 }, { species: 'B', weight: 2 }] }, { name: 'none', terms: [] }]);
  });

  it('takes the value where the language lacks a function', () => {
    expect(importNet(net({ parameters: '1 k 4*atan(1)', reactions: '1 1 3 k' }), 'x.net').text).toContain(`param k = ${Math.PI}  // 4*atan(1)`);
  });
});

describe('what cannot be imported is listed with its line and stands as a comment', () => {
  it.each([
    ['an unknown rate', { reactions: '1 1 3 q' }, 12, '// not imported: A -> C, rate q'],
    ['a function without counterpart', { functions: '1 f() atan(G)', groups: '1 G 1', reactions: '1 1 3 f' }, 15, '// not imported: A -> C, rate f'],
    ['functions in a circle', { functions: '1 f() g()\n2 g() f()', reactions: '1 1 3 f' }, 16, 'in a circle'],
    ['a local function', { functions: '1 f(x) k*x', reactions: '1 1 3 f' }, 15, 'local function'],
    ['a table function', { functions: '1 f() tfun("data.txt", time())', reactions: '1 1 3 f' }, 7, 'left out'],
    ['an Arrhenius rate', { reactions: '1 1 3 Arrhenius(k,K)' }, 12, 'energy patterns'],
    ['a species that is not listed', { reactions: '1 1 9 k' }, 12, 'there is no species 9'],
    ['an initial value without meaning', { species: '1 A() q\n2 B() 7\n3 C() 0', reactions: '1 1 3 k' }, 7, 'species A  // not imported: the initial value q'],
    ['a parameter in a circle', { parameters: '1 k K\n2 K k', reactions: '1 1 3 2' }, 3, '// not imported: parameter'],
    ['a line that is no reaction', { reactions: '1 A -> C k' }, 12, 'left out'],
  ])('%s', (_, blocks, line, text) => {
    const imported = importNet(net(blocks), 'x.net');
    expect(imported.notes.filter((note) => note.lost).map((note) => note.line)).toContain(line);
    expect(imported.text).toContain(text);
    expect(imported.text).toContain('NOT IMPORTED');
  });

  it('blocks of the model behind the network, and instructions, are named', () => {
    const { notes } = importNet(`${net({ reactions: '1 1 3 k' })}begin energy patterns\n1 A() 3\nend energy patterns\nsimulate({method=>"ode"})\n`, 'x.net');
    expect(notes.map((note) => [note.line, note.lost, /energy patterns|simulate/.exec(note.message)?.[0]])).toEqual([[14, false, 'energy patterns'], [17, false, 'simulate']]);
  });

  it.each(['', 'hello', 'begin model\nend model', '\0\0\0', 'begin species\n1 A() 1\nend species', '{"a": 1}'])('refuses %j', (text) => {
    expect(() => importNet(text, 'x.net')).toThrow(NetFormatError);
  });
});

/** Neurons, networks, data and trainings in the editor: hovers, definitions into texts that are no files, completion. */
import { describe, expect, it } from 'vitest';
import type { MarkupContent } from 'vscode-languageserver';
import { analyse, libraryText, unrolledReactions } from '../../chemistry/index.ts';
import { parse } from '../../grammar/index.ts';
import { formulaLatex } from '../service/formula.ts';
import { completion, definition, diagnostics, documentSymbols, folding, hover, networkReactions, prepareRename, references, rename, semanticTokens, Workspace } from '../service/index.ts';
import { virtualText, virtualUri } from '../service/virtual.ts';
import { CURSOR, hostOf, open, URI } from './kit.ts';
import type { Marked } from './kit.ts';

const TEXT = `param h = 0.1
fixed X1 = 1, X2 = 2
neuron H = smooth_relu(2*X1 - 1.5*X2 + 0.3; h = h)
activation cubic(h) { x' = h + y*x - x^3 }
network xor {
  input x[2]
  layer hidden[4] = smooth_relu(h = 0.1)
  layer wide[3] = cubic(h = 0.1)
  layer y[1] = linear
  weights uniform(-1, 1, seed: 7)
}
data table {
  x[2] -> y[1]
  0 1 -> 1
  1 1 -> 0
}
train xor on table { rate = 0.001; dwell = 50 }
expect xor.hidden[1] >= 0
`;

/** The text with the cursor at the n-th occurrence of something. */
function at(what: string, nth = 0, text = TEXT): Marked {
  let offset = -1;
  for (let n = 0; n <= nth; n++) offset = text.indexOf(what, offset + 1);
  if (offset < 0) throw new Error(`there is no ${what}`);
  return open(text.slice(0, offset) + CURSOR + text.slice(offset));
}
function hoverText(marked: Marked): string {
  return (hover(marked.snapshot, marked.position)?.contents as MarkupContent | undefined)?.value ?? '';
}

describe('hovers', () => {
  it('of a neuron: its ODE typeset, its fixed point, why it is unique, its slowest rate', () => {
    const text = hoverText(at('H ='));
    expect(text).toContain('H′ = h + 0.3·H + 2·X1·H − H² − 1.5·X2·H');
    expect(text).toMatch(/^!\[Rate of change of H\]\(data:image\/svg\+xml;base64,/);
    expect(text).toContain('![Fixed point](data:image/svg+xml;base64,');
    expect(text).toContain('x = (y + √(y² + 4h))/2');
    expect(text).toContain('one sign change for every y: Descartes');
    // 2√0.1
    expect(text).toContain('slowest rate, for any y: 2√h = 0.6325');
  });
  it('of a layer: the equations of its units with sums, and the same facts', () => {
    const text = hoverText(at('hidden'));
    expect(text).toContain('hidden.y^s[i]′ = hidden.b^s[i] + Σ_j hidden.W^s[i,j]·x[j] − hidden.y^s[i]');
    expect(text).toContain('hidden[i]′ = hidden.h + hidden.y^+[i]·hidden[i] − hidden[i]² − hidden.y^-[i]·hidden[i]');
    expect(text).toContain('4 units, smooth_relu, each fed by 2 inputs: 12 weights');
    expect(text).toContain('2√h = 0.6325');
    // An activation without a closed form still has a slowest rate.
    expect(hoverText(at('wide'))).toMatch(/slowest rate, for any y: 0\.\d+/);
  });
  it('of a network: its species, its reactions by group and by molecularity', () => {
    for (const marked of [at('xor'), at('xor', 1)]) {
      const text = hoverText(marked);
      expect(text).toContain('**xor** network 2-4-3-1, 31 weights');
      expect(text).toMatch(/\d+ species, \d+ reactions: forward \d+, backward \d+, update \d+/);
      const [all = 0, ...groups] = [...(/\d+ species, (\d+) reactions: forward (\d+), backward (\d+), update (\d+)/.exec(text) ?? [])].slice(1).map(Number);
      expect(groups.reduce((sum, n) => sum + n, 0)).toBe(all);
      expect(text).toMatch(/molecularity: from nothing \d+, unimolecular \d+, bimolecular \d+/);
    }
  });
  it('of an activation, the library’s and one’s own: the three conditions with reasons', () => {
    for (const marked of [at('smooth_relu'), at('smooth_relu', 1), at('cubic'), at('cubic', 1)]) {
      const text = hoverText(marked);
      expect(text).toMatch(/x′ = h \+ y·x − x[²³]/);
      expect(text).toContain('✓ kinetic: every negative term holds what it takes away');
      expect(text).toContain('✓ exactly one positive fixed point: one sign change for every y: Descartes (proven)');
      expect(text).toContain('✓ stable');
    }
    expect(hoverText(at('linear'))).toContain('The weighted input itself');
  });
  it('of an activation that another file declares', () => {
    const { snapshot, position } = open(`import "other.crn"\nfixed X = 1\nneuron H = cu${CURSOR}bic(X; h = 0.5)\n`, { 'other.crn': "activation cubic(h) { x' = h + y*x - x^3 }\n" });
    expect(hoverText({ snapshot, position, text: '' })).toContain('one sign change for every y: Descartes (proven)');
    expect(definition(snapshot, position)?.uri).toBe('file:///home/user/other.crn');
  });
  it('of data and of trainings: what they are, with what is left to defaults', () => {
    expect(hoverText(at('table'))).toContain('2 inputs, 1 target');
    const text = hoverText(at('train'));
    expect(text).toContain('| rate | 0.001 | as written |');
    expect(text).toContain('| epochs | 100 | default |');
    expect(text).toContain('is 0.05');
  });
  it('of a network with an error say so', () => {
    expect(hoverText(at('xor', 0, TEXT.replace('x[2]\n', 'x[0]\n')))).toContain('It has an error');
    expect(hoverText(at('hidden', 0, TEXT.replace('x[2]\n', 'x[0]\n')))).toContain('has an error');
  });
  it('of 784-100-10 take no longer than those of a small network: nothing is unrolled', () => {
    const large = 'network m {\n  input x[784]\n  layer hidden[100] = smooth_relu(h = 0.1)\n  layer y[10] = linear\n}\ndata d = idx("images", "labels")\ntrain m on d { rate = 0.001; dwell = 30 }\n';
    const text = hoverText(at('m {', 0, large));
    expect(text).toContain('784-100-10, 79,510 weights');
    expect(hoverText(at('hidden', 0, large))).toContain('Σ_j hidden.W^s[i,j]·x[j]');
  });
});

describe('completion', () => {
  const offered = (text: string): string[] => {
    const { snapshot, position } = open(text);
    return completion(snapshot, position).items.map(({ label }) => label);
  };
  const inserted = (text: string, label: string): string | undefined => {
    const { snapshot, position } = open(text);
    return completion(snapshot, position).items.find((item) => item.label === label)?.textEdit?.newText;
  };
  const network = 'activation own(a, b = 2) { x\' = a + y*x - b*x^2 }\nnetwork n {\n  input x[2]\n  ';
  it('offers activations of layers and of neurons with their constants', () => {
    const list = offered(`${network}layer h[3] = ‸\n}\n`);
    expect(list).toEqual(expect.arrayContaining(['own', 'smooth_relu', 'algebraic_sigmoid', 'algebraic_tanh', 'algebraic_logistic', 'linear', 'relu', 'leaky_relu']));
    // Only for y ≥ 0.
    expect(list).not.toContain('hill');
    expect(inserted(`${network}layer h[3] = ‸\n}\n`, 'smooth_relu')).toBe('smooth_relu(h = ${1:0.1})');
    expect(inserted(`${network}layer h[3] = ‸\n}\n`, 'own')).toBe('own(a = ${1:0.1})');
    expect(inserted(`${network}layer h[3] = ‸\n}\n`, 'linear')).toBe('linear');
    expect(inserted('neuron H = ‸', 'smooth_relu')).toBe('smooth_relu($0; h = ${1:0.1})');
    expect(offered('neuron H = ‸')).toContain('hill');
    expect(offered('neuron H = ‸')).not.toContain('linear');
  });
  it('offers an activation’s constants in its brackets', () => {
    expect(offered(`${network}layer h[3] = own(‸)\n}\n`)).toEqual(['a', 'b']);
    expect(offered(`${network}layer h[3] = leaky_relu(‸)\n}\n`)).toEqual(['α']);
    expect(offered('fixed X = 1\nneuron H = smooth_relu(2*X; ‸)')).toEqual(['h']);
    expect(offered('fixed X = 1\nneuron H = smooth_relu(‸; h = 1)')).toContain('X');
  });
  it('offers the settings of a network and their words', () => {
    expect(offered(`${network}‸\n}\n`)).toEqual(expect.arrayContaining(['layer', 'weights', 'form', 'forward', 'loss']));
    expect(offered(`${network}forward = ‸\n}\n`)).toEqual(['bimolecular', 'termolecular']);
    expect(offered(`${network}biases = ‸\n}\n`)).toEqual(expect.arrayContaining(['uniform', 'normal']));
  });
  it('offers networks, data and rules in a training', () => {
    expect(offered(`${network}layer y[1] = linear\n}\ndata d {\n  x[2] -> y[1]\n  0 0 -> 1\n}\ntrain ‸`)).toEqual(['n']);
    expect(offered(`${network}layer y[1] = linear\n}\ndata d {\n  x[2] -> y[1]\n  0 0 -> 1\n}\ntrain n on ‸`)).toEqual(['d']);
    expect(offered('train n on d { rule = ‸ }')).toEqual(['gradient', 'self_annealing', 'sorted', 'sorted_self_annealing']);
  });
  it('offers what data may be, by their source', () => {
    expect(offered('data d = ‸')).toEqual(['csv', 'idx']);
    expect(offered('data d = csv("a.csv") {\n  ‸\n}')).toEqual(expect.arrayContaining(['split', 'x', 'y', 'test', 'header', 'delimiter']));
    expect(offered('data d = csv("a.csv") {\n  x = ‸\n}').slice(0, 2)).toEqual(['columns', 'column']);
    expect(offered('data d = csv("a.csv") {\n  x = standardize(‸)\n}')).toEqual(expect.arrayContaining(['columns', 'column']));
    expect(offered('data d = idx("a", "b") {\n  x = scale(‸, 0, 1)\n}')).toContain('pixels');
    expect(offered('data d = idx("a", "b") {\n  y = onehot(‸)\n}')).toContain('labels');
    expect(offered('data d = csv("a.csv") {\n  header = ‸\n}')).toEqual(['true', 'false']);
    expect(offered('data d = csv("a.csv") {\n  delimiter = ‸\n}')).toContain('";"');
    expect(offered('data d = csv("a.csv") {\n  test = ‸\n}')).toEqual(['csv', 'idx']);
  });
  it('says in hovers what values and steps are', () => {
    const text = `${TEXT.replace('weights', 'forward = termolecular\n  loss = normalised\n  weights').replace('rate =', 'rule = sorted; rate =')}data iris = csv("iris.csv") { x = standardize(columns(1..4)); y = onehot(column("species")); split 0.8 seed 1 }\n`;
    expect(hoverText(at('termolecular', 0, text))).toContain('W + x + H -> W + x + 2 H');
    expect(hoverText(at('normalised', 0, text))).toContain('one conserved pool');
    expect(hoverText(at('sorted', 0, text))).toContain('dead zone');
    expect(hoverText(at('standardize', 0, text))).toContain('Mean 0');
    expect(hoverText(at('onehot', 0, text))).toContain('every class');
    expect(hoverText(at('csv', 0, text))).toContain('A table in a file');
    expect(hoverText(at('split', 0, text))).toContain('held out');
    expect(hoverText(at('forward', 0, text))).toContain('For weights on rails');
  });
});

describe('closed forms as LaTeX', () => {
  it.each([
    ['x = (y + √(y² + 4h))/2', 'x = \\frac{y + \\sqrt{y^{2} + 4h}}{2}'],
    ['u = y/K, x = u/(1 + u)', 'u = \\frac{y}{K},\\quad x = \\frac{u}{1 + u}'],
    ['x − x\u0304 = (u − 1)/(u + 1)', 'x - \\bar{x} = \\frac{u - 1}{u + 1}'],
    ['2√h', '2\\sqrt{h}'],
  ])('%s', (text, latex) => { expect(formulaLatex(text)).toBe(latex); });
});

describe('definitions', () => {
  const target = (marked: Marked): { uri: string; text: string } => {
    const found = definition(marked.snapshot, marked.position);
    if (found === null) return { uri: '', text: '' };
    const workspace = new Workspace(hostOf({}));
    workspace.open(URI, 1, marked.text);
    const text = found.uri === URI ? marked.text : (workspace.virtual(found.uri) ?? '');
    const lines = text.split('\n');
    return { uri: found.uri, text: lines[found.range.start.line]?.slice(found.range.start.character) ?? '' };
  };
  it('of a built-in activation is its text in the library', () => {
    for (const n of [0, 1]) expect(target(at('smooth_relu', n))).toEqual({ uri: 'onepot:/library/activations.crn', text: expect.stringMatching(/^smooth_relu\(h\) \{/) });
    expect(target(at('linear')).text).toMatch(/^dense\(W\[m, n\]: dual/);
    expect(target(at('relu', 0, TEXT.replace('= linear', '= relu').replaceAll('smooth_relu', 'cubic'))).text).toMatch(/^relu\(y\[n\]: dual, x\[n\]\)/);
  });
  it('of an activation of one’s own is its declaration', () => {
    expect(target(at('cubic', 1))).toEqual({ uri: URI, text: expect.stringMatching(/^cubic\(h\) \{/) });
  });
  it('of a module of the library, and of its import', () => {
    const text = 'import "onepot:arithmetic"\ndual A = 2, B = -3, C\nuse multiply(A, B, C)\n';
    expect(target(at('multiply', 0, text))).toEqual({ uri: 'onepot:/library/arithmetic.crn', text: expect.stringMatching(/^multiply\(a: dual, b: dual, z: dual/) });
    expect(target(at('onepot:', 0, text)).uri).toBe('onepot:/library/arithmetic.crn');
  });
  it('of a layer, and of its species, is in what the network is compiled to', () => {
    expect(target(at('hidden')).text).toBe('hidden: 4 × smooth_relu');
    expect(target(at('xor.hidden')).text).toMatch(/^xor\.hidden\[4\] = 1/);
    expect(target(at('xor')).text).toMatch(/^\/\/ The network xor, 2-4-3-1, as reactions/);
    expect(target(at('xor', 1))).toMatchObject({ uri: URI });
  });
});

describe('texts that are no files', () => {
  it('have addresses that survive the way through a client', () => {
    const from = 'file:///home/user/a%20b(1).crn';
    expect(virtualText(virtualUri('onepot:network/Σ', from))).toEqual({ kind: 'network', name: 'Σ', source: from });
    expect(virtualText(virtualUri('onepot:network/xor@file:///other.crn', from))).toEqual({ kind: 'network', name: 'xor', source: 'file:///other.crn' });
    expect(virtualText(virtualUri('onepot:units', from))).toEqual({ kind: 'library', path: 'onepot:units' });
    expect(virtualText(from)).toBeUndefined();
  });
  it('are the library, and networks of documents that are open or on disk', () => {
    const workspace = new Workspace(hostOf({ 'other.crn': TEXT }));
    expect(workspace.virtual('onepot:/library/units.crn')).toBe(libraryText('onepot:units'));
    expect(workspace.virtual('onepot:/library/nothing.crn')).toBeUndefined();
    expect(workspace.virtual(virtualUri('onepot:network/xor', 'file:///home/user/other.crn'))).toContain('group forward {');
    expect(workspace.virtual(virtualUri('onepot:network/xor', 'file:///home/user/gone.crn'))).toBeUndefined();
    expect(workspace.virtual(virtualUri('onepot:network/nand', 'file:///home/user/other.crn'))).toBeUndefined();
  });
  it('are documents with every feature, and without findings that nobody could mend', () => {
    const workspace = new Workspace(hostOf({}));
    workspace.open(URI, 1, TEXT);
    const uri = virtualUri('onepot:network/xor', URI);
    const text = workspace.virtual(uri) ?? '';
    workspace.open(uri, 1, text);
    const snapshot = workspace.snapshot(uri);
    if (snapshot === undefined) throw new Error('not open');
    expect(snapshot.analysis.hasErrors).toBe(false);
    expect(diagnostics(snapshot)).toEqual([]);
    const use = snapshot.document.positionAt(text.indexOf('use dense(') + 5);
    expect(definition(snapshot, use)?.uri).toBe('onepot:/library/forward.crn');
  });
  it('show a network by the position: in it, in its training, or anywhere when there is nothing else', () => {
    const uri = virtualUri('onepot:network/xor', URI);
    const where = (marked: Marked): string | undefined => networkReactions(marked.snapshot, marked.position)?.uri;
    expect(where(at('hidden'))).toBe(uri);
    expect(where(at('rate = '))).toBe(uri);
    expect(where(at('neuron'))).toBeUndefined();
    const alone = TEXT.split('\n').filter((line) => !/^(neuron|fixed)/.test(line)).join('\n');
    expect(where(at('expect', 0, alone))).toBe(uri);
  });
  it('show a network that another file declares', () => {
    const { snapshot, position } = open(`import "other.crn"\ndata d {\n  x[2] -> y[1]\n  0 1 -> 1\n}\ntrain x${CURSOR}or on d { rate = 0.001; dwell = 50 }\n`, { 'other.crn': TEXT.slice(0, TEXT.indexOf('data')) });
    expect(networkReactions(snapshot, position)?.uri).toBe(virtualUri('onepot:network/xor', 'file:///home/user/other.crn'));
    expect(hoverText({ snapshot, position, text: '' })).toContain('network, declared in [other.crn](file:///home/user/other.crn');
  });
  it('compile to the network that they were made from', () => {
    const analysis = analyse(parse(TEXT.split('\n').filter((line) => !/^(neuron|fixed)/.test(line)).join('\n')));
    const alone = analyse(parse(analysis.networks[0]?.text ?? ''));
    expect(unrolledReactions(alone.network)).toEqual(unrolledReactions(analysis.network));
  });
});

describe('names that no text of the user’s declares', () => {
  it('cannot be renamed, and are told why', () => {
    const library = at('multiply', 0, 'import "onepot:arithmetic"\ndual A = 2, B = -3, C\nuse multiply(A, B, C)\n');
    for (const { snapshot, position } of [library]) {
      expect(() => prepareRename(snapshot, position)).toThrow(/belongs to the library/);
      expect(() => rename(snapshot, position, 'times')).toThrow(/belongs to the library/);
    }
    const { snapshot, position } = at('xor.hidden');
    expect(() => rename(snapshot, position, 'other')).toThrow(/made from a network/);
  });
  it('have references in the user’s text', () => {
    const { snapshot, position } = at('xor.hidden');
    expect(references(snapshot, position).some(({ uri }) => uri === URI)).toBe(true);
  });
  it('are coloured where they are built in', () => {
    // A neuron, its activation: type 2 is class.
    const { snapshot } = open('fixed X = 1\nneuron H = smooth_relu(X; h = 1)\n');
    const data = semanticTokens(snapshot) ?? [];
    const tokens = Array.from({ length: data.length / 5 }, (_, n) => data.slice(5 * n, 5 * n + 5));
    expect(tokens.map(([, , length, type]) => [length, type])).toContainEqual(['smooth_relu'.length, 2]);
  });
});

describe('the outline and folding', () => {
  it('hold networks with their layers, data, trainings', () => {
    const { snapshot } = at('param');
    const symbols = documentSymbols(snapshot);
    expect(symbols.map(({ name }) => name)).toEqual(expect.arrayContaining(['H', 'cubic', 'xor', 'table', 'train xor on table']));
    expect(symbols.find(({ name }) => name === 'xor')?.children?.map(({ name }) => name)).toEqual(['x', 'hidden', 'wide', 'y']);
    const lines = TEXT.split('\n');
    expect(folding(snapshot).map(({ startLine }) => lines[startLine]?.split(' ')[0])).toEqual(expect.arrayContaining(['network', 'data']));
  });
});

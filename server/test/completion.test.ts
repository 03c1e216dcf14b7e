import { describe, expect, it } from 'vitest';
import { InsertTextFormat, TextEdit } from 'vscode-languageserver';
import type { CompletionItem } from 'vscode-languageserver';
import { completion, signatureHelp } from '../service/index.ts';
import { apply, open } from './kit.ts';

const MODEL = `units time s, concentration uM
param kon = 0.5, koff = 1
species A = 1, B, C
dual W = -0.5
species X[3]
module twice(a: species, z: dual; k = 1) { a -> a + z^+ @ k }
`;

function labels(marked: string, files = {}): string[] {
  const { snapshot, position } = open(marked, files);
  return completion(snapshot, position).items.map((item) => item.label);
}

/** The text after taking the item of a label. */
function take(marked: string, label: string, files = {}): string {
  const { snapshot, text, position } = open(marked, files);
  const item = completion(snapshot, position).items.find((candidate: CompletionItem) => candidate.label === label);
  expect(item, `${label} is offered`).toBeDefined();
  const edit = item?.textEdit;
  if (!TextEdit.is(edit)) throw new Error('every item has a plain text edit');
  return apply(text, [edit]);
}

describe('completion', () => {
  it('offers parameters behind @, in a line that is still broken', () => {
    const offered = labels(`${MODEL}A + B -> C @ ‸`);
    expect(offered).toContain('kon');
    expect(offered).toContain('koff');
    expect(offered).not.toContain('A');
    expect(take(`${MODEL}A + B -> C @ ko‸`, 'koff')).toBe(`${MODEL}A + B -> C @ koff`);
  });

  it('offers species in complexes, duals by their rails', () => {
    const offered = labels(`${MODEL}A + ‸`);
    expect(offered).toEqual(expect.arrayContaining(['A', 'B', 'C', 'X', 'W^+', 'W^-']));
    expect(offered).not.toContain('W');
    expect(offered).not.toContain('kon');
  });

  it('offers rails behind ^, with the signs of the loops around', () => {
    expect(labels(`${MODEL}A -> W^‸`)).toEqual(['+', '-']);
    const inLoop = labels(`${MODEL}for s in signs {\n  A -> W^‸\n}\n`);
    expect(inLoop).toEqual(expect.arrayContaining(['s', '-s', '+', '-']));
    expect(take(`${MODEL}for s in signs {\n  A -> W^‸\n}\n`, '-s')).toContain('W^(-s)');
  });

  it('offers statements at the start of a line, as snippets', () => {
    const { snapshot, position } = open(`${MODEL}‸`);
    const items = completion(snapshot, position).items;
    const simulate = items.find((item) => item.label === 'simulate');
    expect(simulate?.insertTextFormat).toBe(InsertTextFormat.Snippet);
    expect(items.map((item) => item.label)).toEqual(expect.arrayContaining(['species', 'for', 'module', 'A']));
  });

  it('offers units behind a colon, composite ones of the file first', () => {
    const offered = labels(`${MODEL}param k2: ‸`);
    expect(offered.slice(0, 4)).toEqual(['uM', 's', '1/s', '1/(uM*s)']);
    expect(offered).toContain('nM');
    expect(labels(`${MODEL}param k2: 1/(‸`)).toContain('uM');
    expect(labels(`${MODEL}units time ‸`)).toContain('ms');
  });

  it('offers settings and their values', () => {
    const keys = labels(`${MODEL}simulate run {\n  ‸\n}\n`);
    expect(keys).toEqual(expect.arrayContaining(['until', 'method', 'plot', 'rtol']));
    expect(labels(`${MODEL}simulate run { method = ‸ }`)).toEqual(['auto', 'tsit5', 'rkc', 'bdf', 'ssa', 'tau', 'langevin']);
    expect(labels(`${MODEL}simulate run { until = fixed_point; plot = A, ‸ }`)).toContain('B');
    expect(take(`${MODEL}simulate run { met‸ }`, 'method')).toBe(`${MODEL}simulate run { method =  }`);
  });

  it('offers what can end a run: a word, or both sides of a condition and the sign between them', () => {
    const start = labels(`${MODEL}simulate run { until = ‸ }`);
    expect(start).toEqual(expect.arrayContaining(['fixed_point', 'A', 'W', 'kon', 'min']));
    expect(start).not.toContain('>');
    for (const left of ['A ', 'X[2] ', 'W^+ ', '2*A ', 'min(A, B) ']) {
      expect(labels(`${MODEL}simulate run { until = ${left}‸ }`)).toEqual(['>', '<']);
      const right = labels(`${MODEL}simulate run { until = ${left}>= ‸ }`);
      expect(right).toEqual(expect.arrayContaining(['A', 'kon']));
      expect(right).not.toContain('fixed_point');
    }
    expect(labels(`${MODEL}simulate run { until = A > B ‸ }`)).toEqual([]);
    expect(take(`${MODEL}simulate run { until = A ‸ }`, '>')).toBe(`${MODEL}simulate run { until = A >  }`);
    expect(take(`${MODEL}simulate run { until = A > ko‸; t = 3 }`, 'koff')).toBe(`${MODEL}simulate run { until = A > koff; t = 3 }`);
  });

  it('offers the lines of networks, data, trainings and sweeps', () => {
    expect(labels(`${MODEL}network n {\n  ‸\n}`)).toEqual(expect.arrayContaining(['input', 'layer', 'weights', 'loss']));
    expect(labels(`${MODEL}activation mine(h) { x' = h - x }\nnetwork n {\n  layer a[2] = ‸\n}`)).toEqual(expect.arrayContaining(['mine', 'linear', 'smooth_relu']));
    expect(labels(`${MODEL}network n { loss = ‸ }`)).toContain('squared');
    expect(labels(`${MODEL}data d {\n  x[2] -> y[1]\n  0 1 -> 1\n  ‸\n}`)).toContain('split');
    const pair = 'network n {\n  input x[1]\n  layer y[1] = linear\n}\ndata d {\n  x[1] -> y[1]\n  1 -> 1\n}\n';
    expect(labels(`${pair}train ‸`)).toEqual(['n']);
    expect(labels(`${pair}train n ‸`)).toEqual(['on']);
    expect(labels(`${pair}train first: n on ‸`)).toEqual(['d']);
    expect(labels(`${pair}train n on d { rule = ‸ }`)).toContain('self_annealing');
    expect(labels(`${pair}noise w { rates = 1 }\ntrain n on d { noise = ‸ }`)).toEqual(['w']);
    expect(labels(`${pair}sweep s {\n  ‸\n}`)).toEqual(expect.arrayContaining(['train', 'vary', 'epochs']));
    expect(labels(`${pair}sweep s { train n on ‸ }`)).toEqual(['d']);
    expect(labels(`${pair}sweep s { vary rate in 0..1 ‸ }`)).toEqual(['steps']);
  });

  it('offers modules with a placeholder for every argument, and arguments of the right kind', () => {
    expect(take(`${MODEL}use ‸`, 'twice')).toBe(`${MODEL}use twice(\${1:a}, \${2:z})`);
    const second = labels(`${MODEL}use twice(A, ‸`);
    expect(second[0]).toBe('W');
    expect(labels(`${MODEL}use twice(A, W; ‸`)).toEqual(['k']);
  });

  it('offers files beside this one for imports', () => {
    const files = { 'motifs.crn': 'species Q\n', 'other.txt': '' };
    expect(labels('import "‸', files).slice(0, 3)).toEqual(['motifs.crn', 'onepot:activations', 'onepot:arithmetic']);
    expect(take('import "mo‸', 'motifs.crn', files)).toBe('import "motifs.crn');
    expect(take('import ‸', '"motifs.crn"', files)).toBe('import "motifs.crn"');
  });

  it('offers loop indices in brackets', () => {
    expect(labels(`${MODEL}for i in 1..3 {\n  X[‸] -> 0 @ 1\n}\n`)).toContain('i');
  });

  it('offers nothing in comments and right behind a number', () => {
    expect(labels(`${MODEL}// A + ‸`)).toEqual([]);
    expect(labels(`${MODEL}/* A\n ‸ */`)).toEqual([]);
    expect(labels(`${MODEL}A -> B @ 1‸`)).toEqual([]);
  });

  it('places the edit over the Greek name being written', () => {
    expect(take('param κon = 1\nspecies A, B\nA -> B @ κ‸', 'κon')).toBe('param κon = 1\nspecies A, B\nA -> B @ κon');
  });

  it('goes on where a line goes on', () => {
    const offered = labels(`${MODEL}A +\n  ‸`);
    expect(offered).toContain('B');
    expect(offered).not.toContain('simulate');
  });

  it('offers many names in part, and says so', () => {
    const species = Array.from({ length: 1000 }, (_, n) => `S${n}`).join(', ');
    const { snapshot, position } = open(`species ${species}\nS1 + ‸`);
    const list = completion(snapshot, position);
    expect(list.isIncomplete).toBe(true);
    expect(list.items.length).toBeLessThanOrEqual(300);
    const narrowed = open(`species ${species}\nS1 + S99‸`);
    expect(completion(narrowed.snapshot, narrowed.position).items.map((item) => item.label)).toContain('S999');
  });
});

describe('signature help', () => {
  it('shows a module and the argument being written', () => {
    const { snapshot, position } = open(`${MODEL}use twice(A, ‸`);
    const help = signatureHelp(snapshot, position);
    expect(help?.signatures[0]?.label).toBe('twice(a: species, z: dual; k = 1)');
    expect(help?.activeParameter).toBe(1);
  });
  it('counts constants behind the semicolon', () => {
    const { snapshot, position } = open(`${MODEL}use twice(A, W; ‸`);
    expect(signatureHelp(snapshot, position)?.activeParameter).toBe(2);
  });
  it('shows functions', () => {
    const { snapshot, position } = open(`${MODEL}A -> B rate min(A, ‸`);
    expect(signatureHelp(snapshot, position)?.signatures[0]?.label).toContain('min(');
  });
  it('shows nothing elsewhere', () => {
    const { snapshot, position } = open(`${MODEL}A -> B @ ‸`);
    expect(signatureHelp(snapshot, position)).toBeNull();
  });
});

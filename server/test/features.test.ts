import { describe, expect, it } from 'vitest';
import {
  codeActions, definition, diagnostics, documentHighlight, documentSymbols, fixAll, folding, formatting, inlayHints, model, odes, prepareRename, rangeFormatting, reactions,
  references, rename, semanticTokens, semanticTokensInRange, tokenEdits, LEGEND, Workspace,
} from '../service/index.ts';
import { apply, hostOf, open, textIn, URI } from './kit.ts';

const MODEL = `units time s, concentration uM
param kon = 0.5
species A = 1, B, AB
bind: A + B -> AB @ kon
AB -> A + B @ 2*kon/kon
`;

describe('diagnostics', () => {
  it('carry code, range, message and fixes', () => {
    const { snapshot, text } = open('species Alpha\nAlhpa -> 0 @ 1\nAlpha -> 0 @ 1\n');
    const [first] = diagnostics(snapshot).filter((diagnostic) => diagnostic.code !== undefined && String(diagnostic.code).startsWith('CRN2'));
    expect(textIn(text, first!.range)).toBe('Alhpa');
    expect(first!.source).toBe('onepot');
    expect(first!.message).toContain('Alhpa');
    expect(first!.codeDescription).toBeUndefined();
    expect(diagnostics(snapshot, { manual: 'https://example.org/diagnostics/' })[0]!.codeDescription?.href).toMatch(/^https:\/\/example\.org\/diagnostics\/CRN\d{3}$/);
  });
  it('tell trouble in an imported file at the import, with the place of the first', () => {
    const { snapshot, text } = open('import "broken.crn"\nspecies B\nB -> 0 @ 1\n', { 'broken.crn': 'species A\nA -> Zzz @ 1\n' });
    const [found, ...others] = diagnostics(snapshot);
    expect(others).toEqual([]);
    expect(textIn(text, found!.range)).toBe('"broken.crn"');
    expect(found!.relatedInformation).toMatchObject([{ location: { uri: 'file:///home/user/broken.crn', range: { start: { line: 1, character: 5 } } } }]);
  });
  it('say that an import is missing', () => {
    const { snapshot, text } = open('import "nowhere.crn"\n');
    const found = diagnostics(snapshot).find((diagnostic) => diagnostic.message.includes('nowhere.crn'));
    expect(textIn(text, found!.range)).toContain('nowhere.crn');
  });
});

describe('quick fixes', () => {
  it('repair what they are offered for', () => {
    const { snapshot, text } = open('species Alpha\nAlhpa -> 0 @ 1\n');
    const range = diagnostics(snapshot).find((diagnostic) => diagnostic.message.includes('Alhpa'))!.range;
    const action = codeActions(snapshot, range).find((candidate) => candidate.isPreferred === true)!;
    const fixed = apply(text, action.edit!.changes![URI]!);
    expect(fixed).toBe('species Alpha\nAlpha -> 0 @ 1\n');
    expect(diagnostics(open(fixed).snapshot).some((diagnostic) => diagnostic.message.includes('Alhpa'))).toBe(false);
  });
  it('are offered only where the trouble is, and only of the kinds asked for', () => {
    const { snapshot } = open('species Alpha\nAlhpa -> 0 @ 1\n');
    expect(codeActions(snapshot, { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } })).toEqual([]);
    expect(codeActions(snapshot, { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } }, ['refactor'])).toEqual([]);
  });
  it('repair the whole file at once', () => {
    const text = 'species Alpha, Beta\nAlhpa -> 0 @ 1\nBeat -> 0 @ 1\nAlpha + Beta -> 0 @ 1\n';
    const { snapshot } = open(text);
    const all = fixAll(snapshot)!;
    expect(apply(text, all.edits)).toBe('species Alpha, Beta\nAlpha -> 0 @ 1\nBeta -> 0 @ 1\nAlpha + Beta -> 0 @ 1\n');
    const [action] = codeActions(snapshot, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, ['source.fixAll']);
    expect(action?.title).toContain('2');
  });
  it('make one repair that two findings ask for once', () => {
    const text = 'A -> 0 @ kk\n0 -> A @ kk\nspecies A\nA -> 0 @ other\n';
    const fixed = apply(text, fixAll(open(text).snapshot)!.edits);
    expect(fixed.match(/^param kk/gm)).toHaveLength(1);
    expect(fixed.match(/^param other/gm)).toHaveLength(1);
    expect(diagnostics(open(fixed).snapshot).filter((diagnostic) => diagnostic.code === 'CRN202')).toEqual([]);
  });
});

describe('names', () => {
  it('lead to their declaration', () => {
    const { snapshot, text, position } = open(MODEL.replace('@ kon', '@ k‸on'));
    const found = definition(snapshot, position)!;
    expect(found.range.start.line).toBe(1);
    expect(textIn(text, found.range)).toBe('kon');
  });
  it('lead into imported files', () => {
    const { snapshot, position } = open('import "m.crn"\n‸Q -> 0 @ 1\n', { 'm.crn': 'species P, Q\n' });
    expect(definition(snapshot, position)).toEqual({ uri: 'file:///home/user/m.crn', range: { start: { line: 0, character: 11 }, end: { line: 0, character: 12 } } });
  });
  it('lead from an import to its file', () => {
    const { snapshot, position } = open('import "m‸.crn"\n', { 'm.crn': 'species P, Q\n' });
    expect(definition(snapshot, position)?.uri).toBe('file:///home/user/m.crn');
  });
  it('are found everywhere', () => {
    const { snapshot, position } = open(MODEL.replace('A = 1', '‸A = 1'));
    expect(references(snapshot, position).map((location) => location.range.start.line)).toEqual([2, 3, 4]);
    expect(references(snapshot, position, false).map((location) => location.range.start.line)).toEqual([3, 4]);
    expect(documentHighlight(snapshot, position)).toHaveLength(3);
  });
  it('are found when the cursor stands right behind them', () => {
    const { snapshot, position } = open(MODEL.replace('@ kon', '@ kon‸'));
    expect(definition(snapshot, position)?.range.start.line).toBe(1);
  });
});

describe('rename', () => {
  it('changes every place', () => {
    const { snapshot, text, position } = open(MODEL.replace('kon = ', 'k‸on = '));
    expect(textIn(text, prepareRename(snapshot, position).range)).toBe('kon');
    expect(apply(text, rename(snapshot, position, 'κ').changes![URI]!)).toBe(MODEL.replaceAll('kon', 'κ'));
  });
  it('keeps rails and indices', () => {
    const text = 'dual W[2] = 0.5\nfor i in 1..2, s in signs { W^s[i] -> 0 @ 1 }\nW^+[1] -> 0 @ 1\n';
    const { snapshot, position } = open(text.replace('dual W', 'dual ‸W'));
    expect(apply(text, rename(snapshot, position, 'V').changes![URI]!)).toBe(text.replaceAll('W', 'V'));
  });
  it('changes a loop variable in its loop only', () => {
    const text = 'species X[3]\nfor i in 1..3 { X[i] -> 0 @ 1 }\nfor i in 1..2 { X[i] -> X[i+1] @ 1 }\n';
    const { snapshot, position } = open(text.replace('X[i] -> X', 'X[‸i] -> X'));
    expect(apply(text, rename(snapshot, position, 'n').changes![URI]!)).toBe('species X[3]\nfor i in 1..3 { X[i] -> 0 @ 1 }\nfor n in 1..2 { X[n] -> X[n+1] @ 1 }\n');
  });
  it('reaches into imported files', () => {
    const { snapshot, position } = open('import "m.crn"\n‸Q -> 0 @ 1\n', { 'm.crn': 'species P, Q\n' });
    const changes = rename(snapshot, position, 'R').changes!;
    expect(changes['file:///home/user/m.crn']).toHaveLength(1);
    expect(changes[URI]).toHaveLength(1);
  });
  it('changes the label of a use where something of the module is named, and refuses to rename that from outside', () => {
    const text = 'module fade(X) {\n  species tmp\n  X -> tmp @ 1\n}\nspecies A = 1\nm1: use fade(A)\nexpect m1.tmp ~ 1\nsimulate { t = 1; plot = m1.tmp }\n';
    const renamed = text.replaceAll('m1', 'first');
    for (const marked of [text.replace('m1: ', 'm‸1: '), text.replace('m1.tmp ~', 'm‸1.tmp ~')]) {
      const { snapshot, position } = open(marked);
      expect(apply(text, rename(snapshot, position, 'first').changes![URI]!)).toBe(renamed);
    }
    const { snapshot, position } = open(text.replace('m1.tmp ~', 'm1.t‸mp ~'));
    expect(() => prepareRename(snapshot, position)).toThrow('m1.tmp is the tmp of a module: rename tmp in the module\'s text.');
  });
  it('reaches into the conditions that end runs', () => {
    const text = 'param low = 0.3\nspecies X[2] = 1\nX[1] -> X[2] @ 1\nsimulate run { until = X[1] < low*X[2]; t = 4 }\n';
    for (const [name, to, marked] of [['X', 'Y', text.replace('until = X', 'until = ‸X')], ['low', 'κ', text.replace('low*', 'l‸ow*')], ['low', 'κ', text.replace('param low', 'param ‸low')]] as const) {
      const { snapshot, position } = open(marked);
      expect(textIn(text, prepareRename(snapshot, position).range)).toBe(name);
      expect(apply(text, rename(snapshot, position, to).changes![URI]!)).toBe(text.replaceAll(name, to));
    }
    const { snapshot, position } = open(text.replace('species X', 'species ‸X'));
    expect(references(snapshot, position, true).map(({ range }) => `${range.start.line}:${range.start.character}`)).toEqual(['1:8', '2:0', '2:8', '3:23', '3:34']);
  });
  it('refuses what is no name, a word of the language, and a name that is taken', () => {
    const { snapshot, position } = open(MODEL.replace('kon = ', 'k‸on = '));
    expect(() => rename(snapshot, position, '2x')).toThrow('no name');
    expect(() => rename(snapshot, position, 'a b')).toThrow('no name');
    expect(() => rename(snapshot, position, 'species')).toThrow('word of the language');
    expect(() => rename(snapshot, position, 'AB')).toThrow('already');
    const nothing = open('species A\n\n‸\n');
    expect(() => prepareRename(nothing.snapshot, nothing.position)).toThrow('no name here');
  });
});

describe('structure', () => {
  it('outlines a document', () => {
    const { snapshot } = open(`${MODEL}module m(a: species) {\n  a -> 0 @ 1\n}\nsimulate run { until = 3 }\n`);
    const outline = documentSymbols(snapshot);
    expect(outline.map((symbol) => symbol.name)).toEqual(['kon', 'A', 'B', 'AB', 'bind', 'AB -> A + B', 'm', 'run']);
    expect(outline.find((symbol) => symbol.name === 'm')?.children?.[0]?.name).toBe('a -> 0');
  });
  it('outlines and folds networks, data and training', () => {
    const { snapshot } = open('network xor {\n  input x[2]\n  layer y[1] = linear\n}\ndata d {\n  x[2] -> y[1]\n  0 1 -> 1\n}\ntrain xor on d { }\ntrain first: xor on d { }\nneuron H = relu(2*A)\n');
    expect(documentSymbols(snapshot).map(({ name, detail, children }) => [name, detail, children?.map((child) => `${child.detail} ${child.name}`)])).toEqual([
      ['xor', 'network', ['input [2] x', 'layer [1] = linear y']], ['d', 'data 1 row', undefined], ['train xor on d', 'train', undefined],
      ['first', 'train xor on d', undefined], ['H', 'neuron relu(2*A)', undefined],
    ]);
    expect(folding(snapshot)).toEqual([{ startLine: 0, endLine: 2 }, { startLine: 4, endLine: 6 }]);
  });
  it('keeps every selection inside its range, also in broken text', () => {
    const { snapshot } = open('network {\ndata {\ntrain\nsweep s\nneuron\nactivation (\nnoise {\nmodule (\nfor {\nspecies\nsimulate {\n: ->\nlabel: A ->\nimport\nuse (\nexpect\ngroup {');
    const inside = (symbols: ReturnType<typeof documentSymbols>): void => {
      for (const { name, range, selectionRange, children } of symbols) {
        expect(name).not.toBe('');
        const key = (position: { line: number; character: number }): number => position.line * 1e6 + position.character;
        expect(key(selectionRange.start)).toBeGreaterThanOrEqual(key(range.start));
        expect(key(selectionRange.end)).toBeLessThanOrEqual(key(range.end));
        inside(children ?? []);
      }
    };
    inside(documentSymbols(snapshot));
  });
  it('folds blocks and comments', () => {
    const { snapshot } = open('// one\n// two\nspecies A\ngroup g {\n  A -> 0 @ 1\n  0 -> A @ 1\n}\n/* x\n y */\n');
    expect(folding(snapshot)).toEqual([
      { startLine: 0, endLine: 1, kind: 'comment' },
      { startLine: 3, endLine: 5 },
      { startLine: 7, endLine: 8, kind: 'comment' },
    ]);
  });
  it('formats, and a formatted text stays', () => {
    const text = 'species   A=1,B  // two\n\n\n\ngroup g{\nA->B   @1 }\n';
    const formatted = apply(text, formatting(open(text).snapshot));
    expect(formatted.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
    expect(formatted).toContain('species A = 1, B');
    expect(formatted).toMatch(/\n {2}A -> B +@ 1\n/);
    expect(formatting(open(formatted).snapshot)).toEqual([]);
  });
  it('formats in small edits, and only in the lines of a range', () => {
    const text = 'species A=1, B\nA->B @ 1\n';
    const { snapshot } = open(text);
    expect(formatting(snapshot).every(({ range, newText }) => textIn(text, range).trim() === '' && newText.trim() === '')).toBe(true);
    const part = apply(text, rangeFormatting(snapshot, { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } }));
    expect(part).toBe('species A=1, B\nA -> B @ 1\n');
  });
});

describe('semantic tokens', () => {
  const decode = (data: readonly number[]): { line: number; character: number; length: number; type: string; modifiers: string[] }[] => {
    let line = 0;
    let character = 0;
    return Array.from({ length: data.length / 5 }, (_, n) => {
      const [lines, characters, length, type, modifiers] = data.slice(5 * n, 5 * n + 5) as [number, number, number, number, number];
      line += lines;
      character = lines === 0 ? character + characters : characters;
      return { line, character, length, type: LEGEND.tokenTypes[type]!, modifiers: LEGEND.tokenModifiers.filter((_name, bit) => (modifiers & (1 << bit)) !== 0) };
    });
  };
  it('tell species, parameters and labels apart', () => {
    const tokens = decode(semanticTokens(open(MODEL).snapshot)!);
    expect(tokens.find((token) => token.line === 1)).toEqual({ line: 1, character: 6, length: 3, type: 'variable', modifiers: ['declaration', 'readonly'] });
    expect(tokens.find((token) => token.line === 2)).toEqual({ line: 2, character: 8, length: 1, type: 'variable', modifiers: ['declaration'] });
    expect(tokens.find((token) => token.line === 3 && token.character === 0)?.type).toBe('event');
  });
  it('in a range are those of the whole document there', () => {
    const { snapshot } = open(MODEL);
    const whole = decode(semanticTokens(snapshot)!).filter((token) => token.line === 3);
    const part = decode(semanticTokensInRange(snapshot, { start: { line: 3, character: 0 }, end: { line: 3, character: 5 } }));
    expect(part).toEqual(whole);
  });
  it('say what stands in a condition', () => {
    const text = 'param low = 0.3\nspecies X[2] = 1\nX[1] -> X[2] @ 1\nsimulate run { until = X[1] < low*X[2]; t = 4 }\n', line = text.split('\n')[3]!;
    const tokens = decode(semanticTokens(open(text).snapshot)!).filter((token) => token.line === 3);
    expect(tokens.map(({ character, length, type, modifiers }) => [line.slice(character, character + length), type, modifiers.filter((modifier) => modifier !== 'declaration')])).toEqual([['run', 'method', []], ['X', 'variable', []], ['low', 'variable', ['readonly']], ['X', 'variable', []]]);
  });
  it('come as differences that make the new tokens of the old', () => {
    const before = semanticTokens(open(MODEL).snapshot)!;
    const after = semanticTokens(open(MODEL.replace('species A = 1, B, AB', 'species A = 1, B,\n  AB, Q')).snapshot)!;
    const [edit] = tokenEdits(before, after);
    const made = [...before];
    made.splice(edit!.start, edit!.deleteCount, ...(edit!.data ?? []));
    expect(made).toEqual(after);
    expect(tokenEdits(before, before)).toEqual([]);
  });
});

describe('texts', () => {
  it('list every ODE', () => {
    const { text, hasErrors } = odes(open('species A, B\nA -> B @ 2\n').snapshot);
    expect(hasErrors).toBe(false);
    expect(text).toContain('A′ = −2·A');
    expect(text).toContain('B′ = 2·A');
  });
  it('list every reaction, group by group, up to a limit', () => {
    const model = 'species X[3]\ngroup decay {\n  for i in 1..3 { X[i] -> 0 @ i }\n}\n';
    const { text } = reactions(open(model).snapshot);
    expect(text).toContain('// group decay');
    expect(text).toContain('X[2] -> 0 @ 2');
    const short = reactions(open(model).snapshot, 2).text;
    expect(short).not.toContain('X[2] -> 0 @ 2');
    expect(short).toContain('3 reactions, not listed');
  });
  it('summarise the model', () => {
    const summary = model(open(`${MODEL}fixed E = 2\nspecies X[4]\nsimulate run { until = 3 }\n`).snapshot);
    expect(summary.parameters).toMatchObject([{ name: 'kon', value: 0.5, unit: '1/(uM*s)', place: { uri: URI, line: 1 } }]);
    expect(summary.experiments).toMatchObject([{ name: 'run', place: { line: 7 } }]);
    expect(summary.species.map(({ name, kind, shape }) => [name, kind, shape])).toEqual([['A', 'species', []], ['B', 'species', []], ['AB', 'species', []], ['E', 'fixed', []], ['X', 'species', [4]]]);
    expect(summary.reactions).toBe(2);
    expect(summary.dimension).toBe(8);
  });
  it('hint at inferred units', () => {
    const { snapshot } = open(MODEL);
    const hints = inlayHints(snapshot, { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } });
    expect(hints.find((hint) => hint.position.line === 1)?.label).toBe(': 1/(uM*s)');
  });
});

describe('workspace', () => {
  it('reads an edited text as it would read it fresh', () => {
    const workspace = new Workspace(hostOf({}));
    workspace.open(URI, 1, MODEL);
    workspace.snapshot(URI);
    workspace.change(URI, 2, [{ range: { start: { line: 2, character: 8 }, end: { line: 2, character: 9 } }, text: 'Aa' }]);
    const edited = workspace.snapshot(URI)!;
    const fresh = open(MODEL.replace('species A', 'species Aa')).snapshot;
    expect(diagnostics(edited)).toEqual(diagnostics(fresh));
    expect(edited.document.getText()).toBe(fresh.document.getText());
  });
  it('gives the same snapshot until something changes', () => {
    const workspace = new Workspace(hostOf({}));
    workspace.open(URI, 1, MODEL);
    const first = workspace.snapshot(URI);
    expect(workspace.snapshot(URI)).toBe(first);
    workspace.change(URI, 2, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n' }]);
    expect(workspace.snapshot(URI)).not.toBe(first);
  });
  it('looks at imports again when they change', () => {
    const files: Record<string, string> = { 'm.crn': 'species P\n' };
    const workspace = new Workspace(hostOf(files));
    workspace.open(URI, 1, 'import "m.crn"\nP -> 0 @ 1\nQ -> 0 @ 1\n');
    expect(diagnostics(workspace.snapshot(URI)!).some((diagnostic) => diagnostic.message.includes('Q'))).toBe(true);
    files['m.crn'] = 'species P, Q\n';
    workspace.fileChanged('file:///home/user/m.crn');
    expect(diagnostics(workspace.snapshot(URI)!).some((diagnostic) => diagnostic.message.includes('Q'))).toBe(false);
    workspace.open('file:///home/user/m.crn', 1, 'species P\n');
    expect(workspace.dependentsOf('file:///home/user/m.crn')).toEqual([URI]);
    expect(diagnostics(workspace.snapshot(URI)!).some((diagnostic) => diagnostic.message.includes('Q'))).toBe(true);
  });
  it('survives imports in a circle', () => {
    const workspace = new Workspace(hostOf({ 'a.crn': 'import "model.crn"\nspecies A\n', 'model.crn': 'import "a.crn"\n' }));
    workspace.open(URI, 1, 'import "a.crn"\nimport "model.crn"\n');
    expect(diagnostics(workspace.snapshot(URI)!).some((diagnostic) => /circle|cycle|itself/i.test(diagnostic.message))).toBe(true);
  });
});

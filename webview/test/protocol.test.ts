import { describe, expect, it } from 'vitest';
import { isColour, isHostMessage, isLabMessage, isLabSettings, isSavedLab } from '../index.ts';

const settings = { rtol: 1e-6, atol: 1e-9, method: 'auto', points: 500 };

describe('messages from the host', () => {
  it.each([
    { type: 'document', uri: 'file:///a.crn', name: 'a.crn', version: 3, text: '' },
    { type: 'settings', settings },
    { type: 'imports', files: [{ path: 'm.crn', from: null, uri: 'file:///m.crn', text: 'species A' }, { path: 'n.crn', from: 'file:///m.crn', error: 'no file' }] },
    { type: 'importsChanged' },
    { type: 'run' },
    { type: 'pointed' },
    { type: 'pointed', word: 'κ' },
    { type: 'run', experiment: 'relax' },
    { type: 'kept', part: 'pins' },
    { type: 'kept', part: 'training', text: '{}' },
  ])('are understood: $type', (message) => expect(isHostMessage(message)).toBe(true));

  it.each([
    ['nothing', null], ['a number', 5], ['a list', []], ['no type', {}], ['an unknown type', { type: 'eval', code: '1' }],
    ['a type from the prototype', { type: 'constructor' }],
    ['a version below zero', { type: 'document', uri: 'u', name: 'n', version: -1, text: '' }],
    ['a text that is none', { type: 'document', uri: 'u', name: 'n', version: 1, text: 7 }],
    ['a tolerance of zero', { type: 'settings', settings: { ...settings, rtol: 0 } }],
    ['a tolerance that is not a number', { type: 'settings', settings: { ...settings, atol: NaN } }],
    ['an unknown method', { type: 'settings', settings: { ...settings, method: 'euler' } }],
    ['a file with neither text nor error', { type: 'imports', files: [{ path: 'm', from: null, uri: 'u' }] }],
    ['a word of two lines', { type: 'pointed', word: 'a\nb' }],
    ['a text that was kept for nothing', { type: 'kept', text: '{}' }],
    ['an experiment that is no name', { type: 'run', experiment: 1 }],
  ])('are refused: %s', (_, message) => expect(isHostMessage(message)).toBe(false));
});

describe('messages from the lab', () => {
  it.each([
    { type: 'ready' },
    { type: 'needImports', requests: [{ path: 'm.crn', from: null }] },
    { type: 'reveal', uri: null, start: 3, end: 9 },
    { type: 'save', format: 'csv', name: 'a.csv', bytes: new Uint8Array([116]) },
    { type: 'theme', foreground: 'rgb(204, 204, 204)', background: '#1f1f1f' },
    { type: 'problem', message: 'it broke' },
    { type: 'keep', part: 'pins', text: '' },
    { type: 'needKept', part: 'training' },
  ])('are understood: $type', (message) => expect(isLabMessage(message)).toBe(true));

  it.each([
    ['a range that ends before it starts', { type: 'reveal', uri: null, start: 9, end: 3 }],
    ['half an offset', { type: 'reveal', uri: null, start: 0.5, end: 3 }],
    ['a format that is not offered', { type: 'save', format: 'exe', name: 'a', bytes: new Uint8Array() }],
    ['text in place of bytes', { type: 'save', format: 'csv', name: 'a', bytes: 't,X' }],
    ['a colour with more in it', { type: 'theme', foreground: 'red"/><script>', background: '#000' }],
    ['a part that no host keeps', { type: 'keep', part: '../../other', text: '' }],
    ['an import without its origin', { type: 'needImports', requests: [{ path: 'm.crn' }] }],
    ['a message of the host', { type: 'document', uri: 'u', name: 'n', version: 1, text: '' }],
  ])('are refused: %s', (_, message) => expect(isLabMessage(message)).toBe(false));
});

describe('other checks', () => {
  it('take computed colours and nothing else', () => {
    expect(['rgb(1, 2, 3)', 'rgba(1, 2, 3, 0.5)', '#abc', 'color(srgb 0.8 0.8 0.8 / 0.9)'].every(isColour)).toBe(true);
    expect(['url(http://x)', 'rgb(1,2,3);x:y', '', 'expression(1)'].some(isColour)).toBe(false);
  });
  it('want every setting', () => expect(isLabSettings({ rtol: 1e-6, atol: 1e-9, method: 'auto' })).toBe(false));
  it('read the document a saved lab belongs to', () => {
    expect(isSavedLab({ uri: 'file:///a.crn', more: 1 })).toBe(true);
    expect(isSavedLab(undefined)).toBe(false);
  });
});

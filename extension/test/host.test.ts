/** The host's decisions that matter for safety, with the little of VS Code they need. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';

interface FakeUri { scheme: string; authority: string; path: string; toString(): string }
const vscode = vi.hoisted(() => {
  const uri = (scheme: string, authority: string, path: string): FakeUri => ({ scheme, authority, path, toString: () => `${scheme}://${authority}${path}` });
  const files = new Map<string, Uint8Array>();
  const normal = (path: string): string => {
    const parts: string[] = [];
    for (const part of path.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '' && part !== '.') parts.push(part);
    }
    return `/${parts.join('/')}`;
  };
  return {
    files,
    Uri: {
      parse: (text: string) => {
        const match = /^([\w-]+):\/\/([^/]*)(\/.*)$/.exec(text)!;
        return uri(match[1]!, match[2]!, match[3]!);
      },
      joinPath: (base: FakeUri, ...parts: string[]) => uri(base.scheme, base.authority, normal([base.path, ...parts].join('/'))),
    },
    workspace: {
      isTrusted: true,
      workspaceFolders: undefined as { uri: FakeUri }[] | undefined,
      textDocuments: [] as { uri: FakeUri; getText: () => string }[],
      fs: {
        stat: (at: FakeUri) => (files.has(at.path) ? Promise.resolve({ size: files.get(at.path)!.length }) : Promise.reject(new Error('no file'))),
        readFile: (at: FakeUri) => Promise.resolve(files.get(at.path)!),
      },
    },
    ColorThemeKind: { Light: 1, Dark: 2, HighContrast: 3, HighContrastLight: 4 },
  };
});
vi.mock('vscode', () => vscode);

const { readImport } = await import('../lab/imports.ts');
const { contentPolicy, labPage, pageParts } = await import('../lab/page.ts');
const { foregroundOf, hexOf } = await import('../theme.ts');

const file = (path: string): never => vscode.Uri.parse(`file://${path}`) as never;
const model = file('/home/user/models/a.crn');
const put = (path: string, text: string): void => void vscode.files.set(path, new TextEncoder().encode(text));

beforeEach(() => {
  vscode.files.clear();
  vscode.workspace.isTrusted = true;
  vscode.workspace.workspaceFolders = [{ uri: file('/home/user') }];
  vscode.workspace.textDocuments = [];
  put('/home/user/models/part.crn', 'species P');
  put('/home/user/top.crn', 'species T');
  put('/secret/key.crn', 'species K');
  put('/workshop/b.crn', 'species S');
});

describe('imports', () => {
  it('are read beside the importing text, inside the workspace', async () => {
    expect(await readImport({ path: 'part.crn', from: null }, model)).toEqual({ path: 'part.crn', from: null, uri: 'file:///home/user/models/part.crn', text: 'species P' });
    expect(await readImport({ path: '../top.crn', from: 'file:///home/user/models/part.crn' }, model)).toMatchObject({ text: 'species T' });
  });

  it('come from the editor when they are open there', async () => {
    vscode.workspace.textDocuments = [{ uri: file('/home/user/models/part.crn'), getText: () => 'species Unsaved' }];
    expect(await readImport({ path: 'part.crn', from: null }, model)).toMatchObject({ text: 'species Unsaved' });
  });

  it.each(['../../secret/key.crn', '../../workshop/b.crn', '/secret/key.crn', 'file:///secret/key.crn', 'C:/key.crn', '', 'a\0b'])('are not read from elsewhere: %j', async (path) => {
    const answer = await readImport({ path, from: null }, model);
    expect(answer).toHaveProperty('error');
    expect(answer).not.toHaveProperty('text');
  });

  it('of a file opened on its own are read beside it only when its place is trusted', async () => {
    vscode.workspace.workspaceFolders = undefined;
    expect(await readImport({ path: 'part.crn', from: null }, model)).toHaveProperty('text');
    expect(await readImport({ path: '../top.crn', from: null }, model)).toHaveProperty('error');
    vscode.workspace.isTrusted = false;
    expect(await readImport({ path: 'part.crn', from: null }, model)).toHaveProperty('error');
  });

  it('that are not there are named', async () => {
    expect(await readImport({ path: 'gone.crn', from: null }, model)).toEqual({ path: 'gone.crn', from: null, error: 'There is no file "gone.crn".' });
  });
});

describe('the lab’s page', () => {
  const { digests } = pageParts((name) => (name === 'lab.js' ? 'a' : name === 'lab.css' ? 'b{}' : 'c'));
  const policy = contentPolicy('https://host', digests);
  it('allows nothing by default, nothing inline and no eval', () => {
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toMatch(/'unsafe-eval'/);
  });
  it('names what may run by its digest', () => {
    // sha256sum of the letters, in base64.
    expect(policy).toContain("script-src 'sha256-Ln0sA6lQeuJl7PW1NWiFpTOTogKdJBOUmXJloaJa78Y=' 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=' 'wasm-unsafe-eval';");
    expect(policy).toMatch(/style-src 'sha256-[\w+/]{43}=';/);
  });
  it('talks to its own resources only', () => {
    expect(policy).toContain('connect-src https://host blob:;');
    expect(policy).toContain('worker-src blob:;');
  });
});

describe('the lab’s page as written', () => {
  const webview = { cspSource: 'https://host', asWebviewUri: (uri: { path: string }) => ({ toString: () => `https://host${uri.path}` }) };
  const parts = pageParts((name) => (name === 'early.js' ? 'say("</script><b>");' : name));
  const page = (runsAhead: boolean): string => labPage(webview as never, file('/extension'), 'a"<b>.crn', '1.0', undefined, parts, runsAhead);
  it('holds one script, which no text in it ends, and says where the others are', () => {
    const scripts = [...page(true).matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)];
    expect(scripts.map(([, attributes, text]) => [attributes, text])).toEqual([['', 'say("<\\/script><b>");']]);
    expect(page(true)).toContain(createHash('sha256').update(scripts[0]![2]!).digest('base64'));
    expect(page(true)).toContain('<meta name="onepot-script" content="https://host/extension/dist/webview/lab.js">');
    expect(page(true)).toContain('<meta name="onepot-style" content="https://host/extension/dist/webview/lab.css">');
    expect(page(true)).toContain('<title>a&quot;&lt;b>.crn</title>');
  });
  it('gives its parts another name when they are others', () => {
    const name = (text: string): string | undefined => /"onepot-parts" content="([^"]*)"/.exec(labPage(webview as never, file('/extension'), 'a', '1.0', undefined, pageParts(() => text), true))?.[1];
    expect(name('a')).toContain('sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=');
    expect(name('a')).not.toBe(name('b'));
  });
  it('has the worker fetched at once, or not before it is needed where the first answers come with the text', () => {
    expect([page(false).includes('rel="preload"'), page(false).includes('onepot-first-run')]).toEqual([true, false]);
    expect([page(true).includes('rel="preload"'), page(true).includes('onepot-first-run')]).toEqual([false, true]);
  });
});

describe('theme colours', () => {
  it('are passed on as #rrggbb, and only if they are colours', () => {
    expect(['rgb(204, 204, 204)', 'rgba(0, 16, 255, 0.5)', '#ABCDEF'].map(hexOf)).toEqual(['#cccccc', '#0010ff', '#abcdef']);
    expect(['red', 'url(x)', ''].map(hexOf)).toEqual([undefined, undefined, undefined]);
  });
  it('are known for every kind of theme', () => {
    for (const kind of Object.values(vscode.ColorThemeKind)) expect(foregroundOf(kind as never)).toMatch(/^#[0-9a-f]{6}$/);
  });
});

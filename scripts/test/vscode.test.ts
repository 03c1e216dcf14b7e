import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { describe, expect, test } from 'vitest';
import { relativeLinks } from '../lib/docs-text.ts';
import { root } from '../lib/paths.ts';
import { serverEnvironment, workbenchUrl } from '../vscode/server.ts';
import { desktopCommand } from '../start-desktop.ts';

describe('the address of a workbench', () => {
  test('names the folder', () => {
    const address = new URL(workbenchUrl('http://127.0.0.1:8000', '/home/ada/my models'));
    expect(address.searchParams.get('folder')).toBe('/home/ada/my models');
    expect(address.searchParams.get('payload')).toBeNull();
  });
  test('names the file to open as an address on the server', () => {
    const address = new URL(workbenchUrl('http://127.0.0.1:8000', '/m', '/m/é a.crn'));
    expect(JSON.parse(address.searchParams.get('payload') ?? '')).toEqual([['openFile', 'vscode-remote://127.0.0.1:8000/m/%C3%A9%20a.crn']]);
  });
  test('takes Windows paths', () => {
    expect(new URL(workbenchUrl('http://127.0.0.1:8000', 'C:\\models')).searchParams.get('folder')).toBe('/C:/models');
  });
});

test("the server does not see another VS Code's settings, or passwords meant for others", () => {
  const env = serverEnvironment({ PATH: '/bin', HOME: '/h', VSCODE_IPC_HOOK: 'x', NODE_OPTIONS: '--inspect', PORT: '1', PASSWORD: 'p', npm_config_x: 'y' });
  expect(Object.keys(env).sort()).toEqual(['EXTENSIONS_GALLERY', 'HOME', 'PATH']);
  expect(JSON.parse(env['EXTENSIONS_GALLERY'] ?? '')).toHaveProperty('serviceUrl');
});

test('desktop VS Code loads the extension from the repository', () => {
  expect(desktopCommand('/usr/bin/code', '/repo')).toEqual(['/usr/bin/code', '--new-window', '--extensionDevelopmentPath=/repo', expect.stringMatching(/samples$/)]);
  expect(desktopCommand('C:\\VS\\code.cmd', 'C:\\repo')[0]).toBe('cmd.exe');
});

test('the package holds what users need and no more', async () => {
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  const pictures = relativeLinks(readFileSync(join(root, 'README.md'), 'utf8')).filter((path) => path.endsWith('.png'));
  expect(pictures.length).toBeGreaterThan(0);
  for (const path of ['package.json', 'package.nls.json', 'l10n/bundle.l10n.json', 'README.md', 'CHANGELOG.md', 'LICENSE', ...pictures]) expect(files).toContain(path);
  expect(files.filter((path) => /\.map$|\.ts$|tsconfig|^dist\/\.?playground|^dist\/server\/worker|^(samples|e2e|scripts|node_modules|out)\//.test(path))).toEqual([]);
}, 60_000);

import { describe, expect, test } from 'vitest';
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

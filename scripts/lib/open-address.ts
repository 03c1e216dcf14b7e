/** Opens an address in the user's browser, where there is one. */
import { spawn } from 'node:child_process';
import { which } from './run.ts';

/**
 * The command that opens an address, or undefined where nobody would see it: without a display, in a remote shell, in CI.
 */
export function openCommand(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): readonly [command: string, ...args: string[]] | undefined {
  if (env['CI']) return undefined;
  // `start` takes the first quoted argument as a title.
  if (platform === 'win32') return ['cmd.exe', '/d', '/s', '/c', 'start', '""'];
  if (platform === 'darwin') return env['SSH_CONNECTION'] ? undefined : ['open'];
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return undefined;
  const opener = which('xdg-open', env);
  return opener === undefined ? undefined : [opener];
}

/** Opens `address`; returns false where there is no browser to open it in. */
export function openAddress(address: string): boolean {
  const command = openCommand();
  if (command === undefined) return false;
  const [program, ...args] = command;
  // In cmd, & separates commands.
  const shown = process.platform === 'win32' ? address.replaceAll('&', '^&') : address;
  const child = spawn(program, [...args, shown], { stdio: 'ignore', detached: true, windowsVerbatimArguments: true });
  child.on('error', () => undefined); // the address is printed anyway
  child.unref();
  return true;
}

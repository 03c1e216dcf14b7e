/** Folders the scripts work in. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The root of the repository. */
export const root = resolve(import.meta.dirname, '../..');

/**
 * The folder for things that are fetched once and kept between runs (VS Code, mostly):
 * `ONEPOT_CACHE`, else the platform's cache folder.
 */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  // An empty variable counts as not set, as the XDG specification asks.
  if (env['ONEPOT_CACHE']) return resolve(env['ONEPOT_CACHE']);
  if (platform === 'win32' && env['LOCALAPPDATA']) return join(env['LOCALAPPDATA'], 'onepot');
  if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], 'onepot');
  return join(home, '.cache', 'onepot');
}

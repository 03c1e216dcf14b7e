/**
 * Finds a Chromium for the end-to-end tests, and installs one where that is possible without asking.
 * Run by itself it prints the path: `node scripts/browser.ts`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMain, say, StepError, tail } from './lib/console.ts';
import { root } from './lib/paths.ts';
import { tryRun, which } from './lib/run.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge', 'msedge'];

/** Places where browsers are that are not on PATH. */
function usualPlaces(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') {
    const apps = ['/Applications', ...(env['HOME'] ? [`${env['HOME']}/Applications`] : [])];
    const programs = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return apps.flatMap((folder) => programs.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`));
  }
  if (platform === 'win32') {
    const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => env[name] ?? []);
    const programs = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
    return folders.flatMap((folder) => programs.map((program) => join(folder, program)));
  }
  return ['/usr/bin/chromium', '/usr/lib/chromium/chromium', '/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge', '/snap/bin/chromium'];
}

/**
 * The path of an installed Chromium, Chrome or Edge, or undefined.
 * @throws StepError if `ONEPOT_CHROMIUM` names a file that does not exist.
 */
export function findBrowser(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string | undefined {
  const chosen = env['ONEPOT_CHROMIUM'];
  if (chosen) {
    if (!existsSync(chosen)) throw new StepError(`ONEPOT_CHROMIUM names ${chosen}, which does not exist: set it to the path of a Chromium, or unset it.`);
    return chosen;
  }
  for (const name of names) {
    const found = which(name, env);
    if (found !== undefined) return found;
  }
  return usualPlaces(env, platform).find((path) => existsSync(path));
}

/** Whether this is Debian or made from it without snap's stand-in for chromium, and we may install packages. */
function canUseApt(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || which('apt-get') === undefined) return false;
  try {
    return /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

async function installWithApt(): Promise<string> {
  say('No Chromium found: installing the Debian package chromium with apt-get.');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await tryRun('apt-get', ['update', '-q'], { env });
  const install = await tryRun('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { env });
  return install.code === 0 ? '' : tail(`${update.output}\n${install.output}`, 2);
}

/** Playwright's own Chromium, for a user who may not install packages. Undefined when it cannot be fetched. */
async function installWithPlaywright(): Promise<{ path?: string; problem: string }> {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  if (path && existsSync(path)) return { path, problem: '' };
  say('No Chromium found: fetching one with playwright install chromium.');
  const cli = join(root, 'node_modules/playwright-core/cli.js');
  const { code, output } = await tryRun(process.execPath, [cli, 'install', 'chromium']);
  return code === 0 && existsSync(path) ? { path, problem: '' } : { problem: tail(output, 1) };
}

/**
 * The path of a Chromium that runs: one that is there, else Debian's package (as root), else Playwright's download.
 * @throws StepError saying in one line what is missing.
 */
export async function ensureBrowser(): Promise<string> {
  const found = findBrowser();
  if (found !== undefined) return found;
  const problems: string[] = [];
  if (canUseApt()) {
    problems.push(await installWithApt());
    const installed = findBrowser();
    if (installed !== undefined) return installed;
  }
  const fetched = await installWithPlaywright();
  if (fetched.path !== undefined) return fetched.path;
  problems.push(fetched.problem);
  throw new StepError(
    `The end-to-end tests need Chromium, Chrome or Edge: install one, or set ONEPOT_CHROMIUM to its path (${problems.filter(Boolean).join('; ')}).`,
  );
}

if (import.meta.main) await runMain(async () => say(await ensureBrowser()));

/** Starts and stops a VS Code in the browser, with settings and extensions of its own in a temporary folder. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StepError, tail } from '../lib/console.ts';
import { run, startGuarded } from '../lib/run.ts';
import type { VSCodeInstall } from './install.ts';

/** A running VS Code. */
export interface VSCodeServer {
  /** Its address, `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Resolves, with the last lines of its log, when the server ends, by itself or by `stop`. */
  readonly ended: Promise<string>;
  /** Everything it has printed so far. */
  log(): string;
  /** Ends it, what it started, and removes its temporary folder. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** A packaged extension to install. */
  vsix: string;
  /** Settings on top of those every run has. */
  settings?: Readonly<Record<string, unknown>>;
  /** The port to listen on; 0, the default, takes a free one. */
  port?: number;
}

/** Settings of every run: nothing is saved, restored, fetched or offered unasked. */
const commonSettings: Readonly<Record<string, unknown>> = {
  'files.autoSave': 'off', // on the web it is on, and would write into samples/
  'files.hotExit': 'off',
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'json.schemaDownload.enable': false,
};

/** Our environment without what would change the server: settings of a VS Code we run in, and passwords meant for others. */
export function serverEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const dropped = /^(VSCODE_.*|NODE_OPTIONS|PORT|PASSWORD|HASHED_PASSWORD|CODE_SERVER_.*|CS_.*|npm_.*|ELECTRON_.*)$/i;
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !dropped.test(name)));
  // No gallery: nothing is looked up or downloaded.
  return { ...kept, EXTENSIONS_GALLERY: '{"serviceUrl":"http://127.0.0.1:9/none"}' };
}

/**
 * Starts the server on a free port and waits until it answers.
 * @throws StepError with the end of its log if it ends, or says nothing for half a minute.
 */
export async function startVSCode(install: VSCodeInstall, options: ServerOptions): Promise<VSCodeServer> {
  const folder = await mkdtemp(join(tmpdir(), 'onepot-vscode-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    const userData = join(folder, 'user-data');
    const extensions = join(folder, 'extensions');
    const config = join(folder, 'config.yaml');
    await mkdir(join(userData, 'User'), { recursive: true });
    await mkdir(extensions);
    await writeFile(join(userData, 'User/settings.json'), JSON.stringify({ ...commonSettings, ...options.settings }, null, 2));
    await writeFile(config, '');
    const common = [install.entry, '--config', config, '--user-data-dir', userData, '--extensions-dir', extensions];
    const env = serverEnvironment(process.env);
    await run(process.execPath, [...common, '--install-extension', options.vsix], { env });
    return await startServer(
      [...common, '--bind-addr', `127.0.0.1:${options.port ?? 0}`, '--auth', 'none', '--disable-telemetry', '--disable-update-check',
        '--disable-workspace-trust', '--disable-getting-started-override'],
      env,
      remove,
    );
  } catch (error) {
    await remove();
    throw error;
  }
}

async function startServer(args: readonly string[], env: NodeJS.ProcessEnv, cleanUp: () => Promise<void>): Promise<VSCodeServer> {
  let log = '';
  let announce: (url: string) => void = () => undefined;
  const listening = new Promise<string>((resolve) => (announce = resolve));
  const child = startGuarded(process.execPath, args, { env }, (text) => {
    log += text;
    const address = /HTTP server listening on (http:\/\/[\w.:]+)/.exec(log);
    if (address?.[1] !== undefined) announce(address[1]);
  });
  const ended = child.ended.then(() => tail(log, 5));
  const timeout = AbortSignal.timeout(30_000);
  const silent = new Promise<never>((_, reject) => {
    timeout.addEventListener('abort', () => reject(new StepError(`VS Code did not start within 30 s.\n${tail(log, 10)}`)));
  });
  try {
    const url = await Promise.race([listening, silent, ended.then((end) => Promise.reject(new StepError(`VS Code ended while starting.\n${end}`)))]);
    const stop = async (): Promise<void> => {
      await child.stop();
      await cleanUp();
    };
    return { url, ended, log: () => log, stop };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

/** The address that opens `folder`, and `file` in it, in the VS Code at `url`; both are absolute paths on the server. */
export function workbenchUrl(url: string, folder: string, file?: string): string {
  const address = new URL(url);
  address.searchParams.set('folder', serverPath(folder));
  if (file !== undefined) {
    const uri = `vscode-remote://${address.host}${encodeURI(serverPath(file))}`;
    address.searchParams.set('payload', JSON.stringify([['openFile', uri]]));
  }
  return address.href;
}

/** An absolute path as VS Code writes it in addresses: `/c:/models` for `C:\models`. */
function serverPath(path: string): string {
  const forward = path.replaceAll('\\', '/');
  return forward.startsWith('/') ? forward : `/${forward}`;
}

/** Builds the playground: a folder of files for any web host. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build as esbuild, formatMessages, type BuildOptions, type Message, type Metafile, type Plugin } from 'esbuild';
import { bundles, esbuildOptions } from './bundles.ts';
import { StepError } from './console.ts';
import { buildKernels } from './kernels.ts';
import { root } from './paths.ts';
import { readSamples } from './playground-samples.ts';
import { leaveManualOut } from './without-manual.ts';

export const playgroundFolder = join(root, 'dist/playground');

/** A file of the build with its size when a host compresses it. */
export interface BuiltFile {
  /** From the folder of the version. */
  readonly path: string;
  readonly gzip: number;
}
export interface BuiltPlayground {
  readonly version: string;
  readonly files: readonly BuiltFile[];
}

/** A worker loads `file` when it is first needed: another module, of the same exports, stands for it and does that. */
const later = (file: RegExp, standIn: string): Plugin => ({
  name: 'later',
  setup(run): void {
    run.onResolve({ filter: file }, ({ kind }) => (kind === 'entry-point' ? undefined : { path: join(root, standIn) }));
  },
});
const typesetLater = later(/\/typeset\.ts$/, 'server/typeset-later.ts');
const layoutLater = later(/\/layout\.ts$/, 'webview/engine/analysis/layout-later.ts');

/**
 * Language server and lab both read models: what they share is a script of its own that both workers load, so that a visitor downloads it
 * once (and so that both speak one language). The rooms know each other by their facades only, which is where it is cut.
 */
const shared = ['l10n', 'grammar', 'chemistry'] as const;
const fromCore: Plugin = {
  name: 'from-core',
  setup(run): void {
    run.onResolve({ filter: new RegExp(`/(${shared.join('|')})/index\\.ts$`) }, ({ path }) => ({ path: path.split('/').at(-2)!, namespace: 'core' }));
    run.onLoad({ filter: /./, namespace: 'core' }, ({ path }) => ({ contents: `module.exports = onepotCore.${path};` }));
  },
};

/** The editor compares texts side by side; nothing here does, and the parts for it are a sizable share. Should they move, the build fails. */
const withoutComparing: Plugin = {
  name: 'without-comparing',
  setup(run): void {
    const stubs = new Map([['diffEditor/diffEditorWidget', 'DiffEditorWidget'], ['multiDiffEditor/multiDiffEditorWidget', 'MultiDiffEditorWidget']]);
    run.onLoad({ filter: /[\\/]monaco-editor[\\/]esm[\\/]vs[\\/]editor[\\/]browser[\\/]widget[\\/](multiD|d)iffEditor[\\/](multiD|d)iffEditorWidget\.js$/ }, ({ path }) => {
      const name = [...stubs].find(([end]) => path.split(sep).join('/').endsWith(`${end}.js`))?.[1];
      return name === undefined ? undefined : { contents: `export class ${name} {}` };
    });
  },
};

const common: BuildOptions = {
  absWorkingDir: root, bundle: true, minify: true, charset: 'utf8', legalComments: 'external', logLevel: 'silent', platform: 'browser',
  target: ['chrome120', 'firefox120', 'safari17'], define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.crn': 'text', '.svg': 'text', '.ttf': 'file' }, assetNames: '[name]', chunkNames: '[name]-[hash]',
};

/** Puts the scripts, styles and data of a version into `folder`. @returns what the page's own scripts are made of */
async function writeVersion(folder: string, languages: readonly string[]): Promise<Metafile> {
  await mkdir(join(folder, 'l10n'));
  const script = (output: string, entry: string, more: BuildOptions = {}): Promise<unknown> =>
    esbuild({ ...common, format: 'iife', outfile: join(folder, output), entryPoints: [entry], ...more });
  const labHtml = await readFile(join(root, 'playground/lab.html'), 'utf8'), { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const lab = bundles.filter(({ output }) => output.startsWith('dist/webview/'));
  const [page] = await Promise.all([
    esbuild({ ...common, format: 'esm', splitting: true, metafile: true, outdir: folder, entryPoints: [{ in: 'playground/main.ts', out: 'main' }], plugins: [withoutComparing] }),
    esbuild({
      ...common, format: 'iife', outfile: join(folder, 'core.js'), globalName: 'onepotCore', plugins: [leaveManualOut],
      stdin: { contents: shared.map((room) => `export * as ${room} from './${room}/index.ts';`).join('\n'), resolveDir: root, loader: 'ts' },
    }),
    script('server.js', 'server/worker.ts', { plugins: [typesetLater, fromCore], banner: { js: "importScripts('core.js');" } }),
    script('typeset.js', 'server/service/typeset.ts', { globalName: 'onepotTypeset' }),
    script('lab/layout.js', 'webview/engine/analysis/layout.ts', { globalName: 'onepotLayout' }),
    script('lab-frame.js', 'playground/lab-frame.ts'),
    script('editor.worker.js', 'node_modules/monaco-editor/esm/vs/editor/editor.worker.js'),
    ...lab.map((bundle) => esbuild({
      ...esbuildOptions({ ...bundle, output: bundle.output.replace('dist/webview/', 'lab/') }, root, true), outdir: folder,
      // The lab's page starts it behind the core, see playground/lab-frame.ts.
      ...(bundle.output.endsWith('/worker.js') ? { plugins: [fromCore, layoutLater] } : {}),
    })),
    writeFile(join(folder, 'lab.html'), labHtml.replace('{{version}}', version)),
    copyFile(join(root, 'extension/media/icon.svg'), join(folder, 'icon.svg')),
    writeFile(join(folder, 'samples.json'), JSON.stringify(readSamples())),
    ...languages.map((tag) => copyFile(join(root, `l10n/bundle.l10n.${tag}.json`), join(folder, `l10n/${tag}.json`))),
  ]);
  return page.metafile;
}

/** The tags of the languages that there are bundles of. */
async function languagesThere(): Promise<string[]> {
  return (await readdir(join(root, 'l10n'))).flatMap((name) => /^bundle\.l10n\.([a-z-]+)\.json$/.exec(name)?.[1] ?? []).sort();
}

/** The scripts of the editor and what belongs to it: the browser is told to fetch them while it still reads the page. */
function preloads(metafile: Metafile, folder: string): string[] {
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [relative(folder, join(root, path)), output]));
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const { path, kind } of outputs.get(name)?.imports ?? []) if (kind === 'import-statement') visit(relative(folder, join(root, path)));
  };
  for (const [name, { entryPoint }] of outputs) if (entryPoint === 'playground/page.ts') visit(name);
  if (found.size === 0) throw new Error('The page script is not in the build.');
  return [...found];
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')).sort();
}

/** Whether a file is used by the page, and not only for people to read. */
const isUsed = (path: string): boolean => !/\.LEGAL\.txt$|\.map$/.test(path);

/**
 * Builds into dist/playground. The files of a version lie in a folder that is named after their contents.
 * @throws StepError with the located messages of esbuild if something cannot be built
 */
export async function buildPlayground(): Promise<BuiltPlayground> {
  await buildKernels();
  await mkdir(join(root, 'dist'), { recursive: true });
  const fresh = await mkdtemp(join(root, 'dist/.playground-'));
  try {
    const content = join(fresh, 'version'), languages = await languagesThere();
    await mkdir(content);
    const metafile = await writeVersion(content, languages);
    // Its styles are in main.css already.
    for (const path of await filesBelow(content)) if (/^page-.*\.css$/.test(path)) await rm(join(content, path));
    const paths = await filesBelow(content);
    const page = await readFile(join(root, 'playground/index.html'), 'utf8');
    const worker = await readFile(join(root, 'playground/service-worker.ts'), 'utf8');
    const hash = createHash('sha256').update(page).update(worker);
    const files: BuiltFile[] = [];
    for (const path of paths) {
      const bytes = await readFile(join(content, path));
      hash.update(path).update(bytes);
      if (isUsed(path)) files.push({ path, gzip: gzipSync(bytes, { level: 9 }).length });
    }
    const version = hash.digest('hex').slice(0, 12);
    await rename(content, join(fresh, version));
    const base = `${version}/`;
    const links = preloads(metafile, content).map((path) => `<link rel="modulepreload" href="${base}${path}">`).join('\n');
    await writeFile(join(fresh, 'index.html'), page.replaceAll('{{base}}', base).replace('{{preload}}', links).replace('{{languages}}', languages.join(' ')));
    await esbuild({
      ...common, format: 'iife', outfile: join(fresh, 'sw.js'), entryPoints: ['playground/service-worker.ts'], legalComments: 'none',
      define: { VERSION: JSON.stringify(version), FILES: JSON.stringify(['./', ...files.map(({ path }) => base + path)]) },
    });
    await rm(playgroundFolder, { recursive: true, force: true });
    await rename(fresh, playgroundFolder);
    return { version, files };
  } catch (error) {
    const { errors } = error as { errors?: Message[] };
    if (!Array.isArray(errors)) throw error;
    throw new StepError(`The build failed.\n${(await formatMessages(errors, { kind: 'error', color: process.stdout.isTTY })).join('').trimEnd()}`);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** The bundles of the product: which entry file becomes which file in dist/, and for which host. */
import type { BuildOptions } from 'esbuild';

export interface Bundle {
  /** Entry file, from the root of the repository. */
  entry: string;
  /** Bundle, from the root of the repository; style sheets the entry imports land beside it with the same name. */
  output: string;
  /** Another entry: what both need, and what is imported when it is needed, goes into files of its own beside the two. */
  second?: { entry: string; output: string };
  /** What is particular to the bundle's host. */
  options: BuildOptions;
}

// Some libraries find their files by import.meta.url, which esbuild leaves empty in CommonJS.
const commonJs: BuildOptions = {
  platform: 'node',
  format: 'cjs',
  target: 'node22', // the oldest VS Code we accept (1.101) runs Node 22
  external: ['vscode'],
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

// CommonJS libraries inside an ES module bundle call require for Node's own modules.
const nodeModule: BuildOptions = {
  platform: 'node',
  format: 'esm',
  target: 'node20',
  banner: { js: "import { createRequire as createRequireForBundle } from 'node:module';\nconst require = createRequireForBundle(import.meta.url);" },
};

// One self-contained file: a worker in a webview starts from a blob and cannot load a second one.
const browserScript: BuildOptions = {
  platform: 'browser',
  format: 'iife',
  target: ['chrome120', 'firefox120', 'safari17'],
  define: { 'process.env.NODE_ENV': '"production"' },
};

/** How the files begin that two entries share. */
export const CHUNKS = 'part-';

export const bundles: readonly Bundle[] = [
  { entry: 'extension/main.ts', output: 'dist/extension/main.cjs', options: commonJs },
  { entry: 'extension/import-worker.ts', output: 'dist/extension/import-worker.cjs', options: commonJs },
  { entry: 'extension/lab/thread.ts', output: 'dist/extension/lab-thread.cjs', options: commonJs },
  { entry: 'server/node.ts', output: 'dist/server/node.cjs', options: commonJs },
  { entry: 'server/worker.ts', output: 'dist/server/worker.js', options: browserScript },
  { entry: 'webview/early.ts', output: 'dist/webview/early.js', options: browserScript },
  { entry: 'webview/main.ts', output: 'dist/webview/lab.js', options: browserScript },
  { entry: 'webview/worker.ts', output: 'dist/webview/worker.js', options: browserScript },
  { entry: 'cli/main.ts', output: 'dist/cli/onepot.mjs', second: { entry: 'cli/worker.ts', output: 'dist/cli/worker.mjs' }, options: nodeModule },
];

/** The folder that a bundle is written to, from the root. */
export function folderOf(bundle: Bundle): string {
  return bundle.output.slice(0, bundle.output.lastIndexOf('/'));
}

/** Everything esbuild needs to make `bundle`; `minify` is for what is released. */
export function esbuildOptions(bundle: Bundle, root: string, minify: boolean): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: [bundle, ...(bundle.second === undefined ? [] : [bundle.second])].map(({ entry, output }) => ({ in: entry, out: output.replace(/\.[cm]?js$/, '') })),
    ...(bundle.second === undefined ? {} : { splitting: true, chunkNames: `${folderOf(bundle)}/${CHUNKS}[hash]` }),
    outdir: '.',
    outExtension: { '.js': /\.[cm]?js$/.exec(bundle.output)?.[0] ?? '.js' },
    bundle: true,
    minify,
    sourcemap: minify ? false : 'linked',
    legalComments: minify ? 'external' : 'inline',
    charset: 'utf8',
    logLevel: 'silent',
    assetNames: `${folderOf(bundle)}/[name]`,
    loader: { '.crn': 'text', '.svg': 'text', '.ttf': 'file', '.woff': 'file', '.woff2': 'file' },
    ...bundle.options,
  };
}

/** The lab's HTML. Everything comes from the extension's own folder, and its policy names what may run. */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Language } from '../../l10n/index.ts';

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** What a lab's page is made of, as it was built. */
export interface PageParts {
  /** The script of `webview/early.ts`: it stands in the page, as fetching it would take as long as all that it does. */
  readonly early: string;
  /** Digests of that, of lab.js and of lab.css, as a policy names them. */
  readonly digests: { readonly early: string; readonly script: string; readonly style: string };
}

/** @param read a file of dist/webview */
export function pageParts(read: (name: string) => string): PageParts {
  const early = read('early.js').replaceAll('</', '<\\/');
  const digest = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
  return { early, digests: { early: digest(early), script: digest(read('lab.js')), style: digest(read('lab.css')) } };
}

/**
 * Only the two scripts and the style that were built may run, wherever they stand: they are named by their digests. `webview/parts.ts` fetches them or
 * has kept them; the worker is fetched (connect-src), while the lab's script still comes or when it is needed, and started from a blob (worker-src);
 * 'wasm-unsafe-eval' lets it compile WebAssembly and nothing else. There is no unsafe-inline and no unsafe-eval.
 */
export function contentPolicy(source: string, { early, script, style }: PageParts['digests']): string {
  return [
    "default-src 'none'",
    `script-src '${early}' '${script}' 'wasm-unsafe-eval'`,
    `style-src '${style}'`,
    'worker-src blob:',
    // Workers look at the address of a blob to see whether they are still wanted.
    `connect-src ${source} blob:`,
    `img-src ${source} blob: data:`,
    `font-src ${source}`,
  ].join('; ');
}

/** @param runsAhead the first answers will most likely come with the text, see `first-runs.ts` */
export function labPage(webview: vscode.Webview, extension: vscode.Uri, title: string, version: string, language: Language | undefined, { early, digests }: PageParts, runsAhead: boolean): string {
  const file = (name: string): string => attribute(webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist/webview', name)).toString());
  return `<!DOCTYPE html>
<html lang="${attribute(language?.tag ?? 'en')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(contentPolicy(webview.cspSource, digests))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="onepot-script" content="${file('lab.js')}">
<meta name="onepot-style" content="${file('lab.css')}">
<meta name="onepot-parts" content="${digests.script} ${digests.style}">
<meta name="onepot-worker" content="${file('worker.js')}">
<meta name="onepot-version" content="${attribute(version)}">
${language === undefined ? '' : `<meta name="onepot-language" content="${attribute(JSON.stringify(language))}">\n`}${runsAhead ? '<meta name="onepot-first-run" content="ahead">' : `<link rel="preload" as="fetch" crossorigin href="${file('worker.js')}">`}
<title>${attribute(title)}</title>
</head>
<body>
<script>${early}</script>
</body>
</html>`;
}

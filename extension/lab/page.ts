/** The lab's HTML. Everything comes from the extension's own folder; scripts need the nonce. */
import * as vscode from 'vscode';
import type { Language } from '../../l10n/index.ts';

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/**
 * The worker is fetched (connect-src), while the lab's script still comes or when it is needed, and started from a blob (worker-src); 'wasm-unsafe-eval' lets it compile WebAssembly
 * and nothing else. There is no unsafe-inline and no unsafe-eval.
 */
export function contentPolicy(source: string, nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`,
    `style-src ${source}`,
    'worker-src blob:',
    // Workers look at the address of a blob to see whether they are still wanted.
    `connect-src ${source} blob:`,
    `img-src ${source} blob: data:`,
    `font-src ${source}`,
  ].join('; ');
}

/**
 * @param early the script of `webview/early.ts`: it stands in the page, as fetching it would take as long as all that it does
 * @param runsAhead the first answers will most likely come with the text, see `first-runs.ts`
 */
export function labPage(webview: vscode.Webview, extension: vscode.Uri, nonce: string, title: string, version: string, language: Language | undefined, early: string, runsAhead: boolean): string {
  const file = (name: string): string => attribute(webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist/webview', name)).toString());
  return `<!DOCTYPE html>
<html lang="${attribute(language?.tag ?? 'en')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(contentPolicy(webview.cspSource, nonce))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="onepot-worker" content="${file('worker.js')}">
<meta name="onepot-version" content="${attribute(version)}">
${language === undefined ? '' : `<meta name="onepot-language" content="${attribute(JSON.stringify(language))}">\n`}${runsAhead ? '<meta name="onepot-first-run" content="ahead">' : `<link rel="preload" as="fetch" crossorigin href="${file('worker.js')}">`}
<script nonce="${nonce}">${early.replaceAll('</', '<\\/')}</script>
<link rel="stylesheet" href="${file('lab.css')}">
<title>${attribute(title)}</title>
</head>
<body>
<script nonce="${nonce}" src="${file('lab.js')}"></script>
</body>
</html>`;
}

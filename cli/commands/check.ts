/** `onepot check FILE… [--json]` */
import { eachFile } from '../lib/each-file.ts';
import { findingJson, findingsOf, type Finding } from '../lib/findings.ts';
import { loadModel } from '../lib/model.ts';
import { findingText, summaryText } from '../lib/report.ts';
import { count, print } from '../lib/terminal.ts';

/** More findings of one file than this are counted, not shown. */
const MOST_SHOWN = 100;

/**
 * @param paths files, and folders of files
 * @returns the exit code: 0 no errors, 1 errors, 2 a file that cannot be read.
 */
export function check(paths: readonly string[], options: { readonly json?: boolean }): number {
  const all: Finding[] = [];
  const { files, code } = eachFile(paths, (file) => {
    const findings = findingsOf(loadModel(file));
    // Not by spreading: a file may have more findings than a call may have arguments.
    for (const finding of findings) all.push(finding);
    if (options.json !== true) show(findings);
  });
  if (options.json === true) print(JSON.stringify(all.map(findingJson), null, 2));
  else if (code === 0 || all.length > 0) print(`${count(files, 'file')}: ${summaryText(all)}`);
  if (code !== 0) return code;
  return all.some((finding) => finding.diagnostic.severity === 'error') ? 1 : 0;
}

/** Errors first when not all can be shown. */
function show(findings: readonly Finding[]): void {
  const rank = (finding: Finding): number => (finding.diagnostic.severity === 'error' ? 0 : finding.diagnostic.severity === 'warning' ? 1 : 2);
  const chosen = findings.length <= MOST_SHOWN ? findings : [...findings].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_SHOWN);
  for (const finding of chosen) print(`${findingText(finding)}\n`);
  if (chosen.length < findings.length) print(`… and ${count(findings.length - chosen.length, 'more finding')}; --json lists them all.\n`);
}

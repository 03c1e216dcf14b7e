/** `onepot check FILE… [--json]` */
import { UnusableError } from '../lib/errors.ts';
import { findingJson, findingsOf, type Finding } from '../lib/findings.ts';
import { loadModel } from '../lib/model.ts';
import { findingText, summaryText } from '../lib/report.ts';
import { count, note, print } from '../lib/terminal.ts';

/** More findings of one file than this are counted, not shown. */
const MOST_SHOWN = 100;

/** @returns the exit code: 0 no errors, 1 errors, 2 a file that cannot be read. */
export function check(files: readonly string[], options: { readonly json?: boolean }): number {
  const all: Finding[] = [];
  let unusable = false;
  for (const file of files) {
    try {
      const findings = findingsOf(loadModel(file));
      all.push(...findings);
      if (options.json !== true) show(findings);
    } catch (error) {
      if (!(error instanceof UnusableError)) throw error;
      unusable = true;
      note(error.message);
    }
  }
  if (options.json === true) print(JSON.stringify(all.map(findingJson), null, 2));
  else if (!unusable || all.length > 0) print(`${count(files.length, 'file')}: ${summaryText(all)}`);
  if (unusable) return 2;
  return all.some((finding) => finding.diagnostic.severity === 'error') ? 1 : 0;
}

/** Errors first when not all can be shown. */
function show(findings: readonly Finding[]): void {
  const rank = (finding: Finding): number => (finding.diagnostic.severity === 'error' ? 0 : finding.diagnostic.severity === 'warning' ? 1 : 2);
  const chosen = findings.length <= MOST_SHOWN ? findings : [...findings].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_SHOWN);
  for (const finding of chosen) print(`${findingText(finding)}\n`);
  if (chosen.length < findings.length) print(`… and ${count(findings.length - chosen.length, 'more finding')}; --json lists them all.\n`);
}

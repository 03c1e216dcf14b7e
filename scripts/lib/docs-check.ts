/** Checks the `.crn` code blocks of a page with the product's own checker. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse, type Analysis, type ImportResolver } from '../../chemistry/index.ts';
import { parse } from '../../grammar/index.ts';
import { tester } from '../../cli/index.ts';
import type { CodeBlock } from './docs-text.ts';
import { root } from './paths.ts';

/** Blocks import from the samples. */
const resolveImport: ImportResolver = (path) => {
  try {
    return { uri: path, tree: parse(readFileSync(join(root, 'samples', path), 'utf8')) };
  } catch {
    return { error: 'there is no such file among the samples' };
  }
};

export function analyseBlock(text: string): Analysis {
  return analyse(parse(text), { uri: 'page.crn', resolveImport });
}

/** `crn`, `crn error CRN201`, `crn warning CRN502`: the diagnostic that the block is there to show. */
export function announced(info: string): { readonly severity: 'error' | 'warning'; readonly code: string } | undefined {
  const match = /^crn (error|warning) (CRN\d{3})$/.exec(info);
  return match === null ? undefined : { severity: match[1] === 'error' ? 'error' : 'warning', code: match[2] ?? '' };
}

/**
 * What is wrong with a block, empty when nothing is: a plain block has no errors and no warnings and its expectations hold; one that
 * announces a diagnostic has that one and no other error or warning.
 */
export function faultsOf(block: CodeBlock): string[] {
  const analysis = analyseBlock(block.text);
  const found = analysis.diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning');
  const wanted = announced(block.info);
  if (wanted === undefined && block.info !== 'crn') return [`unknown kind of block: ${block.info}`];
  const faults = found
    .filter(({ severity, code }) => wanted === undefined || severity !== wanted.severity || code !== wanted.code)
    .map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
  if (wanted !== undefined && found.length === 0) faults.push(`${wanted.code} is announced, but nothing is found`);
  if (wanted?.severity !== 'error' && faults.length === 0) {
    const test = tester({ file: 'the page', text: block.text, tree: analysis.tree, analysis, imported: new Map() });
    for (const expectation of analysis.expectations) {
      const { holds, found: said } = test(expectation);
      if (!holds) faults.push(`${expectation.text}: ${said}`);
    }
  }
  return faults;
}

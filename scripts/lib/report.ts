/** Counting tests in vitest's JSON reports. */

/** How a run of vitest went. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The part of vitest's JSON report that is read here. */
interface Report {
  testResults: readonly { status: string; assertionResults: readonly { status: string }[] }[];
}

function isReport(value: unknown): value is Report {
  return typeof value === 'object' && value !== null && Array.isArray((value as Partial<Report>).testResults);
}

/**
 * Counts the tests of a report. A file that failed without a failing test (it could not be loaded, a hook failed)
 * counts as one failed test, so that no failure is invisible in the sum.
 * @throws Error if `json` is not a report of vitest
 */
export function countTests(json: string): Counts {
  const report: unknown = JSON.parse(json);
  if (!isReport(report)) throw new Error('This is not a JSON report of vitest.');
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of report.testResults) {
    let failed = 0;
    for (const result of assertionResults) {
      if (result.status === 'passed') counts.passed += 1;
      else if (result.status === 'failed') failed += 1;
      else counts.skipped += 1;
    }
    counts.failed += status === 'failed' ? Math.max(failed, 1) : failed;
  }
  return counts;
}

/** Ties a workbench to a test file. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { saveFailure } from './pictures.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

/**
 * Opens one workbench for the tests of a file (or of a `describe`) and closes it after them; a failing test leaves a
 * picture of the page and its console in e2e/out.
 *
 *     const vscode = useWorkbench({ file: 'neuron.crn' });
 *     test('shows the text', async () => { expect(await visibleText(vscode())).toContain('species'); });
 */
export function useWorkbench(options: WorkbenchOptions = {}): () => Workbench {
  let workbench: Workbench | undefined;
  beforeAll(async () => {
    workbench = await openWorkbench(options);
  }, 120_000);
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(async () => {
      if (workbench !== undefined) await saveFailure(workbench, task.name);
    });
  });
  afterAll(() => workbench?.close());
  return () => {
    if (workbench === undefined) throw new Error('The workbench opens before the first test; use it inside tests only.');
    return workbench;
  };
}

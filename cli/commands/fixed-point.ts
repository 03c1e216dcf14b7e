/** `onepot fixed-point FILE [--set k=v]… [--json]` */
import { runInWorker } from '../lib/in-worker.ts';
import { exitCode, number } from '../lib/outcome.ts';
import type { RunOptions } from '../lib/settings.ts';
import { colours, print } from '../lib/terminal.ts';

export async function fixedPoint(file: string, experiment: string | undefined, { json, ...options }: RunOptions & { readonly json?: boolean }): Promise<number> {
  const result = await runInWorker({ file, options: { ...options, until: 'fixed point', points: 2 }, ...(experiment === undefined ? {} : { experiment }) });
  if (result.type !== 'finished') throw new Error('A run to the fixed point ended as something else.');
  const residual = result.outcome.kind === 'steady' ? result.outcome.residual : result.residual;
  if (json === true) {
    const values = result.outcome.kind === 'steady' ? Object.fromEntries(result.names.map((name, i) => [name, result.final[i]])) : null;
    print(JSON.stringify({ outcome: result.outcome.kind, message: result.sentence, fixedPoint: values, residual }, null, 2));
  } else {
    print(exitCode(result.outcome) === 0 ? result.sentence : colours.yellow(result.sentence));
    if (result.outcome.kind === 'steady') {
      const width = Math.max(...result.names.map((name) => name.length));
      for (const [i, name] of result.names.entries()) print(`${name.padEnd(width)}  ${number(result.final[i] ?? NaN)}`);
    }
  }
  return exitCode(result.outcome);
}

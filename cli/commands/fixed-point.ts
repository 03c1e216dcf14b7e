/** `onepot fixed-point FILE [NAME] [--set k=v]… [--starts N] [--sensitivities] [--json]` */
import { exitCode } from '../lib/exit-code.ts';
import { fixedPointsJson, printFixedPoints } from '../lib/fixed-points-report.ts';
import { runInWorker } from '../lib/in-worker.ts';
import type { RunOptions } from '../lib/settings.ts';
import { colours, print } from '../lib/terminal.ts';

export interface FixedPointOptions extends RunOptions {
  readonly json?: boolean;
  readonly sensitivities?: boolean;
}

/** @returns the exit code: 0 when the start comes to rest, 1 when it does not, also where there is a fixed point that it does not come to. */
export async function fixedPoint(file: string, experiment: string | undefined, { json, sensitivities, ...options }: FixedPointOptions): Promise<number> {
  const result = await runInWorker({
    file, options: { ...options, until: 'fixed point' }, fixedPoint: { sensitivities: sensitivities === true }, ...(experiment === undefined ? {} : { experiment }),
  });
  if (result.type !== 'finished' || result.fixedPoints === undefined) throw new Error('A run to the fixed point ended as something else.');
  const { fixedPoints } = result, [first] = fixedPoints.points;
  if (json === true) {
    const reached = fixedPoints.reached ? first : undefined;
    print(JSON.stringify({
      outcome: result.outcome.kind, message: result.sentence, fixedPoint: reached?.values ?? null, residual: reached?.residual ?? result.residual, ...fixedPointsJson(fixedPoints),
    }, null, 2));
  } else {
    print(exitCode(result.outcome) === 0 ? result.sentence : colours.yellow(result.sentence));
    printFixedPoints(fixedPoints, result.timeUnit, []);
  }
  return exitCode(result.outcome);
}

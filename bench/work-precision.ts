/** Time against achieved error, ours and CVODE's, over five tolerances each; ratios at equal error. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, scaledError, secondsAt, type WorkPoint } from './measure.ts';
import { ATOL, JITTER, OUR_TOLERANCES, RTOL, TOLD, TOLERANCES, type BenchModel } from './models.ts';
import { build, solve } from './ours.ts';
import type { Solver, Yardstick } from './yardstick.ts';

export interface Ratio {
  /** CVODE's tolerance whose error is compared at; that error in the metric of RTOL, ATOL. */
  readonly rtol: number;
  readonly error: number;
  readonly solver: Solver;
  /** Our seconds over CVODE's; absent where our curve does not reach this error. */
  readonly ratio?: number;
  /** Even our least exact run is more exact than this error: the ratio is that of its time, and bounds the true one from above. */
  readonly atMost?: true;
}

export interface WorkPrecision {
  readonly model: string;
  readonly end: number;
  readonly species: number;
  readonly reactions: number;
  readonly buildSeconds: number;
  /** Of the first run in a new process. */
  readonly firstSeconds: number;
  readonly methods: readonly string[];
  readonly ours: readonly WorkPoint[];
  readonly cvode: Readonly<Partial<Record<Solver, readonly WorkPoint[]>>>;
  readonly against: string;
  readonly ratios: readonly Ratio[];
}

/** A solver's curve: medians over jittered tolerances, of the quickest of a few runs each. */
function curve(tolerances: readonly number[], reference: ArrayLike<number> | undefined, run: (rtol: number, atol: number) => { readonly seconds: number; readonly steps: number; readonly final: ArrayLike<number> }): WorkPoint[] {
  return tolerances.map((rtol) => {
    const runs = JITTER.map((factor) => run(rtol * factor, rtol * factor * (ATOL / RTOL)));
    return {
      rtol, seconds: median(runs.map(({ seconds }) => seconds)), steps: median(runs.map(({ steps }) => steps)),
      error: reference === undefined ? NaN : median(runs.map(({ final }) => scaledError(final, reference, RTOL, ATOL))),
    };
  });
}

export function workPrecision(model: BenchModel, netFile: string, yardstick: Yardstick | undefined): WorkPrecision {
  const built = build(readFileSync(netFile, 'utf8'), `${model.name}.net`), large = built.reactions > 1000, repeat = large ? 2 : 20;
  const own = (rtol: number, atol: number, times: number): ReturnType<typeof solve> => {
    let best = solve(built, model.end, 'auto', rtol, atol);
    for (let k = 1; k < times; k++) {
      const next = solve(built, model.end, 'auto', rtol, atol);
      if (next.seconds < best.seconds) best = next;
    }
    return best;
  };
  // Warm: compiled by the engine, as in a lab whose sliders move.
  const { methods } = own(RTOL, ATOL, large ? 5 : 100);
  const input = yardstick?.translate(netFile, model.name);
  const reference = yardstick?.solve(input!, model.end, 'klu-amd', 1e-10, 1e-14, 1).final;
  const ours = curve(OUR_TOLERANCES, reference, (rtol, atol) => own(rtol, atol, repeat));
  const first = JSON.parse(execFileSync(process.execPath, [join(import.meta.dirname, 'first.ts'), netFile, String(model.end)], { encoding: 'utf8' })) as { readonly seconds: number };
  const cvode: Partial<Record<Solver, WorkPoint[]>> = {};
  if (yardstick !== undefined) {
    const solvers: readonly Solver[] = model.against === 'best' ? ['dense', 'klu-amd', 'gmres', 'gmres-ilu0'] : ['gmres-ilu0'];
    for (const solver of solvers) cvode[solver] = curve(TOLERANCES, reference, (rtol, atol) => yardstick.solve(input!, model.end, solver, rtol, atol, repeat));
  }
  return {
    model: model.name, end: model.end, species: built.species, reactions: built.reactions, buildSeconds: built.buildSeconds, firstSeconds: first.seconds,
    methods, ours, cvode, against: model.against, ratios: ratios(ours, cvode),
  };
}

/** At the errors of the quickest CVODE variant at the tolerances that are told of. */
function ratios(ours: readonly WorkPoint[], cvode: WorkPrecision['cvode']): Ratio[] {
  return TOLD.flatMap((rtol) => {
    const points = Object.entries(cvode).map(([solver, points]) => ({ solver: solver as Solver, point: points.find((point) => point.rtol === rtol)! }));
    const quickest = points.sort((a, b) => a.point.seconds - b.point.seconds)[0];
    if (quickest === undefined) return [];
    const { solver, point } = quickest, seconds = secondsAt(ours, point.error), roughest = ours.reduce((a, b) => (b.error > a.error ? b : a));
    if (seconds === undefined && roughest.error < point.error) return [{ rtol, error: point.error, solver, ratio: roughest.seconds / point.seconds, atMost: true as const }];
    return [{ rtol, error: point.error, solver, ...(seconds === undefined ? {} : { ratio: seconds / point.seconds }) }];
  });
}

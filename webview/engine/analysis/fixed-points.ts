/** The fixed points of a model, for the page. */
import { t } from '../../../l10n/index.ts';
import { DEFAULT_ATOL, fixedPoints, type FixedPointsResult, type FoundFixedPoint, type Simulator } from '../../../simulation/index.ts';
import type { FixedPointFound, FixedPointsAnswer, FixedPointsQuestion, RunSetting } from '../../analysis-protocol.ts';

/** What has not come to rest by then oscillates. */
const MOST_STEPS = 20_000;
/** As exactly as fixed points are looked for in any case, relative. */
const FINE = 1e-9;

/** What a setting means for a simulator, which fits the default of the absolute tolerance to the concentrations. */
export function requestOf({ overrides, initial, rtol, atol }: RunSetting): { parameters: ReadonlyMap<string, number>; initial: ReadonlyMap<string, number>; rtol: number; atol?: number } {
  return { parameters: new Map(Object.entries(overrides)), initial: new Map(Object.entries(initial)), rtol, ...(atol === DEFAULT_ATOL ? {} : { atol }) };
}

/**
 * @param report how many starts are done
 * @throws RangeError where the model has no fixed points, with a sentence for the user
 */
export function findFixedPoints(simulator: Simulator, { setting, starts, seed }: Pick<FixedPointsQuestion, 'setting' | 'starts' | 'seed'>, report: (done: number) => void): FixedPointsResult {
  if (!simulator.compiled.autonomous) throw new RangeError(t('The rates of this network depend on time, so it has no fixed point.'));
  const { rtol, atol, ...request } = requestOf(setting);
  // Tolerances for curves are not meant for this, unless they are finer.
  const finer = rtol < FINE || atol !== undefined ? { rtol, ...(atol === undefined ? {} : { atol }) } : {};
  return fixedPoints(simulator, { ...request, ...finer, starts, seed, maxSteps: MOST_STEPS, onStart: report });
}

/** Of a line of fixed points no more are listed. */
const MOST_POINTS = 12;

function pointOf({ y, residual, spectrum, rate, starts }: FoundFixedPoint): FixedPointFound {
  return {
    values: y, residual, stability: spectrum.stability, real: spectrum.real, imaginary: spectrum.imaginary, complete: spectrum.complete, starts,
    ...(rate === undefined ? {} : { rate }),
  };
}

export function fixedPointsAnswer({ points, reached, measuredRate, starts, astray, simulation }: FixedPointsResult): FixedPointsAnswer {
  const { residuals } = simulation;
  return {
    kind: 'fixed points', points: points.slice(0, MOST_POINTS).map(pointOf), found: points.length, reached: reached !== undefined, starts, astray,
    ...(measuredRate === undefined ? {} : { measuredRate }),
    residuals: { times: residuals?.t ?? new Float64Array(0), values: residuals?.value ?? new Float64Array(0) },
  };
}

/** Fixed points of a model as plain data, in whatever thread it is called in. */
import { UnknownParameterError } from '../../chemistry/index.ts';
import { fixedPoints, fixedPointSensitivities, type SimulationResult, type Stability } from '../../simulation/index.ts';
import { UnusableError } from './errors.ts';
import { requestOf, type Hooks, type Ready } from './run.ts';
import type { RunSettings } from './settings.ts';

export interface FixedPointAnswer {
  readonly values: Readonly<Record<string, number>>;
  readonly residual: number;
  readonly stability: Stability;
  /** Real and imaginary parts, the largest real part first. */
  readonly eigenvalues: readonly (readonly [number, number])[];
  /** Whether these are all. */
  readonly complete: boolean;
  readonly rate?: number;
  /** How many starts came here. */
  readonly starts: number;
}

export interface FixedPointsAnswer {
  /** The one that the text's start comes to is the first, if it comes to any. */
  readonly points: readonly FixedPointAnswer[];
  readonly reached: boolean;
  readonly measuredRate?: number;
  readonly starts: number;
  readonly seed: number;
  readonly astray: { readonly diverged: number; readonly moving: number };
  /** ∂x/∂k by species and constant, at the first of the points; null where there is no derivative. */
  readonly sensitivities?: Readonly<Record<string, Readonly<Record<string, number>>>> | null;
  /** Values of the constants. */
  readonly constants?: Readonly<Record<string, number>>;
}

/** @throws UnusableError for names, tolerances and times that make no sense. */
export function analyseFixedPoints(
  ready: Ready, settings: RunSettings, hooks: Hooks, sensitivities: boolean,
): { readonly simulation: SimulationResult; readonly answer: FixedPointsAnswer } {
  const { simulator, parameters } = ready, { starts, seed } = settings;
  try {
    const { simulation, ...found } = fixedPoints(simulator, { ...requestOf(ready, { ...settings, until: 'fixed point' }, hooks), starts, seed });
    const [first] = found.points;
    const slopes = sensitivities && first !== undefined ? fixedPointSensitivities(simulator.network, first.y, { parameters, without: settings.off, ...(hooks.cancel === undefined ? {} : { cancel: hooks.cancel }) }) : undefined;
    return {
      simulation,
      answer: {
        points: found.points.map((point) => ({
          values: Object.fromEntries(point.values), residual: point.residual, stability: point.spectrum.stability, complete: point.spectrum.complete, starts: point.starts,
          eigenvalues: Array.from(point.spectrum.real, (real, k) => [real, point.spectrum.imaginary[k] ?? 0] as const),
          ...(point.rate === undefined ? {} : { rate: point.rate }),
        })),
        reached: found.reached !== undefined, starts: found.starts, seed, astray: found.astray,
        ...(found.measuredRate === undefined ? {} : { measuredRate: found.measuredRate }),
        ...(!sensitivities || first === undefined ? {} : slopes === undefined ? { sensitivities: null } : {
          sensitivities: Object.fromEntries([...slopes.species].map(([name, by]) => [name, Object.fromEntries(slopes.constants.map((constant, k) => [constant, by[k] ?? NaN]))])),
          constants: Object.fromEntries(slopes.constants.map((constant, k) => [constant, slopes.values[k] ?? NaN])),
        }),
      },
    };
  } catch (error) {
    if (error instanceof RangeError || error instanceof UnknownParameterError) throw new UnusableError(error.message);
    throw error;
  }
}

/** What the lab shows before anybody asked for something: run settings and curves, from the model and its first experiment. */
import { extremes } from './axes.ts';
import type { LabSettings } from './protocol.ts';
import type { Entry } from './series.ts';
import { valuesOf } from './series.ts';
import type { ExperimentSummary, Trajectory, Until } from './worker-protocol.ts';

export interface RunSettings {
  readonly method: LabSettings['method'];
  /** With a condition the latest end; 'fixed point': where it comes to rest. */
  readonly until: Until;
  /** As written. */
  readonly condition?: string;
}

export function defaultRun(experiment: ExperimentSummary | undefined, settings: LabSettings): RunSettings {
  const method = experiment?.method ?? settings.method;
  if (experiment?.condition !== undefined) return { method, until: experiment.end ?? 'fixed point', condition: experiment.condition };
  if (experiment?.end !== undefined) return { method, until: experiment.end };
  if (experiment?.untilFixedPoint === true) return { method, until: 'fixed point' };
  return { method, until: 'automatic' };
}

/** How many entries are shown when nothing is asked for. */
export const LIVELIEST = 12;
/** Most curves of a bundle, when it is the liveliest of all; and most curves of that choice in all: more are a tangle. */
const MOST_CURVES = 64, LEGIBLE = 36;

/** Largest minus smallest value over the trajectory. */
export function span(values: Float64Array): number {
  const [low, high] = extremes(values);
  return high >= low ? high - low : 0;
}

/**
 * Keys of the members shown at first: what the experiment's `plot` names (an array's name means all of it), else the twelve
 * entries that move most, measured by their liveliest member, without the bundles that would make more curves than can be told apart.
 */
export function defaultVisible(entries: readonly Entry[], trajectory: Trajectory, experiment: ExperimentSummary | undefined): ReadonlySet<string> {
  const wanted = new Set(experiment?.plot.map((name) => name.replaceAll(/\s+/g, '')) ?? []);
  if (wanted.size > 0) {
    const keys = entries.flatMap((entry) => (
      wanted.has(entry.key) ? entry.primary : entry.members.filter((member) => wanted.has(member.key))));
    if (keys.length > 0) return new Set(keys.map((member) => member.key));
  }
  const scored = entries.filter((entry) => entry.block.kind !== 'fixed').map((entry) => ({
    entry,
    score: entry.primary.reduce((best, member) => Math.max(best, span(valuesOf(trajectory, member))), 0),
  }));
  // Sorting is stable, so equals stay in order of declaration.
  const chosen: Entry['primary'][number][] = [];
  let entriesChosen = 0;
  for (const { entry: { primary } } of scored.sort((a, b) => b.score - a.score)) {
    if (entriesChosen >= LIVELIEST) break;
    if (chosen.length > 0 && chosen.length + primary.length > LEGIBLE) continue;
    chosen.push(...primary.slice(0, MOST_CURVES));
    entriesChosen++;
  }
  return new Set(chosen.map((member) => member.key));
}

/** Range of a parameter's slider. */
export interface SliderRange {
  readonly min: number;
  readonly max: number;
  readonly logarithmic: boolean;
}

/**
 * A positive constant ranges over two decades either way, on a logarithmic scale; zero over −1 … 1; a negative one over twice itself to
 * its opposite. A value typed beyond widens the range to hold it.
 */
export function sliderRange(defaultValue: number, value: number = defaultValue): SliderRange {
  if (defaultValue > 0 && value > 0) {
    const center = defaultValue;
    return { min: Math.min(center / 100, value), max: Math.max(center * 100, value), logarithmic: true };
  }
  const reach = defaultValue === 0 ? 1 : 2 * Math.abs(defaultValue);
  return { min: Math.min(-reach, value), max: Math.max(reach, value), logarithmic: false };
}

/** Steps of a slider from end to end. */
export const SLIDER_STEPS = 400;

/** Position 0 … SLIDER_STEPS of a value. */
export function positionOf(value: number, range: SliderRange): number {
  const { min, max, logarithmic } = range;
  const part = logarithmic ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.round(SLIDER_STEPS * Math.min(1, Math.max(0, part)));
}

/** Value at a position, rounded to three digits; the ends are exact. */
export function valueAt(position: number, range: SliderRange): number {
  const { min, max, logarithmic } = range;
  if (position <= 0) return min;
  if (position >= SLIDER_STEPS) return max;
  const part = position / SLIDER_STEPS;
  const value = logarithmic ? min * (max / min) ** part : min + (max - min) * part;
  // On a linear scale digits below the scale's own are noise: 1e-17 in the middle of −1 … 1 is 0.
  if (!logarithmic && Math.abs(value) < (max - min) * 1e-9) return 0;
  return Number(value.toPrecision(3));
}

/** How fast a course came to its fixed point, read off the course itself. */
import type { SimulationResult } from '../simulate.ts';

/** The approach is exponential near the fixed point: farther away than so many times the nearest distance that is not yet noise, it is something else. */
const FARTHEST = 1e3;
const LEAST_POINTS = 4;

/**
 * The slope of −ln(distance) over time, by least squares over the last part of the approach; the distance is max |y_i − y*_i|
 * over the recorded species, beside the largest such change of the course. Undefined where too little of it was recorded.
 * @param nearest distance, as a part of the largest, below which the course is noise: some ten times its tolerance
 */
export function measuredRate({ t, species }: Pick<SimulationResult, 't' | 'species'>, fixedPoint: ReadonlyMap<string, number>, nearest: number): number | undefined {
  const distance = new Float64Array(t.length);
  for (const [name, values] of species) {
    const at = fixedPoint.get(name);
    if (at === undefined) continue;
    for (let k = 0; k < t.length; k++) distance[k] = Math.max(distance[k]!, Math.abs(values[k]! - at));
  }
  const largest = distance.reduce((a, b) => Math.max(a, b), 0);
  if (!(largest > 0)) return undefined;
  // From where it stays within the one limit to where it first comes within the other: slower modes show last.
  let begin = t.length - 1;
  while (begin > 0 && distance[begin - 1]! <= FARTHEST * nearest * largest) begin--;
  let end = begin;
  while (end + 1 < t.length && distance[end + 1]! >= nearest * largest) end++;
  const count = end - begin + 1;
  if (count < LEAST_POINTS || t[end]! <= t[begin]! || distance[begin]! < 10 * distance[end]!) return undefined;
  let meanT = 0, meanY = 0;
  for (let k = begin; k <= end; k++) { meanT += t[k]! / count; meanY += Math.log(distance[k]!) / count; }
  let above = 0, below = 0;
  for (let k = begin; k <= end; k++) {
    above += (t[k]! - meanT) * (Math.log(distance[k]!) - meanY);
    below += (t[k]! - meanT) ** 2;
  }
  return -above / below;
}

import { describe, expect, it } from 'vitest';
import type { FixedPointsAnswer, FromAnalyst, PhaseLineAnswer, PhasePlaneAnswer, Question, RunSetting } from '../analysis-protocol.ts';
import { zeroSegments } from '../engine/analysis/contour.ts';
import { AnalysisSession } from '../engine/analysis/session.ts';
import { chained } from '../view/fixed-point/plane.ts';
import { slopeLine } from '../view/fixed-point/residual.ts';
import { stabilitySentence, startsSentence } from '../stability.ts';

const setting: RunSetting = { overrides: {}, initial: {}, off: [], rtol: 1e-8, atol: 1e-12 };

function ask(text: string, question: Question): FromAnalyst {
  const said: FromAnalyst[] = [];
  const session = new AnalysisSession((message) => said.push(message), () => 0);
  session.handle({ type: 'load', model: { uri: 'file:///a.crn', text, imports: [] } });
  session.handle({ type: 'ask', id: 1, question });
  return said.at(-1)!;
}

function fixedPoints(text: string, starts = 1, change: Partial<RunSetting> = {}): FixedPointsAnswer {
  const last = ask(text, { kind: 'fixed points', setting: { ...setting, ...change }, starts, seed: 1 });
  if (last.type !== 'answer') throw new Error(JSON.stringify(last));
  return last.answer as FixedPointsAnswer;
}

function plane(text: string, x: number, y: number, starts = 5): PhasePlaneAnswer {
  const last = ask(text, { kind: 'phase plane', setting, starts, seed: 1, x, y, point: 0 });
  if (last.type !== 'answer' || last.answer.kind !== 'phase plane') throw new Error(JSON.stringify(last));
  return last.answer;
}

/** A′ = 1 − aA + bB, B′ = cA − dB: linear, so everything about it is known in closed form. */
const linear = ({ a = 3, b = 0.5, c = 1, d = 2 } = {}): string => `species A, B\n0 -> A @ 1\nA -> 0 @ ${a - c}\nA -> B @ ${c}\nB -> A @ ${b}\nB -> 0 @ ${d - b}\n`;

describe('fixed points', () => {
  it('of a linear network of two species are those of its matrix, with its eigenvalues', () => {
    const { points, reached } = fixedPoints(linear()), [point] = points;
    expect(reached).toBe(true);
    // −3A + B/2 + 1 = 0 and A = 2B; trace −5, determinant 6 − 1/2.
    const root = Math.sqrt(25 - 4 * 5.5);
    expect(point!.values[0]).toBeCloseTo(1 / (3 - 0.25), 8);
    expect(point!.values[1]).toBeCloseTo(0.5 / (3 - 0.25), 8);
    expect([...point!.real]).toEqual([expect.closeTo((-5 + root) / 2, 6), expect.closeTo((-5 - root) / 2, 6)]);
    expect([...point!.imaginary]).toEqual([0, 0]);
    expect(point!.stability).toBe('stable');
    expect(point!.rate).toBeCloseTo((5 - root) / 2, 6);
  });

  it('follow the values that were moved by hand', () => {
    const { points } = fixedPoints('param k = 1\nspecies A = 1\n0 -> A @ k\nA -> 0 @ 2\n', 1, { overrides: { k: 7 } });
    expect(points[0]!.values[0]).toBeCloseTo(3.5, 8);
  });

  it('of a network with two stable states and a saddle are three, each with its stability', () => {
    // x′ = −(x − 1)(x − 2)(x − 3) = 6 − 11x + 6x² − x³
    const { points, astray } = fixedPoints('species X = 0\n0 -> X @ 6\nX -> 0 @ 11\n2 X -> 3 X @ 6\n3 X -> 2 X @ 1\n', 20);
    const found = points.map(({ values, stability }) => [Math.round(values[0]! * 1e6) / 1e6, stability] as const).sort(([p], [q]) => p - q);
    expect(found).toEqual([[1, 'stable'], [2, 'unstable'], [3, 'stable']]);
    // The slope of −(x − 1)(x − 2)(x − 3) at 1 and 3 is −2, at 2 it is 1.
    expect(points.map(({ values, real }) => [Math.round(values[0]!), Math.round(real[0]! * 1e5) / 1e5]).sort(([p], [q]) => p! - q!)).toEqual([[1, -2], [2, 1], [3, -2]]);
    expect(astray).toEqual({ diverged: 0, moving: 0 });
  });

  it('of rates that depend on time there are none, and it says so', () => {
    expect(ask('species A = 1\nA -> 0 @ 1 + time\n', { kind: 'fixed points', setting, starts: 1, seed: 1 })).toMatchObject({ type: 'failed', message: expect.stringContaining('depend on time') as string });
  });
});

describe('the phase plane', () => {
  it('has the vectors and nullclines of the equations', () => {
    const answer = plane(linear(), 0, 1), { field, xLimits, yLimits } = answer;
    expect(answer.others).toBe('none');
    for (const [column, row] of [[0, 0], [3, 11], [16, 16]] as const) {
      const A = xLimits[0] + ((xLimits[1] - xLimits[0]) * column) / (field.columns - 1), B = yLimits[0] + ((yLimits[1] - yLimits[0]) * row) / (field.rows - 1), at = 2 * (row * field.columns + column);
      expect(field.vectors[at]).toBeCloseTo(1 - 3 * A + 0.5 * B, 10);
      expect(field.vectors[at + 1]).toBeCloseTo(A - 2 * B, 10);
    }
    expect(answer.xNullcline.length).toBeGreaterThan(0);
    for (let k = 0; k < answer.xNullcline.length; k += 2) expect(1 - 3 * answer.xNullcline[k]! + 0.5 * answer.xNullcline[k + 1]!).toBeCloseTo(0, 10);
    for (let k = 0; k < answer.yNullcline.length; k += 2) expect(answer.yNullcline[k]! - 2 * answer.yNullcline[k + 1]!).toBeCloseTo(0, 10);
  });

  it('has courses that all come to the fixed point', () => {
    const { courses } = plane(linear(), 0, 1, 9);
    expect(courses).toHaveLength(9);
    expect([...courses[0]!.slice(0, 2)]).toEqual([0, 0]);
    for (const course of courses) {
      expect(course.at(-2)).toBeCloseTo(1 / 2.75, 4);
      expect(course.at(-1)).toBeCloseTo(0.5 / 2.75, 4);
    }
  });

  it('lets the others follow by what is conserved where two degrees of freedom are left', () => {
    // E + C = 1 and S + C + P = 2 leave two: the field in (S, C) is S′ = −2(1 − C)S + C, C′ = 2(1 − C)S − 4C, whatever E and P would be.
    const answer = plane('species S = 2, E = 1, C, P\nS + E -> C @ 2\nC -> S + E @ 1\nC -> P + E @ 3\n', 0, 2), { field, xLimits, yLimits } = answer;
    expect(answer.others).toBe('follow');
    let told = 0;
    for (let row = 0, at = 0; row < field.rows; row++) {
      for (let column = 0; column < field.columns; column++, at += 2) {
        const S = xLimits[0] + ((xLimits[1] - xLimits[0]) * column) / (field.columns - 1), C = yLimits[0] + ((yLimits[1] - yLimits[0]) * row) / (field.rows - 1);
        // Beyond what is there of E or of S no state is.
        if (C > 1 + 1e-6 || S + C > 2 + 1e-6) {
          expect(field.vectors[at]).toBeNaN();
          continue;
        }
        told++;
        expect(field.vectors[at]).toBeCloseTo(-2 * (1 - C) * S + C, 8);
        expect(field.vectors[at + 1]).toBeCloseTo(2 * (1 - C) * S - 4 * C, 8);
      }
    }
    expect(told).toBeGreaterThan(20);
  });

  it('of three free species holds the third where it rests', () => {
    // C′ = A − C rests at C = A; with A held by its own balance at 2 the section has C = 2.
    const answer = plane('species A, B, C\n0 -> A @ 2\nA -> 0 @ 1\nA -> A + C @ 1\nC -> 0 @ 1\nC -> C + B @ 1\nB -> 0 @ 4\n', 0, 1), { field, yLimits } = answer;
    expect(answer.others).toBe('held');
    const B = yLimits[0] + ((yLimits[1] - yLimits[0]) * 8) / (field.rows - 1);
    expect(field.vectors[2 * (8 * field.columns + 5) + 1]).toBeCloseTo(2 - 4 * B, 5);
  });

  it('of one species is a line with its rates', () => {
    const last = ask('species X = 0.2\n0 -> X @ 1\nX -> 2 X @ 1\n2 X -> X @ 1\n', { kind: 'phase plane', setting, starts: 2, seed: 1, x: 0, y: 0, point: 0 });
    if (last.type !== 'answer') throw new Error(JSON.stringify(last));
    const { kind, at, rate } = last.answer as PhaseLineAnswer;
    expect(kind).toBe('phase line');
    for (let k = 0; k < at.length; k += 37) expect(rate[k]).toBeCloseTo(1 + at[k]! - at[k]! ** 2, 10);
  });
});

describe('zero lines', () => {
  it('of a circle lie on it, and close', () => {
    const columns = 41, rows = 31, x = [-2, 2] as const, y = [-1.5, 1.5] as const;
    const values = Float64Array.from({ length: columns * rows }, (_, at) => {
      const px = -2 + (4 * (at % columns)) / (columns - 1), py = -1.5 + (3 * Math.floor(at / columns)) / (rows - 1);
      return px * px + py * py - 1;
    });
    const segments = zeroSegments(values, { columns, rows, x, y });
    let length = 0;
    for (let k = 0; k < segments.length; k += 4) length += Math.hypot(segments[k + 2]! - segments[k]!, segments[k + 3]! - segments[k + 1]!);
    expect(length).toBeGreaterThan(2 * Math.PI * 0.99);
    expect(length).toBeLessThan(2 * Math.PI * 1.01);
    for (let k = 0; k < segments.length; k += 2) expect(Math.hypot(segments[k]!, segments[k + 1]!)).toBeCloseTo(1, 2);
    const [circle, ...others] = chained(segments);
    expect(others).toEqual([]);
    expect(circle![0]![0]).toBeCloseTo(circle!.at(-1)![0], 9);
  });

  it('of a saddle do not cross in a cell: each joins edges around corners of one sign', () => {
    // Corners + − + −, the middle negative: the two positive corners are cut off each.
    const segments = zeroSegments([1, -3, -3, 1], { columns: 2, rows: 2, x: [0, 1], y: [0, 1] });
    const middle = [0, 4].map((k) => [(segments[k]! + segments[k + 2]!) / 2, (segments[k + 1]! + segments[k + 3]!) / 2]).sort((p, q) => p[0]! - q[0]!);
    expect(middle).toEqual([[expect.closeTo(0.125), expect.closeTo(0.125)], [expect.closeTo(0.875), expect.closeTo(0.875)]]);
  });

  it('leaves out what is no number', () => {
    expect([...zeroSegments([1, NaN, -1, 1], { columns: 2, rows: 2, x: [0, 1], y: [0, 1] })]).toEqual([]);
  });
});

describe('what is said', () => {
  const unstable = { values: Float64Array.of(1), residual: 0, stability: 'unstable' as const, real: Float64Array.of(0.5, 0.5), imaginary: Float64Array.of(2, -2), complete: true, starts: 0 };

  it('names growth and period', () => {
    expect(stabilitySentence(unstable, undefined, 's')).toBe('Unstable: small disturbances grow at 0.5/s, turning with a period of 3.14 s.');
  });

  it('counts where the starts went', () => {
    const stable = { ...unstable, stability: 'stable' as const, starts: 7 };
    const residuals = { times: new Float64Array(0), values: new Float64Array(0) };
    expect(startsSentence({ kind: 'fixed points', points: [stable, unstable], found: 2, reached: true, starts: 10, astray: { diverged: 2, moving: 1 }, residuals }))
      .toBe('2 fixed points were found from 10 starts: 7 came to number 1, 2 grew beyond every bound, 1 did not settle.');
  });

  it('says that fixed points are not isolated where each start has its own', () => {
    // S′ = −SI, I′ = SI − I: every S with I = 0 is at rest.
    const answer = fixedPoints('species S = 2, I = 0.1, R\nS + I -> 2 I @ 1\nI -> R @ 1\n', 30);
    expect(answer.points.length).toBeLessThan(answer.found);
    expect(answer.points.every(({ values }) => Math.abs(values[1]!) < 1e-4)).toBe(true);
    expect(startsSentence(answer)).toMatch(/^The fixed points are not isolated: /);
  });

  it('lays an exponential of the given rate along the residual', () => {
    const times = Float64Array.from({ length: 101 }, (_, k) => k / 10), values = times.map((t) => 5 * Math.exp(-0.7 * t));
    const line = slopeLine(times, values, 0.7, 10);
    for (const [k, value] of line.entries()) expect(value).toBeCloseTo(values[k]!, 10);
    // With another rate it still touches the curve, in the middle.
    const steeper = slopeLine(times, values, 2, 10);
    expect([...steeper].some((value, k) => Math.abs(value / values[k]! - 1) < 1e-9)).toBe(true);
    expect(steeper[60]! / steeper[50]!).toBeCloseTo(Math.exp(-2), 8);
  });
});

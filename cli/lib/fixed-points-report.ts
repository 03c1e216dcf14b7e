/** What is told of fixed points: words, and the parts of --json. */
import type { FixedPointAnswer, FixedPointsAnswer } from './fixed-points.ts';
import { number } from './number.ts';
import { chosen, MOST_LISTED } from './chosen.ts';
import { colours, count, print } from './terminal.ts';

const MOST_EIGENVALUES = 8;

/** `0.63/s` */
const perTime = (rate: number, unit: string | undefined): string => `${number(rate)}${unit === undefined ? '' : `/${unit}`}`;

/** One sentence or two on what becomes of small disturbances. */
export function stabilityWords({ stability, rate, eigenvalues, complete }: FixedPointAnswer, measured: number | undefined, unit: string | undefined): string {
  const growth = eigenvalues[0]?.[0] ?? 0;
  switch (stability) {
    case 'stable': {
      if (rate === undefined) return 'Stable: nothing can change it.';
      const seen = measured === undefined ? '' : `; ${perTime(measured, unit)} was seen on the way`;
      const modes = !complete ? ', as far as the slowest modes tell' : eigenvalues.length === 1 ? '' : `, the slowest of ${count(eigenvalues.length, 'mode')}`;
      return `Stable: disturbances die out at ${perTime(rate, unit)} in the end${modes}${seen}.`;
    }
    case 'unstable': {
      const turning = Math.abs(eigenvalues[0]?.[1] ?? 0);
      return `Unstable: small disturbances grow at ${perTime(growth, unit)}${turning > 0 ? `, turning with a period of ${number((2 * Math.PI) / turning)}${unit === undefined ? '' : ` ${unit}`}` : ''}.`;
    }
    case 'marginal':
      return 'Neither stable nor unstable to first order: an eigenvalue is zero. Disturbances stay, or die out slower than any exponential.';
    case 'unknown':
      return 'Whether it is stable cannot be said: the network is too large for its eigenvalues, or its constants are out of scale.';
  }
}

export function eigenvalueWords({ eigenvalues, complete }: FixedPointAnswer): string {
  const shown = eigenvalues.slice(0, MOST_EIGENVALUES).map(([real, imaginary]) => (imaginary === 0 ? number(real) : `${number(real)} ${imaginary < 0 ? '−' : '+'} ${number(Math.abs(imaginary))}i`));
  const rest = eigenvalues.length - shown.length;
  return `${complete ? 'Eigenvalues' : 'Slowest eigenvalues'}: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more (--json)` : ''}`;
}

export function printValues(values: Readonly<Record<string, number>>, plot: readonly string[] = []): void {
  const names = Object.keys(values), wanted = chosen(names, plot), shown = wanted.slice(0, MOST_LISTED);
  const width = Math.max(...shown.map(({ name }) => name.length), 0);
  for (const { name } of shown) print(`${name.padEnd(width)}  ${number(values[name] ?? NaN)}`);
  if (wanted.length > shown.length) print(colours.dim(`… and ${wanted.length - shown.length} more; --json gives all.`));
}

/** The first point, what else was found, and what the constants do. */
export function printFixedPoints(answer: FixedPointsAnswer, unit: string | undefined, plot: readonly string[]): void {
  const [first, ...others] = answer.points;
  if (first === undefined) return;
  if (!answer.reached) print('This fixed point is there, but the start does not come to it:');
  print(stabilityWords(first, answer.measuredRate, unit));
  if (first.eigenvalues.length > 0) print(colours.dim(eigenvalueWords(first)));
  printValues(first.values, plot);
  if (answer.starts > 1) printStarts(answer);
  for (const other of others) {
    print('');
    print(`${other.starts === 0 ? 'No start came to another fixed point' : `${count(other.starts, 'start')} came to another fixed point`} (residual ${number(other.residual)}).`);
    print(stabilityWords(other, undefined, unit));
    if (other.eigenvalues.length > 0) print(colours.dim(eigenvalueWords(other)));
    printValues(other.values, plot);
  }
  printSensitivities(answer, plot);
}

function printStarts({ starts, points, astray }: FixedPointsAnswer): void {
  const here = points[0]?.starts ?? 0;
  const parts = [
    ...(astray.diverged > 0 ? [`${astray.diverged} grew beyond every bound`] : []),
    ...(astray.moving > 0 ? [`${astray.moving} did not settle`] : []),
  ];
  print(`${here} of ${count(starts, 'start')} came here${parts.length === 0 ? '' : `; ${parts.join(', ')}`}.`);
}

function printSensitivities({ sensitivities, constants }: FixedPointsAnswer, plot: readonly string[]): void {
  if (sensitivities === undefined) return;
  print('');
  if (sensitivities === null || constants === undefined) {
    print('It has no sensitivities: the fixed point is not isolated, or the network is too large.');
    return;
  }
  print('Sensitivities: change of a concentration by change of a constant, ∂x/∂k');
  const names = chosen(Object.keys(sensitivities), plot).slice(0, MOST_LISTED).map(({ name }) => name), columns = Object.keys(constants);
  for (const name of names) {
    const by = sensitivities[name] ?? {};
    const told = columns.map((constant) => ({ constant, value: by[constant] ?? 0 })).filter(({ value }) => value !== 0)
      .sort((a, b) => Math.abs(b.value * (constants[b.constant] ?? 0)) - Math.abs(a.value * (constants[a.constant] ?? 0)));
    print(`  ${name}: ${told.length === 0 ? 'none' : told.slice(0, MOST_EIGENVALUES).map(({ constant, value }) => `${constant} ${number(value)}`).join(', ')}${told.length > MOST_EIGENVALUES ? ', …' : ''}`);
  }
}

/** The parts of --json beside outcome, message, fixedPoint and residual. */
export function fixedPointsJson({ points, reached, measuredRate, starts, seed, astray, sensitivities, constants }: FixedPointsAnswer): Record<string, unknown> {
  const [first] = points;
  const spectrum = (point: FixedPointAnswer): Record<string, unknown> => ({
    stable: point.stability === 'stable' ? true : point.stability === 'unstable' ? false : null, stability: point.stability,
    eigenvalues: point.eigenvalues.map(([re, im]) => ({ re, im })), allEigenvalues: point.complete,
  });
  return {
    ...(first === undefined || !reached ? { stable: null, eigenvalues: [] } : spectrum(first)),
    rate: { predicted: reached ? first?.rate ?? null : null, measured: reached ? measuredRate ?? null : null },
    starts, seed, astray,
    fixedPoints: points.map((point) => ({ fixedPoint: point.values, residual: point.residual, ...spectrum(point), rate: point.rate ?? null, starts: point.starts })),
    ...(sensitivities === undefined ? {} : { sensitivities, ...(constants === undefined ? {} : { constants }) }),
  };
}

/** What is said of a fixed point. */
import type { FixedPointFound, FixedPointsAnswer } from './analysis-protocol.ts';
import { formatNumber, plural } from './format.ts';

export const perTime = (rate: number, unit: string | undefined): string => `${formatNumber(rate, 3)}${unit === undefined ? '' : `/${unit}`}`;

/** What becomes of small disturbances, in one sentence. */
export function stabilitySentence({ stability, rate, real, imaginary, complete }: FixedPointFound, measured: number | undefined, unit: string | undefined): string {
  const turning = Math.abs(imaginary[0] ?? 0), period = turning > 0 ? `, turning with a period of ${formatNumber((2 * Math.PI) / turning, 3)}${unit === undefined ? '' : ` ${unit}`}` : '';
  switch (stability) {
    case 'stable': {
      if (rate === undefined) return 'Stable: what is conserved leaves nothing that could change.';
      const modes = !complete ? ', as far as the slowest modes tell' : real.length === 1 ? '' : `, the slowest of ${plural(real.length, 'mode')}`;
      return `Stable: disturbances die out at ${perTime(rate, unit)}${period}${modes}${measured === undefined ? '' : `; the course came in at ${perTime(measured, unit)}`}.`;
    }
    case 'unstable': return `Unstable: small disturbances grow at ${perTime(real[0] ?? 0, unit)}${period}.`;
    case 'marginal': return 'Neither stable nor unstable to first order: an eigenvalue is zero. Disturbances stay, or die out slower than any exponential.';
    case 'unknown': return 'Whether it is stable cannot be said: the network is too large for its eigenvalues, or its constants are out of scale.';
  }
}

/** How many there are, and what became of the starts. */
export function startsSentence({ points, found: count, reached, starts, astray }: FixedPointsAnswer): string {
  if (points.length === 0) return starts > 1 ? `No fixed point was found from ${plural(starts, 'start')}.` : 'No fixed point was found.';
  // Lines and planes of fixed points: each start comes to one of its own.
  if (count > points.length) return `The fixed points are not isolated: ${count} were found from ${plural(starts, 'start')}, of which ${points.length} are listed.`;
  const parts = [
    ...points.map(({ starts: came }, i) => (came === 0 ? '' : `${came} came to ${points.length === 1 ? 'it' : `number ${i + 1}`}`)).filter((part) => part !== ''),
    ...(astray.diverged > 0 ? [`${astray.diverged} grew beyond every bound`] : []), ...(astray.moving > 0 ? [`${astray.moving} did not settle`] : []),
  ];
  const found = points.length === 1 ? 'One fixed point was found' : `${points.length} fixed points were found`;
  const own = reached ? '' : ' The text’s own start comes to none.';
  return starts === 1 ? `${found}, from the text’s own start.${own}` : `${found} from ${plural(starts, 'start')}: ${parts.join(', ')}.${own}`;
}

/** What is said of a fixed point. */
import { counted, t } from '../l10n/index.ts';
import type { FixedPointFound, FixedPointsAnswer } from './analysis-protocol.ts';
import { formatNumber } from './format.ts';

export const perTime = (rate: number, unit: string | undefined): string => `${formatNumber(rate, 3)}${unit === undefined ? '' : `/${unit}`}`;

/** How small disturbances fare, in a word. */
export function stabilityWord(stability: FixedPointFound['stability']): string {
  switch (stability) {
    case 'stable': return t('stable');
    case 'unstable': return t('unstable');
    case 'marginal': return t('marginal');
    case 'unknown': return t('unknown');
  }
}

/** What becomes of small disturbances, in one sentence. */
export function stabilitySentence({ stability, rate, real, imaginary, complete }: FixedPointFound, measured: number | undefined, unit: string | undefined): string {
  const turning = Math.abs(imaginary[0] ?? 0), period = turning > 0 ? t(', turning with a period of {0}{1}', formatNumber((2 * Math.PI) / turning, 3), unit === undefined ? '' : ` ${unit}`) : '';
  switch (stability) {
    case 'stable': {
      if (rate === undefined) return t('Stable: what is conserved leaves nothing that could change.');
      const modes = !complete ? t(', as far as the slowest modes tell') : real.length === 1 ? '' : t(', the slowest of {0}', counted(real.length, '1 mode', '{0} modes'));
      return t('Stable: disturbances die out at {0}{1}{2}{3}.', perTime(rate, unit), period, modes, measured === undefined ? '' : t('; the course came in at {0}', perTime(measured, unit)));
    }
    case 'unstable': return t('Unstable: small disturbances grow at {0}{1}.', perTime(real[0] ?? 0, unit), period);
    case 'marginal': return t('Neither stable nor unstable to first order: an eigenvalue is zero. Disturbances stay, or die out slower than any exponential.');
    case 'unknown': return t('Whether it is stable cannot be said: the network is too large for its eigenvalues, or its constants are out of scale.');
  }
}

/** How many there are, and what became of the starts. */
export function startsSentence({ points, found: count, reached, starts, astray }: FixedPointsAnswer): string {
  if (points.length === 0) return starts > 1 ? t('No fixed point was found from {0}.', counted(starts, '1 start', '{0} starts')) : t('No fixed point was found.');
  // Lines and planes of fixed points: each start comes to one of its own.
  if (count > points.length) return t('The fixed points are not isolated: {0} were found from {1}, of which {2} are listed.', count, counted(starts, '1 start', '{0} starts'), points.length);
  const parts = [
    ...points.map(({ starts: came }, i) => (came === 0 ? '' : points.length === 1 ? t('{0} came to it', came) : t('{0} came to number {1}', came, i + 1))).filter((part) => part !== ''),
    ...(astray.diverged > 0 ? [t('{0} grew beyond every bound', astray.diverged)] : []), ...(astray.moving > 0 ? [t('{0} did not settle', astray.moving)] : []),
  ];
  const found = counted(points.length, 'One fixed point was found', '{0} fixed points were found');
  const own = reached ? '' : t(' The text’s own start comes to none.');
  return starts === 1 ? t('{0}, from the text’s own start.{1}', found, own) : t('{0} from {1}: {2}.{3}', found, counted(starts, '1 start', '{0} starts'), parts.join(', '), own);
}

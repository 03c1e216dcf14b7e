/** Integer arithmetic on doubles that says when it would no longer be exact. */
import { t } from '../../l10n/index.ts';

/** An integer grew past 2⁵³ and the result would not be exact. */
export class InexactError extends Error {
  override readonly name = 'InexactError';
}

export function exact(value: number): number {
  if (!Number.isSafeInteger(value)) throw new InexactError(t('An integer grew beyond 2^53.'));
  return value;
}

export function gcd(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

export function lcm(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : exact((Math.abs(a) / gcd(a, b)) * Math.abs(b));
}

/** Why a network cannot be run molecule by molecule. */
export class StochasticError extends Error {
  override readonly name = 'StochasticError';
  /** Position in `network.families` of the reaction at fault, where one is. */
  readonly family: number | undefined;
  /** The species component at fault, where one is. */
  readonly component: number | undefined;
  constructor(message: string, at: { readonly family?: number; readonly component?: number } = {}) {
    super(message);
    this.family = at.family;
    this.component = at.component;
  }
}

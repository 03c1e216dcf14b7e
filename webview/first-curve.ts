/**
 * How long it takes from a command in the editor to the first curve on the screen. It is written into the page's performance timeline as
 * a mark, "onepot.first-curve", where developer tools show it.
 */
export class FirstCurve {
  /** When the command began, in milliseconds since 1970, until its curve is drawn. */
  #asked: number | undefined;
  #drawn = false;

  asked(at: number): void {
    this.#asked = at;
    this.#drawn = false;
  }

  /** There is something to draw that was not there before. */
  result(): void {
    this.#drawn = true;
  }

  /** There is a curve to draw that has been asked for. */
  get due(): boolean {
    return this.#drawn && this.#asked !== undefined;
  }

  /** The page has been drawn: the browser shows it with its next frame. */
  drawn(): void {
    const asked = this.#asked;
    if (asked === undefined || !this.#drawn) return;
    this.#asked = undefined;
    requestAnimationFrame(() => performance.mark('onepot.first-curve', { detail: { milliseconds: performance.timeOrigin + performance.now() - asked } }));
  }
}

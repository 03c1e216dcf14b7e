/** Draws several views of one state by turns, so that what changes many times a second leaves each frame time for everything else. */

/** Milliseconds of a frame for the views: none begins after these. */
const BUDGET = 2;
/** Milliseconds from one drawing to the next: what changes faster is not seen to, and the frames between are free. */
const PAUSE = 40;
/** A drawing that has made its frame long, by layout and painting that no script sees, is followed by a pause of so many times its length. */
const REST = 2;

export interface Turn<T> {
  update(state: T): void;
}

export class ByTurns<T> {
  readonly #views: readonly Turn<T>[];
  readonly #now: () => number;
  /** Whose turn it is. */
  #next = 0;
  #state: T | undefined;
  /** The next frame, and that in which the length of the last drawing's frame is known. */
  #frame = 0;
  #after = 0;
  #drew = -Infinity;
  #pause = PAUSE;

  constructor(views: readonly Turn<T>[], now: () => number = () => performance.now()) {
    this.#views = views;
    this.#now = now;
  }

  /** All of them, whatever it takes. */
  all(state: T): void {
    this.dispose();
    for (const view of this.#views) view.update(state);
  }

  /** As many as a frame has time for, one at least, from where the last frame ended; the others follow in later frames, with the newest state. */
  some(state: T): void {
    this.#state = state;
    if (this.#frame === 0) this.#turn();
  }

  #later(): void {
    this.#frame = requestAnimationFrame(() => this.#turn());
  }

  dispose(): void {
    for (const frame of [this.#frame, this.#after]) if (frame !== 0) cancelAnimationFrame(frame);
    this.#frame = this.#after = 0;
    this.#state = undefined;
  }

  #turn(): void {
    this.#frame = 0;
    const state = this.#state, begun = this.#now();
    if (state === undefined) return;
    if (begun - this.#drew < this.#pause) {
      this.#later();
      return;
    }
    this.#drew = begun;
    this.#measure(begun);
    for (let done = 0; done < this.#views.length; done++) {
      if (done > 0 && this.#now() - begun >= BUDGET) {
        this.#later();
        return;
      }
      this.#views[this.#next]!.update(state);
      this.#next = (this.#next + 1) % this.#views.length;
    }
  }

  /** Until the frame is known the pause is the shortest. */
  #measure(begun: number): void {
    this.#pause = PAUSE;
    if (this.#after !== 0) return;
    this.#after = requestAnimationFrame(() => {
      this.#after = 0;
      this.#pause = Math.max(PAUSE, REST * (this.#now() - begun));
    });
  }
}

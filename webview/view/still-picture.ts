/** A picture of what stays the same for many frames, such as the run before while a slider moves. */
export class StillPicture {
  #of: readonly unknown[] | undefined;
  #canvas: HTMLCanvasElement | undefined;

  /**
   * Paints onto a canvas, over all of it. What is asked for once is painted there; from the second time on it is copied from a picture.
   * @param of everything that what is painted depends on, beside the size of the canvas
   * @param paint paints on a canvas of the same size, whose context is as it begins
   */
  draw(target: CanvasRenderingContext2D, of: readonly unknown[], paint: (context: CanvasRenderingContext2D) => void): void {
    const { width, height } = target.canvas, key = [width, height, ...of], before = this.#of;
    if (before === undefined || before.length !== key.length || key.some((part, k) => !Object.is(part, before[k]))) {
      this.#of = key;
      this.#canvas = undefined;
      paint(target);
      return;
    }
    if (this.#canvas === undefined) {
      const canvas = Object.assign(document.createElement('canvas'), { width, height }), context = canvas.getContext('2d');
      if (context === null) {
        paint(target);
        return;
      }
      paint(context);
      this.#canvas = canvas;
    }
    target.drawImage(this.#canvas, 0, 0);
  }
}

/** Steps downhill: plain gradient descent and Adam (Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015). */

export interface OptimiserSettings {
  readonly kind: 'sgd' | 'adam';
  readonly rate: number;
  /** L2: gradient + decay·value. */
  readonly decay?: number;
}

const BETA1 = 0.9, BETA2 = 0.999, EPSILON = 1e-8;

export class Optimiser {
  private readonly settings: OptimiserSettings;
  private readonly mean: Float64Array;
  private readonly square: Float64Array;
  private steps = 0;

  constructor(settings: OptimiserSettings, size: number) {
    this.settings = settings;
    this.mean = new Float64Array(settings.kind === 'adam' ? size : 0);
    this.square = new Float64Array(this.mean.length);
  }

  /** All that is carried from one step to the next. */
  get memory(): Float64Array {
    return this.settings.kind === 'sgd' ? new Float64Array(0) : Float64Array.from([this.steps, ...this.mean, ...this.square]);
  }

  set memory(numbers: Float64Array) {
    if (this.settings.kind === 'sgd') return;
    this.steps = numbers[0]!;
    this.mean.set(numbers.subarray(1, 1 + this.mean.length));
    this.square.set(numbers.subarray(1 + this.mean.length));
  }

  /** Moves the values against the gradient. */
  step(values: Float64Array, gradient: Float64Array): void {
    const { kind, rate, decay = 0 } = this.settings, { mean, square } = this;
    if (kind === 'sgd') {
      for (let i = 0; i < values.length; i++) values[i] = values[i]! - rate * (gradient[i]! + decay * values[i]!);
      return;
    }
    this.steps++;
    const correct1 = 1 - BETA1 ** this.steps, correct2 = 1 - BETA2 ** this.steps;
    for (let i = 0; i < values.length; i++) {
      const g = gradient[i]! + decay * values[i]!;
      mean[i] = BETA1 * mean[i]! + (1 - BETA1) * g;
      square[i] = BETA2 * square[i]! + (1 - BETA2) * g * g;
      values[i] = values[i]! - (rate * (mean[i]! / correct1)) / (Math.sqrt(square[i]! / correct2) + EPSILON);
    }
  }
}

/** What a network with one or two inputs makes of all of them: computed a few points at a time, over and over. */
import type { TrainingData } from '../../../simulation/index.ts';
import type { BoundaryView, SamplePoints } from '../../training-protocol.ts';
import type { Learner } from './learner.ts';

/** Points along a side, at most and at least: networks that settle slowly get a coarser picture rather than none. */
const FINEST = 64, COARSEST = 12, ALONG = 161;
/** What a point costs until one has been computed, in milliseconds. */
const GUESS = 0.02;
/** Samples drawn at most. */
const MOST_POINTS = 2000;

/** The range of a column, a sixth of it wider on either side; concentrations do not go below 0. */
function range({ values, rows, columns }: TrainingData['inputs'], column: number, signed: boolean): [number, number] {
  let low = Infinity, high = -Infinity;
  for (let row = 0; row < rows; row++) {
    const value = values[row * columns + column]!;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const margin = (high - low || 1) / 6;
  return [signed ? low - margin : Math.max(0, low - margin), high + margin];
}

export class Boundary {
  readonly #x: readonly [number, number];
  readonly #y: readonly [number, number];
  readonly #inputs: Float64Array;
  readonly #outputs: Float64Array;
  #columns: number;
  #rows: number;
  #values: Float32Array;
  #next = 0;
  #spent = 0;
  #cost = GUESS;

  /** Undefined for networks with other numbers of inputs. */
  static of(data: TrainingData, signed: boolean): Boundary | undefined {
    return data.inputs.columns === 1 || data.inputs.columns === 2 ? new Boundary(data, signed) : undefined;
  }

  private constructor(data: TrainingData, signed: boolean) {
    const plane = data.inputs.columns === 2;
    this.#x = range(data.inputs, 0, signed);
    this.#y = plane ? range(data.inputs, 1, signed) : [0, 1];
    this.#inputs = new Float64Array(data.inputs.columns);
    this.#outputs = new Float64Array(data.targets.columns);
    this.#columns = plane ? FINEST / 2 : ALONG;
    this.#rows = plane ? FINEST / 2 : 1;
    this.#values = new Float32Array(this.#columns * this.#rows * this.#outputs.length);
  }

  /**
   * A picture as fine as `picture` milliseconds allow, all of it at once where it takes no longer than `slice`; otherwise a part of
   * it, and the next call goes on. @returns a picture when one is complete
   */
  advance(learner: Learner, now: () => number, picture: number, slice: number): BoundaryView | undefined {
    if (this.#next === 0) this.#begin(picture);
    const began = now(), deadline = began + Math.max(picture < slice ? 2 * picture : slice, 1), count = this.#columns * this.#rows;
    while (this.#next < count && now() < deadline) {
      const column = this.#next % this.#columns, row = Math.floor(this.#next / this.#columns);
      this.#inputs[0] = at(this.#x, column, this.#columns);
      if (this.#inputs.length > 1) this.#inputs[1] = at(this.#y, row, this.#rows);
      if (!learner.predict(this.#inputs, this.#outputs)) this.#outputs.fill(NaN);
      this.#values.set(this.#outputs, this.#next * this.#outputs.length);
      this.#next++;
    }
    this.#spent += now() - began;
    if (this.#next < count) return undefined;
    this.#cost = this.#spent / count;
    this.restart();
    return { x: this.#x, y: this.#y, columns: this.#columns, rows: this.#rows, outputs: this.#outputs.length, values: this.#values };
  }

  /** Throws away what has been computed: the weights are others. */
  restart(): void {
    this.#next = 0;
    this.#spent = 0;
  }

  #begin(picture: number): void {
    if (this.#rows > 1) this.#columns = this.#rows = Math.round(Math.min(FINEST, Math.max(COARSEST, Math.sqrt(picture / Math.max(this.#cost, 1e-4)))));
    this.#values = new Float32Array(this.#columns * this.#rows * this.#outputs.length);
  }
}

const at = ([low, high]: readonly [number, number], k: number, count: number): number => low + ((high - low) * k) / Math.max(1, count - 1);

/** The samples themselves, evenly chosen where there are very many. */
export function samplePoints({ inputs, targets, test, train }: TrainingData): SamplePoints {
  const held = new Set(test ?? []), all = train === undefined ? Array.from({ length: inputs.rows }, (_, row) => row) : [...train, ...(test ?? [])];
  const step = Math.max(1, Math.ceil(all.length / MOST_POINTS)), rows = all.filter((_, i) => i % step === 0);
  const pick = ({ columns, values }: TrainingData['inputs']): Float32Array => Float32Array.from(rows.flatMap((row) => [...values.subarray(row * columns, (row + 1) * columns)]));
  return { inputs: pick(inputs), targets: pick(targets), heldOut: Uint8Array.from(rows, (row) => (held.has(row) ? 1 : 0)) };
}

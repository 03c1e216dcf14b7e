/** Loss, accuracy and confusion from outputs and targets, sample by sample. */
import type { Evaluation, TrainingData } from './types.ts';

/** What the targets mean: one-hot classes, a yes or no, or quantities. */
export type TargetKind = 'classes' | 'yes or no' | 'quantities';

export function targetKind(data: TrainingData): TargetKind {
  const { rows, columns, values } = data.targets;
  if (columns > 1 && data.classes !== undefined) return 'classes';
  for (let r = 0; r < rows; r++) {
    let ones = 0;
    for (let c = 0; c < columns; c++) {
      const value = values[r * columns + c]!;
      if (value !== 0 && value !== 1) return 'quantities';
      ones += value;
    }
    if (columns > 1 && ones !== 1) return 'quantities';
  }
  return columns > 1 ? 'classes' : 'yes or no';
}

export class Metrics {
  private readonly columns: number;
  private readonly kind: TargetKind;
  private readonly confusion: number[][];
  private squares = 0;
  private scale = 0;
  private samples = 0;
  private right = 0;

  constructor(columns: number, kind: TargetKind) {
    this.columns = columns;
    this.kind = kind;
    const classes = kind === 'quantities' ? 0 : kind === 'classes' ? columns : 2;
    this.confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  }

  add(outputs: Float64Array, targets: Float64Array): void {
    const { columns } = this;
    for (let k = 0; k < columns; k++) {
      this.squares += (outputs[k]! - targets[k]!) ** 2;
      this.scale += targets[k]! ** 2;
    }
    this.samples++;
    if (this.kind === 'quantities') return;
    const truth = this.kind === 'classes' ? largest(targets) : targets[0]! > 0.5 ? 1 : 0;
    const told = this.kind === 'classes' ? largest(outputs) : outputs[0]! > 0.5 ? 1 : 0;
    this.confusion[truth]![told]!++;
    if (truth === told) this.right++;
  }

  finish(): Evaluation {
    const { squares, samples, columns } = this;
    const told = { loss: squares / (samples * columns), relativeError: Math.sqrt(squares / this.scale), samples };
    return this.kind === 'quantities' ? told : { ...told, accuracy: this.right / samples, confusion: this.confusion };
  }
}

function largest(values: Float64Array): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k]! > values[best]!) best = k;
  return best;
}

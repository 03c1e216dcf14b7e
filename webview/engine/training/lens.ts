/** One presentation under the lens: what the species of a network do while a sample is held. */
import { t } from '../../../l10n/index.ts';
import type { PotPlan } from '../../../chemistry/index.ts';
import type { TrainingData } from '../../../simulation/index.ts';
import type { LensGroup, LensView } from '../../training-protocol.ts';

/** Curves of a group at most, and points of a curve. */
const MOST_CURVES = 12, MOST_TIMES = 400;

interface Watched {
  readonly label: string;
  readonly names: readonly string[];
  /** Components; a second one is subtracted. */
  readonly components: readonly (readonly [number, number | undefined])[];
}

function watched(plan: PotPlan): readonly Watched[] {
  const groups: Watched[] = [];
  const add = (label: string, id: number | undefined): void => {
    const block = id === undefined || id < 0 ? undefined : plan.network.blocks[id];
    if (block === undefined || groups.some((group) => group.components[0]?.[0] === block.offset)) return;
    const half = block.kind === 'dual' ? block.size / 2 : undefined, count = Math.min(MOST_CURVES, half ?? block.size), own = block.name.slice(plan.name.length + 1);
    groups.push({
      label, names: Array.from({ length: count }, (_, k) => `${own}[${k + 1}]`),
      components: Array.from({ length: count }, (_, k) => [block.offset + k, half === undefined ? undefined : block.offset + half + k] as const),
    });
  };
  const last = plan.layers.length - 1;
  add(t('outputs'), plan.outputs);
  plan.layers.forEach((layer, l) => {
    if (l < last) add(t('activity of {0}', layer.name), layer.activity);
  });
  plan.layers.forEach((layer, l) => {
    if (l < last) add(t('pre-activation of {0}', layer.name), layer.preactivation);
    add(t('φ′ of {0}', layer.name), layer.derivative);
    add(t('error at {0}', layer.name), layer.delta);
  });
  return groups;
}

/** Records one dwell: hand `onState` to the trainer, then call `finish`. */
export class LensRecorder {
  readonly #groups: readonly Watched[];
  readonly #width: number;
  #times: number[] = [];
  #rows: Float64Array[] = [];
  #every = 1;
  #seen = 0;

  constructor(plan: PotPlan) {
    this.#groups = watched(plan);
    this.#width = this.#groups.reduce((sum, { names }) => sum + names.length, 0);
  }

  begin(state: Float64Array): void {
    this.#times = [];
    this.#rows = [];
    this.#every = 1;
    this.#seen = 0;
    this.onState(0, state);
  }

  readonly onState = (t: number, state: Float64Array): void => {
    if (this.#seen++ % this.#every !== 0) return;
    const row = new Float64Array(this.#width);
    let next = 0;
    for (const { components } of this.#groups) for (const [plus, minus] of components) row[next++] = state[plus]! - (minus === undefined ? 0 : state[minus]!);
    this.#times.push(t);
    this.#rows.push(row);
    if (this.#times.length < 2 * MOST_TIMES) return;
    this.#times = this.#times.filter((_, i) => i % 2 === 0);
    this.#rows = this.#rows.filter((_, i) => i % 2 === 0);
    this.#every *= 2;
  };

  finish({ inputs, targets }: TrainingData, row: number, place: { readonly epoch: number; readonly dwell: number }): LensView {
    const count = this.#times.length;
    let offset = 0;
    const groups = this.#groups.map(({ label, names }): LensGroup => {
      const values = new Float64Array(names.length * count);
      for (const [k, one] of this.#rows.entries()) for (let i = 0; i < names.length; i++) values[i * count + k] = one[offset + i]!;
      offset += names.length;
      return { label, names, values };
    });
    const part = ({ columns, values }: TrainingData['inputs']): Float32Array => Float32Array.from(values.subarray(row * columns, (row + 1) * columns));
    const outputs = Float32Array.from(groups[0]!.names, (_, i) => groups[0]!.values[(i + 1) * count - 1]!);
    return { row, ...place, inputs: part(inputs), targets: part(targets), outputs, times: Float64Array.from(this.#times), groups };
  }
}

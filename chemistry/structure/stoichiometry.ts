/** The stoichiometric matrix of an unrolled network, exact and sparse. */
import type { Network } from '../network.ts';
import type { UnrolledNetwork } from '../unroll/index.ts';

/**
 * N, one column a reaction: N[component, reaction] is the net change, an integer. Catalysts and held (fixed) species have no
 * entry. Compressed sparse columns, components ascending within a column.
 */
export interface StoichiometricMatrix {
  /** Number of state components. */
  readonly rows: number;
  /** Number of reactions. */
  readonly columns: number;
  readonly columnStart: Int32Array;
  readonly rowIndex: Int32Array;
  readonly values: Float64Array;
}

/** Which components the reactions can change: all but those of fixed blocks. */
export function dynamicComponents(network: Network): Uint8Array {
  const dynamic = new Uint8Array(network.dimension).fill(1);
  for (const block of network.blocks) if (block.kind === 'fixed') dynamic.fill(0, block.offset, block.offset + block.size);
  return dynamic;
}

export function stoichiometricMatrix(network: Network, unrolled: UnrolledNetwork): StoichiometricMatrix {
  const dynamic = dynamicComponents(network);
  const columnStart = new Int32Array(unrolled.count + 1);
  const rowIndex = new Int32Array(unrolled.reactantComponent.length + unrolled.productComponent.length);
  const values = new Float64Array(rowIndex.length);
  let end = 0;
  const put = (start: number, component: number, amount: number): void => {
    if (dynamic[component] !== 1) return;
    let slot = start;
    while (slot < end && rowIndex[slot] !== component) slot++;
    if (slot === end) {
      rowIndex[end] = component;
      values[end++] = amount;
    } else values[slot] = (values[slot] ?? 0) + amount;
  };
  for (let r = 0; r < unrolled.count; r++) {
    const start = end;
    for (let p = unrolled.reactantStart[r] ?? 0; p < (unrolled.reactantStart[r + 1] ?? 0); p++) put(start, unrolled.reactantComponent[p] ?? 0, -(unrolled.reactantStoichiometry[p] ?? 0));
    for (let p = unrolled.productStart[r] ?? 0; p < (unrolled.productStart[r + 1] ?? 0); p++) put(start, unrolled.productComponent[p] ?? 0, unrolled.productStoichiometry[p] ?? 0);
    end = tidy(rowIndex, values, start, end);
    columnStart[r + 1] = end;
  }
  return { rows: network.dimension, columns: unrolled.count, columnStart, rowIndex: rowIndex.slice(0, end), values: values.slice(0, end) };
}

/** Drops zeros and sorts a column (insertion sort: columns are short); returns its new end. */
function tidy(rowIndex: Int32Array, values: Float64Array, start: number, end: number): number {
  let kept = start;
  for (let p = start; p < end; p++) {
    const row = rowIndex[p] ?? 0;
    const value = values[p] ?? 0;
    if (value === 0) continue;
    let slot = kept++;
    while (slot > start && (rowIndex[slot - 1] ?? 0) > row) {
      rowIndex[slot] = rowIndex[slot - 1] ?? 0;
      values[slot] = values[slot - 1] ?? 0;
      slot--;
    }
    rowIndex[slot] = row;
    values[slot] = value;
  }
  return kept;
}

/** Samples and outputs in the state of a network: values on one rail, two rails, or none. */
import type { Network, PotPlan, SpeciesBlock } from '../../chemistry/index.ts';

/** Writes values into a block: a dual's on its two rails, one of them empty. */
export function writeBlock(block: SpeciesBlock, values: ArrayLike<number>, state: Float64Array): void {
  const { offset } = block;
  if (block.kind !== 'dual') {
    for (let k = 0; k < values.length; k++) state[offset + k] = values[k]!;
    return;
  }
  const half = block.size / 2;
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!;
    state[offset + k] = value > 0 ? value : 0;
    state[offset + half + k] = value < 0 ? -value : 0;
  }
}

/** Reads a block's values; a dual's are differences of its rails. */
export function readBlock(block: SpeciesBlock, state: Float64Array, out: Float64Array): void {
  const { offset } = block, half = block.size / 2;
  for (let k = 0; k < out.length; k++) out[k] = block.kind === 'dual' ? state[offset + k]! - state[offset + half + k]! : state[offset + k]!;
}

export const valuesIn = (block: SpeciesBlock): number => (block.kind === 'dual' ? block.size / 2 : block.size);

export function blockOfId(network: Network, id: number): SpeciesBlock {
  const block = network.blocks[id];
  if (block === undefined) throw new RangeError(`The plan names block ${id}, which the network does not have.`);
  return block;
}

/** Signed weights and biases of every layer, row-major, in the order of the layers: W then b. */
export function readWeights(plan: PotPlan, state: Float64Array): Float64Array[] {
  return plan.layers.flatMap((layer) => [layer.weights, layer.biases].map((id) => {
    const block = blockOfId(plan.network, id), out = new Float64Array(valuesIn(block));
    readBlock(block, state, out);
    return out;
  }));
}

/** Writes what `readWeights` reads: trained weights into a pot's initial state. */
export function writeWeights(plan: PotPlan, weights: readonly Float64Array[], state: Float64Array): void {
  plan.layers.forEach((layer, l) => {
    writeBlock(blockOfId(plan.network, layer.weights), weights[2 * l]!, state);
    writeBlock(blockOfId(plan.network, layer.biases), weights[2 * l + 1]!, state);
  });
}

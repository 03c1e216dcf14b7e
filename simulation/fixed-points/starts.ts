/**
 * Random states with the same conserved totals as a given one: hit and run along the reactions' net changes (Smith, Operations Research
 * 1984), which span the class and keep every total. A species that nothing bounds is taken up to a hundred times what is there.
 */
import { unroll, type Network } from '../../chemistry/index.ts';
import { ReplicaStreams } from '../stochastic/generator.ts';

interface Direction {
  readonly component: Int32Array;
  readonly by: Float64Array;
}

const PASSES = 6, MOST_MOVES = 3000, FAR = 100;

export class RandomStarts {
  private readonly directions: readonly Direction[];
  private readonly random: () => number;

  /** @param without groups whose reactions are switched off */
  constructor(network: Network, without: readonly string[], seed: number) {
    const off = new Set(without);
    const families = network.families.filter((family) => !family.groups.some((group) => off.has(group)));
    this.directions = directionsOf({ ...network, families });
    const stream = new ReplicaStreams(seed).of(0);
    this.random = () => stream.uniform();
  }

  /** None when nothing can change. */
  get able(): boolean {
    return this.directions.length > 0;
  }

  next(from: Float64Array): Float64Array {
    const { directions, random } = this, y = Float64Array.from(from);
    let scale = 0;
    for (const value of y) scale = Math.max(scale, value);
    if (scale === 0) scale = 1;
    const moves = Math.min(MOST_MOVES, PASSES * directions.length);
    for (let m = 0; m < moves; m++) {
      const { component, by } = directions[Math.floor(random() * directions.length)]!;
      let low = -Infinity, high = Infinity;
      for (let p = 0; p < component.length; p++) {
        const reach = y[component[p]!]! / Math.abs(by[p]!);
        if (by[p]! > 0) low = Math.max(low, -reach);
        else high = Math.min(high, reach);
      }
      // Where there is no end, the distance from the other is drawn by its order of magnitude.
      const far = scale * FAR ** (2 * random() - 1);
      const extent = high === Infinity ? (low === -Infinity ? far : low + far) : low === -Infinity ? high - far : low + (high - low) * random();
      for (let p = 0; p < component.length; p++) y[component[p]!] = Math.max(0, y[component[p]!]! + extent * by[p]!);
    }
    return y;
  }
}

/** Net changes of the reactions, fixed species left out, each up to its size and sign once. */
function directionsOf(network: Network): Direction[] {
  const unrolled = unroll(network), fixed = new Uint8Array(network.dimension), known = new Map<string, Direction>();
  for (const block of network.blocks) if (block.kind === 'fixed') fixed.fill(1, block.offset, block.offset + block.size);
  for (let r = 0; r < unrolled.count; r++) {
    const net = new Map<number, number>();
    const add = (component: number, by: number): void => { if (fixed[component] === 0) net.set(component, (net.get(component) ?? 0) + by); };
    for (let p = unrolled.reactantStart[r]!; p < unrolled.reactantStart[r + 1]!; p++) add(unrolled.reactantComponent[p]!, -unrolled.reactantStoichiometry[p]!);
    for (let p = unrolled.productStart[r]!; p < unrolled.productStart[r + 1]!; p++) add(unrolled.productComponent[p]!, unrolled.productStoichiometry[p]!);
    const entries = [...net].filter(([, by]) => by !== 0).sort(([a], [b]) => a - b);
    if (entries.length === 0) continue;
    const unit = entries[0]![1];
    const scaled = entries.map(([component, by]) => [component, by / unit] as const);
    known.set(scaled.join(';'), { component: Int32Array.from(scaled, ([component]) => component), by: Float64Array.from(scaled, ([, by]) => by) });
  }
  return [...known.values()];
}

/**
 * Weak order of the approximate stochastic methods: the bias of the mean against the size of the step. With 10¹⁰ molecules chance
 * moves the mean by about 10⁻⁵ of itself, far less than the bias.
 */
import { describe, expect, it } from 'vitest';
import { StochasticSimulator } from '../index.ts';
import { NetworkBuilder } from './networks.ts';

const slope = (sizes: readonly number[], biases: readonly number[]): number => Math.log(biases[0]! / biases.at(-1)!) / Math.log(sizes[0]! / sizes.at(-1)!);
const decay = new NetworkBuilder().species('X', 1).reaction('X -> 0', 1).build();
const dimerisation = new NetworkBuilder().species('X', 1).reaction('2 X -> 0', 0.5).build();
const CASES = [
  { name: 'decay', network: decay, exact: Math.exp(-1) },
  // x' = −2·½·x².
  { name: 'dimerisation', network: dimerisation, exact: 1 / 2 },
];

describe.each(CASES)('$name', ({ network, exact }) => {
  const simulator = new StochasticSimulator(network);
  const bias = (more: { readonly method: 'langevin' | 'tau'; readonly step?: number; readonly epsilon?: number }): number => {
    const { species } = simulator.run({ until: 1, times: [1], volume: 1e10, seed: 5, maxEvents: Infinity, ...more });
    return Math.abs(species.get('X')![0]! - exact);
  };

  it('Langevin steps are of weak order 1', () => {
    const sizes = [0.1, 0.05, 0.025, 0.0125], biases = sizes.map((step) => bias({ method: 'langevin', step }));
    expect(slope(sizes, biases)).toBeGreaterThan(0.9);
    expect(slope(sizes, biases)).toBeLessThan(1.15);
  });

  it('leaps too: their length goes with ε', () => {
    const sizes = [0.12, 0.06, 0.03, 0.015], biases = sizes.map((epsilon) => bias({ method: 'tau', epsilon }));
    expect(slope(sizes, biases)).toBeGreaterThan(0.85);
    expect(slope(sizes, biases)).toBeLessThan(1.2);
  });
});

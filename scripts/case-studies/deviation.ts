/** How far noise on the constants moves the species of the forward part: in proportion to the noise? */
import { PotTrainer } from '../../simulation/index.ts';
import type { PotPlan } from '../../chemistry/index.ts';
import { figureSvg } from './figure.ts';
import { dataOf, sampleText, trainingOf } from './models.ts';
import type { Results } from './results.ts';
import { digits, mean, seeds, shown, type Extent, type Section } from './section.ts';

/** Exponent and factor of y = factor·x^exponent, by least squares in logarithms. */
export function powerLaw(points: readonly (readonly [number, number])[]): { readonly exponent: number; readonly factor: number } {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const [mx, my] = [mean(logs.map(([x]) => x)), mean(logs.map(([, y]) => y))];
  const exponent = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return { exponent, factor: Math.exp(my - exponent * mx) };
}

/** Components that the forward reactions make: pre-activations and activities, all rails. */
function forwardComponents({ network, layers }: PotPlan): number[] {
  const ids = new Set(layers.flatMap((layer) => [layer.preactivation, layer.activity]));
  return network.blocks.flatMap((block) => (ids.has(block.id) ? Array.from({ length: block.size }, (_, k) => block.offset + k) : []));
}

/** States of the forward species at the end of every dwell. */
function course(epochs: number, size: number, seed: number): Float64Array[] {
  const text = sampleText('xor'), { plan } = trainingOf(text), components = forwardComponents(plan), states: Float64Array[] = [];
  const trainer = new PotTrainer(plan, dataOf(text), {
    dwell: 20, rate: 0.005, epochs, seed: 1, reduction: 'none', rtol: 1e-8, evaluation: { every: 0 },
    ...(size === 0 ? {} : { noise: { seed, rates: { distribution: 'normal', size, when: 'frozen', per: 'reaction' } } }),
  });
  while (trainer.finished === undefined) {
    trainer.step({ onDwell: () => { const state = trainer.pot.state(); states.push(Float64Array.from(components, (c) => state[c]!)); } });
  }
  return states;
}

export function deviationSection(results: Results, { quick }: Extent): Section {
  const sizes = quick ? [1e-3, 1e-2] : [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1], count = quick ? 1 : 8, epochs = quick ? 2 : 10;
  const found = results.get(`deviation/${quick ? 'quick' : 'all'}`, { sizes, count, epochs, tolerance: 1e-8 }, () => {
    const still = course(epochs, 0, 0);
    return sizes.map((size) => ({ size, deviations: seeds(count).map((seed) => Math.max(...course(epochs, size, seed).flatMap((state, n) => [...state].map((value, c) => Math.abs(value - still[n]![c]!))))) }));
  });
  const law = powerLaw(found.map(({ size, deviations }) => [size, mean(deviations)]));
  const text = `## Noise moves the forward species in proportion

Proposition 5.1 of [Kang and Kim](https://arxiv.org/abs/2410.11919) bounds the deviation of every forward species by ε·Θ. Measured on the XOR pot while it learns (dwell 20, ${epochs} epochs, all rails): every rate constant
is multiplied once by 1 + ε·N(0, 1), reaction by reaction, and the largest distance of any forward species (pre-activations, activities and output, each rail) from the run without noise is taken over
the ends of all dwells; ${count} draws for each ε.

**Fitted exponent ${law.exponent.toFixed(3)}** over ε = ${sizes[0]} to ${sizes.at(-1)}, with Θ ≈ ${digits(law.factor)} (1 would be exactly proportional).

${shown('deviation', 'Largest deviation of a forward species against the size ε of the mismatch: mean and range of the draws, and the fitted power law.')}`;
  const points = found.map(({ size, deviations }) => ({ x: size, y: mean(deviations), low: Math.min(...deviations), high: Math.max(...deviations) }));
  const fitted = sizes.map((size) => ({ x: size, y: law.factor * size ** law.exponent }));
  return { text, figures: new Map([['deviation', figureSvg({ title: 'Deviation under noise', x: { label: 'ε', log: true }, y: { label: 'largest deviation', log: true }, series: [{ name: 'measured', points }, { name: `ε to the power ${law.exponent.toFixed(3)}`, points: fitted, plain: true }] })]]) };
}

/**
 * Networks of neurons as reactions: one dwell of a pot on its rails against CVODE on the same reactions written out, and one
 * presentation with the rails' differences (the reduction) for a larger one.
 */
import { writeFileSync } from 'node:fs';
import { advance, analyse, evaluateScalar, initialState, parameterValues, unroll, type Network, type ParameterValues, type PotPlan } from '../chemistry/index.ts';
import { parse } from '../grammar/index.ts';
import { compileNetwork, integrate, PotTrainer, type OdeSystem } from '../simulation/index.ts';
import { cpu, seeded } from './measure.ts';

/** What a pot is trained with when nothing else is said: tolerances of a dwell, its length. */
export const DWELL = 20, RTOL = 1e-4, ATOL = 1e-7;
const PIXELS = 784, CLASSES = 10, PICTURES = 64;

/** The pot of a classifier of pictures, as its text compiles. */
export function potPlan(hidden: number): PotPlan {
  const { trainings } = analyse(parse(`
network digits {
  input x[${PIXELS}]
  layer hidden[${hidden}] = smooth_relu(h = 0.1)
  layer y[${CLASSES}] = linear
  weights normal(0, 0.05, seed: 7)
}
data pictures = idx("images", "labels") { x = scale(pixels, 0, 1); y = onehot(labels, ${CLASSES}) }
train digits on pictures { rate = 0.00025; dwell = ${DWELL}; epochs = 1 }
`));
  const training = trainings[0]?.vary?.({ values: new Map() });
  if (training === undefined) throw new Error('The text of the classifier has an error.');
  return training.plan;
}

/** Pictures with about as much ink as handwritten digits have, a fifth of the pixels, and a class each. */
export function pictures(): { readonly inputs: Float64Array; readonly targets: Float64Array } {
  const random = seeded(5), inputs = new Float64Array(PICTURES * PIXELS), targets = new Float64Array(PICTURES * CLASSES);
  for (let p = 0; p < inputs.length; p++) inputs[p] = random() < 0.2 ? random() : 0;
  for (let k = 0; k < PICTURES; k++) targets[k * CLASSES + (k % CLASSES)] = 1;
  return { inputs, targets };
}

export interface RailsPot {
  readonly network: Network;
  readonly system: OdeSystem;
  readonly initial: Float64Array;
  readonly parameters: ParameterValues;
}

/** The pot with the first picture clamped, at the beginning of its first dwell. */
export function railsPot(hidden: number): RailsPot {
  const { network, inputs, targets } = potPlan(hidden), parameters = parameterValues(network), initial = initialState(network, parameters);
  const { inputs: ink, targets: classes } = pictures();
  const write = (block: number, values: Float64Array): void => {
    const { offset, kind } = network.blocks[block]!;
    // A positive number stands on the + rail, which comes first.
    if (kind === 'dual') initial.fill(0, offset, offset + 2 * values.length);
    initial.set(values, offset);
  };
  write(inputs, ink.subarray(0, PIXELS));
  if (targets !== undefined) write(targets, classes.subarray(0, CLASSES));
  return { network, parameters, initial, system: compileNetwork(network, parameters, { unrollLimit: 0 }).system };
}

export function dwell({ system, initial }: RailsPot, rtol = RTOL, atol = ATOL): { readonly seconds: number; readonly steps: number; readonly methods: readonly string[]; readonly closedForm: number; readonly final: Float64Array } {
  const before = cpu();
  const { outcome, steps, methods, closedForm = 0, y } = integrate(system, { t0: 0, t1: DWELL, y0: initial, rtol, atol });
  const seconds = cpu() - before;
  if (outcome.kind !== 'reached') throw new Error(`The dwell ended as “${outcome.kind}” at t = ${outcome.t}.`);
  return { seconds, steps, methods, closedForm, final: y };
}

/** Writes the pot reaction by reaction in the yardstick's form; returns how many there are. */
export function writeUnrolled({ network, parameters, initial }: RailsPot, file: string): number {
  const unrolled = unroll(network, { limit: Infinity }), constants = new Float64Array(unrolled.count);
  network.families.forEach((family, f) => {
    if (family.rate.kind !== 'mass action') throw new Error('The pot has a reaction without mass action.');
    const counters = new Int32Array(family.variables.length);
    for (let r = unrolled.familyStart[f]!; r < unrolled.familyStart[f + 1]!; r++) {
      constants[r] = evaluateScalar(family.rate.constant, { network, parameters, counters, variables: family.variables });
      advance(counters, family);
    }
  });
  const lines = [`${network.dimension} ${unrolled.count}`, ...Array.from(initial, String)];
  const side = (start: Int32Array, component: Int32Array, stoichiometry: Float64Array, r: number): number[] => {
    const list: number[] = [];
    for (let p = start[r]!; p < start[r + 1]!; p++) for (let k = 0; k < stoichiometry[p]!; k++) list.push(component[p]!);
    return list;
  };
  for (let r = 0; r < unrolled.count; r++) {
    const left = side(unrolled.reactantStart, unrolled.reactantComponent, unrolled.reactantStoichiometry, r);
    const right = side(unrolled.productStart, unrolled.productComponent, unrolled.productStoichiometry, r);
    lines.push([constants[r]!, left.length, ...left, right.length, ...right].join(' '));
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
  return unrolled.count;
}

/** CPU seconds a presentation with the reduction, over all pictures once. */
export function presentation(hidden: number): number {
  const { inputs, targets } = pictures();
  const data = { inputs: { rows: PICTURES, columns: PIXELS, values: inputs }, targets: { rows: PICTURES, columns: CLASSES, values: targets } };
  const trainer = new PotTrainer(potPlan(hidden), data, { epochs: 2, seed: 1, dwell: DWELL, rate: 0.00025, evaluation: { every: 0 } });
  if (trainer.pot.reduction !== 'differences') throw new Error('The pot was not reduced.');
  const go = (): void => { for (let k = 0; k < PICTURES - 1; k++) trainer.step(); };
  go();
  const before = cpu();
  trainer.step();
  go();
  return (cpu() - before) / PICTURES;
}

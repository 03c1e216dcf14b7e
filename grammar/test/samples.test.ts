/** The statements of the language as its description shows them: read without problems, laid out once, printed and read back. */
import { describe, expect, it } from 'vitest';
import { format, parse, printStatement } from '../index.ts';
import { problemsOf } from './marked.ts';

const SAMPLES = [
  "activation smooth_relu(h) { x' = h + y*x - x^2 }           // the library's; users write their own the same way",
  'neuron H = smooth_relu(2*X1 - 1.5*X2 + 0.3; h = 0.1)       // weights as rate constants',
  'network xor {\n  input  x[2]\n  layer  hidden[4] = smooth_relu(h = 0.1)\n  layer  y[1]      = linear\n  weights uniform(-1, 1, seed: 7)\n}',
  'data truth_table {\n  x[2] -> y[1]\n  0 0 -> 0\n  0 1 -> 1\n  1 0 -> 1\n  1 1 -> 0\n}',
  'data iris   = csv("iris.csv")  { x = standardize(columns(1..4)); y = onehot(column("species")); split 0.8 seed 1 }',
  'data digits = idx("train-images-idx3-ubyte", "train-labels-idx1-ubyte") { x = scale(pixels, 0, 1); y = onehot(labels) }',
  'train xor on truth_table {\n  where  = pot            // by reactions\n  rule   = gradient       // or self_annealing, sorted, sorted_self_annealing\n  rate   = 0.005\n  dwell  = 20\n  epochs = 300\n  decay  = 0\n  seed   = 3\n}',
  'simulate relax  { until = fixed_point; method = auto; plot = H, y; starts = 16 }',
  'simulate noisy  { t = 100; method = ssa; volume = 1000; replicas = 200; seed = 1 }',
  'noise    jitter { rates = lognormal(0.1, frozen, per: reaction); concentrations = lognormal(0.02, every: dwell) }',
  'sweep    robust { train xor on truth_table; vary noise in 0..0.3 steps 7; vary h in [0.05, 0.1, 0.5]; replicas = 20 }',
  'expect H ~ 1.618034 within 1e-6',
  "expect ode H' = h + y*H - H^2",
  'expect conserved A + AE',
  'expect accuracy(xor) >= 1',
];

/** The tree without positions. */
function meaning(text: string): unknown {
  return JSON.parse(JSON.stringify(parse(text).units.map((unit) => unit.statement), (key, value: unknown) => (key === 'start' || key === 'end' ? undefined : value)));
}

describe.each(SAMPLES)('%s', (text) => {
  it('has no problems', () => {
    expect(problemsOf(parse(text))).toEqual([]);
    expect(parse(text).units.length).toBe(1);
  });
  it('keeps its meaning when formatted, once and for all', () => {
    const once = format(text);
    expect(format(once)).toBe(once);
    expect(meaning(once)).toEqual(meaning(text));
  });
  it('is printed as a text that means the same and is laid out already', () => {
    const printed = `${printStatement(parse(text).units[0]!.statement)}\n`;
    expect(meaning(printed)).toEqual(meaning(text));
    expect(format(printed)).toBe(printed);
  });
});

/** Time per presented picture: differences, all rails, all rails with noise of every reaction; and SciPy's LSODA on the network written out. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { advance, evaluateScalar, familyCount, initialState, parameterValues, unroll, type Network } from '../../chemistry/index.ts';
import { PotTrainer, type NoiseSettings, type TrainingData, type TrainingSettings } from '../../simulation/index.ts';
import { cpuSeconds, dataOf, sampleText, trainingOf, type Training } from './models.ts';
import { pictureFile } from './mnist.ts';
import type { Results } from './results.ts';
import { median, seconds, table, type Extent, type Section } from './section.ts';

/** The text of the section says it, too. */
const RTOL = 1e-5, DWELL = 20;
/** LSODA's workspace grows with the square of the species; beyond so many bytes it is not even tried. */
const MEMORY = 4e9;

/** Pictures of 28 × 28 averaged over squares. */
export function pooled(data: TrainingData, width: number): TrainingData {
  const part = 28 / width, { rows } = data.inputs, values = new Float64Array(rows * width * width);
  for (let r = 0; r < rows; r++) {
    for (let p = 0; p < 784; p++) {
      const to = r * width * width + Math.floor(Math.floor(p / 28) / part) * width + Math.floor((p % 28) / part);
      values[to] = values[to]! + data.inputs.values[r * 784 + p]! / (part * part);
    }
  }
  return { ...data, inputs: { rows, columns: width * width, values } };
}

export function digitsText(width: number, hidden: number, activation = 'smooth_relu(h = 0.1)'): string {
  return `network digits {
  input x[${width * width}]
  layer hidden[${hidden}] = ${activation}
  layer y[10] = linear
}
data pictures {
  x[${width * width}] -> y[10]
  ${'0 '.repeat(width * width)}-> ${'0 '.repeat(9)}1
}
train digits on pictures { dwell = ${DWELL} }
`;
}

interface Timing {
  readonly seconds: number;
  readonly equations: string;
  readonly method: string;
}

/** Median of presentations after the first ones, in which the code gets warm. */
function presented({ plan }: Training, data: TrainingData, settings: Partial<TrainingSettings>, warm: number, count: number): Timing {
  const trainer = new PotTrainer(plan, data, { dwell: DWELL, rate: 0.01 / DWELL, epochs: 1_000, seed: 1, evaluation: { every: 0 }, rtol: RTOL, ...settings });
  const times: number[] = [];
  while (times.length < warm + count) {
    let shown = false;
    const begun = cpuSeconds();
    trainer.step({ onDwell: () => { shown = true; } });
    if (shown) times.push(cpuSeconds() - begun);
  }
  return { seconds: median(times.slice(warm)), equations: trainer.pot.reduction, method: trainer.pot.method };
}

interface Window {
  readonly species: number;
  readonly reactions: number;
  readonly seconds?: number;
  readonly failed?: string;
  readonly version?: string;
  /** Largest difference from our own integration of the same window. */
  readonly apart?: number;
}

/** The first presentation of the data's first row, by LSODA. */
function lsoda({ plan }: Training, data: TrainingData, limit: number): Window {
  const { network } = plan, species = network.dimension, written = unroll(network), size = { species, reactions: written.count };
  const bytes = 8 * species * species;
  if (bytes > MEMORY) return { ...size, failed: `its dense workspace would need ${Math.round(bytes / 1e9)} GB` };
  const settings: TrainingSettings = { dwell: DWELL, rate: 0.01 / DWELL, epochs: 1, seed: 1, shuffle: false, reduction: 'none', rtol: 1e-8, evaluation: { every: 0 } };
  const ours = new PotTrainer(plan, { ...data, train: Uint32Array.of(0), test: Uint32Array.of(0) }, settings);
  ours.step();
  const values = parameterValues(network, new Map([[plan.rate ?? '', 0.01 / DWELL]]));
  const job = { n: species, y0: [...held(network, plan, data, initialState(network, values))], duration: DWELL, rtol: RTOL, atol: RTOL / 1000, limit, ...reactions(network, written, values) };
  const run = spawnSync('python3', [join(import.meta.dirname, 'lsoda_window.py')], {
    input: JSON.stringify(job), encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  if (run.status !== 0) return { ...size, failed: 'SciPy is not installed here' };
  const told = JSON.parse(run.stdout) as { seconds: number; error?: 'memory' | 'time'; y?: number[]; version: string };
  if (told.error !== undefined) return { ...size, version: told.version, failed: told.error === 'memory' ? 'out of memory' : `not done after ${seconds(limit)}` };
  const state = ours.pot.state();
  return { ...size, version: told.version, seconds: told.seconds, apart: (told.y ?? []).reduce((worst, value, c) => Math.max(worst, Math.abs(value - state[c]!)), 0) };
}

/** The state with the data's first row clamped. */
function held(network: Network, plan: Training['plan'], data: TrainingData, state: Float64Array): Float64Array {
  const put = (id: number | undefined, { values, columns }: TrainingData['inputs']): void => {
    const block = network.blocks.find((one) => one.id === id);
    if (block === undefined) return;
    const half = block.kind === 'dual' ? block.size / 2 : 0;
    for (let k = 0; k < columns; k++) {
      const value = values[k]!;
      state[block.offset + k] = half > 0 ? Math.max(value, 0) : value;
      if (half > 0) state[block.offset + half + k] = Math.max(-value, 0);
    }
  };
  put(plan.inputs, data.inputs);
  put(plan.targets, data.targets);
  return state;
}

/** Rate constants, reactants and net stoichiometry, reaction by reaction; species that are held do not change. */
function reactions(network: Network, written: ReturnType<typeof unroll>, parameters: ReturnType<typeof parameterValues>): object {
  const k: number[] = [], reactants: number[] = [], rows: number[] = [], columns: number[] = [], values: number[] = [];
  const fixed = new Uint8Array(network.dimension);
  for (const block of network.blocks) if (block.kind === 'fixed') fixed.fill(1, block.offset, block.offset + block.size);
  for (const family of network.families) {
    const counters = new Int32Array(family.variables.length);
    for (let left = familyCount(family); left > 0; left--) {
      if (family.rate.kind !== 'mass action') throw new RangeError('Only mass action is written out.');
      k.push(evaluateScalar(family.rate.constant, { network, parameters, counters, variables: family.variables }));
      advance(counters, family);
    }
  }
  const change = (component: number, reaction: number, by: number): void => {
    if (fixed[component] !== 0) return;
    rows.push(component);
    columns.push(reaction);
    values.push(by);
  };
  for (let r = 0; r < written.count; r++) {
    const own: number[] = [];
    for (let p = written.reactantStart[r]!; p < written.reactantStart[r + 1]!; p++) {
      const component = written.reactantComponent[p]!, times = written.reactantStoichiometry[p]!;
      for (let n = 0; n < times; n++) own.push(component);
      change(component, r, -times);
    }
    for (let p = written.productStart[r]!; p < written.productStart[r + 1]!; p++) change(written.productComponent[p]!, r, written.productStoichiometry[p]!);
    reactants.push(own[0] ?? network.dimension, own[1] ?? network.dimension, own[2] ?? network.dimension);
  }
  return { k, reactants, rows, columns, values };
}

const FROZEN: NoiseSettings = { seed: 1, rates: { distribution: 'lognormal', size: 0.1, when: 'frozen', per: 'reaction' } };
const REDRAWN: NoiseSettings = { seed: 1, rates: { distribution: 'lognormal', size: 0.1, when: 'dwell', per: 'reaction' } };

export function speedSection(results: Results, { quick }: Extent): Section {
  const xor = (): [Training, TrainingData] => [trainingOf(sampleText('xor')), dataOf(sampleText('xor'))];
  const pictures = (width: number, hidden: number): [Training, TrainingData] => {
    const data = dataOf(sampleText('mnist'), pictureFile);
    return [trainingOf(digitsText(width, hidden)), pooled({ ...data, train: Uint32Array.from({ length: 200 }, (_, r) => r), test: Uint32Array.of(0) }, width)];
  };
  const networks: { name: string; of: () => [Training, TrainingData]; rails: readonly [number, number]; limit: number }[] = [
    { name: 'XOR 2-4-1', of: xor, rails: [10, 40], limit: 60 },
    ...(quick ? [] : [
      { name: 'pictures of 7 × 7, 49-16-10', of: (): [Training, TrainingData] => pictures(7, 16), rails: [5, 20] as const, limit: 60 },
      { name: 'pictures of 28 × 28, 784-32-10', of: (): [Training, TrainingData] => pictures(28, 32), rails: [2, 7] as const, limit: 0 },
    ]),
  ];
  const found = networks.map(({ name, of, rails: [warm, count], limit }, n) => results.get(`speed/${n}${quick ? '-quick' : ''}`, { name, RTOL, DWELL, warm, count, limit }, () => {
    const [training, data] = of();
    return {
      name, differences: presented(training, data, {}, 50, 100), rails: presented(training, data, { reduction: 'none' }, warm, count),
      frozen: presented(training, data, { noise: FROZEN }, warm, count), redrawn: presented(training, data, { noise: REDRAWN }, warm, count), window: lsoda(training, data, limit),
    };
  }));
  const version = found.find(({ window }) => window.version !== undefined)?.window.version;
  const rows = found.map(({ name, differences, rails, frozen, redrawn, window }) => [
    name, window.species.toLocaleString('en-US'), window.reactions.toLocaleString('en-US'), seconds(differences.seconds), seconds(rails.seconds), seconds(frozen.seconds), seconds(redrawn.seconds),
    window.seconds === undefined ? (window.failed ?? '–') : seconds(window.seconds),
  ]);
  const apart = Math.max(...found.flatMap(({ window }) => (window.apart === undefined ? [] : [window.apart])));
  const text = `## Time per presented sample

One dwell of ${DWELL} of the whole kinetics at a relative tolerance of 10⁻⁵, processor time on one core, median of some presentations after the first ones. Beside it SciPy's LSODA${version === undefined ? '' : ` (${version})`} on
the same network written out reaction by reaction, at the same tolerance, with a sparse product for the right-hand side; its window is the first presentation${Number.isFinite(apart) ? `, and ends within ${apart.toExponential(0)} of ours` : ''}.

${table(['network', 'species', 'reactions', 'differences', 'all rails', 'frozen 10 % noise of every reaction', 'the same redrawn every dwell', 'SciPy LSODA'], rows)}

LSODA works with a dense Jacobian, so its time and memory grow with the square and more of the species; 784-32-10 cannot begin. Where noise tells the rails apart, the families of
reactions run as they stand. Seconds are of the machine that wrote this page; compare them with each other only.`;
  return { text, figures: new Map() };
}

/**
 * Pots written by hand, statement for statement after the reaction list of Kang and Kim's one-pot training: any depth, dual
 * weights, smoothed ReLU or the switch with its algebraic sigmoid. The text goes through the ordinary parser and checker.
 */
import { expect } from 'vitest';
import { parse } from '../../grammar/index.ts';
import { analyse, type LayerPlan, type Network, type PotPlan } from '../../chemistry/index.ts';

export interface PotText {
  readonly widths: readonly number[];
  readonly h?: number;
  readonly η?: number;
  readonly λ?: number;
  /** Annihilation in general, and of errors. */
  readonly κ?: number;
  readonly κe?: number;
  readonly signedInputs?: boolean;
  readonly activation?: 'smooth_relu' | 'sigmoid';
  /** Initial weights and biases are uniform in [−scale, scale]. */
  readonly seed?: number;
  readonly scale?: number;
  /** Statements to add, or `from` → `to` in the text: for pots that are not quite symmetric. */
  readonly replace?: readonly (readonly [string, string])[];
}

/** The text of a pot: layers l1 … ln (the last linear), blocks W, B, Y, H, S, D, G, L of each by number. */
export function potText(options: PotText): string {
  const { widths, h = 0.1, η = 0.005, λ = 0, κ = 10, κe = κ, signedInputs = false, activation = 'smooth_relu', seed = 1, scale = 1 } = options;
  const lines: string[] = [`param h = ${h}, η = ${η}, λ = ${λ}, κ = ${κ}, κe = ${κe}`];
  const add = (...text: string[]): void => { lines.push(...text); };
  const last = widths.length - 1, n = widths[0]!, m = widths[last]!;
  const twoRails = (name: string, size: number, rate = 'κ'): string =>
    `for i in 1..${size} {\n  for s in signs { ${name}^s[i] -> 0 @ 1 }\n  ${name}^+[i] + ${name}^-[i] -> 0 @ ${rate}\n}`;
  add(signedInputs ? `dual X[${n}]` : `fixed X[${n}]`, `dual T[${m}]`);
  for (let l = 1; l <= last; l++) {
    const units = widths[l]!, fanIn = widths[l - 1]!, uniform = (k: number): string => `uniform(-${scale}, ${scale}, seed: ${64 * seed + k})`;
    add(`dual W${l}[${units}, ${fanIn}] = ${uniform(2 * l)}`, `dual B${l}[${units}] = ${uniform(2 * l + 1)}`, `dual Y${l}[${units}]`);
    if (l < last) {
      add(activation === 'smooth_relu' ? `species H${l}[${units}] = 1, S${l}[${units}], D${l}[${units}]` : `species H${l}[${units}] = 0.5, K${l}[${units}] = 0.5, P${l}[${units}], Q${l}[${units}], D${l}[${units}]`);
      add(`dual G${l}[${units}], L${l}[${units}]`);
    } else add(`dual E[${m}]`);
  }
  const source = (l: number): { name: string; dual: boolean } => (l === 1 ? { name: 'X', dual: signedInputs } : { name: `H${l - 1}`, dual: false });
  add('group forward {');
  for (let l = 1; l <= last; l++) {
    const units = widths[l]!, fanIn = widths[l - 1]!, { name, dual } = source(l);
    if (dual) add(`for i in 1..${units}, j in 1..${fanIn}, r in signs, s in signs { W${l}^r[i,j] + ${name}^s[j] -> W${l}^r[i,j] + ${name}^s[j] + Y${l}^(r*s)[i] @ 1 }`);
    else add(`for i in 1..${units}, j in 1..${fanIn}, s in signs { W${l}^s[i,j] + ${name}[j] -> W${l}^s[i,j] + ${name}[j] + Y${l}^s[i] @ 1 }`);
    add(`for i in 1..${units}, s in signs { B${l}^s[i] -> B${l}^s[i] + Y${l}^s[i] @ 1 }`, twoRails(`Y${l}`, units));
    if (l === last) continue;
    add(`for i in 1..${units} {`);
    if (activation === 'smooth_relu') {
      add(`  Y${l}^+[i] + H${l}[i] -> Y${l}^+[i] + 2 H${l}[i] @ 1`, `  Y${l}^-[i] + H${l}[i] -> Y${l}^-[i] @ 1`, `  0 -> H${l}[i] @ h`, `  2 H${l}[i] -> H${l}[i] @ 1`);
    } else {
      // x' = h(x̄ − x) + y·x·x̄ on a switch x + x̄ = 1.
      add(`  H${l}[i] -> K${l}[i] @ h`, `  K${l}[i] -> H${l}[i] @ h`, `  Y${l}^+[i] + H${l}[i] + K${l}[i] -> Y${l}^+[i] + 2 H${l}[i] @ 1`, `  Y${l}^-[i] + H${l}[i] + K${l}[i] -> Y${l}^-[i] + 2 K${l}[i] @ 1`);
    }
    add('}');
  }
  add('}', 'group backward {');
  for (let l = 1; l < last; l++) {
    add(`for i in 1..${widths[l]!} {`);
    if (activation === 'smooth_relu') {
      add(`  2 H${l}[i] -> 2 H${l}[i] + S${l}[i] @ 1`, `  S${l}[i] -> 0 @ 1`, `  S${l}[i] -> S${l}[i] + D${l}[i] @ 1`, `  S${l}[i] + D${l}[i] -> S${l}[i] @ 1`, `  D${l}[i] -> 0 @ h`);
    } else {
      // φ' = x²x̄² / (h(x² + x̄²)): P = x x̄, Q = x² + x̄², D' = P² − h Q D.
      add(`  H${l}[i] + K${l}[i] -> H${l}[i] + K${l}[i] + P${l}[i] @ 1`, `  P${l}[i] -> 0 @ 1`);
      add(`  2 H${l}[i] -> 2 H${l}[i] + Q${l}[i] @ 1`, `  2 K${l}[i] -> 2 K${l}[i] + Q${l}[i] @ 1`, `  Q${l}[i] -> 0 @ 1`);
      add(`  2 P${l}[i] -> 2 P${l}[i] + D${l}[i] @ 1`, `  Q${l}[i] + D${l}[i] -> Q${l}[i] @ h`);
    }
    add('}');
  }
  add(`for k in 1..${m}, s in signs { Y${last}^s[k] -> Y${last}^s[k] + E^s[k] @ 1 }`, `for k in 1..${m}, s in signs { T^s[k] -> T^s[k] + E^(-s)[k] @ 1 }`, twoRails('E', m, 'κe'));
  for (let l = last - 1; l >= 1; l--) {
    const δ = l + 1 === last ? 'E' : `L${l + 1}`, units = widths[l]!, above = widths[l + 1]!;
    add(`for k in 1..${above}, i in 1..${units}, r in signs, s in signs { W${l + 1}^r[k,i] + ${δ}^s[k] -> W${l + 1}^r[k,i] + ${δ}^s[k] + G${l}^(r*s)[i] @ 1 }`, twoRails(`G${l}`, units, 'κe'));
    add(`for i in 1..${units}, s in signs { G${l}^s[i] + D${l}[i] -> G${l}^s[i] + D${l}[i] + L${l}^s[i] @ 1 }`, twoRails(`L${l}`, units, 'κe'));
  }
  add('}', 'group update {');
  for (let l = 1; l <= last; l++) {
    const δ = l === last ? 'E' : `L${l}`, units = widths[l]!, fanIn = widths[l - 1]!, { name, dual } = source(l);
    if (dual) add(`for i in 1..${units}, j in 1..${fanIn}, s in signs, r in signs { ${δ}^s[i] + ${name}^r[j] -> ${δ}^s[i] + ${name}^r[j] + W${l}^(-s*r)[i,j] @ η }`);
    else add(`for i in 1..${units}, j in 1..${fanIn}, s in signs { ${δ}^s[i] + ${name}[j] -> ${δ}^s[i] + ${name}[j] + W${l}^(-s)[i,j] @ η }`);
    add(`for i in 1..${units}, s in signs { ${δ}^s[i] -> ${δ}^s[i] + B${l}^(-s)[i] @ η }`);
    add(`for i in 1..${units}, j in 1..${fanIn} {\n  W${l}^+[i,j] + W${l}^-[i,j] -> 0 @ κ\n  for s in signs { W${l}^s[i,j] -> 0 @ η*λ }\n}`);
    add(`for i in 1..${units} {\n  B${l}^+[i] + B${l}^-[i] -> 0 @ κ\n  for s in signs { B${l}^s[i] -> 0 @ η*λ }\n}`);
  }
  add('}');
  let text = `${lines.join('\n')}\n`;
  for (const [from, to] of options.replace ?? []) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  return text;
}

export function networkOf(text: string): Network {
  const { network, diagnostics } = analyse(parse(text));
  expect(diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
  return network;
}

/** The plan of a pot written by `potText`. */
export function potPlan(options: PotText, network: Network = networkOf(potText(options))): PotPlan {
  const { widths, h = 0.1, activation = 'smooth_relu' } = options, last = widths.length - 1;
  const id = (name: string): number => {
    const block = network.blocks.find((candidate) => candidate.name === name);
    expect(block, name).toBeDefined();
    return block!.id;
  };
  const layers = widths.slice(1).map((units, k): LayerPlan => {
    const l = k + 1, common = { name: `l${l}`, units, fanIn: widths[k]!, weights: id(`W${l}`), biases: id(`B${l}`), preactivation: id(`Y${l}`) };
    return l === last ? { ...common, activity: id(`Y${l}`), activation: 'linear', delta: id('E') }
      : { ...common, activity: id(`H${l}`), activation: { name: activation, constants: new Map([['h', h]]) }, derivative: id(`D${l}`), delta: id(`L${l}`) };
  });
  return {
    name: 'pot', network, form: 'rails', rule: 'gradient', loss: 'squared', inputs: id('X'), targets: id('T'), outputs: id(`Y${last}`), layers,
    groups: { forward: 'forward', backward: 'backward', update: 'update' }, rate: 'η', decay: 'λ',
  };
}

export const XOR = {
  inputs: { rows: 4, columns: 2, values: Float64Array.of(0, 0, 0, 1, 1, 0, 1, 1) },
  targets: { rows: 4, columns: 1, values: Float64Array.of(0, 1, 1, 0) },
};

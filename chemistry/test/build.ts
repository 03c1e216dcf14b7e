/** Networks made by hand for tests, so that what is tested does not stand on the parser. */
import type { AxisIndex, BlockKind, LoopVariable, Network, Operand, Origin, Parameter, ReactionFamily, Scalar, SpeciesBlock, Term } from '../index.ts';

export const origin: Origin = { start: 0, end: 0, unit: { start: 0, text: '', statement: { kind: 'Bad', names: [], start: 0, end: 0 }, problems: [] } };

export const num = (value: number): Scalar => ({ kind: 'number', value });
export const par = (parameter: number, ...index: AxisIndex[]): Scalar => ({ kind: 'parameter', parameter, index });
export const sp = (operand: Operand): Scalar => ({ kind: 'species', operand });
export const bin = (left: Scalar, operator: '+' | '-' | '*' | '/' | '^', right: Scalar): Scalar => ({ kind: 'binary', operator, left, right });
export const neg = (of: Scalar): Scalar => ({ kind: 'negate', of });
export const time: Scalar = { kind: 'time' };
export const call = (name: Extract<Scalar, { kind: 'call' }>['function'], ...args: Scalar[]): Scalar => ({ kind: 'call', function: name, arguments: args });

/** Fixed 0-based position. */
export const at = (constant: number): AxisIndex => ({ kind: 'affine', constant, terms: [] });
/** Position constant + coefficient · counter. */
export const loop = (variable: number, constant = 0, coefficient = 1): AxisIndex => ({ kind: 'affine', constant, terms: [{ variable, coefficient }] });
export const rail = (parity: 0 | 1, ...variables: number[]): AxisIndex => ({ kind: 'rail', parity, variables });

export const index = (name: string, extent: number, from = 1): LoopVariable => ({ name, kind: 'index', from, extent });
export const sign = (name: string): LoopVariable => ({ name, kind: 'sign', from: 0, extent: 2 });

export const op = (block: SpeciesBlock, ...axes: AxisIndex[]): Operand => ({ block: block.id, index: axes });
export const term = (block: SpeciesBlock, stoichiometry: number, ...axes: AxisIndex[]): Term => ({ block: block.id, index: axes, stoichiometry });

export interface Builder {
  block(name: string, kind?: BlockKind, shape?: readonly number[], initial?: SpeciesBlock['initial']): SpeciesBlock;
  parameter(name: string, value: Parameter['value'] | number, shape?: readonly number[]): number;
  /** A mass-action family unless `law` is given. */
  family(reactants: readonly Term[], products: readonly Term[], rate: Scalar | { law: Scalar }, variables?: readonly LoopVariable[]): ReactionFamily;
  network(): Network;
}

export function builder(): Builder {
  const blocks: SpeciesBlock[] = [];
  const parameters: Parameter[] = [];
  const families: ReactionFamily[] = [];
  let dimension = 0;
  return {
    block(name, kind = 'species', shape = [], initial = { kind: 'expression', expression: num(0) }) {
      const axes = kind === 'dual' ? [2, ...shape] : [...shape];
      const size = axes.reduce((product, extent) => product * extent, 1);
      const block: SpeciesBlock = { id: blocks.length, name, kind, shape, axes, size, offset: dimension, initial, origin };
      blocks.push(block);
      dimension += size;
      return block;
    },
    parameter(name, value, shape = []) {
      const initial = typeof value === 'number' ? ({ kind: 'expression', expression: num(value) } as const) : value;
      parameters.push({ id: parameters.length, name, shape, value: initial, origin });
      return parameters.length - 1;
    },
    family(reactants, products, rate, variables = []) {
      const family: ReactionFamily = {
        id: families.length,
        groups: [],
        variables,
        reactants,
        products,
        rate: 'law' in rate ? { kind: 'law', law: rate.law } : { kind: 'mass action', constant: rate },
        origin,
      };
      families.push(family);
      return family;
    },
    network: () => ({ blocks, parameters, families, groups: [], experiments: [], dimension, units: {} }),
  };
}

/** The forward layer of a pot: W^s[i,j] + X[j] -> W^s[i,j] + X[j] + Y^s[i] @ k, Y^s[i] -> 0 @ 1, annihilation @ κ. */
export function layer(inputs: number, outputs: number): { network: Network; X: SpeciesBlock; W: SpeciesBlock; Y: SpeciesBlock } {
  const b = builder();
  const X = b.block('X', 'species', [inputs]);
  const W = b.block('W', 'dual', [outputs, inputs], { kind: 'random', distribution: 'uniform', a: num(-1), b: num(1), seed: 7 });
  const Y = b.block('Y', 'dual', [outputs]);
  const k = b.parameter('k', 2);
  const kappa = b.parameter('κ', 10);
  const w = term(W, 1, rail(0, 2), loop(0), loop(1));
  const x = term(X, 1, loop(1));
  b.family([w, x], [w, x, term(Y, 1, rail(0, 2), loop(0))], par(k), [index('i', outputs), index('j', inputs), sign('s')]);
  b.family([term(Y, 1, rail(0, 1), loop(0))], [], num(1), [index('i', outputs), sign('s')]);
  b.family([term(Y, 1, at(0), loop(0)), term(Y, 1, at(1), loop(0))], [], par(kappa), [index('i', outputs)]);
  return { network: b.network(), X, W, Y };
}

/** Seeded numbers in (0, 1) that do not come from the code under test (Park & Miller's minimal standard). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

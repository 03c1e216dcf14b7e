/** Networks for tests, written as data: blocks by name, reactions as text such as `2 A + B -> C`. */
import type { AxisIndex, InitialValue, LoopVariable, Network, Parameter, ReactionFamily, Scalar, SpeciesBlock, Term } from '../../chemistry/index.ts';
import { seeded } from './problems.ts';

const origin = { unit: undefined, start: 0, end: 0 } as unknown as SpeciesBlock['origin'];

export const number = (value: number): Scalar => ({ kind: 'number', value });
export const time: Scalar = { kind: 'time' };
export const binary = (left: Scalar, operator: '+' | '-' | '*' | '/' | '^', right: Scalar): Scalar => ({ kind: 'binary', operator, left, right });
export const affine = (constant: number, ...terms: (readonly [number, number])[]): AxisIndex =>
  ({ kind: 'affine', constant, terms: terms.map(([variable, coefficient]) => ({ variable, coefficient })) });
export const rail = (parity: 0 | 1, ...variables: number[]): AxisIndex => ({ kind: 'rail', parity, variables });

const initialOf = (value: number | Float64Array): InitialValue =>
  (typeof value === 'number' ? { kind: 'expression', expression: number(value) } : { kind: 'values', values: value });

/** Collects the parts of a network in the order in which a text would declare them. */
export class NetworkBuilder {
  private readonly blocks: SpeciesBlock[] = [];
  private readonly parameters: Parameter[] = [];
  private readonly families: ReactionFamily[] = [];
  private dimension = 0;

  species(name: string, initial: number | Float64Array = 0, kind: 'species' | 'fixed' | 'dual' = 'species', shape: readonly number[] = []): this {
    const axes = kind === 'dual' ? [2, ...shape] : [...shape];
    const size = axes.reduce((product, extent) => product * extent, 1);
    this.blocks.push({ id: this.blocks.length, name, kind, shape, axes, size, offset: this.dimension, initial: initialOf(initial), origin });
    this.dimension += size;
    return this;
  }

  parameter(name: string, value: number | Float64Array, shape: readonly number[] = []): this {
    this.parameters.push({ id: this.parameters.length, name, shape, value: initialOf(value), origin });
    return this;
  }

  /** A parameter as an expression. */
  k(name: string, ...index: AxisIndex[]): Scalar {
    return { kind: 'parameter', parameter: this.parameters.findIndex((p) => p.name === name), index };
  }

  x(name: string, ...index: AxisIndex[]): Scalar {
    return { kind: 'species', operand: { block: this.block(name), index } };
  }

  term(name: string, stoichiometry = 1, ...index: AxisIndex[]): Term {
    return { block: this.block(name), index, stoichiometry };
  }

  /** `A + 2 B -> C` between species without indices, by mass action with a constant or a parameter's name. */
  reaction(text: string, constant: number | string | Scalar, rate: 'mass action' | 'law' = 'mass action'): this {
    const [left = '', right = ''] = text.split('->');
    const side = (complex: string): Term[] => complex.split('+').map((part) => part.trim()).filter((part) => part !== '' && part !== '0').map((part) => {
      const match = /^([\d.]*)\s*(\S+)$/u.exec(part)!;
      return this.term(match[2]!, match[1] === '' ? 1 : Number(match[1]));
    });
    const scalar = typeof constant === 'number' ? number(constant) : typeof constant === 'string' ? this.k(constant) : constant;
    return this.family([], side(left), side(right), scalar, rate);
  }

  family(
    variables: readonly LoopVariable[], reactants: readonly Term[], products: readonly Term[], scalar: Scalar,
    rate: 'mass action' | 'law' = 'mass action', groups: readonly string[] = [],
  ): this {
    this.families.push({
      id: this.families.length, groups, variables, reactants, products, origin,
      rate: rate === 'law' ? { kind: 'law', law: scalar } : { kind: 'mass action', constant: scalar },
    });
    return this;
  }

  build(): Network {
    const { blocks, parameters, families, dimension } = this;
    return { blocks, parameters, families, groups: [...new Set(families.flatMap((family) => family.groups))], experiments: [], dimension, units: {} };
  }

  private block(name: string): number {
    const id = this.blocks.findIndex((block) => block.name === name);
    if (id < 0) throw new Error(`no species ${name}`);
    return id;
  }
}

export const index = (name: string, extent: number): LoopVariable => ({ name, kind: 'index', from: 1, extent });
export const sign = (name: string): LoopVariable => ({ name, kind: 'sign', from: 0, extent: 2 });

/**
 * A random network of plain reactions and the same as (reactants, products, constant).
 * @param reach species of one reaction are among so many neighbours, the first following the last; no reaction is then of a higher order
 */
export function randomNetwork(seed: number, species: number, reactions: number, highest: number, reach = species) {
  const random = seeded(seed), builder = new NetworkBuilder(), pick = (n: number): number => Math.floor(random() * n);
  for (let i = 0; i < species; i++) builder.species(`X${i}`, random(), random() < 0.1 ? 'fixed' : 'species');
  for (let p = 0; p < 5; p++) builder.parameter(`k${p}`, random());
  const list: { readonly left: number[]; readonly right: number[]; readonly parameter: number; readonly factor: number }[] = [];
  for (let r = 0; r < reactions; r++) {
    const first = reach === species ? 0 : pick(species), one = (): number => (first + pick(reach)) % species;
    const left = Array.from({ length: pick(highest + 1) }, one), right = Array.from({ length: pick(4) }, one);
    const parameter = pick(5), factor = 1 + pick(3);
    const text = (side: number[]): string => [...new Set(side)].map((i) => `${side.filter((j) => j === i).length} X${i}`).join(' + ');
    list.push({ left, right, parameter, factor });
    builder.reaction(`${text(left)} -> ${text(right)}`, factor === 1 ? `k${parameter}` : binary(number(factor), '*', builder.k(`k${parameter}`)));
    if (random() < 0.3 && (reach === species || right.length <= highest)) {
      // The reverse, so that net changes coincide up to sign.
      list.push({ left: right, right: left, parameter, factor: 1 });
      builder.reaction(`${text(right)} -> ${text(left)}`, `k${parameter}`);
    }
  }
  return { network: builder.build(), list, random };
}

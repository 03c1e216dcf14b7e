/**
 * ODEs from reaction families, without unrolling: X′ = Σ_families (net stoichiometry of X) · rate, a fixed species has X′ = 0.
 * Rates follow the convention k · Π reactants^stoichiometry, without factorials.
 */
import { axisPositions, blockOf } from '../naming.ts';
import type { LoopVariable, Network, Operand, ReactionFamily, Scalar, SpeciesBlock, Term } from '../network.ts';
import { ofAtom, operandKey, some, tryPolynomial } from '../polynomial/index.ts';
import type { Polynomial } from '../polynomial/index.ts';
import { flatPosition } from '../unroll/index.ts';
import { affine, substituteScalar } from './substitute.ts';
import type { RailForm } from './substitute.ts';
import type { AffineForm, Ode, OdeTerm } from './ode.ts';
import { arrange } from './arrange.ts';
import { freshName } from './loop-names.ts';
import { itself, renumberSolution, solve } from './solve.ts';
import type { Solution } from './solve.ts';

/** A change that a family makes: its net stoichiometry at one operand (catalysts cancel). Never zero. */
export interface Change {
  readonly family: ReactionFamily;
  readonly operand: Operand;
  readonly net: number;
}

const changesByNetwork = new WeakMap<Network, readonly (readonly Change[])[]>();

/** Net changes of a family by operand, in the order of its text; those that cancel are left out. */
export function netChanges(family: ReactionFamily): Change[] {
  const byKey = new Map<string, { operand: Operand; net: number }>();
  const put = (terms: readonly Term[], sign: number): void => {
    for (const term of terms) {
      const key = operandKey(term);
      const slot = byKey.get(key);
      if (slot === undefined) byKey.set(key, { operand: term, net: sign * term.stoichiometry });
      else slot.net += sign * term.stoichiometry;
    }
  };
  put(family.reactants, -1);
  put(family.products, 1);
  return [...byKey.values()].filter(({ net }) => net !== 0).map(({ operand, net }) => ({ family, operand, net }));
}

/** Changes of every block, by block id. Built once a network. */
export function changesOf(network: Network): readonly (readonly Change[])[] {
  let result = changesByNetwork.get(network);
  if (result === undefined) {
    const lists: Change[][] = network.blocks.map(() => []);
    for (const family of network.families) {
      for (const change of netChanges(family)) lists[change.operand.block]?.push(change);
    }
    result = lists;
    changesByNetwork.set(network, result);
  }
  return result;
}

/** The rate of a family's reactions as an expression over its loop variables, in concentration / time. */
export function rateScalar(family: ReactionFamily): Scalar {
  if (family.rate.kind === 'law') return family.rate.law;
  let rate = family.rate.constant;
  for (const term of family.reactants) {
    const species: Scalar = { kind: 'species', operand: { block: term.block, index: term.index } };
    const factor: Scalar = term.stoichiometry === 1 ? species : { kind: 'binary', operator: '^', left: species, right: { kind: 'number', value: term.stoichiometry } };
    rate = rate.kind === 'number' && rate.value === 1 ? factor : { kind: 'binary', operator: '*', left: rate, right: factor };
  }
  return rate;
}

/** The ODE of all elements of a block, over one free index an axis. */
export function odeOfBlock(network: Network, block: SpeciesBlock): Ode {
  const changes = block.kind === 'fixed' ? [] : (changesOf(network)[block.id] ?? []);
  const free = freeVariables(block, changes);
  const goal = free.map((variable, v) => itself(variable, v));
  return derive(block, changes, free, goal);
}

/** State component of an operand without loop variables; undefined when it has some or lies outside its block. */
export function componentOfOperand(network: Network, operand: Operand): number | undefined {
  const block = network.blocks[operand.block];
  const flat = block === undefined ? -1 : flatPosition(operand.index, block.axes, []);
  return block === undefined || flat < 0 ? undefined : block.offset + flat;
}

/** The ODE of one state component; sums stay sums. */
export function odeOfComponent(network: Network, component: number): Ode {
  const block = blockOf(network, component);
  if (block === undefined) throw new RangeError(`There is no component ${component}; the network has ${network.dimension}.`);
  const positions = axisPositions(block, component);
  const goal = positions.map((position, axis): AffineForm | RailForm => (axis === 0 && block.kind === 'dual' ? { kind: 'rail', parity: position === 0 ? 0 : 1, variables: [] } : affine(position)));
  const changes = (block.kind === 'fixed' ? [] : (changesOf(network)[block.id] ?? [])).filter((change) => mayReach(change.operand, positions));
  return derive(block, changes, [], goal);
}

/** Cheap test that leaves out what changes other elements: a constant index that is not this one. */
function mayReach(operand: Operand, positions: readonly number[]): boolean {
  return operand.index.every((index, axis) => (index.kind === 'affine' ? index.terms.length > 0 || index.constant === positions[axis] : index.variables.length > 0 || index.parity === positions[axis]));
}

function derive(block: SpeciesBlock, changes: readonly Change[], free: readonly LoopVariable[], goal: readonly (AffineForm | RailForm)[]): Ode {
  const terms: OdeTerm[] = [];
  for (const change of changes) {
    const solution = solve(change.operand.index, goal, change.family.variables, free);
    if (solution !== undefined) terms.push(...contribution(change, solution, free));
  }
  return { target: { block: block.id, index: goal }, free, terms: arrange(free, terms), held: block.kind === 'fixed' };
}

/** What one change adds to the ODE: the family's rate, over the free variables and the sums that are left. */
function contribution(change: Change, full: Solution, free: readonly LoopVariable[]): OdeTerm[] {
  const { family } = change;
  const rateOver = (solution: Solution): Scalar =>
    substituteScalar(rateScalar(family), { forms: solution.forms, oldVariables: family.variables, newVariables: [...free, ...solution.sums] });
  const rate = rateOver(full);
  const { solution, factor } = dropUnusedSums(full, rate, free);
  return ratePolynomial(solution === full ? rate : rateOver(solution)).map((term) => ({
    coefficient: change.net * factor * term.coefficient,
    monomial: term.monomial,
    sums: solution.sums,
    conditions: solution.conditions,
  }));
}

/** Sums of terms become terms; constants with sums of parameters in them stay whole. */
function ratePolynomial(rate: Scalar): Polynomial {
  return tryPolynomial(rate, { expand: false }) ?? ofAtom({ key: 'large', scalar: rate });
}

/** A sum over a variable that nothing depends on is a factor: Σ_j k over 4 values is 4k. */
function dropUnusedSums(solution: Solution, rate: Scalar, free: readonly LoopVariable[]): { solution: Solution; factor: number } {
  if (solution.sums.length === 0) return { solution, factor: 1 };
  const used = new Set<number>();
  some(rate, (leaf) => {
    const index = leaf.kind === 'parameter' ? leaf.index : leaf.kind === 'species' ? leaf.operand.index : [];
    for (const axis of index) (axis.kind === 'affine' ? axis.terms.map((t) => t.variable) : axis.variables).forEach((v) => used.add(v));
    if (leaf.kind === 'counter') used.add(leaf.variable);
    return false;
  });
  for (const condition of solution.conditions) (condition.kind === 'even' ? condition.variables : condition.form.terms.map((t) => t.variable)).forEach((v) => used.add(v));
  let factor = 1;
  let next = free.length;
  const renumber = free.map((variable, v) => itself(variable, v));
  const sums = solution.sums.filter((variable, n) => {
    const kept = used.has(free.length + n);
    if (!kept) factor *= variable.extent;
    renumber.push(kept ? itself(variable, next++) : affine(0));
    return kept;
  });
  return sums.length === solution.sums.length ? { solution, factor: 1 } : { solution: renumberSolution(solution, sums, renumber), factor };
}

/** Names for the free indices: those that the families use for these axes, else i, j, k … and s. */
function freeVariables(block: SpeciesBlock, changes: readonly Change[]): LoopVariable[] {
  const taken = new Set<string>();
  return block.axes.map((extent, axis): LoopVariable => {
    const kind = block.kind === 'dual' && axis === 0 ? 'sign' : 'index';
    const name = writtenName(changes, axis, taken) ?? freshName(kind, taken);
    taken.add(name);
    return { name, kind, from: kind === 'sign' ? 0 : 1, extent };
  });
}

function writtenName(changes: readonly Change[], axis: number, taken: ReadonlySet<string>): string | undefined {
  for (const { family, operand } of changes) {
    const index = operand.index[axis];
    const [only] = index?.kind === 'affine' ? index.terms : [];
    let variable: number | undefined;
    if (index?.kind === 'affine') {
      if (index.terms.length === 1 && only?.coefficient === 1 && index.constant === (family.variables[only.variable]?.from ?? 1) - 1) variable = only.variable;
    } else if (index?.variables.length === 1 && index.parity === 0) variable = index.variables[0];
    const name = variable === undefined ? undefined : family.variables[variable]?.name;
    if (name !== undefined && !taken.has(name)) return name;
  }
  return undefined;
}

/**
 * Gradients through a fixed point. Let F(x, θ) = 0 be the rate equations f(x, θ) = 0 with, for every conserved total, one of
 * them replaced by c·x − c·x(0) = 0. For a loss L(x*): solve Aᵀ λ = ∂L/∂x* with A = ∂F/∂x, then dL/dθ = −λᵀ ∂F/∂θ. It takes one
 * linear system for all parameters and all initial values together (implicit function theorem; x* must be isolated within its
 * stoichiometric compatibility class, which is where A is regular).
 */
import { t } from '../../l10n/index.ts';
import {
  advance, countersOf, evaluateScalar, unroll, type EvaluationContext, type Network, type ParameterValues, type ReactionFamily, type Scalar, type UnrolledNetwork,
} from '../../chemistry/index.ts';
import { pollOf, type Poll } from '../cancel.ts';
import type { Cancel } from '../system.ts';
import { factoriseDense, solveDense } from '../linear/dense.ts';
import { patternOf } from '../linear/pattern.ts';
import { SparseLU } from '../linear/sparse-lu.ts';
import { compileNetwork, type CompiledNetwork } from '../network/compile.ts';
import { addGradient, throughDefinitions } from './scalar-gradient.ts';

export interface FixedPointGradient {
  /** dL by every parameter element, in the layout of `ParameterValues.values`. */
  readonly parameters: Float64Array;
  /** dL by every initial value: not 0 only where totals are conserved (fixed species, catalysts, weights of a switched-off update, …). */
  readonly initial: Float64Array;
}

/** Small systems are solved densely. */
const DENSE = 40;

export class FixedPointAdjoint {
  readonly compiled: CompiledNetwork;
  private readonly network: Network;
  private readonly unrolled: UnrolledNetwork;
  private readonly families: readonly ReactionFamily[];
  private readonly poll: Poll;

  /**
   * @param without groups whose reactions are switched off
   * @param cancel asked all the time, also by `gradient`, which it ends with `Cancelled`
   * @throws UnrollError for networks too large to be written out; RangeError when rates depend on time; Cancelled
   */
  constructor(network: Network, parameters: ParameterValues, without: readonly string[] = [], cancel?: Cancel) {
    const off = new Set(without);
    this.families = network.families.filter((family) => !family.groups.some((group) => off.has(group)));
    this.network = network;
    this.poll = pollOf(cancel);
    this.unrolled = unroll({ ...network, families: this.families }, { poll: this.poll });
    this.compiled = compileNetwork(network, parameters, { without, unrollLimit: Infinity, ...(cancel === undefined ? {} : { cancel }) });
    if (!this.compiled.autonomous) throw new RangeError(t('The rates of this network depend on time, so it has no fixed point.'));
  }

  /**
   * @param x the fixed point (as exact as it is known: the gradient is as exact)
   * @param slope ∂L/∂x at the fixed point
   * @param held ids of parameters that have a value of their own although they are declared by an expression
   * @returns undefined when the fixed point is not isolated: then there is no derivative
   */
  gradient(x: Float64Array, slope: Float64Array, held: ReadonlySet<number> = new Set()): FixedPointGradient | undefined {
    this.poll();
    const λ = this.adjoint(x, slope);
    if (λ === undefined) return undefined;
    const { conserved } = this.compiled.system, initial = new Float64Array(x.length);
    if (conserved !== undefined) {
      const { pivots, rowStart, component, coefficient } = conserved;
      for (let k = 0; k < pivots.length; k++) {
        const weight = λ[pivots[k]!]!;
        for (let p = rowStart[k]!; p < rowStart[k + 1]!; p++) initial[component[p]!]! += weight * coefficient[p]!;
        // Its rate equation was replaced.
        λ[pivots[k]!] = 0;
      }
    }
    const gradient = new Float64Array(this.compiled.parameters.values.length);
    this.throughRates(x, λ, gradient);
    this.throughInitial(initial, gradient);
    throughDefinitions(this.network, this.compiled.parameters, held, gradient);
    return { parameters: gradient, initial };
  }

  /** λ with Aᵀ λ = slope. */
  private adjoint(x: Float64Array, slope: Float64Array): Float64Array | undefined {
    const { system } = this.compiled, n = x.length, { pattern } = system.jacobian!, values = new Float64Array(pattern.rowIndex.length);
    system.jacobian!.fill(0, x, values);
    const isPivot = new Uint8Array(n), rows: number[] = [], columns: number[] = [], entries: number[] = [];
    const put = (i: number, j: number, value: number): void => { rows.push(i); columns.push(j); entries.push(value); };
    const totals = system.conserved;
    if (totals !== undefined) {
      totals.pivots.forEach((pivot, k) => {
        isPivot[pivot] = 1;
        for (let p = totals.rowStart[k]!; p < totals.rowStart[k + 1]!; p++) put(totals.component[p]!, pivot, totals.coefficient[p]!);
      });
    }
    for (let j = 0; j < n; j++) {
      for (let p = pattern.columnStart[j]!; p < pattern.columnStart[j + 1]!; p++) {
        const i = pattern.rowIndex[p]!;
        if (isPivot[i] === 0 && (values[p] !== 0 || i === j)) put(j, i, values[p]!);
      }
    }
    const λ = Float64Array.from(slope);
    if (n <= DENSE) {
      const matrix = new Float64Array(n * n), pivots = new Int32Array(n);
      rows.forEach((i, k) => { matrix[i * n + columns[k]!] = entries[k]!; });
      if (!factoriseDense(n, matrix, pivots)) return undefined;
      solveDense(n, matrix, pivots, λ);
    } else {
      const { pattern: transposed, position } = patternOf(n, Int32Array.from(rows), Int32Array.from(columns));
      const packed = new Float64Array(transposed.rowIndex.length);
      entries.forEach((value, k) => { packed[position[k]!]! += value; });
      const lu = new SparseLU(transposed, this.poll);
      if (!lu.factorise(packed)) return undefined;
      lu.solve(λ);
    }
    return λ.every(Number.isFinite) ? λ : undefined;
  }

  /** gradient −= λᵀ ∂f/∂θ, reaction by reaction: f = Σ net·rate. */
  private throughRates(x: Float64Array, λ: Float64Array, gradient: Float64Array): void {
    const { network, unrolled, families } = this, { parameters } = this.compiled;
    const fixed = new Uint8Array(x.length);
    for (const block of network.blocks) if (block.kind === 'fixed') fixed.fill(1, block.offset, block.offset + block.size);
    families.forEach((family, f) => {
      const counters = countersOf({ ...network, families }, unrolled, unrolled.familyStart[f]!);
      const context: EvaluationContext = { network, parameters, state: x, counters, variables: family.variables };
      for (let r = unrolled.familyStart[f]!; r < unrolled.familyStart[f + 1]!; r++) {
        let weight = 0, product = 1;
        for (let p = unrolled.reactantStart[r]!; p < unrolled.reactantStart[r + 1]!; p++) {
          const i = unrolled.reactantComponent[p]!, ν = unrolled.reactantStoichiometry[p]!;
          if (fixed[i] === 0) weight -= λ[i]! * ν;
          product *= x[i]! ** ν;
        }
        for (let p = unrolled.productStart[r]!; p < unrolled.productStart[r + 1]!; p++) {
          const i = unrolled.productComponent[p]!;
          if (fixed[i] === 0) weight += λ[i]! * unrolled.productStoichiometry[p]!;
        }
        if (weight !== 0) {
          if (family.rate.kind === 'law') addGradient(family.rate.law, -weight, context, parameters, gradient);
          else addGradient(family.rate.constant, -weight * product, context, parameters, gradient);
        }
        advance(counters, family);
      }
    });
  }

  /** Initial values that are computed from parameters. */
  private throughInitial(initial: Float64Array, gradient: Float64Array): void {
    const { network } = this, { parameters } = this.compiled;
    const add = (scalar: Scalar, weight: number): void => { addGradient(scalar, weight, { network, parameters }, parameters, gradient); };
    for (const block of network.blocks) {
      if (block.initial.kind !== 'expression' || block.initial.expression.kind === 'number') continue;
      let weight = 0;
      if (block.kind === 'dual') {
        // The value is on the rail of its sign; at 0 moving up fills the one, moving down the other, at the same rate.
        const plus = evaluateScalar(block.initial.expression, { network, parameters }) >= 0, half = block.size / 2;
        for (let k = 0; k < half; k++) weight += plus ? initial[block.offset + k]! : -initial[block.offset + half + k]!;
      } else for (let k = 0; k < block.size; k++) weight += initial[block.offset + k]!;
      add(block.initial.expression, weight);
    }
  }
}

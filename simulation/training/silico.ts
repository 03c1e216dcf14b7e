/**
 * Training outside the pot: the loss at the network's fixed point, its gradient by the adjoint, a step of an optimiser, and so
 * on. Any parameters of any network, and initial values where something conserves them (weights that no reaction changes).
 */
import { t } from '../../l10n/index.ts';
import { initialState, parameterValues, sizeOf, type Network, type ParameterValues, type PotPlan, type SpeciesBlock } from '../../chemistry/index.ts';
import { Cancelled, pollOf } from '../cancel.ts';
import type { Cancel } from '../system.ts';
import { FixedPointSolver } from '../fixed-point.ts';
import { integrate } from '../integrate.ts';
import { FixedPointAdjoint } from './adjoint.ts';
import { blockOfId, readBlock, valuesIn, writeBlock } from './clamp.ts';
import type { OptimiserSettings } from './optimiser.ts';
import { TrainingError, type EpochReport, type Evaluation } from './types.ts';

/** Which of a network's numbers are data, which are read and which are trained. */
export interface SilicoTask {
  readonly name: string;
  readonly network: Network;
  /** Groups whose reactions are switched off. */
  readonly without: readonly string[];
  /** Blocks that hold the inputs and show the outputs; a dual's value is the difference of its rails. */
  readonly inputs: number;
  readonly outputs: number;
  /** Names of trained parameters (arrays whole). */
  readonly parameters: readonly string[];
  /** Whether trained parameters may be negative. Default: only those that are at the start; the others are rate constants. */
  readonly signed?: boolean;
  /** Ids of trained blocks: their initial values, duals signed. */
  readonly blocks: readonly number[];
}

export interface SilicoSettings {
  readonly epochs: number;
  readonly seed: number;
  readonly optimiser: OptimiserSettings;
  /** Samples a step; default 1. */
  readonly batch?: number;
  /** Parameter values in place of the declared ones. */
  readonly overrides?: ReadonlyMap<string, number>;
  readonly initial?: Float64Array;
  readonly stop?: { readonly loss?: number; readonly patience?: number };
  /** Default 1: evaluate every epoch. */
  readonly every?: number;
}

export interface SilicoOutcome {
  readonly reason: 'epochs' | 'target loss' | 'patience' | 'stopped' | 'no fixed point';
  readonly epochs: number;
  readonly evaluation?: Evaluation;
  readonly history: readonly EpochReport[];
  /** Values of the trained parameters, row-major. */
  readonly parameters: ReadonlyMap<string, Float64Array>;
  /** The initial state with the trained values in it: what a pot starts from. */
  readonly state: Float64Array;
  /** For `no fixed point`: what was found instead. */
  readonly message?: string;
}

/** A network of neurons as a task: its weights and biases, its training reactions switched off. */
export function silicoTask(plan: PotPlan): SilicoTask {
  const { layers, network, groups } = plan, ids = layers.flatMap((layer) => [layer.weights, layer.biases]);
  const common = { name: plan.name, network, without: [groups.backward, groups.update], inputs: plan.inputs, outputs: plan.outputs };
  if (plan.form === 'rails') return { ...common, parameters: [], blocks: ids };
  return { ...common, parameters: ids.map((id) => network.parameters[id]!.name), blocks: [], signed: true };
}

/** Loss ½ Σ (output − target)² of one sample and its gradient by the trained numbers. */
export interface SampleGradient {
  readonly loss: number;
  readonly outputs: Float64Array;
  /** Trained parameters, then blocks, in the task's order, row-major. */
  readonly gradient: Float64Array;
}

export class SilicoModel {
  readonly task: SilicoTask;
  /** Trained numbers: parameters, then blocks. Written by `set`. */
  readonly θ: Float64Array;
  private readonly network: Network;
  private readonly adjoint: FixedPointAdjoint;
  private readonly solver: FixedPointSolver;
  private readonly overrides: Map<string, number>;
  private readonly inputs: SpeciesBlock;
  private readonly outputs: SpeciesBlock;
  private readonly trained: readonly SpeciesBlock[];
  private readonly parameters: readonly { readonly id: number; readonly name: string; readonly shape: readonly number[]; readonly floor: number }[];
  private readonly given: Float64Array | undefined;
  private base: Float64Array;
  private warm: Float64Array | undefined;
  /** Asked all the time while something is computed, which it ends with `Cancelled`. */
  cancel: Cancel | undefined;

  /** @throws TrainingError for a parameter that does not exist; what `FixedPointAdjoint` throws; Cancelled */
  constructor(task: SilicoTask, overrides: ReadonlyMap<string, number> = new Map(), initial?: Float64Array, cancel?: Cancel) {
    this.cancel = cancel;
    const cancelled = (): boolean => this.cancel?.() === true;
    const { network } = task;
    this.task = task;
    this.network = network;
    this.overrides = new Map(overrides);
    const values = parameterValues(network, overrides);
    this.adjoint = new FixedPointAdjoint(network, values, task.without, cancelled);
    const { system } = this.adjoint.compiled;
    this.solver = new FixedPointSolver(system, new Float64Array(network.dimension).fill(1e-3), () => undefined, pollOf(cancelled));
    this.inputs = blockOfId(network, task.inputs);
    this.outputs = blockOfId(network, task.outputs);
    this.trained = task.blocks.map((id) => blockOfId(network, id));
    this.given = initial;
    this.base = Float64Array.from(initial ?? initialState(network, values));
    const parts: Float64Array[] = [];
    this.parameters = task.parameters.map((name) => {
      const parameter = network.parameters.find((one) => one.name === name);
      if (parameter === undefined) throw new TrainingError(t('{0} has no parameter {1} to train.', task.name, name));
      const part = values.values.slice(values.start[parameter.id], values.start[parameter.id + 1]);
      parts.push(part);
      return { id: parameter.id, name, shape: parameter.shape, floor: task.signed !== true && part.every((value) => value >= 0) ? 0 : -Infinity };
    });
    for (const block of this.trained) {
      const part = new Float64Array(valuesIn(block));
      readBlock(block, this.base, part);
      parts.push(part);
    }
    this.θ = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) { this.θ.set(part, at); at += part.length; }
  }

  get size(): number {
    return this.θ.length;
  }

  /** Takes over changed numbers in θ; rate constants below 0 and concentrations below 0 are raised to it. */
  refresh(): void {
    const { θ, network, adjoint } = this;
    let at = 0;
    for (const { name, shape, floor } of this.parameters) {
      for (let k = 0; k < sizeOf(shape); k++, at++) {
        if (θ[at]! < floor) θ[at] = floor;
        this.overrides.set(shape.length === 0 ? name : `${name}[${positions(k, shape).join(',')}]`, θ[at]!);
      }
    }
    if (this.parameters.length > 0) {
      const values = parameterValues(network, this.overrides);
      adjoint.compiled.setParameters(values);
      // Initial values and totals may depend on what changed: nothing to start from but the start.
      if (this.given === undefined) this.base = initialState(network, values);
      this.warm = undefined;
    }
    for (const block of this.trained) {
      const part = θ.subarray(at, at + valuesIn(block));
      if (block.kind !== 'dual') for (let k = 0; k < part.length; k++) part[k] = Math.max(0, part[k]!);
      writeBlock(block, part, this.base);
      if (this.warm !== undefined) writeBlock(block, part, this.warm);
      at += part.length;
    }
  }

  /** The fixed point for some inputs; undefined when the network does not come to rest. @throws Cancelled */
  fixedPoint(inputs: Float64Array): Float64Array | undefined {
    const { base, solver, adjoint } = this;
    if (this.warm !== undefined) {
      writeBlock(this.inputs, inputs, this.warm);
      const near = solver.near(0, this.warm, 0, 0.5);
      if (near !== undefined && near !== 'far' && !(near.growth !== undefined && near.growth > 0)) return (this.warm = near.y);
    }
    const y0 = Float64Array.from(base);
    writeBlock(this.inputs, inputs, y0);
    const { outcome, y } = integrate(adjoint.compiled.system, { t0: 0, t1: Infinity, y0, rtol: 1e-6, atol: 1e-9, steady: { tolerance: 1e-6 }, maxSteps: 100_000, cancel: () => this.cancel?.() === true });
    if (outcome.kind === 'cancelled') throw new Cancelled();
    if (outcome.kind !== 'steady') return undefined;
    this.warm = y;
    return y;
  }

  /** The fixed point that the next search starts from, one number a component; NaN where there is none. */
  get memory(): Float64Array {
    return this.warm === undefined ? new Float64Array(this.network.dimension).fill(NaN) : Float64Array.from(this.warm);
  }

  set memory(numbers: Float64Array) {
    this.warm = Number.isNaN(numbers[0]) ? undefined : Float64Array.from(numbers);
  }

  predict(inputs: Float64Array, outputs: Float64Array): boolean {
    const x = this.fixedPoint(inputs);
    if (x === undefined) return false;
    readBlock(this.outputs, x, outputs);
    return true;
  }

  /** Undefined when there is no fixed point, or one that is not isolated. */
  sample(inputs: Float64Array, targets: Float64Array): SampleGradient | undefined {
    const x = this.fixedPoint(inputs);
    if (x === undefined) return undefined;
    const { outputs: block, parameters, adjoint } = this, outputs = new Float64Array(targets.length), slope = new Float64Array(x.length);
    readBlock(block, x, outputs);
    let loss = 0;
    for (let k = 0; k < targets.length; k++) {
      const error = outputs[k]! - targets[k]!;
      loss += 0.5 * error * error;
      slope[block.offset + k] = error;
      if (block.kind === 'dual') slope[block.offset + targets.length + k] = -error;
    }
    const found = adjoint.gradient(x, slope, new Set(parameters.map(({ id }) => id)));
    if (found === undefined) return undefined;
    return { loss, outputs, gradient: this.collect(found.parameters, found.initial, adjoint.compiled.parameters) };
  }

  private collect(byParameter: Float64Array, byInitial: Float64Array, { start }: ParameterValues): Float64Array {
    const gradient = new Float64Array(this.θ.length);
    let at = 0;
    for (const { id } of this.parameters) for (let p = start[id]!; p < start[id + 1]!; p++) gradient[at++] = byParameter[p]!;
    for (const block of this.trained) {
      const count = valuesIn(block), { offset } = block;
      for (let k = 0; k < count; k++, at++) {
        // Up fills the + rail of a value that is on it, and empties the − rail of one that is there.
        gradient[at] = block.kind !== 'dual' || this.θ[at]! >= 0 ? byInitial[offset + k]! : -byInitial[offset + count + k]!;
      }
    }
    return gradient;
  }

  result(): Pick<SilicoOutcome, 'parameters' | 'state'> {
    const parameters = new Map<string, Float64Array>();
    let at = 0;
    for (const { name, shape } of this.parameters) { parameters.set(name, this.θ.slice(at, at + sizeOf(shape))); at += sizeOf(shape); }
    return { parameters, state: Float64Array.from(this.base) };
  }
}

/** 1-based indices of a row-major position. */
function positions(flat: number, shape: readonly number[]): number[] {
  const result: number[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    result.unshift((flat % shape[axis]!) + 1);
    flat = Math.floor(flat / shape[axis]!);
  }
  return result;
}

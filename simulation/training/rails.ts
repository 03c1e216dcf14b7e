/** The pot as it stands: all species on all their rails, every reaction with its own constant. */
import { initialState, parameterValues, type Network, type ParameterValues, type PotPlan, type SpeciesBlock } from '../../chemistry/index.ts';
import { integrate } from '../integrate.ts';
import { compileNetwork, type CompiledNetwork } from '../network/compile.ts';
import type { Cancel, IntegrationResult, MethodName } from '../system.ts';
import { blockOfId, readBlock, writeBlock } from './clamp.ts';
import { drawFactors, kicked, withFactors } from './noise.ts';
import { grownBeyond, notFinite, tooFine, tooManySteps, unbounded } from './lost.ts';
import { MoleculeDwells } from './intrinsic.ts';
import type { DwellResult, Pot, PotMemory, Watch } from './pot.ts';
import { factor, streamOf } from './streams.ts';
import type { NoiseSettings } from './types.ts';

/** Steps that one dwell may take: far more than any stiff pot needs, few enough that a lost one is noticed in seconds. */
const MAX_STEPS = 50_000;
/** An evaluation is integrated at least this exactly. */
export const EVALUATION_RTOL = 1e-6;
/** The forward species are at rest when none moves faster than this times the tolerance, relative to its size: above the integrator's noise. */
export const SETTLED = 10;
/** Pots of more reactions than this are quicker as families, whose loops are dense. */
const FORM = { unrollLimit: 20_000 } as const;
const FIRST_SPAN = 20, LONGEST = 1e7;

export interface PotOptions {
  readonly dwell: number;
  readonly method: MethodName;
  readonly rtol: number;
  readonly atol: number;
  readonly bound: number;
  readonly until: 'fixed point' | number;
  readonly noise?: NoiseSettings;
}

export interface RunHooks {
  /** At least this exactly. */
  readonly finest?: number;
  readonly watch?: Watch | undefined;
  readonly cancel?: Cancel | undefined;
}

export class RailsPot implements Pot {
  readonly reduction = 'none';
  private chosen: MethodName;
  /** How dwells run molecule by molecule, where they do. */
  readonly molecules: MoleculeDwells | undefined;
  private readonly options: PotOptions;
  private readonly values: ParameterValues;
  private readonly factors: readonly number[];
  private readonly kickedComponents: Int32Array;
  private readonly training: CompiledNetwork;
  private readonly forward: CompiledNetwork;
  private readonly inputs: SpeciesBlock;
  private readonly targets: SpeciesBlock | undefined;
  private readonly outputs: SpeciesBlock;
  private y: Float64Array;

  /**
   * @param initial of the network's dimension
   * @param cancel of making the network ready, which it ends with `Cancelled`
   */
  constructor(plan: PotPlan, parameters: ReadonlyMap<string, number>, initial: Float64Array | undefined, options: PotOptions, cancel?: Cancel) {
    const { noise } = options, compiling = { ...FORM, ...(cancel === undefined ? {} : { cancel }) }, { network, factors } = noise?.rates === undefined ? { network: plan.network, factors: [] } : withFactors(plan.network, noise.rates);
    this.options = options;
    this.chosen = options.method;
    this.factors = factors;
    this.values = parameterValues(network, parameters);
    if (noise?.rates?.when === 'frozen') drawFactors(factors, noise.rates, streamOf(noise.seed, 'rates'), this.values);
    this.kickedComponents = noise?.concentrations === undefined ? new Int32Array(0) : kicked(plan, noise.concentrations);
    this.training = compileNetwork(network, this.values, compiling);
    this.forward = compileNetwork(network, this.values, { ...compiling, without: [plan.groups.backward, plan.groups.update] });
    this.inputs = blockOfId(network, plan.inputs);
    this.targets = plan.targets === undefined ? undefined : blockOfId(network, plan.targets);
    this.outputs = blockOfId(network, plan.outputs);
    this.y = Float64Array.from(initial ?? initialState(network, this.values));
    this.molecules = noise?.intrinsic === undefined ? undefined : new MoleculeDwells(network, this.values, noise.intrinsic, compiling);
  }

  /** What has run so far. */
  get method(): string {
    return this.chosen === 'auto' ? 'tsit5' : this.chosen;
  }

  present(inputs: Float64Array, targets: Float64Array, place: readonly [number, number], watch?: Watch, cancel?: Cancel): DwellResult {
    const { noise } = this.options, redrawn = noise?.rates?.when === 'dwell' ? Float64Array.from(this.values.values) : undefined;
    if (redrawn !== undefined) this.draw(noise!, place);
    const result = this.react(inputs, targets, place, watch, cancel);
    if (result.kind === 'cancelled' && redrawn !== undefined) {
      this.values.values.set(redrawn);
      this.takeConstants();
    }
    return result;
  }

  private react(inputs: Float64Array, targets: Float64Array, place: readonly [number, number], watch: Watch | undefined, cancel: Cancel | undefined): DwellResult {
    const { options, training } = this, { noise, dwell } = options;
    const y0 = Float64Array.from(this.y);
    if (noise?.concentrations !== undefined) {
      const { distribution, size } = noise.concentrations, random = streamOf(noise.seed, 'kicks', ...place);
      for (const i of this.kickedComponents) y0[i] = y0[i]! * factor(random, distribution, size);
    }
    writeBlock(this.inputs, inputs, y0);
    if (this.targets !== undefined) writeBlock(this.targets, targets, y0);
    if (this.molecules !== undefined) {
      const result = this.molecules.run(y0, dwell, this.values, noise!.seed, place, options.bound, watch, cancel);
      if (result.kind !== 'cancelled') this.y = y0;
      return result;
    }
    const result = this.run(training, y0, dwell, this.chosen, { watch, cancel }), verdict = this.judge(result, training);
    if (verdict.kind === 'cancelled') return verdict;
    // Once a dwell has shown the pot to be stiff, the next ones need not find out again; that one was not says nothing of the next:
    // an input of zeros leaves most of the pot at rest.
    if (this.chosen === 'auto') this.chosen = result.methods.find((name) => name !== 'tsit5') ?? 'auto';
    this.y = result.y;
    return verdict;
  }

  private draw(noise: NoiseSettings, place: readonly number[]): void {
    drawFactors(this.factors, noise.rates!, streamOf(noise.seed, 'rates', ...place), this.values);
    this.takeConstants();
  }

  private takeConstants(): void {
    this.training.setParameters(this.values);
    this.forward.setParameters(this.values);
  }

  predict(inputs: Float64Array, outputs: Float64Array, cancel?: Cancel): DwellResult {
    const { options, forward } = this, y0 = Float64Array.from(this.y);
    writeBlock(this.inputs, inputs, y0);
    const result = options.until === 'fixed point' ? this.settle(forward, y0, cancel) : this.run(forward, y0, options.until, this.chosen, { cancel });
    readBlock(this.outputs, result.y, outputs);
    return this.judge(result, forward);
  }

  /** Longer and longer spans until nothing moves any more. (Cheaper than proving it, which is what `steady` is for.) */
  private settle(compiled: CompiledNetwork, y0: Float64Array, cancel: Cancel | undefined): IntegrationResult {
    const speed = new Float64Array(y0.length), slow = SETTLED * Math.min(this.options.rtol, EVALUATION_RTOL);
    let y = y0;
    for (let span = FIRST_SPAN; ; span *= 2) {
      const result = this.run(compiled, y, span, this.chosen, { finest: EVALUATION_RTOL, cancel });
      y = result.y;
      compiled.system.rhs(0, y, speed);
      if (result.outcome.kind !== 'reached' || span > LONGEST || speed.every((v, i) => Math.abs(v) <= slow * (1 + y[i]!))) return result;
    }
  }

  private run({ system }: CompiledNetwork, y0: Float64Array, duration: number, method: MethodName, { finest = Infinity, watch, cancel }: RunHooks): IntegrationResult {
    const { bound } = this.options, rtol = Math.min(this.options.rtol, finest), atol = Math.min(this.options.atol, finest * 1e-3);
    return integrate(system, {
      t0: 0, t1: duration, y0, rtol, atol, maxSteps: MAX_STEPS,
      ...(this.options.method === 'auto' && method !== 'auto' ? { method: 'auto', settling: true } : { method }),
      bound, ...(watch === undefined ? {} : { onStep: ({ t1, y }) => { watch(t1, y); } }), ...(cancel === undefined ? {} : { cancel }),
    });
  }

  private judge({ outcome, y }: IntegrationResult, { network }: { readonly network: Network }): DwellResult {
    const top = largest(y), { bound } = this.options, value = y[top]!;
    if (outcome.kind === 'cancelled') return { kind: 'cancelled' };
    if (outcome.kind === 'diverged' && !(value > bound)) return { kind: 'lost', component: outcome.component, value: y[outcome.component]!, t: outcome.t, told: unbounded };
    if (value > bound) return { kind: 'lost', component: top, value, t: outcome.t, told: grownBeyond(bound) };
    if (outcome.kind === 'stuck') {
      const told = outcome.reason === 'step limit' ? tooManySteps(MAX_STEPS) : outcome.reason === 'step underflow' ? tooFine : notFinite;
      return { kind: 'lost', component: top < network.dimension ? top : 0, value, t: outcome.t, told };
    }
    return { kind: 'reached' };
  }

  save(): PotMemory {
    return { numbers: Float64Array.from(this.y), method: this.chosen };
  }

  load(memory: PotMemory, last: readonly [number, number] | undefined): void {
    this.y = Float64Array.from(memory.numbers);
    if (last !== undefined && this.options.noise?.rates?.when === 'dwell') this.draw(this.options.noise, last);
    this.chosen = memory.method as MethodName;
  }

  state(): Float64Array {
    return Float64Array.from(this.y);
  }
}

function largest(y: Float64Array): number {
  let best = 0;
  for (let i = 1; i < y.length; i++) if (y[i]! > y[best]!) best = i;
  return best;
}

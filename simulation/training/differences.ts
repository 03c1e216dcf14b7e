/** The pot in differences of rails; see `difference-model.ts`. */
import { t } from '../../l10n/index.ts';
import { initialState, parameterValues, type PotPlan } from '../../chemistry/index.ts';
import { integrate } from '../integrate.ts';
import type { Cancel, IntegrationResult } from '../system.ts';
import { readBlock, writeBlock } from './clamp.ts';
import { CascadeStepper, type DwellEnd } from './cascade-stepper.ts';
import { differenceModel, type DifferenceModel } from './difference-model.ts';
import { DifferenceSystem } from './difference-system.ts';
import { drawFactors, withFactors } from './noise.ts';
import { grownBeyond, tooFineForDifferences, unbounded } from './lost.ts';
import type { DwellResult, Pot, PotMemory, Watch } from './pot.ts';
import { EVALUATION_RTOL, SETTLED, type PotOptions, type RunHooks } from './rails.ts';
import { streamOf } from './streams.ts';
import { restEquation, restOf, type RestEquation } from './unit-rest.ts';

/** Below this tolerance the explicit method, of order 5, takes fewer evaluations than the implicit one, of order 3. */
const EXPLICIT = 1e-6;
/** Where units have no equation of their own the forward reactions run, in longer and longer spans up to this. */
const LONGEST = 1e7;

/** @returns the pot, or why it cannot be reduced */
export function differences(plan: PotPlan, parameters: ReadonlyMap<string, number>, initial: Float64Array | undefined, options: PotOptions): DifferencePot | string {
  const rates = options.noise?.rates;
  if (options.noise?.intrinsic !== undefined) return t('single molecules tell the rails apart');
  if (options.noise?.concentrations !== undefined) return t('noise on concentrations tells the rails apart');
  if (rates !== undefined && rates.per === 'reaction') return t('noise on single reactions tells the rails apart');
  if (rates?.when === 'dwell') return t('constants that change every dwell are not reduced');
  const { network, factors } = rates === undefined ? { network: plan.network, factors: [] } : withFactors(plan.network, rates);
  const values = parameterValues(network, parameters);
  if (rates !== undefined) drawFactors(factors, rates, streamOf(options.noise!.seed, 'rates'), values);
  const model = differenceModel(plan, network, values);
  return typeof model === 'string' ? model : new DifferencePot(model, initial ?? initialState(network, values), options);
}

export class DifferencePot implements Pot {
  readonly reduction = 'differences';
  readonly method: 'tsit5' | 'rosenbrock';
  private readonly stepper: CascadeStepper;
  private readonly model: DifferenceModel;
  private readonly options: PotOptions;
  private readonly training: DifferenceSystem;
  private readonly forward: DifferenceSystem;
  /** First layer's weights, row-major. */
  private readonly W: Float64Array;
  private z: Float64Array;
  /** The network's state as it began: what no part of the model changes stays as it was. */
  private readonly begun: Float64Array;
  private readonly lastInputs: Float64Array;
  private readonly lastTargets: Float64Array;
  /** Inputs that are not zero: pictures are mostly dark. */
  private readonly lit: Int32Array;
  private readonly reading: Float64Array;
  private readonly speed: Float64Array;
  /** By layer: 'linear', the equation of its units at rest, or undefined when only their reactions tell. */
  private readonly rest: readonly ('linear' | RestEquation | undefined)[];

  constructor(model: DifferenceModel, initial: Float64Array, options: PotOptions) {
    const { units, fanIn, W } = model.layers[0]!;
    this.model = model;
    this.options = options;
    this.method = options.method !== 'auto' || options.rtol < EXPLICIT ? 'tsit5' : 'rosenbrock';
    this.training = new DifferenceSystem(model, 'training');
    this.forward = new DifferenceSystem(model, 'forward');
    this.stepper = new CascadeStepper(this.training);
    this.W = new Float64Array(units * fanIn);
    this.z = new Float64Array(this.training.dimension);
    this.begun = Float64Array.from(initial);
    readBlock(W, initial, this.W);
    this.training.read(initial, this.z);
    this.lastInputs = new Float64Array(fanIn);
    readBlock(model.inputs, initial, this.lastInputs);
    this.lastTargets = new Float64Array(this.training.target.length);
    readBlock(model.targets, initial, this.lastTargets);
    this.lit = new Int32Array(fanIn);
    this.reading = new Float64Array(this.forward.dimension);
    this.speed = new Float64Array(this.forward.dimension);
    this.rest = model.layers.map((layer) => (layer.local === undefined ? 'linear' : restEquation(layer.local, layer.activity)));
  }

  present(inputs: Float64Array, targets: Float64Array, _place: readonly [number, number], watch?: Watch, cancel?: Cancel): DwellResult {
    const before = cancel === undefined ? undefined : [this.z, this.lastInputs, this.lastTargets].map((part) => Float64Array.from(part));
    const { training, W, lit } = this, { units, fanIn, constants: { ηw, λw } } = this.model.layers[0]!, { r } = training.offsets[0]!;
    const count = this.weigh(training, inputs);
    training.target.set(targets);
    this.lastInputs.set(inputs);
    this.lastTargets.set(targets);
    this.z.fill(0, r, r + units);
    const shown = watch === undefined ? undefined : this.state();
    const onStep = shown === undefined ? undefined : (t: number, z: Float64Array): void => {
      this.write(z, t, shown);
      watch!(t, shown);
    };
    const { result, t: end } = this.dwell(onStep, cancel);
    if (result.kind === 'cancelled') {
      [this.z, this.lastInputs, this.lastTargets].forEach((part, k) => { part.set(before![k]!); });
      return result;
    }
    const left = λw === 0 ? 1 : Math.exp(-λw * end);
    if (left !== 1) for (let p = 0; p < W.length; p++) W[p] = W[p]! * left;
    for (let i = 0, row = 0; i < units; i++, row += fanIn) {
      const change = -ηw * this.z[r + i]!;
      for (let q = 0; q < count; q++) {
        const j = lit[q]!;
        W[row + j] = W[row + j]! + change * inputs[j]!;
      }
    }
    return result;
  }

  /** Lets z react for a dwell. @returns what became of it, and the time reached */
  private dwell(onStep: ((t: number, z: Float64Array) => void) | undefined, cancel: Cancel | undefined): { readonly result: DwellResult; readonly t: number } {
    const { training, options, method } = this, { dwell, rtol, atol, bound } = options;
    if (method === 'tsit5') {
      const result = this.run(training, this.z, dwell, { watch: onStep, cancel });
      this.z = result.y;
      return { result: this.judge(result, training), t: result.outcome.t };
    }
    const end = this.stepper.run(this.z, { duration: dwell, rtol, atol, bound, onStep, cancel });
    return { result: this.sentence(end), t: 't' in end ? end.t : dwell };
  }

  private sentence(end: DwellEnd): DwellResult {
    if (end.kind === 'cancelled') return end;
    const { at, value } = largest(this.z), { bound } = this.options, beyond = !(value <= bound);
    if (end.kind === 'reached' && !beyond) return { kind: 'reached' };
    return {
      kind: 'lost', component: this.training.componentOf(at), value, t: 't' in end ? end.t : this.options.dwell,
      told: beyond ? grownBeyond(bound) : tooFineForDifferences,
    };
  }

  /** W₁ x and ‖x‖² for a system. @returns the number of inputs that are not zero */
  private weigh(system: DifferenceSystem, inputs: Float64Array): number {
    const { W, lit } = this, { units, fanIn } = this.model.layers[0]!;
    let count = 0, square = 0;
    for (let j = 0; j < fanIn; j++) {
      const x = inputs[j]!;
      if (x !== 0) { lit[count++] = j; square += x * x; }
    }
    system.square = square;
    for (let i = 0, row = 0; i < units; i++, row += fanIn) {
      let sum = 0;
      for (let q = 0; q < count; q++) { const j = lit[q]!; sum += W[row + j]! * inputs[j]!; }
      system.start[i] = sum;
    }
    return count;
  }

  private run(system: DifferenceSystem, y0: Float64Array, duration: number, { finest = Infinity, watch, cancel }: RunHooks): IntegrationResult {
    const { bound } = this.options, rtol = Math.min(this.options.rtol, finest), atol = Math.min(this.options.atol, finest * 1e-3);
    let beyond = false;
    return integrate(system, {
      t0: 0, t1: duration, y0, rtol, atol, method: 'tsit5', maxSteps: 1_000_000,
      onStep: ({ t1, y }) => {
        beyond = !(largest(y).value <= bound);
        watch?.(t1, y);
      },
      cancel: () => beyond || cancel?.() === true,
    });
  }

  private judge({ outcome, y }: IntegrationResult, system: DifferenceSystem): DwellResult {
    const { at, value } = largest(y), { bound } = this.options;
    if ((outcome.kind === 'reached' || outcome.kind === 'cancelled') && value <= bound) return { kind: outcome.kind };
    const component = system.componentOf(outcome.kind === 'diverged' ? outcome.component : at);
    return { kind: 'lost', component, value, t: outcome.t, told: value > bound ? grownBeyond(bound) : outcome.kind === 'diverged' ? unbounded : tooFineForDifferences };
  }

  predict(inputs: Float64Array, outputs: Float64Array, cancel?: Cancel): DwellResult {
    const { forward, training, model, reading, options } = this;
    this.weigh(forward, inputs);
    forward.weights = { z: this.z, offsets: training.offsets };
    model.layers.forEach((layer, l) => {
      const from = training.offsets[l]!, to = forward.offsets[l]!, length = layer.units * (layer.local?.variables.length ?? 0);
      reading.set(this.z.subarray(from.y, from.y + layer.units), to.y);
      reading.set(this.z.subarray(from.local, from.local + length), to.local);
    });
    if (options.until !== 'fixed point') {
      const result = this.run(forward, reading, options.until, { cancel });
      forward.outputs(result.y, outputs);
      return this.judge(result, forward);
    }
    if (this.cascade()) {
      forward.outputs(reading, outputs);
      return { kind: 'reached' };
    }
    let y = reading;
    for (let span = 10; span < LONGEST; span *= 2) {
      const result = this.run(forward, y, span, { finest: EVALUATION_RTOL, cancel }), verdict = this.judge(result, forward);
      y = result.y;
      if (verdict.kind !== 'reached') return verdict;
      if (this.settled(y)) break;
    }
    forward.outputs(y, outputs);
    return { kind: 'reached' };
  }

  /**
   * The fixed point of the forward reactions layer by layer: each layer is at rest for what the layer before it says. @returns
   * false when some unit's rest state has no equation of its own
   */
  private cascade(): boolean {
    const { model, forward, reading, speed, rest } = this;
    for (let l = 0; l < rest.length; l++) {
      const layer = model.layers[l]!, equation = rest[l], at = forward.offsets[l]!;
      if (equation === undefined) return false;
      forward.preactivation(l, reading, speed);
      for (let i = 0; i < layer.units; i++) {
        const y = speed[at.y + i]!;
        reading[at.y + i] = y;
        if (equation === 'linear') continue;
        const place = at.local + equation.variable * layer.units + i, x = restOf(equation, y, reading[place]!);
        if (!(x > 0)) return false;
        reading[place] = x;
      }
    }
    return true;
  }

  private settled(y: Float64Array): boolean {
    const { forward, speed } = this, slow = SETTLED * Math.min(this.options.rtol, EVALUATION_RTOL);
    forward.rhs(0, y, speed);
    for (let i = 0; i < y.length; i++) if (Math.abs(speed[i]!) > slow * (1 + Math.abs(y[i]!))) return false;
    return true;
  }

  save(): PotMemory {
    const numbers = new Float64Array(this.W.length + this.z.length);
    numbers.set(this.W);
    numbers.set(this.z, this.W.length);
    return { numbers, method: this.method };
  }

  load({ numbers }: PotMemory): void {
    this.W.set(numbers.subarray(0, this.W.length));
    this.z = Float64Array.from(numbers.subarray(this.W.length));
  }

  state(): Float64Array {
    const state = Float64Array.from(this.begun);
    this.write(this.z, undefined, state);
    return state;
  }

  /** @param t time within the dwell that is running, whose share in W₁ is still in r; undefined between dwells */
  private write(z: Float64Array, t: number | undefined, state: Float64Array): void {
    const { model, training, W, lastInputs } = this, { units, fanIn, constants: { ηw, λw } } = model.layers[0]!, { r } = training.offsets[0]!;
    training.write(z, state);
    let weights = W;
    if (t !== undefined) {
      const left = Math.exp(-λw * t);
      weights = W.map((w, p) => left * w - ηw * z[r + Math.floor(p / fanIn)]! * lastInputs[p % fanIn]!);
    }
    writeBlock(model.layers[0]!.W, weights.subarray(0, units * fanIn), state);
    writeBlock(model.inputs, lastInputs, state);
    writeBlock(model.targets, this.lastTargets, state);
  }
}

function largest(y: Float64Array): { readonly at: number; readonly value: number } {
  let at = 0, value = 0;
  for (let i = 0; i < y.length; i++) {
    const size = Math.abs(y[i]!);
    if (!(size <= value)) { value = size; at = i; }
  }
  return { at, value };
}

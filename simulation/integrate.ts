/**
 * Integrates an ODE system from t0 to t1, or to its fixed point, by the method asked for or found suitable.
 * `switching.ts` says which method 'auto' goes on with.
 */
import { t } from '../l10n/index.ts';
import { Cancelled, pollOf } from './cancel.ts';
import { above, beyondBound, beyondTotals, fastest, mostByTotals, runaway } from './diverge.ts';
import { Tsit5 } from './explicit/tsit5.ts';
import { chooseFirstStep } from './first-step.ts';
import { within } from './forcing/calendar.ts';
import { SteadyWatch } from './steady.ts';
import { Rkc } from './stabilised/rkc.ts';
import type { Counters, Stepper } from './stepper.ts';
import { Bdf } from './stiff/bdf.ts';
import { MethodChoice, type Method } from './switching.ts';
import type { IntegrationRequest, IntegrationResult, OdeSystem, Outcome, PartedSystem, Step } from './system.ts';
import { allFinite, clipNegative, type Tolerance } from './vector.ts';

const RTOL = 1e-6, ATOL = 1e-9, MAX_STEPS = 1_000_000;
/**
 * An absolute tolerance that is no small part of the concentrations lets several be below zero at once, where their product runs away
 * with them. Where that ends a run, it goes on from there with an absolute tolerance so many times smaller, so often.
 */
const FINER = 1e-3, REFINEMENTS = 4;
/** With which a method's first step is chosen. */
const ORDERS = { tsit5: 5, rkc: 2, bdf: 1 } as const;
/** Where stiffness is expected, so many steps in a row that stability limits are enough of it. */
const SOON = 3;

/**
 * @throws RangeError when the request makes no sense: lengths that do not match, a tolerance that is not a non-negative
 * number, an initial value or time that is not finite, t1 before t0. Nothing else throws; what goes wrong on the way is
 * told in the outcome.
 */
export function integrate(given: OdeSystem, request: IntegrationRequest): IntegrationResult {
  let tolerance = checked(given, request);
  const { t0, t1 } = request;
  const y0 = new Float64Array(request.y0);
  // A fixed point is one of all components.
  const parted = request.steady === undefined && t1 > t0 ? given.part?.(y0, t1 - t0) : undefined;
  if (parted !== undefined) return integrateParted(parted, y0, request, tolerance);
  const calendar = t1 > t0 ? given.calendar?.(t0, t1) : undefined, system = calendar === undefined ? given : within(given, calendar.stretch);
  const counters: Counters = { steps: 0, rejected: 0, evaluations: 0, jacobians: 0, factorisations: 0 };
  const cancel = request.cancel ?? ((): boolean => false), poll = pollOf(request.cancel);
  const methods: Method[] = [];
  let stepper: Stepper | undefined;
  let linear: IntegrationResult['linear'];
  const finish = (outcome: Outcome, y: Float64Array): IntegrationResult => {
    const last = new Float64Array(y);
    if (system.nonNegative === true) clipNegative(last);
    stepper?.release?.();
    return { outcome, y: last, methods, ...counters, ...(linear === undefined ? {} : { linear }) };
  };

  const run = (): IntegrationResult => {
    if (t0 === t1) return finish({ kind: 'reached', t: t1 }, y0);
    if (cancel()) return finish({ kind: 'cancelled', t: t0 }, y0);
    const derivative = new Float64Array(system.dimension);
    system.rhs(t0, y0, derivative);
    counters.evaluations++;
    if (!allFinite(derivative)) return finish(stuck(t0, 'not a number', derivative.findIndex((rate) => !Number.isFinite(rate))), y0);

    /** No step from t on may end later: rates jump there, or have to be looked at. */
    const stop = (t: number): number => (calendar === undefined ? t1 : Math.min(t1, calendar.stop(t)));
    /** The method of this name takes over at t; nothing of the one before is kept, where rates have jumped not even the course of its last step. */
    const begin = (name: Method, t: number, y: Float64Array, f: Float64Array, suggested?: number, jumped = false): Stepper => {
      if (methods.at(-1) !== name) methods.push(name);
      const span = stop(t) - t, before = stepper, history = name === 'bdf' && !jumped ? before?.history?.() : undefined, known = suggested ?? history?.step;
      // What is right for accuracy may be less than moves t at all.
      const firstStep = Math.min(span, Math.max(known ?? chooseFirstStep(system, t, y, f, ORDERS[name], span, tolerance), 32 * Number.EPSILON * Math.abs(t)));
      if (known === undefined) counters.evaluations++;
      const from = { system, t, y, tolerance, firstStep, counters, cancel, poll, ...(request.settling === true ? { stiffAfter: SOON } : {}) };
      if (name === 'tsit5') stepper = new Tsit5(from, f);
      else if (name === 'rkc') stepper = new Rkc(from, f);
      else {
        system.prepare?.(poll);
        const bdf = new Bdf(from, f, undefined, history);
        linear = bdf.matrix.kind;
        stepper = bdf;
      }
      before?.release?.();
      return stepper;
    };

    /** What conserved totals allow at most; asked for where something may break them. */
    let most: Float64Array | undefined;
    const limits = (): Float64Array | undefined => {
      if (system.nonNegative !== true) return undefined;
      system.prepare?.(poll);
      return (most ??= system.conserved === undefined ? new Float64Array(system.dimension).fill(Infinity) : mostByTotals(system.conserved, y0));
    };
    let refinements = 0;

    const method = request.method ?? 'auto';
    const choice = method === 'auto' ? new MethodChoice(system, t1, counters, cancel) : undefined;
    let running = begin(choice === undefined ? (method as Method) : request.settling === true ? 'tsit5' : choice.first(t0, y0), t0, y0, derivative, request.firstStep);
    const watch = request.steady === undefined ? undefined
      : new SteadyWatch(system, t0, request.steady.tolerance, tolerance, () => { counters.evaluations++; }, poll);
    // A start next to an unstable fixed point must not be left behind by a first step that is too long.
    const start = watch?.look(t0, y0);
    if (start?.kind === 'watch') running.maxStep = start.maxStep;
    const tell = request.onStep === undefined ? undefined : observer(system, request.onStep);
    const maxSteps = request.maxSteps ?? MAX_STEPS, { bound } = request;

    for (;;) {
      if (counters.steps >= maxSteps) return finish({ kind: 'stuck', t: running.t, reason: 'step limit' }, running.y);
      const status = running.advance(stop(running.t));
      const { t, y } = running;
      if (status === 'cancelled') return finish({ kind: 'cancelled', t }, running.y);
      if (status !== 'accepted') {
        system.rhs(t, y, derivative);
        counters.evaluations++;
        const component = runaway(t - t0, y, derivative, limits());
        if (component < 0 && system.nonNegative === true && refinements < REFINEMENTS && y.some((value) => value < 0)) {
          refinements++;
          tolerance = { rtol: tolerance.rtol, atol: tolerance.atol.map((a) => a * FINER) };
          const from = Float64Array.from(y);
          clipNegative(from);
          system.rhs(t, from, derivative);
          counters.evaluations++;
          running = begin(running.name, t, from, derivative);
          continue;
        }
        return finish(component >= 0 ? { kind: 'diverged', t, component } : stuck(t, status, status === 'step underflow' ? fastest(y, derivative, tolerance) : -1), y);
      }
      // Beside constants out of scale the rounding of long implicit steps can undo what is conserved.
      const allowed = running.name === 'bdf' ? limits() : undefined, left = allowed === undefined ? -1 : beyondTotals(y, allowed, tolerance.atol);
      if (left >= 0) {
        const before = new Float64Array(system.dimension);
        running.at(running.previousT, before);
        return finish(stuck(running.previousT, 'step underflow', left), before);
      }
      tell?.(running);
      const component = bound === undefined ? beyondBound(y, y0) : above(y, bound);
      if (component >= 0) return finish({ kind: 'diverged', t, component }, y);
      if (watch !== undefined) {
        const verdict = watch.look(t, y);
        if (verdict.kind === 'steady' && request.steady?.goesOn?.(t, verdict.y) !== true) return finish({ kind: 'steady', t, residual: verdict.residual }, verdict.y);
        running.maxStep = verdict.kind === 'watch' ? verdict.maxStep : Infinity;
      }
      if (t >= t1) return finish({ kind: 'reached', t }, y);
      const next = choice?.next(running) ?? running.name, jumped = calendar?.pass(t) === true;
      if (next === running.name && !jumped) continue;
      poll();
      derivative.set(running.derivative);
      // A multistep method knows its polynomial's derivative only.
      if (jumped || running.name === 'bdf') {
        system.rhs(t, y, derivative);
        counters.evaluations++;
      }
      if (jumped && !allFinite(derivative)) return finish(stuck(t, 'not a number', derivative.findIndex((rate) => !Number.isFinite(rate))), y);
      running = begin(next, t, y, derivative, undefined, jumped);
    }
  };
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    return finish({ kind: 'cancelled', t: stepper?.t ?? t0 }, stepper?.y ?? y0);
  }
}

/** Integrates what has no closed form and puts both parts together. */
function integrateParted({ system, components, rest }: PartedSystem, y0: Float64Array, request: IntegrationRequest, { atol }: Tolerance): IntegrationResult {
  const { t0, onStep } = request, whole = (t: number, part: Float64Array, out: Float64Array): Float64Array => {
    rest(t - t0, out);
    for (let k = 0; k < components.length; k++) out[components[k]!] = part[k]!;
    if (system.nonNegative === true) clipNegative(out);
    return out;
  };
  const select = (from: Float64Array): Float64Array => {
    const selected = new Float64Array(components.length);
    for (let k = 0; k < components.length; k++) selected[k] = from[components[k]!]!;
    return selected;
  };
  const part = new Float64Array(components.length), shown = new Float64Array(y0.length);
  const told = onStep === undefined ? undefined : (step: Step): void => {
    let made = false;
    onStep({
      t0: step.t0, t1: step.t1, integrated: step.y,
      get y() {
        if (!made) whole(step.t1, step.y, shown);
        made = true;
        return shown;
      },
      at(t, out) {
        step.at(t, part);
        whole(t, part, out);
      },
    });
  };
  const result = integrate(system, { ...request, y0: select(y0), atol: select(atol), ...(told === undefined ? {} : { onStep: told }) }), { outcome } = result;
  return {
    ...result, y: whole(outcome.t, result.y, new Float64Array(y0.length)), closedForm: y0.length - components.length,
    outcome: 'component' in outcome ? { ...outcome, component: components[outcome.component]! } : outcome,
  };
}

function stuck(t: number, reason: 'step underflow' | 'not a number', component: number): Outcome {
  return { kind: 'stuck', t, reason, ...(component >= 0 ? { component } : {}) };
}

/** Wraps a stepper's last step for `onStep`, with nothing negative shown where nothing can be. */
function observer(system: OdeSystem, onStep: (step: Step) => void): (stepper: Stepper) => void {
  const shown = system.nonNegative === true ? new Float64Array(system.dimension) : undefined;
  return (stepper) => {
    let y = stepper.y;
    if (shown !== undefined) {
      shown.set(y);
      clipNegative(shown);
      y = shown;
    }
    onStep({
      t0: stepper.previousT, t1: stepper.t, y,
      at(t, out) {
        stepper.at(t, out);
        if (shown !== undefined) clipNegative(out);
      },
    });
  };
}

function checked(system: OdeSystem, request: IntegrationRequest): Tolerance {
  const n = system.dimension, { t0, t1, y0 } = request;
  const rtol = request.rtol ?? RTOL, given = request.atol ?? ATOL;
  if (y0.length !== n) throw new RangeError(t('The initial state has {0} components, the system {1}.', y0.length, n));
  if (!allFinite(y0)) throw new RangeError(t('Every initial value must be a finite number.'));
  if (!Number.isFinite(t0) || Number.isNaN(t1) || t1 < t0) throw new RangeError(t('The end time {0} must not lie before the start time {1}.', t1, t0));
  if (!(rtol >= 0) || rtol === Infinity) throw new RangeError(t('The relative tolerance {0} must be a non-negative number.', rtol));
  const atol = typeof given === 'number' ? new Float64Array(n).fill(given) : new Float64Array(given);
  if (atol.length !== n) throw new RangeError(t('There are {0} absolute tolerances for {1} components.', atol.length, n));
  for (const a of atol) if (!(a >= 0) || a === Infinity) throw new RangeError(t('The absolute tolerance {0} must be a non-negative number.', a));
  if (rtol === 0 && atol.some((a) => a === 0)) throw new RangeError(t('The relative and the absolute tolerance must not both be 0.'));
  const step = request.firstStep;
  if (step !== undefined && !(step > 0)) throw new RangeError(t('The first step {0} must be positive.', step));
  if (request.steady !== undefined && !(request.steady.tolerance > 0)) throw new RangeError(t('The tolerance of the fixed point must be positive.'));
  // Below the rounding of doubles no error test can pass.
  return { rtol: rtol > 0 ? Math.max(rtol, 1e-14) : 0, atol };
}

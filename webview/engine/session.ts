/**
 * What the worker does, without a worker: reads a text, checks and compiles it, runs it with the parameters it is given.
 * A run with other parameters uses the compiled structure again. Everything is synchronous; whoever wants it to stop ends
 * the worker, and what runs asks now and then whether it is still wanted.
 */
import { t } from '../../l10n/index.ts';
import { componentOf, parameterValues, unrolledCount, type Analysis, type EndCondition, type Network, type ParameterValues } from '../../chemistry/index.ts';
import { absoluteTolerance, compileNetwork, DEFAULT_ATOL, EventFinder, eventOf, goesOnAtRest, integrate, seedTolerances, type CompiledNetwork, type IntegrationRequest, type Outcome } from '../../simulation/index.ts';
import type { ImportedFile } from '../protocol.ts';
import type { FromWorker, MoleculeRequest, RunRequest, RunResult, ToWorker, Until } from '../worker-protocol.ts';
import { noiseSweeps } from './analysis/sweeps.ts';
import { causeOf } from './cause.ts';
import { EndFinder, endAfter, longestEnd } from './automatic-end.ts';
import { modulesOffered } from './modules.ts';
import { runByMolecules } from './molecules.ts';
import { ModelReader } from './reader.ts';
import { movingComponents, record, residualOf, settlingTime } from './record.ts';
import { summarise } from './summary.ts';
import { summariseTrainings } from './training/summary.ts';

/** Time between two reports of progress, in milliseconds. */
const REPORT = 50;
/** Time between two looks at the curves of a run that takes long; making one may cost a tenth of the run at most. */
const LOOK = 300;
/** How near a run to the fixed point comes to it, relative. */
const STEADY = 1e-9;
/** Steps after which a run to the fixed point gives up: what oscillates never gets there. */
const MOST_STEPS = 50_000;

export type Post = (message: FromWorker, transfer?: ArrayBufferLike[]) => void;

export class Session {
  readonly #post: Post;
  readonly #now: () => number;
  readonly #ended: () => boolean;
  readonly #reader = new ModelReader();
  /** What can be run: the network of the last document, if that has no errors. */
  #network: Network | undefined;
  #compiled: { readonly key: string; readonly compiled: CompiledNetwork } | undefined;
  #moving: Int32Array | undefined;
  #analysis: Analysis | undefined;

  /** @param ended whether nobody waits for an answer any more; asked often */
  constructor(post: Post, now: () => number = () => performance.now(), ended: () => boolean = () => false) {
    this.#post = post;
    this.#now = now;
    this.#ended = ended;
  }

  handle(message: ToWorker): void {
    try {
      if (message.type === 'load') this.#load(message.id, message.uri, message.text, message.imports);
      else this.#run(message.id, message.request);
    } catch (error) {
      this.#post({ type: 'failed', id: message.id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  #load(id: number, uri: string, text: string, imports: readonly ImportedFile[]): void {
    const start = this.#now();
    const { analysis, missing, problems } = this.#reader.read({ uri, text, imports });
    if (missing.length > 0) {
      this.#post({ type: 'needImports', id, requests: missing });
      return;
    }
    this.#network = undefined;
    this.#compiled = undefined;
    this.#moving = undefined;
    const { network } = analysis;
    const trainings = summariseTrainings(analysis);
    if (analysis.hasErrors || (network.dimension === 0 && trainings.length === 0)) {
      const modules = analysis.hasErrors ? undefined : modulesOffered(analysis);
      this.#post({ type: 'rejected', id, reason: analysis.hasErrors ? 'errors' : 'empty', problems, ...(modules === undefined ? {} : { modules }) });
      return;
    }
    const units = new Map(analysis.symbols.flatMap((symbol) => (
      symbol.kind === 'param' && symbol.unit !== undefined && symbol.module === undefined ? [[symbol.name, symbol.unit.text] as const] : [])));
    const sweeps = noiseSweeps(analysis), model = { ...summarise(network, parameterValues(network), units, trainings), ...(sweeps.length === 0 ? {} : { sweeps }) };
    this.#network = network;
    this.#analysis = analysis;
    // The first experiment is what will most likely be run.
    this.#compile(network, model.experiments[0]?.off ?? []);
    this.#post({ type: 'loaded', id, model, problems, milliseconds: this.#now() - start });
  }

  /** The network without these groups; compiled once as long as they stay the same. */
  #compile(network: Network, off: readonly string[]): CompiledNetwork {
    const key = [...off].sort().join('\n');
    if (this.#compiled?.key !== key) this.#compiled = { key, compiled: compileNetwork(network, parameterValues(network), { without: off }) };
    return this.#compiled.compiled;
  }

  #run(id: number, request: RunRequest): void {
    const network = this.#network;
    if (network === undefined) throw new Error(t('There is no model to run.'));
    const compiled = this.#compile(network, request.off);
    const values = parameterValues(network, new Map(Object.entries(request.overrides)));
    compiled.setParameters(values);
    if (request.until === 'fixed point' && !compiled.autonomous) {
      throw new Error(t('The rates of this network depend on time, so it has no fixed point. Run it to an end time instead.'));
    }
    const { system } = compiled, condition = conditionOf(network, request.condition);
    const y0 = compiled.initialState();
    for (const [name, value] of Object.entries(request.initial ?? {})) {
      const component = componentOf(network, name);
      if (component !== undefined) y0[component] = value;
    }
    this.#moving ??= movingComponents(network);
    // The setting's own default is meant for concentrations of the order of 1.
    const atol = request.atol === DEFAULT_ATOL ? absoluteTolerance(y0) : request.atol;
    const rates = new Float64Array(system.dimension);
    const start = this.#now();
    let reported = start;
    let nextLook = start + LOOK;

    const integrateTo = (until: Until, end: number): RunResult => {
      const recording = record(system, y0, this.#moving!, request.points);
      const finder = until === 'automatic' ? new EndFinder(unrolledCount(network)) : undefined;
      // Molecules meet it at times of their own.
      const event = condition === undefined || request.molecules !== undefined ? undefined : eventOf(condition, network, values);
      const crossing = event === undefined ? undefined : new EventFinder(event, 0, y0);
      const toRest = until === 'fixed point' || (until === 'automatic' && compiled.autonomous);
      let steps = 0;
      const integration: IntegrationRequest = {
        t0: 0, t1: end, y0, rtol: request.rtol, atol: request.atol === DEFAULT_ATOL ? seedTolerances(system, y0, end, atol) : atol, method: request.method,
        ...(toRest ? { steady: { tolerance: STEADY, ...(event === undefined ? {} : { goesOn: goesOnAtRest(event) }) } } : {}),
        ...(until === 'fixed point' ? { maxSteps: MOST_STEPS } : {}),
        cancel: finder === undefined && crossing === undefined ? this.#ended : () => finder?.end !== undefined || crossing?.found !== undefined || this.#ended(),
        onStep: (taken) => {
          const whole = crossing?.look(taken) ?? taken, step = finder === undefined || crossing?.found !== undefined ? whole : finder.look(whole);
          recording.onStep(step);
          steps++;
          const now = this.#now();
          if (now - reported < REPORT) return;
          reported = now;
          system.rhs(step.t1, step.y, rates);
          const report = { type: 'progress', id, t: step.t1, steps, residual: residualOf(rates), ...(typeof until === 'number' ? { fraction: step.t1 / end } : {}) } as const;
          if (now < nextLook) {
            this.#post(report);
            return;
          }
          const partial: RunResult = {
            until, trajectory: recording.finish(), outcome: { kind: 'cancelled', t: step.t1 }, final: Float64Array.from(step.y), finalRates: Float64Array.from(rates),
            methods: [], steps, evaluations: 0, milliseconds: now - start,
          };
          this.#post({ ...report, partial }, buffersOf(partial));
          const after = this.#now();
          nextLook = after + Math.max(LOOK, 9 * (after - now));
          reported = after;
        },
      };
      const integrated = integrate(system, integration);
      const milliseconds = this.#now() - start;
      const met = crossing?.found, found = met ?? finder?.end;
      const outcome: Outcome = found === undefined ? integrated.outcome : { kind: 'reached', t: found.t };
      const final = found?.y ?? integrated.y;
      const trajectory = recording.finish();
      const finalRates = new Float64Array(system.dimension);
      system.rhs(outcome.t, final, finalRates);
      const settled = outcome.kind === 'steady' ? settlingTime(trajectory, final, request.rtol > 0 ? atol / request.rtol : atol) : undefined;
      const cause = outcome.kind === 'diverged' ? causeOf(this.#analysis!, values, outcome.component, final, request.off, outcome.t) : undefined;
      const foundEnd = finder === undefined || met !== undefined ? undefined : outcome.kind === 'reached' ? outcome.t : settled !== undefined && settled > 0 ? endAfter(settled) : undefined;
      return {
        until, trajectory, outcome, ...(event === undefined ? {} : { condition: { text: condition!.text, ...(met === undefined ? {} : { t: met.t }) } }), ...(cause === undefined ? {} : { cause }), ...(settled === undefined ? {} : { settled }), ...(foundEnd === undefined ? {} : { foundEnd }), final, finalRates,
        methods: integrated.methods, steps: integrated.steps, evaluations: integrated.evaluations, milliseconds,
      };
    };

    const { until } = request;
    const longest = until === 'automatic' ? longestEnd(network, values, y0) : until === 'fixed point' ? Infinity : until;
    if (typeof until === 'number' && request.molecules !== undefined) {
      this.#finish(id, this.#byMolecules(id, network, values, request, request.molecules, until, start));
      return;
    }
    let result = integrateTo(until, longest);
    // What rests from the start is shown resting.
    if (until === 'automatic' && result.outcome.kind === 'steady' && result.foundEnd === undefined) result = { ...integrateTo(longest, longest), foundEnd: longest };
    if (request.molecules !== undefined) {
      // Where no end is given, the rate equations know one.
      const end = result.outcome.kind === 'steady' ? result.foundEnd ?? result.settled ?? result.outcome.t : result.outcome.t;
      result = { ...this.#byMolecules(id, network, values, request, request.molecules, end, start), ...(result.foundEnd === undefined ? {} : { foundEnd: result.foundEnd }) };
    }
    this.#finish(id, result);
  }

  #byMolecules(id: number, network: Network, values: ParameterValues, request: RunRequest, molecules: MoleculeRequest, end: number, start: number): RunResult {
    let reported = start;
    const condition = conditionOf(network, request.condition);
    const result = runByMolecules(network, values, request, { ...molecules, ...(condition === undefined ? {} : { condition }) }, end, (this.#moving ??= movingComponents(network)), this.#ended, (fraction, events) => {
      const now = this.#now();
      if (now - reported < REPORT) return;
      reported = now;
      this.#post({ type: 'progress', id, t: fraction * end, steps: events, residual: 0, fraction });
    });
    return { until: request.until, ...result, milliseconds: this.#now() - start };
  }

  #finish(id: number, result: RunResult): void {
    this.#post({ type: 'finished', id, result }, buffersOf(result));
  }
}

/** @throws Error where the experiment has none */
function conditionOf(network: Network, experiment: string | undefined): EndCondition | undefined {
  if (experiment === undefined) return undefined;
  const value = network.experiments.find(({ name }) => name === experiment)?.settings.get('until');
  if (value?.kind !== 'condition') throw new Error(t('The simulation {0} has no condition.', experiment));
  return value.condition;
}

/** What is handed over, not copied. */
function buffersOf({ trajectory, final, finalRates, molecules }: RunResult): ArrayBufferLike[] {
  const { times, rows, initial, values, residuals } = trajectory, { band } = molecules ?? {};
  return [times, rows, initial, values, residuals, final, finalRates, ...(band === undefined ? [] : [band.low, band.high])].map((array) => array.buffer);
}

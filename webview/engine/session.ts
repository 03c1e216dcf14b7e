/**
 * What the worker does, without a worker: reads a text, checks and compiles it, runs it with the parameters it is given.
 * A run with other parameters uses the compiled structure again. Everything is synchronous; whoever wants it to stop ends
 * the worker.
 */
import { parse, type SyntaxTree } from '../../grammar/index.ts';
import { analyse, initialState, parameterValues, type Analysis, type Diagnostic, type ImportResolver } from '../../chemistry/index.ts';
import { compileNetwork, integrate, type CompiledNetwork, type IntegrationRequest } from '../../simulation/index.ts';
import type { ImportedFile, ImportRequest } from '../protocol.ts';
import type { FromWorker, Problem, RunRequest, RunResult, ToWorker } from '../worker-protocol.ts';
import { movingComponents, record, residualOf, settlingTime } from './record.ts';
import { summarise } from './summary.ts';

/** Time between two reports of progress, in milliseconds. */
const REPORT = 50;
/** Time between two looks at the curves of a run that takes long; making one may cost a tenth of the run at most. */
const LOOK = 300;
/** How near a run to the fixed point comes to it, relative. */
const STEADY = 1e-9;
/** Steps after which a run to the fixed point gives up: what oscillates never gets there. */
const MOST_STEPS = 200_000;

export type Post = (message: FromWorker, transfer?: ArrayBufferLike[]) => void;

/** Line of an offset, counted from 1. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) line++;
  return line;
}

export class Session {
  readonly #post: Post;
  readonly #now: () => number;
  #analysis: Analysis | undefined;
  #compiled: CompiledNetwork | undefined;
  #moving: Int32Array | undefined;
  /** Parsed imports by URI and text, so that an edit of the document does not read them again. */
  #trees = new Map<string, { readonly text: string; readonly tree: SyntaxTree }>();

  constructor(post: Post, now: () => number = () => performance.now()) {
    this.#post = post;
    this.#now = now;
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
    const missing: ImportRequest[] = [];
    const texts = new Map<string, string>();
    const analysis = analyse(parse(text), { uri, resolveImport: this.#resolver(uri, imports, missing, texts) });
    if (missing.length > 0) {
      this.#post({ type: 'needImports', id, requests: missing });
      return;
    }
    this.#analysis = analysis;
    this.#compiled = undefined;
    this.#moving = undefined;
    const problems = analysis.diagnostics.map((diagnostic) => problemOf(diagnostic, text, texts));
    const { network } = analysis;
    if (analysis.hasErrors || network.dimension === 0) {
      this.#post({ type: 'rejected', id, reason: analysis.hasErrors ? 'errors' : 'empty', problems });
      return;
    }
    const parameters = parameterValues(network);
    this.#compiled = compileNetwork(network, parameters);
    const units = new Map(analysis.symbols.flatMap((symbol) => (
      symbol.kind === 'param' && symbol.unit !== undefined && symbol.module === undefined ? [[symbol.name, symbol.unit.text] as const] : [])));
    const model = summarise(network, parameters, initialState(network, parameters), units);
    this.#post({ type: 'loaded', id, model, problems, milliseconds: this.#now() - start });
  }

  #resolver(uri: string, imports: readonly ImportedFile[], missing: ImportRequest[], texts: Map<string, string>): ImportResolver {
    return (path, importer) => {
      const from = importer === undefined || importer === uri ? null : importer;
      const file = imports.find((candidate) => candidate.path === path && candidate.from === from);
      if (file === undefined) {
        if (!missing.some((request) => request.path === path && request.from === from)) missing.push({ path, from });
        return { error: 'It is being read.' };
      }
      if ('error' in file) return { error: file.error };
      texts.set(file.uri, file.text);
      let known = this.#trees.get(file.uri);
      if (known?.text !== file.text) {
        known = { text: file.text, tree: parse(file.text) };
        this.#trees.set(file.uri, known);
      }
      return { uri: file.uri, tree: known.tree };
    };
  }

  #run(id: number, request: RunRequest): void {
    const network = this.#analysis?.network;
    const compiled = this.#compiled;
    if (network === undefined || compiled === undefined) throw new Error('There is no model to run.');
    compiled.setParameters(parameterValues(network, new Map(Object.entries(request.overrides))));
    const { system } = compiled;
    const y0 = compiled.initialState();
    this.#moving ??= movingComponents(network);
    const recording = record(system, y0, this.#moving, request.points);
    const rates = new Float64Array(system.dimension);
    const start = this.#now();
    const end = request.until === 'fixed point' ? Infinity : request.until;
    let reported = start;
    let nextLook = start + LOOK;
    let steps = 0;
    const integration: IntegrationRequest = {
      t0: 0, t1: end, y0, rtol: request.rtol, atol: request.atol, method: request.method,
      ...(request.until === 'fixed point' ? { steady: { tolerance: STEADY }, maxSteps: MOST_STEPS } : {}),
      onStep: (step) => {
        recording.onStep(step);
        steps++;
        const now = this.#now();
        if (now - reported < REPORT) return;
        reported = now;
        system.rhs(step.t1, step.y, rates);
        const report = { type: 'progress', id, t: step.t1, steps, residual: residualOf(rates), ...(Number.isFinite(end) ? { fraction: step.t1 / end } : {}) } as const;
        if (now < nextLook) {
          this.#post(report);
          return;
        }
        const partial: RunResult = {
          trajectory: recording.finish(), outcome: { kind: 'cancelled', t: step.t1 }, final: Float64Array.from(step.y), finalRates: Float64Array.from(rates),
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
    const trajectory = recording.finish();
    const finalRates = new Float64Array(system.dimension);
    system.rhs(integrated.outcome.t, integrated.y, finalRates);
    const settled = integrated.outcome.kind === 'steady' ? settlingTime(trajectory, integrated.y, request.atol / request.rtol) : undefined;
    const result: RunResult = {
      trajectory, outcome: integrated.outcome, ...(settled === undefined ? {} : { settled }), final: integrated.y, finalRates,
      methods: integrated.methods, steps: integrated.steps, evaluations: integrated.evaluations, milliseconds,
    };
    this.#post({ type: 'finished', id, result }, buffersOf(result));
  }
}

/** What is handed over, not copied. */
function buffersOf({ trajectory, final, finalRates }: RunResult): ArrayBufferLike[] {
  const { times, rows, initial, values, residuals } = trajectory;
  return [times, rows, initial, values, residuals, final, finalRates].map((array) => array.buffer);
}

function problemOf(diagnostic: Diagnostic, text: string, imported: ReadonlyMap<string, string>): Problem {
  const { code, severity, message, unit, span, file } = diagnostic;
  const place = { uri: file ?? null, start: unit.start + span.start, end: unit.start + span.end };
  return { code, severity, message, place, line: lineOf(file === undefined ? text : (imported.get(file) ?? ''), place.start) };
}

/**
 * The first run of a lab that is being opened. A page takes as long to come up as a model to be read and run, so its host does that meanwhile,
 * in a thread of its own, and hands both answers over with the text; the page's own worker gives the later ones. Only what a page that has
 * just come up would ask for is computed: the request is made by the page's own rules (`store.ts`).
 */
import { fingerprint } from '../fingerprint.ts';
import type { ImportedFile, ImportRequest, LabSettings } from '../protocol.ts';
import { initialLab, reduce, runRequest, tabOf, type Action } from '../store.ts';
import type { ModelText } from '../training-protocol.ts';
import type { FromWorker, ModelSummary, Problem, RunRequest, RunResult, ToWorker } from '../worker-protocol.ts';

/** What the worker answers about a text and to the first request. */
export interface FirstRun {
  /** Fingerprint of the text and its imports, see `readOf`. */
  readonly read: string;
  readonly model: ModelSummary;
  readonly problems: readonly Problem[];
  /** Milliseconds spent reading. */
  readonly milliseconds: number;
  readonly request: RunRequest;
  readonly result: RunResult;
}

/** What is to be run: a document, with the user's settings, and an experiment if one is named. */
export interface Opening {
  readonly uri: string;
  readonly text: string;
  readonly settings: LabSettings;
  readonly experiment: string | undefined;
}

/** Larger answers would take longer on their way than the page's worker takes to make them. */
const MOST_BYTES = 512 * 1024;
/** Imports of imports of imports: so many times the worker may ask for more. */
const MOST_ROUNDS = 20;

/** Tells a text with its imports from others. */
export function readOf({ text, imports }: Pick<ModelText, 'text' | 'imports'>): string {
  return fingerprint([text, ...imports.flatMap((file) => [file.path, 'text' in file ? file.text : ''])]);
}

function bytesOf({ trajectory, final, finalRates, molecules }: RunResult): number {
  const band = molecules?.band;
  return [trajectory.times, trajectory.values, trajectory.residuals, trajectory.initial, final, finalRates, ...(band === undefined ? [] : [band.low, band.high])].reduce((sum, array) => sum + array.byteLength, 0);
}

/**
 * @param ask has the worker answer a message; reports of progress are no answers
 * @param read fetches imported texts
 * @returns the answers with the imports they depend on; undefined where the page would run nothing at first, or the worker finds no answer
 */
export async function firstRun(
  { uri, text, settings, experiment }: Opening, ask: (message: ToWorker) => Promise<FromWorker>, read: (requests: readonly ImportRequest[]) => Promise<readonly ImportedFile[]>,
): Promise<{ readonly run: FirstRun; readonly imports: readonly ImportedFile[] } | undefined> {
  let imports: readonly ImportedFile[] = [], id = 0;
  let loaded: FromWorker;
  for (;;) {
    loaded = await ask({ type: 'load', id: ++id, uri, text, imports });
    if (loaded.type !== 'needImports' || id > MOST_ROUNDS) break;
    imports = [...imports, ...await read(loaded.requests)];
  }
  if (loaded.type !== 'loaded') return undefined;
  // The same that the page goes through.
  const actions: readonly Action[] = [{ type: 'settings', settings }, ...(experiment === undefined ? [] : [{ type: 'experiment', name: experiment } as const]), { type: 'document', uri, name: '' }, { type: 'worker', message: loaded }];
  const state = actions.reduce(reduce, initialLab), request = tabOf(state) === 'training' ? undefined : runRequest(state);
  // Trainings and sweeps are told in ways of their own, which the page's worker knows.
  if (request === undefined || loaded.model.trainings.length > 0 || loaded.model.sweeps !== undefined) return undefined;
  const finished = await ask({ type: 'run', id: id + 1, request });
  if (finished.type !== 'finished' || bytesOf(finished.result) > MOST_BYTES) return undefined;
  const { model, problems, milliseconds } = loaded;
  return { run: { read: readOf({ text, imports }), model, problems, milliseconds, request, result: finished.result }, imports };
}

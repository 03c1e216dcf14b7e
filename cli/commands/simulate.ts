/** `onepot simulate FILE [NAME] …` */
import { availableParallelism } from 'node:os';
import { chosen, MOST_LISTED } from '../lib/chosen.ts';
import { csvRow } from '../lib/csv.ts';
import { exitCode, moleculesExitCode } from '../lib/exit-code.ts';
import { fixedPointsJson, printFixedPoints } from '../lib/fixed-points-report.ts';
import { runInWorker } from '../lib/in-worker.ts';
import { DEFAULT_END } from '../lib/limits.ts';
import { conditionJson, moleculesJson, printMolecules, roundingNote, type Format } from '../lib/molecules-report.ts';
import { number } from '../lib/number.ts';
import type { RunOptions } from '../lib/settings.ts';
import { colours, count, note, print } from '../lib/terminal.ts';
import type { Finished } from '../lib/worker-protocol.ts';

export interface SimulateOptions extends RunOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
  /** Threads for replicas; as many as there are processors when left out. */
  readonly workers?: number;
}

export async function simulate(file: string, experiment: string | undefined, { json, csv, workers, ...options }: SimulateOptions): Promise<number> {
  const format: Format = json === true ? 'json' : csv === true ? 'csv' : 'words';
  const result = await runInWorker({ file, options, ...(experiment === undefined ? {} : { experiment }) }, workers ?? availableParallelism());
  const { endGiven, partial } = result.type === 'replicas' ? result.parts[0]! : result;
  if (!endGiven) note(`No end time is given, neither in a simulate statement nor by --until; it ran to t = ${DEFAULT_END}.`);
  if (partial && format !== 'words') note('The network is large: arrays of more than 100 elements are left out.');
  if (result.type === 'finished') return report(result, format);
  const rounding = roundingNote((result.type === 'replicas' ? result.parts[0]! : result).rounded);
  if (rounding !== undefined) note(rounding);
  if (result.type === 'replicas') {
    const [{ ensembleOf, reportEnsemble }, { loadSound }] = await Promise.all([import('../lib/ensemble-report.ts'), import('../lib/sound.ts')]);
    const ensemble = ensembleOf(loadSound(file).analysis.network, result);
    if (format !== 'words' && ensemble.code !== 0) note(ensemble.sentence);
    return reportEnsemble(ensemble, format);
  }
  const code = result.missed === true ? 1 : moleculesExitCode(result.outcome);
  if (format === 'json') print(JSON.stringify(moleculesJson(result)));
  else if (format === 'csv') printCsv(result);
  else {
    printMolecules(result);
    printFinal(result);
  }
  if (format !== 'words' && code !== 0) note(result.sentence);
  return code;
}

function report(result: Finished, format: Format): number {
  const code = result.missed === true ? 1 : exitCode(result.outcome);
  if (format === 'json') print(JSON.stringify(simulationJson(result)));
  else if (format === 'csv') printCsv(result);
  else printSummary(result);
  // Machines read stdout; a person at the terminal still wants to know.
  if (format !== 'words' && code !== 0) note(result.sentence);
  return code;
}

/** The object of --json. */
export function simulationJson(result: Finished): Record<string, unknown> {
  return {
    outcome: result.outcome.kind,
    message: result.sentence,
    ...conditionJson(result.condition),
    method: result.methods.join('+'),
    t: Array.from(result.t),
    species: Object.fromEntries([...result.species].map(([name, values]) => [name, Array.from(values)])),
    steps: result.steps,
    evaluations: result.evaluations,
    seconds: result.seconds,
    buildSeconds: result.buildSeconds,
    ...(result.fixedPoints === undefined ? {} : fixedPointsJson(result.fixedPoints)),
  };
}

function printCsv(result: Pick<Finished, 't' | 'species'>): void {
  const columns = [...result.species.values()];
  print(csvRow(['t', ...result.species.keys()]));
  for (const [i, t] of result.t.entries()) print(csvRow([t, ...columns.map((values) => values[i] ?? NaN)]));
}

function printSummary(result: Finished): void {
  print(exitCode(result.outcome) === 0 && result.missed !== true ? result.sentence : colours.yellow(result.sentence));
  const how = result.methods.length === 0 ? '' : `${result.methods.join(', then ')}: `;
  print(colours.dim(`${how}${count(result.steps, 'step')}, ${count(result.evaluations, 'evaluation')}, ${number(result.seconds)} s CPU; built in ${number(result.buildSeconds)} s`));
  if (result.fixedPoints === undefined || result.fixedPoints.points.length === 0) printFinal(result);
  else printFixedPoints(result.fixedPoints, result.timeUnit, result.plot);
}

/** The state at the end, of the species that the experiment plots. */
function printFinal({ names, plot, final }: Pick<Finished, 'names' | 'plot' | 'final'>): void {
  const wanted = chosen(names, plot), shown = wanted.slice(0, MOST_LISTED);
  const width = Math.max(...shown.map(({ name }) => name.length), 0);
  for (const { name, component } of shown) print(`${name.padEnd(width)}  ${number(final[component] ?? NaN)}`);
  if (wanted.length > shown.length) print(colours.dim(`… and ${wanted.length - shown.length} more; --csv or --json give all.`));
}

/** `onepot simulate FILE [NAME] …` */
import { csvRow } from '../lib/csv.ts';
import { runInWorker } from '../lib/in-worker.ts';
import { exitCode, number } from '../lib/outcome.ts';
import { DEFAULT_END, type RunOptions } from '../lib/settings.ts';
import { colours, note, print } from '../lib/terminal.ts';
import type { Finished } from '../lib/worker-protocol.ts';

export interface SimulateOptions extends RunOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** More species than this are not listed on a terminal. */
const MOST_LISTED = 40;

export async function simulate(file: string, experiment: string | undefined, { json, csv, ...options }: SimulateOptions): Promise<number> {
  const result = await runInWorker({ file, options, ...(experiment === undefined ? {} : { experiment }) });
  if (!result.endGiven) note(`No end time is given, neither in a simulate statement nor by --until; it ran to t = ${DEFAULT_END}.`);
  if (result.partial && (json === true || csv === true)) note('The network is large: arrays of more than 100 elements are left out.');
  if (json === true) print(JSON.stringify(simulationJson(result)));
  else if (csv === true) printCsv(result);
  else printSummary(result);
  if (json === true || csv === true) {
    // Machines read stdout; a person at the terminal still wants to know.
    if (exitCode(result.outcome) !== 0) note(result.sentence);
  }
  return exitCode(result.outcome);
}

/** The object of --json. */
export function simulationJson(result: Finished): Record<string, unknown> {
  return {
    outcome: result.outcome.kind,
    message: result.sentence,
    method: result.methods.join('+'),
    t: Array.from(result.t),
    species: Object.fromEntries([...result.species].map(([name, values]) => [name, Array.from(values)])),
    steps: result.steps,
    evaluations: result.evaluations,
    seconds: result.seconds,
    buildSeconds: result.buildSeconds,
  };
}

function printCsv(result: Finished): void {
  const columns = [...result.species.values()];
  print(csvRow(['t', ...result.species.keys()]));
  for (const [i, t] of result.t.entries()) print(csvRow([t, ...columns.map((values) => values[i] ?? NaN)]));
}

function printSummary(result: Finished): void {
  print(exitCode(result.outcome) === 0 ? result.sentence : colours.yellow(result.sentence));
  print(colours.dim(`${result.methods.join(', then ')}: ${result.steps} steps, ${result.evaluations} evaluations, ${number(result.seconds)} s CPU; built in ${number(result.buildSeconds)} s`));
  const chosen = result.names.map((name, component) => ({ name, component })).filter(({ name }) => result.plot.length === 0 || result.plot.some((wanted) => name === wanted || /^[[^]/.test(name.slice(wanted.length)) && name.startsWith(wanted)));
  const width = Math.max(...chosen.slice(0, MOST_LISTED).map(({ name }) => name.length), 0);
  for (const { name, component } of chosen.slice(0, MOST_LISTED)) print(`${name.padEnd(width)}  ${number(result.final[component] ?? NaN)}`);
  if (chosen.length > MOST_LISTED) print(colours.dim(`… and ${chosen.length - MOST_LISTED} more; --csv or --json give all.`));
}

/** What is told of many runs molecule by molecule. */
import type { Network } from '../../chemistry/index.ts';
import { summariseEnsemble, type EnsembleSpecies, type EnsembleSums, type Meetings } from '../../simulation/index.ts';
import { chosen, MOST_LISTED } from './chosen.ts';
import { csvRow } from './csv.ts';
import { moleculesExitCode } from './exit-code.ts';
import type { Ran } from './in-worker.ts';
import { scaleWords, type Format } from './molecules-report.ts';
import { together } from './molecules.ts';
import { number } from './number.ts';
import { colours, count, print } from './terminal.ts';
import type { ReplicasFinished } from './worker-protocol.ts';

/** What can be said of replicas that were shared out among threads. */
export interface Ensemble {
  readonly outcome: 'reached' | 'cancelled' | 'too many events' | 'stuck';
  readonly sentence: string;
  readonly code: number;
  /** Absent when no replica came to its end. */
  readonly summary?: ReturnType<typeof summariseEnsemble>;
  readonly events: number;
  readonly threads: number;
  readonly seconds: number;
  readonly first: ReplicasFinished;
}

export function ensembleOf(network: Network, { parts, seconds }: Extract<Ran, { type: 'replicas' }>): Ensemble {
  const [first] = parts;
  if (first === undefined) throw new Error('There is nothing to sum.');
  const { settings, until } = first;
  const stopped = parts.flatMap((part) => (part.stopped === undefined ? [] : [part.stopped])).sort((a, b) => a.replica - b.replica)
    // A run that cannot go on is the news; that others were called off is its consequence.
    .sort((a, b) => Number(a.outcome.kind === 'cancelled') - Number(b.outcome.kind === 'cancelled'))[0];
  const sums = together(parts.map((part) => part.sums)) as EnsembleSums;
  const scale = settings.output === 'molecules' ? 1 : 1 / first.moleculesPerConcentration;
  const told = { events: sums.events, threads: parts.length, seconds, first };
  const summary = sums.replicas > 0 ? { summary: summariseEnsemble(network, sums, { scale }) } : {};
  if (stopped === undefined) {
    const { extinct } = sums.outcomes;
    const unit = network.units.time === undefined ? '' : ` ${network.units.time}`;
    const idle = extinct === 0 ? '' : `; in ${extinct === sums.replicas ? 'all' : extinct} of them nothing could react any more at the end`;
    const met = 'summary' in summary ? summary.summary.met : undefined, spread = met === undefined || Number.isNaN(met.variance) ? '' : ` ± ${number(Math.sqrt(met.variance))}`;
    const sentence = first.condition === undefined ? `${count(sums.replicas, 'run')} reached t = ${number(until)}${unit}${idle}.`
      : met === undefined ? `“${first.condition}” did not come true in ${count(sums.replicas, 'run')} up to t = ${number(until)}${unit}.`
        : `“${first.condition}” in ${met.replicas === sums.replicas ? `all ${count(sums.replicas, 'run')}` : `${met.replicas.toLocaleString('en-US')} of ${count(sums.replicas, 'run')}`}, at t = ${number(met.mean)}${spread}${unit}.`;
    return { outcome: 'reached', sentence, code: first.condition !== undefined && met === undefined ? 1 : 0, ...summary, ...told };
  }
  const { outcome, sentence, replica } = stopped;
  if (outcome.kind === 'cancelled') {
    return { outcome: 'cancelled', sentence: `Cancelled: ${sums.replicas} of ${count(settings.replicas, 'run')} were over.`, code: 130, ...summary, ...told };
  }
  // The runs that did arrive are not a fair sample of all.
  return { outcome: outcome.kind as 'stuck', sentence: `Run ${replica + 1} of ${settings.replicas}: ${sentence}`, code: moleculesExitCode(outcome), ...told };
}

/** Means, deviations and bands. @returns the exit code */
export function reportEnsemble(ensemble: Ensemble, format: Format): number {
  const { summary, first, sentence, code } = ensemble, { settings } = first;
  if (format === 'json') print(JSON.stringify(ensembleJson(ensemble)));
  else if (format === 'csv') {
    if (summary !== undefined) printEnsembleCsv(summary);
  } else {
    print(code === 0 ? sentence : colours.yellow(sentence));
    print(colours.dim(`${first.engine}: ${number(ensemble.events)} events, ${number(ensemble.seconds)} s on ${count(ensemble.threads, 'thread')}; seed ${settings.seed}, ${scaleWords(first)}`));
    if (summary !== undefined) printEnsembleTable(summary, first);
  }
  return code;
}

function ensembleJson({ outcome, sentence, summary, events, threads, seconds, first }: Ensemble): Record<string, unknown> {
  const { settings } = first;
  return {
    outcome, message: sentence, ...(first.condition === undefined ? {} : { condition: { until: first.condition, ...meetingsJson(summary?.met, summary?.levels ?? []) } }),
    method: settings.method, algorithm: first.engine, seed: settings.seed, replicas: summary?.replicas ?? 0, quantileReplicas: summary?.quantileReplicas ?? 0, volume: settings.volume,
    moleculesPerConcentration: first.moleculesPerConcentration, output: settings.output,
    t: summary === undefined ? [] : Array.from(summary.t),
    species: Object.fromEntries([...(summary?.species ?? [])].map(([name, one]) => [name, {
      mean: Array.from(one.mean), sd: deviations(one), quantiles: Object.fromEntries(one.quantiles.map((band, k) => [String(summary?.levels[k]), Array.from(band)])),
    }])),
    events, workers: threads, seconds, buildSeconds: first.buildSeconds,
  };
}

/** In how many replicas a condition came true, and when. */
function meetingsJson(met: Meetings | undefined, levels: readonly number[]): Record<string, unknown> {
  if (met === undefined) return { replicas: 0, at: null };
  return {
    replicas: met.replicas,
    at: { mean: met.mean, sd: Number.isNaN(met.variance) ? null : Math.sqrt(met.variance), quantiles: Object.fromEntries(met.quantiles.map((t, k) => [String(levels[k]), t])) },
  };
}

/** √variance; null for a single run, of which nobody knows it. */
function deviations({ variance }: EnsembleSpecies): (number | null)[] {
  return Array.from(variance, (value) => (Number.isNaN(value) ? null : Math.sqrt(value)));
}

const percent = (level: number): string => `${number(100 * level)} %`;

function printEnsembleCsv({ t, species, levels }: NonNullable<Ensemble['summary']>): void {
  print(csvRow(['t', ...[...species.keys()].flatMap((name) => [`${name} mean`, `${name} sd`, ...levels.map((level) => `${name} ${percent(level)}`)])]));
  const columns = [...species.values()].flatMap((one) => [one.mean, deviations(one), ...one.quantiles]);
  for (const [i, time] of t.entries()) print(csvRow([time, ...columns.map((values) => values[i] ?? '')]));
}

function printEnsembleTable({ species, levels }: NonNullable<Ensemble['summary']>, { plot }: ReplicasFinished): void {
  const names = [...species.keys()], wanted = chosen(names, plot), shown = wanted.slice(0, MOST_LISTED);
  const cells = shown.map(({ name }) => {
    const one = species.get(name)!, last = one.mean.length - 1, sd = deviations(one)[last];
    return [name, number(one.mean[last]!), sd === null || sd === undefined ? '–' : number(sd), ...one.quantiles.map((band) => number(band[last]!))];
  });
  const rows = [['', 'mean', 'sd', ...levels.map(percent)], ...cells];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const [r, row] of rows.entries()) {
    const line = row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ');
    print(r === 0 ? colours.dim(line) : line);
  }
  if (wanted.length > shown.length) print(colours.dim(`… and ${wanted.length - shown.length} more; --csv or --json give all.`));
}

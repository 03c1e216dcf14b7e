/**
 * `npm run bench -- --models DIR --yardstick DIR [--only NAME]…`: CPU time of our integration as a ratio to CVODE's in the same run,
 * at the error that both achieve. Absolute seconds belong to the machine; the ratios are what to compare.
 * Prints a table and saves everything as JSON in bench/out/.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ATOL, JITTER, median, MODELS, RTOL, scaledError, type BenchModel } from './models.ts';
import { build, solve } from './ours.ts';
import { Yardstick, type Timing } from './yardstick.ts';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    models: { type: 'string', default: join(root, '../shared/models') },
    yardstick: { type: 'string', default: join(root, '../shared/yardsticks') },
    only: { type: 'string', multiple: true },
  },
});

interface Row {
  readonly model: string;
  readonly end: number;
  readonly species: number;
  readonly reactions: number;
  readonly buildSeconds: number;
  readonly methods: readonly string[];
  readonly steps: number;
  /** The first run in this process, its code not yet compiled by the engine, and the median of all runs after it. */
  readonly firstSeconds: number;
  readonly seconds: number;
  readonly error?: number;
  readonly cvode?: { readonly seconds: number; readonly steps: number; readonly error: number; readonly kluSeconds: number };
}

function measure(model: BenchModel, netFile: string, yardstick: Yardstick | undefined): Row {
  const built = build(readFileSync(netFile, 'utf8'), `${model.name}.net`);
  const first = solve(built, model.end, 'auto', RTOL, ATOL);
  const runs = JITTER.map((factor) => solve(built, model.end, 'auto', RTOL * factor, ATOL * factor));
  const row: Row = {
    model: model.name, end: model.end, species: built.species, reactions: built.reactions, buildSeconds: built.buildSeconds,
    methods: first.methods, steps: median(runs.map((run) => run.steps)), firstSeconds: first.seconds, seconds: median(runs.map((run) => run.seconds)),
  };
  if (yardstick === undefined) return row;
  const input = yardstick.translate(netFile, model.name);
  const reference = yardstick.solve(input, model.end, 'klu-amd', 1e-10, 1e-14, 1);
  const repeat = built.reactions > 1000 ? 2 : 20;
  const times = (solver: 'gmres-ilu0' | 'klu-amd'): Timing[] => JITTER.map((factor) => yardstick.solve(input, model.end, solver, RTOL * factor, ATOL * factor, repeat));
  const gmres = times('gmres-ilu0');
  return {
    ...row,
    error: median(runs.map((run) => scaledError(run.final, reference.final))),
    cvode: {
      seconds: median(gmres.map((run) => run.seconds)), steps: median(gmres.map((run) => run.steps)),
      error: median(gmres.map((run) => scaledError(run.final, reference.final))), kluSeconds: median(times('klu-amd').map((run) => run.seconds)),
    },
  };
}

const digits = (value: number | undefined): string => (value === undefined ? '–' : String(Number(value.toPrecision(3))));

function print(rows: readonly Row[]): void {
  const header = ['model', 't', 'species', 'reactions', 'build s', 'method', 'steps', 'first s', 's', 'error', 'CVODE s', 'steps', 'error', 'KLU s', 'ratio', 'first'];
  const lines = rows.map((row) => [
    row.model, String(row.end), String(row.species), String(row.reactions), digits(row.buildSeconds), row.methods.join('+'), digits(row.steps),
    digits(row.firstSeconds), digits(row.seconds), digits(row.error), digits(row.cvode?.seconds), digits(row.cvode?.steps), digits(row.cvode?.error), digits(row.cvode?.kluSeconds),
    digits(row.cvode && row.seconds / row.cvode.seconds), digits(row.cvode && row.firstSeconds / row.cvode.seconds),
  ]);
  const widths = header.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)));
  for (const line of [header, ...lines]) console.log(line.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '));
  console.log(`\nCPU seconds of the integration alone at rtol ${RTOL.toExponential()}, atol ${ATOL.toExponential()}; medians over ${JITTER.length} tolerances near these. CVODE: GMRES with ILU(0), and KLU.`);
  console.log('ratio: ours to CVODE with GMRES and ILU(0); first: of the first run in this process. error: max |y − ref|/(rtol·|ref| + atol) at the end.');
}

const chosen = MODELS.filter((model) => values.only === undefined || values.only.includes(model.name));
const present = chosen.filter((model) => existsSync(join(values.models, `${model.name}.net`)));
for (const model of chosen) if (!present.includes(model)) console.log(`${model.name}: there is no ${join(values.models, `${model.name}.net`)}; name the folder with --models.`);
if (present.length > 0) {
  const made = Yardstick.build(values.yardstick);
  const yardstick = made instanceof Yardstick ? made : undefined;
  if (!(made instanceof Yardstick)) console.log(`No comparison: ${made.why}.`);
  try {
    const rows = present.map((model) => measure(model, join(values.models, `${model.name}.net`), yardstick));
    print(rows);
    const out = join(root, 'bench/out');
    mkdirSync(out, { recursive: true });
    const file = join(out, `${new Date().toISOString().replace(/[:.]/g, '-')}.json`);
    const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memory: totalmem(), system: `${process.platform} ${release()}`, node: process.version, v8: process.versions.v8 };
    writeFileSync(file, `${JSON.stringify({ date: new Date().toISOString(), machine, rtol: RTOL, atol: ATOL, jitter: JITTER, rows }, null, 2)}\n`);
    console.log(`Saved in ${file}`);
  } finally {
    yardstick?.remove();
  }
} else {
  process.exitCode = 2;
}

/**
 * `npm run bench -- --models DIR --yardstick DIR [--only PART]… [--picture FILE]`: what the engine takes, as ratios to CVODE in the same
 * run on the same machine, at the error that both achieve. Absolute seconds belong to the machine; the ratios are what to
 * compare. Prints a table and saves everything as JSON in bench/out/, with a plot of time against error.
 * Parts: names of models, growth, pots.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { growth, type Growth } from './growth.ts';
import { median, scaledError, secondsAt, type WorkPoint } from './measure.ts';
import { JITTER, MODELS, type BenchModel } from './models.ts';
import { molecules, type Molecules } from './molecules.ts';
import { plot } from './plot.ts';
import * as pots from './pots.ts';
import { wholeProcess, type WholeProcess } from './whole-process.ts';
import { workPrecision, type WorkPrecision } from './work-precision.ts';
import { Yardstick } from './yardstick.ts';

const root = resolve(import.meta.dirname, '..');
const values = given();

function given() {
  try {
    return parseArgs({
      options: {
        models: { type: 'string', default: join(root, '../shared/models') },
        yardstick: { type: 'string', default: join(root, '../shared/yardsticks') },
        only: { type: 'string', multiple: true },
        picture: { type: 'string' },
      },
    }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\nnpm run bench -- [--models DIR] [--yardstick DIR] [--only PART]… [--picture FILE]`);
    process.exit(2);
  }
}

/** One line of the table: what was measured, the figure, what it is compared with, and the bound it shall keep. */
interface Line {
  readonly what: string;
  readonly figure: string;
  readonly beside?: string;
}

interface Pots {
  readonly species: number;
  readonly reactions: number;
  readonly seconds: number;
  readonly methods: readonly string[];
  readonly steps: number;
  /** Species that were not integrated. */
  readonly closedForm: number;
  /** Ours over a range of tolerances, and our time at the error of CVODE's quicker variant. */
  readonly cvode?: { readonly solver: string; readonly seconds: number; readonly steps: number; readonly error: number; readonly ours: readonly WorkPoint[]; readonly oursAtError?: number };
  readonly presentationSeconds: number;
}

/** Multiples of the tolerance that pots are trained with. */
const POT_TOLERANCES = [0.1, 0.3, 1, 3, 10, 30] as const;

const digits = (value: number | undefined): string => (value === undefined ? '–' : String(Number(value.toPrecision(3))));

function linesOf(result: WorkPrecision): Line[] {
  const at = result.ours.find(({ rtol }) => rtol === 1e-6);
  const lines: Line[] = result.ratios.map(({ rtol, error, solver, ratio, atMost }) => ({
    what: `${result.model}, t = ${result.end}, at CVODE's error of rtol ${rtol.toExponential()} (${digits(error)})`,
    figure: ratio === undefined ? '–' : `${atMost === true ? 'at most ' : ''}${digits(ratio)} of CVODE's time`, beside: `${result.against === 'best' ? 'best variant: ' : ''}${solver}`,
  }));
  const told = result.ratios.find(({ rtol }) => rtol === 1e-6), theirs = told === undefined ? undefined : result.cvode[told.solver]?.find(({ rtol }) => rtol === 1e-6);
  if (at !== undefined) {
    lines.push({
      what: `${result.model}, rtol 1e-6, warm`, figure: `${digits(at.seconds)} s, ${digits(at.steps)} steps${Number.isFinite(at.error) ? `, error ${digits(at.error)}` : ''}`,
      ...(theirs === undefined ? {} : { beside: `${digits(theirs.seconds)} s, ${digits(theirs.steps)} steps, error ${digits(theirs.error)}` }),
    });
  }
  lines.push({ what: `${result.model}, first run in a new process`, figure: `${digits(result.firstSeconds)} s`, ...(theirs === undefined ? {} : { beside: `${digits(result.firstSeconds / theirs.seconds)} of CVODE's` }) });
  lines.push({ what: `${result.model}, from text to a system`, figure: `${digits(result.buildSeconds)} s` });
  return lines;
}

function measurePots(yardstick: Yardstick | undefined): Pots {
  const pot = pots.railsPot(32);
  for (let k = 0; k < 5; k++) pots.dwell(pot);
  const runs = Array.from({ length: 9 }, () => pots.dwell(pot));
  const run = runs[0]!;
  const presentationSeconds = pots.presentation(100);
  const result = { species: pot.initial.length, reactions: 0, seconds: median(runs.map(({ seconds }) => seconds)), methods: run.methods, steps: run.steps, closedForm: run.closedForm, presentationSeconds };
  if (yardstick === undefined) return result;
  const file = join(yardstick.folder, 'pot.txt'), reactions = pots.writeUnrolled(pot, file);
  const both = (['gmres', 'gmres-ilu0'] as const).map((solver) => ({ solver, ...yardstick.solve(file, pots.DWELL, solver, pots.RTOL, pots.ATOL, 3) }));
  const { solver, seconds, steps, final } = both.sort((a, b) => a.seconds - b.seconds)[0]!;
  const reference = yardstick.solve(file, pots.DWELL, 'gmres', 1e-9, 1e-12, 1).final;
  const errorOf = (state: ArrayLike<number>): number => scaledError(state, reference, pots.RTOL, pots.ATOL);
  const ours = POT_TOLERANCES.map((factor): WorkPoint => {
    const each = JITTER.map((jitter) => pots.dwell(pot, pots.RTOL * factor * jitter, pots.ATOL * factor * jitter));
    return { rtol: pots.RTOL * factor, seconds: median(each.map((run) => run.seconds)), steps: median(each.map((run) => run.steps)), error: median(each.map((run) => errorOf(run.final))) };
  });
  const error = errorOf(final), oursAtError = secondsAt(ours, error);
  return { ...result, reactions, cvode: { solver, seconds, steps, error, ours, ...(oursAtError === undefined ? {} : { oursAtError }) } };
}

function linesOfPots({ species, reactions, seconds, methods, steps, closedForm, cvode, presentationSeconds }: Pots): Line[] {
  return [
    {
      what: `784-32-10 pot on its rails, one dwell (${species.toLocaleString('en-US')} species${reactions > 0 ? `, ${reactions.toLocaleString('en-US')} reactions` : ''})`,
      figure: cvode === undefined ? `${digits(seconds)} s` : `${digits(cvode.seconds / (cvode.oursAtError ?? seconds))} times faster than CVODE`,
      beside: cvode === undefined ? `${steps} steps, ${methods.join('+')}`
        : `at its error ${digits(cvode.error)}; rtol 1e-4: ${digits(seconds)} s, ${steps} steps, ${methods.join('+')}, ${closedForm.toLocaleString('en-US')} species in closed form; CVODE ${cvode.solver} ${digits(cvode.seconds)} s, ${cvode.steps} steps`,
    },
    { what: '784-100-10 pot, reduced, one presentation', figure: `${digits(presentationSeconds)} s` },
  ];
}

const linesOfGrowth = (sizes: readonly Growth[]): Line[] => sizes.map(({ reactions, rates, jacobianTimes, buildSeconds, ratio }) => ({
  what: `synthetic sparse network, ${reactions.toLocaleString('en-US')} reactions, one evaluation`, figure: `${digits(1e6 * rates)} µs, J·v ${digits(1e6 * jacobianTimes)} µs`,
  beside: `${ratio === undefined ? '' : `× ${digits(ratio.rates)} and × ${digits(ratio.jacobianTimes)} for 10 times the reactions; `}ready in ${digits(buildSeconds)} s`,
}));

const linesOfMolecules = ({ model, until, method, eventsPerSecond, directEventsPerSecond, events }: Molecules): Line[] => [{
  what: `${model} molecule by molecule to t = ${until}, ${digits(events)} events`, figure: `${digits(eventsPerSecond / 1e6)} million events a second`,
  beside: `${method}; ${digits(eventsPerSecond / directEventsPerSecond)} times the direct method's`,
}];

const linesOfProcess = ({ command, seconds, wallSeconds }: WholeProcess): Line[] => [{ what: `whole process: ${command}`, figure: `${digits(seconds)} s`, beside: `${digits(wallSeconds)} s on the wall` }];

function print(lines: readonly Line[]): void {
  const width = Math.max(...lines.map(({ what }) => what.length)), second = Math.max(...lines.map(({ figure }) => figure.length));
  for (const { what, figure, beside } of lines) console.log(`${what.padEnd(width)}  ${figure.padEnd(second)}  ${beside ?? ''}`.trimEnd());
}

const wanted = (part: string): boolean => values.only === undefined || values.only.includes(part);
const netFile = ({ name }: BenchModel): string => join(values.models, `${name}.net`);
const chosen = MODELS.filter(({ name }) => wanted(name)), present = chosen.filter((model) => existsSync(netFile(model)));
for (const model of chosen) if (!present.includes(model)) console.log(`${model.name}: there is no ${netFile(model)}; name the folder with --models.`);
const made = Yardstick.build(values.yardstick), yardstick = made instanceof Yardstick ? made : undefined;
if (!(made instanceof Yardstick)) console.log(`No comparison: ${made.why}.`);
try {
  const say = <T>(result: T, lines: (result: T) => Line[]): T => { print(lines(result)); console.log(); return result; };
  const solves: WorkPrecision[] = [], runs: Molecules[] = [], processes: WholeProcess[] = [];
  for (const model of present) {
    solves.push(say(workPrecision(model, netFile(model), yardstick), linesOf));
    if (model.molecules !== undefined) runs.push(say(molecules(readFileSync(netFile(model), 'utf8'), model.name, model.molecules), linesOfMolecules));
    const whole = wholeProcess(netFile(model), model.name, model.end);
    if (whole !== undefined) processes.push(say(whole, linesOfProcess));
  }
  const sizes = wanted('growth') ? say(growth(), linesOfGrowth) : undefined;
  const dwells = wanted('pots') ? say(measurePots(yardstick), linesOfPots) : undefined;
  if (solves.length === 0 && sizes === undefined && dwells === undefined) {
    console.log(`Nothing was measured. Parts: ${[...MODELS.map(({ name }) => name), 'growth', 'pots'].join(', ')}.`);
    process.exitCode = 2;
  } else {
    const out = join(root, 'bench/out'), stamp = new Date().toISOString().replace(/[:.]/g, '-');
    mkdirSync(out, { recursive: true });
    const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memory: totalmem(), system: `${process.platform} ${release()}`, node: process.version, v8: process.versions.v8 };
    const onepot = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
    const file = join(out, `${stamp}.json`);
    writeFileSync(file, `${JSON.stringify({ date: new Date().toISOString(), onepot, machine, solves, molecules: runs, processes, growth: sizes, pots: dwells }, null, 2)}\n`);
    console.log('CPU seconds, of the integration alone where nothing else is said. Errors: max |y − ref|/(1e-6·|ref| + 1e-9) at the end; medians over five tolerances near the one told.');
    console.log(`Saved in ${file}`);
    if (solves.some(({ ratios }) => ratios.length > 0)) {
      const picture = resolve(values.picture ?? join(out, `${stamp}.svg`));
      writeFileSync(picture, plot(solves));
      console.log(`Plot in ${picture}`);
    }
  }
} finally {
  yardstick?.remove();
}

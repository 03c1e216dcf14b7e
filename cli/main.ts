/** The `onepot` command: arguments in, exit code out. Commands load what they need when they are called. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { FixedPointOptions } from './commands/fixed-point.ts';
import type { SimulateOptions } from './commands/simulate.ts';
import type { SweepOptions } from './commands/sweep.ts';
import type { TrainCommandOptions } from './commands/train.ts';
import manifest from './package.json' with { type: 'json' };
import { exitCodeOf } from './lib/errors.ts';
import { METHODS, MOLECULE_METHODS, MOST_POINTS, RELATIVE_TOLERANCES } from './lib/limits.ts';
import { endQuietlyOnClosedPipe, note, print } from './lib/terminal.ts';

const EXIT_CODES = `
Exit codes: 0 done; 1 the model has errors, an expectation fails or a run does not arrive; 2 unusable arguments or files.
With --json, what cannot be done is told as {"error": "…"} on the standard output too.`;
/** Their --json is an array, of what could be looked at. */
const LISTS: readonly string[] = ['check', 'test'];

function notNegative(what: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < 0) throw new InvalidArgumentError(`${what} must be a number of 0 or more.`);
    return value;
  };
}
function end(text: string): number | 'fixed point' | { readonly condition: string } {
  if (/^fixed[-_ ]?point$/.test(text)) return 'fixed point';
  if (/[<>]/.test(text)) return { condition: text.trim() };
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('The end is a positive time or “fixed-point”, or a condition such as "X > 0.5".');
  return value;
}
function points(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > MOST_POINTS) throw new InvalidArgumentError(`The number of points is a whole number from 1 to ${MOST_POINTS}.`);
  return value;
}
function wholeNumber(what: string, least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) throw new InvalidArgumentError(`${what} is a whole number from ${least} on.`);
    return value;
  };
}
function assignment(text: string, before: readonly (readonly [string, number])[] | undefined): (readonly [string, number])[] {
  const at = text.indexOf('=');
  const name = text.slice(0, at).trim();
  const value = Number(text.slice(at + 1));
  if (at < 1 || name === '' || text.slice(at + 1).trim() === '' || !Number.isFinite(value)) {
    throw new InvalidArgumentError('Write NAME=NUMBER, such as k=0.5.');
  }
  return [...(before ?? []), [name, value]];
}

function relativeTolerance(text: string): number {
  const value = Number(text), [finest, loosest] = RELATIVE_TOLERANCES;
  if (text.trim() === '' || !(value >= finest && value <= loosest)) throw new InvalidArgumentError(`The relative tolerance is a number from ${finest} to ${loosest}.`);
  return value;
}

function positive(what: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value <= 0) throw new InvalidArgumentError(`${what} must be a number above 0.`);
    return value;
  };
}

/** @param defaults which tolerances hold where nothing is said */
function withRunOptions(command: Command, methods: readonly string[], defaults = { rtol: '1e-6', atol: '1e-9' }): Command {
  return command
    .addOption(new Option('--method <name>', 'how to run').choices([...methods]))
    .option('--rtol <number>', `relative tolerance (${defaults.rtol} when nothing is said)`, relativeTolerance)
    .option('--atol <number>', `absolute tolerance (when nothing is said ${defaults.atol}, or so much of the largest initial value where that is below 1, and less for species that start with very little)`, notNegative('The absolute tolerance'))
    .option('--set <name=value>', 'a parameter or an initial value; may be given again', assignment);
}

function program(finish: (code: number) => void): Command {
  const onepot = new Command('onepot')
    .description('Chemical reaction networks in .crn files: check, print, simulate, train, test, import.')
    .version(manifest.version)
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help to see how it is used)')
    .addHelpText('after', EXIT_CODES);

  onepot.command('check')
    .description('report what is wrong or doubtful in the files')
    .argument('<path...>', '.crn files, or folders: all .crn files below them')
    .option('--json', 'an array of {file, line, column, endLine, endColumn, code, severity, message}')
    .action(async (files: string[], options: { json?: boolean }) => {
      const { check } = await import('./commands/check.ts');
      finish(check(files, options));
    });

  onepot.command('odes')
    .description('the differential equations that the reactions stand for')
    .argument('<file>', '.crn file')
    .addOption(new Option('--json', 'an object {"species": "right-hand side"}').conflicts('latex'))
    .option('--latex', 'as LaTeX')
    .action(async (file: string, options: { json?: boolean; latex?: boolean }) => {
      const { odes } = await import('./commands/odes.ts');
      finish(odes(file, options));
    });

  onepot.command('reactions')
    .description('all reactions one by one, families and modules written out')
    .argument('<file>', '.crn file')
    .action(async (file: string) => {
      const { reactions } = await import('./commands/reactions.ts');
      finish(reactions(file));
    });

  onepot.command('fmt')
    .description('lay the files out in the standard way')
    .argument('<path...>', '.crn files, or folders: all .crn files below them')
    .option('--check', 'change nothing; exit with 1 if a file would change')
    .action(async (files: string[], options: { check?: boolean }) => {
      const { fmt } = await import('./commands/fmt.ts');
      finish(fmt(files, options));
    });

  withRunOptions(onepot.command('simulate')
    .description('concentrations over time')
    .argument('<file>', '.crn file')
    .argument('[name]', 'which simulate statement; the first one when left out')
    .option('--until <time>', 'end time, “fixed-point”, or a condition such as "X > 0.5" that ends the run when it first holds', end), [...METHODS, ...MOLECULE_METHODS])
    .option('--points <number>', 'points in the output; the result does not depend on it', points)
    .option('--volume <number>', 'with ssa, tau and langevin: molecules per unit of concentration, or litres where the text gives concentrations a unit', positive('The volume'))
    .option('--seed <number>', 'seed of everything random (1 when nothing is said)', wholeNumber('The seed', 0))
    .option('--replicas <number>', 'runs molecule by molecule; of several, means, deviations and bands', wholeNumber('The number of replicas', 1))
    .option('--molecules', 'numbers of molecules instead of concentrations')
    .option('--workers <number>', 'threads that share the replicas; the numbers do not depend on it', wholeNumber('The number of workers', 1))
    .addOption(new Option('--json', 'an object {outcome, method, t, species, seconds, buildSeconds, …}; of several replicas, species has {mean, sd, quantiles}').conflicts('csv'))
    .option('--csv', 'a table with one row a time')
    .action(async (file: string, name: string | undefined, { until, ...options }: Omit<SimulateOptions, 'until' | 'condition'> & { until?: ReturnType<typeof end> }) => {
      const { simulate } = await import('./commands/simulate.ts');
      finish(await simulate(file, name, { ...options, ...(until === undefined ? {} : typeof until === 'object' ? until : { until }) }));
    });

  withRunOptions(onepot.command('fixed-point')
    .description('where the network comes to rest')
    .argument('<file>', '.crn file')
    .argument('[name]', 'the simulate statement whose settings hold; the first one when left out'), METHODS, { rtol: '1e-9, above 500 species 1e-6,', atol: '1e-13, above 500 species 1e-9' })
    .option('--starts <number>', 'starts with the same conserved totals, the first the text\'s and the others random; other fixed points are listed apart', wholeNumber('The number of starts', 1))
    .option('--seed <number>', 'seed of the random starts (1 when nothing is said)', wholeNumber('The seed', 0))
    .option('--sensitivities', 'change of every concentration by change of every constant')
    .option('--json', 'an object {outcome, fixedPoint, residual, stable, eigenvalues, rate, fixedPoints, …}')
    .action(async (file: string, name: string | undefined, options: FixedPointOptions) => {
      const { fixedPoint } = await import('./commands/fixed-point.ts');
      finish(await fixedPoint(file, name, options));
    });

  onepot.command('test')
    .description('run the expect statements')
    .argument('<path...>', '.crn files, or folders: all .crn files below them')
    .option('--json', 'an array of {file, line, text, holds, found}')
    .action(async (files: string[], options: { json?: boolean }) => {
      const { test } = await import('./commands/test.ts');
      finish(test(files, options));
    });

  onepot.command('train')
    .description('train a network of neurons, in the pot or in silico')
    .argument('<file>', '.crn file')
    .argument('[network]', 'which network or which train statement; the first train statement when left out')
    .option('--json', 'lines {epoch, loss, accuracy, …} while it runs, within long epochs {interim: {epoch, presented, of, samples, loss, accuracy, perSecond, secondsLeft}}, at the end {network, data, where, epochs, loss, evaluation, seconds, …}')
    .option('--interim <presentations>', 'measure within an epoch, each time so many samples have been presented, on 200 of the rows evaluated at its end and with the updates off; 0: never. When left out, every ten seconds or more in epochs that take so long; what is learnt is the same', wholeNumber('The number of presentations', 0))
    .option('--checkpoint <folder>', 'where to keep a checkpoint, so that the run can be interrupted at any moment')
    .option('--resume', 'go on from the checkpoint; begin when there is none yet')
    .option('--force', 'begin anew and write over a checkpoint that is there')
    .option('--epochs <number>', 'how often all samples are shown; the text says it when left out', wholeNumber('The number of epochs', 1))
    .option('--seed <number>', 'seed of the order of the samples and of noise, and of the weights unless the network names their seed itself (weights uniform(-1, 1, seed: 7)); the text says it when left out', wholeNumber('The seed', 0))
    .option('--rails', 'integrate all rails, even where their differences are exact')
    .action(async (file: string, name: string | undefined, options: TrainCommandOptions) => {
      const { train } = await import('./commands/train.ts');
      finish(await train(file, name, options));
    });

  onepot.command('sweep')
    .description('train or simulate over and over while something is varied, a row of a table each')
    .argument('<file>', '.crn file')
    .argument('[name]', 'which sweep statement; may be left out when there is one')
    .option('-o, --output <file>', 'the table (CSV); NAME.csv when left out')
    .option('--workers <number>', 'how many runs go on at once; as many as there are processors when left out. The numbers do not depend on it', wholeNumber('The number of workers', 1))
    .option('--resume', 'go on with the table: runs that are in it are not done again')
    .option('--force', 'begin anew and write over a table that is there')
    .option('--json', 'at the end an object {sweep, output, outcome, runs, computed, seconds, points}; a point has mean, sd and quantiles of every measure, and the confusion')
    .action(async (file: string, name: string | undefined, options: SweepOptions) => {
      const { sweep } = await import('./commands/sweep.ts');
      finish(await sweep(file, name, options));
    });

  onepot.command('compile')
    .description('the reactions that a network of neurons stands for, as a .crn text')
    .argument('<file>', '.crn file')
    .argument('<network>', 'name of the network')
    .option('-o, --output <file>', 'where to write; the terminal when left out')
    .option('--force', 'write over a file that is there')
    .action(async (file: string, name: string, options: { output?: string; force?: boolean }) => {
      const { compile } = await import('./commands/compile.ts');
      finish(compile(file, name, options));
    });

  onepot.command('import')
    .description('turn a BioNetGen network (.net) into a .crn file')
    .argument('<file>', '.net file')
    .option('-o, --output <file>', 'where to write; the terminal when left out')
    .option('--force', 'write over a file that is there')
    .action(async (file: string, options: { output?: string; force?: boolean }) => {
      const { importNetwork } = await import('./commands/import.ts');
      finish(importNetwork(file, options));
    });
  return onepot;
}

/** Exit code for what a command threw; prints its sentence. */
function failure(error: unknown): number {
  if (error instanceof CommanderError) {
    const asked = error.code === 'commander.helpDisplayed' || error.code === 'commander.version' || (error.code === 'commander.help' && error.exitCode === 0);
    return asked ? 0 : 2;
  }
  const code = exitCodeOf(error);
  if (code !== undefined) {
    const { message } = error as Error;
    note(message);
    // Who reads the standard output as JSON finds it there as well; lists of findings have been printed by their command.
    if (process.argv.includes('--json') && !LISTS.includes(process.argv[2] ?? '')) print(JSON.stringify({ error: message }));
    return code;
  }
  note('onepot met an error of its own; please report it with the file that caused it.');
  note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 70;
}

endQuietlyOnClosedPipe();
try {
  await program((code) => {
    process.exitCode = code;
  }).parseAsync();
} catch (error) {
  process.exitCode = failure(error);
}

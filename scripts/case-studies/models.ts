/** Networks, data and trainings of the samples, with their seeds and constants exchanged. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse, type PotPlan } from '../../chemistry/index.ts';
import { buildDataSet, filesOf, recipeFromStatement, type BuiltDataSet, type FileContent } from '../../exchange/index.ts';
import { parse } from '../../grammar/index.ts';
import { PotTrainer, type TrainingData, type TrainingOutcome, type TrainingSettings } from '../../simulation/index.ts';
import { StepError } from '../lib/console.ts';
import { root } from '../lib/paths.ts';

const samples = join(root, 'samples');

export const sampleText = (name: string): string => readFileSync(join(samples, `${name}.crn`), 'utf8');

/** A text with pieces exchanged; @throws StepError when one of them is not in it. */
export function exchanged(text: string, pieces: readonly (readonly [RegExp, string])[]): string {
  let result = text;
  for (const [from, to] of pieces) {
    if (!from.test(result)) throw new StepError(`${from.source} does not occur in the text of the sample.`);
    result = result.replace(from, to);
  }
  return result;
}

export interface Training {
  readonly plan: PotPlan;
  /** As the text has them. */
  readonly rate: number;
  readonly dwell: number;
  readonly epochs: number;
  readonly decay?: number;
}

/** The first training of a text. */
export function trainingOf(text: string): Training {
  const { trainings, diagnostics } = analyse(parse(text));
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  const [training] = trainings;
  if (errors.length > 0 || training?.plan === undefined) throw new StepError(`The text has no training that can be run. ${errors.join(' ')}`);
  const { rate, dwell, epochs, decay } = training.settings;
  return { plan: training.plan, rate, dwell, epochs, ...(decay === undefined ? {} : { decay }) };
}

/** The first data of a text; files stand beside the samples, or where `files` says. */
export function dataOf(text: string, files: (name: string) => string = (name) => join(samples, name)): BuiltDataSet['data'] {
  for (const { statement } of parse(text).units) {
    if (statement.kind !== 'Data') continue;
    const read = recipeFromStatement(statement);
    if (!read.ok) throw new StepError(read.problems.map(({ message }) => message).join(' '));
    const contents = new Map<string, FileContent>();
    for (const { file, as } of filesOf(read.value.recipe)) {
      const bytes = readFileSync(files(file));
      contents.set(file, as === 'text' ? bytes.toString('utf8') : new Uint8Array(bytes));
    }
    const built = buildDataSet(read.value.recipe, contents);
    if (!built.ok) throw new StepError(built.problems.map(({ message }) => message).join(' '));
    return built.value.data;
  }
  throw new StepError('The text has no data.');
}

/** Runs a training to its end. */
export function trained(plan: PotPlan, data: TrainingData, settings: TrainingSettings): { readonly outcome: TrainingOutcome; readonly trainer: PotTrainer; readonly seconds: number } {
  const trainer = new PotTrainer(plan, data, settings);
  const begun = cpuSeconds();
  while (trainer.finished === undefined) trainer.step();
  return { outcome: trainer.outcome(trainer.finished), trainer, seconds: cpuSeconds() - begun };
}

/** Processor time of this process: what a run costs on one core, whatever else the machine does. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

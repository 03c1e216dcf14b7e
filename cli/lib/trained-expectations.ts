/** Tests what is expected of trainings: each is run once, whatever is expected of it. */
import type { Expectation } from '../../chemistry/index.ts';
import { compare as comparison } from './comparison.ts';
import { FailedError, UnusableError } from './errors.ts';
import type { Model } from './model.ts';
import { number } from './number.ts';
import { count } from './terminal.ts';
import { runnable } from './training-choice.ts';
import { DataShelf, runTraining, type Figures } from './training-run.ts';

type Check = Extract<Expectation['check'], { kind: 'training' }>;

/** In words, for the report. */
const MEASURES = { accuracy: 'accuracy', loss: 'loss', relative_error: 'relative error' } as const;

export function trainedTester(model: Model): (check: Check) => { readonly holds: boolean; readonly found: string } {
  const shelf = new DataShelf();
  const runs = new Map<number, Figures | string>();
  const run = (at: number): Figures | string => {
    let known = runs.get(at);
    if (known === undefined) runs.set(at, (known = runOnce(model, at, shelf)));
    return known;
  };
  return ({ training, measure, compare }) => {
    const figures = run(training);
    if (typeof figures === 'string') return { holds: false, found: figures };
    const { evaluation, message } = figures;
    if (evaluation === undefined) return { holds: false, found: message ?? 'the training came to no evaluation' };
    const value = measure === 'loss' ? evaluation.loss : measure === 'accuracy' ? evaluation.accuracy : evaluation.relativeError;
    if (value === undefined) return { holds: false, found: 'the targets are no classes, so there is no accuracy; ask for loss or relative_error' };
    const after = `after ${count(figures.epochs, 'epoch')}`;
    if (compare.operator === '~') {
      const off = Math.abs(value - compare.value), allowed = compare.relative ? compare.tolerance * Math.abs(compare.value) : compare.tolerance;
      return { holds: off <= allowed, found: `the ${MEASURES[measure]} ${number(value)} ${after} is ${number(off)} away from ${number(compare.value)}; allowed is ${number(allowed)}` };
    }
    return { holds: comparison(value, compare.operator, compare.value), found: `the ${MEASURES[measure]} is ${number(value)} ${after}; expected is ${compare.operator} ${number(compare.value)}` };
  };
}

function runOnce(model: Model, at: number, shelf: DataShelf): Figures | string {
  try {
    const info = model.analysis.trainings[at];
    if (info === undefined) return 'there is no such training';
    const chosen = runnable(info);
    const figures = runTraining(model.file, chosen, shelf.take(model, chosen.data, chosen.plan).built.data);
    return figures.outcome === 'blown up' || figures.outcome === 'no fixed point' ? (figures.message ?? figures.outcome) : figures;
  } catch (error) {
    if (error instanceof UnusableError || error instanceof FailedError) return error.message;
    throw error;
  }
}

/** How a run ended, in a sentence, with the place in the text it points to. */
import { formatNumber } from './format.ts';
import { elementName } from './series.ts';
import type { ModelSummary, MoleculeResult, RunResult, TextPlace } from './worker-protocol.ts';

export interface Sentence {
  readonly text: string;
  /** Good, worth a look, or bad: chooses an icon and a colour, never the only sign. */
  readonly tone: 'good' | 'notice' | 'bad';
  /** What its numbers mean. */
  readonly explanation?: string;
  /** A link that follows the text. */
  readonly link?: { readonly label: string; readonly place: TextPlace };
}

function time(t: number, model: ModelSummary): string {
  return `t = ${formatNumber(t)}${model.units.time === undefined ? '' : ` ${model.units.time}`}`;
}

export function outcomeSentence(result: RunResult, model: ModelSummary): Sentence {
  const { outcome } = result;
  const at = time(outcome.t, model);
  if (result.molecules !== undefined) return moleculesSentence(result.molecules, at);
  const residual = formatNumber(result.trajectory.residuals.at(-1) ?? NaN, 2);
  switch (outcome.kind) {
    case 'steady':
      return {
        text: `Reached a fixed point at ${time(result.settled ?? outcome.t, model)} (residual ${formatNumber(outcome.residual, 2)}).`, tone: 'good',
        explanation: `From then on every species stays within a ten-thousandth of its value at the fixed point; the integration looked on until ${at}. The residual is the largest rate of change left there, max |x′|.`,
      };
    case 'reached':
      return { text: `Ran to ${at}; the residual there is ${residual}.`, tone: 'good', explanation: 'The residual is the largest rate of change, max |x′|; it is zero at a fixed point.' };
    case 'diverged': {
      const block = model.blocks.find((b) => outcome.component >= b.offset && outcome.component < b.offset + b.size);
      if (block === undefined) return { text: `Diverged at ${at}.`, tone: 'bad' };
      const name = elementName(block, outcome.component - block.offset);
      return {
        text: `Diverged at ${at}: ${name} grows without bound.`, tone: 'bad',
        link: { label: `Show ${block.name}`, place: block.place },
      };
    }
    case 'stuck':
      if (result.until === 'fixed point' && outcome.reason === 'step limit') {
        return { text: `Does not settle: still moving at ${at} (residual ${residual}).`, tone: 'notice', explanation: 'So many steps were taken that a fixed point is not to be expected any more. Run to an end time to see what it does.' };
      }
      return { text: stuck(outcome.reason, at, speciesName(model, outcome.component)), tone: 'bad' };
    case 'cancelled':
      return { text: `Stopped at ${at}.`, tone: 'notice' };
  }
}

function moleculesSentence({ replicas, seed, events, engine, stopped, rounded, moleculesPerConcentration }: MoleculeResult, at: string): Sentence {
  if (stopped !== undefined) return { text: `Stopped at ${at}: ${stopped}.`, tone: 'bad' };
  const start = rounded.length === 0 ? '' : ` The start of ${rounded.slice(0, 5).join(', ')} was rounded to whole molecules.`;
  return {
    text: replicas > 1 ? `The mean of ${replicas} runs molecule by molecule, to ${at}.` : `One run molecule by molecule, to ${at}.`, tone: 'good',
    explanation: `Algorithm: ${engine}; seed ${seed}, ${formatNumber(events)} events; ${formatNumber(moleculesPerConcentration)} molecules are a concentration of 1.${start}`,
  };
}

function speciesName(model: ModelSummary, component: number | undefined): string | undefined {
  const block = component === undefined ? undefined : model.blocks.find((b) => component >= b.offset && component < b.offset + b.size);
  return block === undefined ? undefined : elementName(block, component! - block.offset);
}

function stuck(reason: 'step underflow' | 'step limit' | 'not a number', at: string, species: string | undefined): string {
  switch (reason) {
    case 'step underflow': return `Could not get past ${at}: the steps became too small${species === undefined ? '' : `, because ${species} changes too fast`}. Try the method bdf, or a looser tolerance.`;
    case 'step limit': return `Gave up at ${at}: too many steps. Try the method bdf, or an earlier end.`;
    case 'not a number': return `Stopped at ${at}: ${species === undefined ? 'a rate' : `the rate of ${species}`} is not a number there. Check divisions, logarithms and roots in the rate laws.`;
  }
}

/** How a run ended, in a sentence, with the place in the text it points to. */
import { counted, t } from '../l10n/index.ts';
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
  if (result.molecules !== undefined) return moleculesSentence(result, result.molecules, model);
  const told = result.condition === undefined ? undefined : conditionSentence(result, result.condition, model);
  if (told !== undefined) return told;
  const residual = formatNumber(result.trajectory.residuals.at(-1) ?? NaN, 2);
  switch (outcome.kind) {
    case 'steady':
      return {
        text: t('Reached a fixed point at {0} (residual {1}).', time(result.settled ?? outcome.t, model), formatNumber(outcome.residual, 2)), tone: 'good',
        explanation: t('From then on every species stays within a ten-thousandth of its value at the fixed point; the integration looked on until {0}. The residual is the largest rate of change left there, max |x′|.', at),
      };
    case 'reached':
      return { text: t('Ran to {0}; the residual there is {1}.', at, residual), tone: 'good', explanation: t('The residual is the largest rate of change, max |x′|; it is zero at a fixed point.') };
    case 'diverged': {
      const block = model.blocks.find((b) => outcome.component >= b.offset && outcome.component < b.offset + b.size);
      if (block === undefined) return { text: t('Diverged at {0}.', at), tone: 'bad' };
      const name = elementName(block, outcome.component - block.offset), { cause } = result;
      if (cause !== undefined) {
        return {
          text: t('Diverged at {0}: {1} grows without bound through {2}.', at, name, cause.reaction), tone: 'bad', explanation: t('Of all reactions this one makes most of {0} where the run ended.', name),
          link: cause.place === undefined ? { label: t('Show {0}', block.name), place: block.place } : { label: t('Show the reaction'), place: cause.place },
        };
      }
      return {
        text: t('Diverged at {0}: {1} grows without bound.', at, name), tone: 'bad',
        link: { label: t('Show {0}', block.name), place: block.place },
      };
    }
    case 'stuck':
      if (result.until === 'fixed point' && outcome.reason === 'step limit') {
        return { text: t('Does not settle: still moving at {0} (residual {1}).', at, residual), tone: 'notice', explanation: t('So many steps were taken that a fixed point is not to be expected any more. Run to an end time to see what it does.') };
      }
      return { text: stuck(outcome.reason, at, speciesName(model, outcome.component)), tone: 'bad' };
    case 'cancelled':
      return { text: t('Stopped at {0}.', at), tone: 'notice' };
  }
}

/** Of a run that was to end where a condition holds; undefined where something else has ended it. */
function conditionSentence({ outcome, settled }: RunResult, { text, t: met }: NonNullable<RunResult['condition']>, model: ModelSummary): Sentence | undefined {
  if (met !== undefined) {
    return { text: t('“{0}” at {1}.', text, time(met, model)), tone: 'good', explanation: t('The run ends where the condition holds for the first time. The time is as accurate as the tolerance of the integration, and does not depend on the points that are drawn.') };
  }
  switch (outcome.kind) {
    case 'reached':
      return { text: t('“{0}” did not come true up to {1}.', text, time(outcome.t, model)), tone: 'notice', explanation: t('Give a later end to wait longer.') };
    case 'steady':
      return { text: t('“{0}” does not come true: at {1} the network has come to rest.', text, time(settled ?? outcome.t, model)), tone: 'notice', explanation: t('At rest nothing changes any more, so it never will.') };
    case 'stuck':
      return outcome.reason === 'step limit' ? { text: t('“{0}” did not come true up to {1}, and the network does not come to rest.', text, time(outcome.t, model)), tone: 'notice', explanation: t('Give an end to wait for it longer.') } : undefined;
    case 'diverged': case 'cancelled':
      return undefined;
  }
}

function moleculesSentence({ outcome, condition }: RunResult, { replicas, seed, events, engine, stopped, rounded, moleculesPerConcentration, met }: MoleculeResult, model: ModelSummary): Sentence {
  const at = time(outcome.t, model);
  if (stopped !== undefined) return { text: t('Stopped at {0}: {1}.', at, stopped), tone: 'bad' };
  const start = rounded.length === 0 ? '' : t(' The start of {0} was rounded to whole molecules.', rounded.slice(0, 5).join(', '));
  const explanation = t('Algorithm: {0}; seed {1}, {2} events; {3} molecules are a concentration of 1.{4}', engine, seed, formatNumber(events), formatNumber(moleculesPerConcentration), start);
  if (condition !== undefined && (condition.t !== undefined || met !== undefined)) {
    if (met === undefined) return { text: t('“{0}” at {1}, in one run molecule by molecule.', condition.text, at), tone: 'good', explanation };
    const spread = met.sd === undefined ? time(met.mean, model) : t('{0} on average (± {1})', time(met.mean, model), formatNumber(met.sd, 2));
    return { text: t('“{0}” in {1} of {2} runs molecule by molecule, at {3}.', condition.text, met.replicas, replicas, spread), tone: 'good', explanation };
  }
  if (condition !== undefined) return { text: counted(replicas, '“{1}” did not come true up to {2} in one run molecule by molecule.', '“{1}” did not come true up to {2} in any of {0} runs molecule by molecule.', String(replicas), condition.text, at), tone: 'notice', explanation };
  return {
    text: counted(replicas, 'One run molecule by molecule, to {1}.', 'The mean of {0} runs molecule by molecule, to {1}.', String(replicas), at), tone: 'good',
    explanation,
  };
}

function speciesName(model: ModelSummary, component: number | undefined): string | undefined {
  const block = component === undefined ? undefined : model.blocks.find((b) => component >= b.offset && component < b.offset + b.size);
  return block === undefined ? undefined : elementName(block, component! - block.offset);
}

function stuck(reason: 'step underflow' | 'step limit' | 'not a number', at: string, species: string | undefined): string {
  switch (reason) {
    case 'step underflow': return species === undefined
      ? t('Could not get past {0}: the steps became too small. Try the method bdf, or a looser tolerance.', at)
      : t('Could not get past {0}: the steps became too small, because {1} changes too fast. Try the method bdf, or a looser tolerance.', at, species);
    case 'step limit': return t('Gave up at {0}: too many steps. Try the method bdf, or an earlier end.', at);
    case 'not a number': return species === undefined
      ? t('Stopped at {0}: a rate is not a number there. Check divisions, logarithms and roots in the rate laws.', at)
      : t('Stopped at {0}: the rate of {1} is not a number there. Check divisions, logarithms and roots in the rate laws.', at, species);
  }
}

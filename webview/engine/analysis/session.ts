/** What the worker that answers questions does, without a worker: reads the text, computes, tells how far it is. Synchronous. */
import { t } from '../../../l10n/index.ts';
import type { Analysis } from '../../../chemistry/index.ts';
import { parameterValues } from '../../../chemistry/index.ts';
import { Simulator, type FixedPointsResult } from '../../../simulation/index.ts';
import type { Answers, FixedPointsQuestion, FromAnalyst, Question, QuestionKind, RunSetting, ToAnalyst } from '../../analysis-protocol.ts';
import type { ModelText } from '../../training-protocol.ts';
import { ModelReader } from '../reader.ts';
import { findFixedPoints, fixedPointsAnswer } from './fixed-points.ts';
import { networkGraph } from './graph.ts';
import { layersGraph } from './layers.ts';
import { laidOut } from './layout.ts';
import { equationLines, reactionLines } from './lines.ts';
import { phasePlane } from './phase-plane.ts';
import { noiseAnswer } from './sweeps.ts';

/** Milliseconds between two reports. */
const REPORT = 60;

export type Post = (message: FromAnalyst) => void;
/** Tells how far an answer is. */
export type Report = (done: number, total: number, partial?: () => Answers[QuestionKind]) => void;

export class AnalysisSession {
  readonly #post: Post;
  readonly #now: () => number;
  readonly #ended: () => boolean;
  readonly #reader = new ModelReader();
  #text: ModelText | undefined;
  #analysis: Analysis | undefined;
  #simulator: { readonly key: string; readonly simulator: Simulator } | undefined;
  #found: { readonly key: string; readonly result: FixedPointsResult } | undefined;

  /** @param ended whether nobody waits for an answer any more; asked often */
  constructor(post: Post, now: () => number = () => performance.now(), ended: () => boolean = () => false) {
    this.#post = post;
    this.#now = now;
    this.#ended = ended;
  }

  handle(message: ToAnalyst): void {
    if (message.type === 'load') {
      this.#text = message.model;
      this.#analysis = this.#simulator = this.#found = undefined;
      return;
    }
    const { id, question } = message, { kind } = question;
    let reported = -Infinity;
    const report: Report = (done, total, partial) => {
      if (this.#ended()) throw new Error(t('it was stopped'));
      const now = this.#now();
      if (now - reported < REPORT) return;
      reported = now;
      this.#post({ type: 'progress', id, kind, done, total, ...(partial === undefined ? {} : { partial: partial() }) });
    };
    try {
      this.#post({ type: 'answer', id, kind, answer: this.#answer(question, report) });
    } catch (error) {
      this.#post({ type: 'failed', id, kind, message: error instanceof Error ? error.message : String(error) });
    }
  }

  /** @throws Error when the text cannot be used */
  get #model(): Analysis {
    if (this.#analysis === undefined) {
      if (this.#text === undefined) throw new Error(t('There is no text.'));
      const { analysis } = this.#reader.read(this.#text);
      if (analysis.hasErrors) throw new Error(t('The text has errors.'));
      this.#analysis = analysis;
    }
    return this.#analysis;
  }

  #answer(question: Question, report: Report): Answers[QuestionKind] {
    switch (question.kind) {
      case 'noise': return noiseAnswer(this.#model, this.#text!, report);
      case 'graph': return question.layers && this.#model.networks.length > 0 ? layersGraph(this.#model) : laidOut(networkGraph(this.#model, question.around));
      case 'equations': return equationLines(this.#model, report);
      case 'reactions': return reactionLines(this.#model, question.each, report);
      case 'fixed points': return fixedPointsAnswer(this.#fixedPoints(question, report));
      case 'phase plane': {
        const found = this.#fixedPoints(question, report), simulator = this.#with(question.setting);
        return phasePlane(simulator, question, found, report);
      }
    }
  }

  /** Made once as long as the same groups are off; it has the parameters of the setting. */
  #with({ off, overrides }: RunSetting): Simulator {
    const { network } = this.#model, key = JSON.stringify(off);
    if (this.#simulator?.key !== key) this.#simulator = { key, simulator: new Simulator(network, { without: off }) };
    const { simulator } = this.#simulator;
    simulator.compiled.setParameters(parameterValues(network, new Map(Object.entries(overrides))));
    return simulator;
  }

  /** The last ones are kept: the phase plane asks for the same. */
  #fixedPoints({ setting, starts, seed }: Pick<FixedPointsQuestion, 'setting' | 'starts' | 'seed'>, report: Report): FixedPointsResult {
    const key = JSON.stringify([setting, starts, seed]);
    if (this.#found?.key !== key) this.#found = { key, result: findFixedPoints(this.#with(setting), { setting, starts, seed }, (done) => report(done, starts)) };
    return this.#found.result;
  }
}

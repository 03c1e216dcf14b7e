/** A `noise` statement → settings of a training. */
import type { Call, Expression, NoiseStatement, Setting, Span } from '../../grammar/index.ts';
import type { ConcentrationNoise, NoiseSettings, RateNoise } from '../../simulation/index.ts';
import { FailedError, UnusableError } from './errors.ts';
import { Lines } from './lines.ts';
import type { Model } from './model.ts';

const RATES = 'rates = lognormal(0.1, frozen, per: reaction); normal for lognormal, dwell for frozen and module for reaction are the other choices';
const CONCENTRATIONS = 'concentrations = lognormal(0.02, every: dwell); normal for lognormal, and behind it species: all, weights or fast';

/**
 * @param seed of everything drawn
 * @throws FailedError for what is not understood, with its place; UnusableError when there is none of that name
 */
export function noiseSettings({ file, text, tree }: Model, name: string, seed: number): NoiseSettings {
  for (const unit of tree.units) {
    const { statement } = unit;
    if (statement.kind !== 'Noise' || statement.name.text !== name) continue;
    return new NoiseReader((span, message) => {
      const { line, column } = new Lines(text).at(unit.start + span.start);
      return new FailedError(`${file}:${line}:${column}: ${message}`);
    }).read(statement, seed);
  }
  throw new UnusableError(`There is no noise statement “${name}” in ${file}.`);
}

class NoiseReader {
  private readonly wrong: (span: Span, message: string) => Error;

  constructor(wrong: (span: Span, message: string) => Error) {
    this.wrong = wrong;
  }

  read(statement: NoiseStatement, seed: number): NoiseSettings {
    const found = new Map<string, Setting>();
    for (const setting of statement.settings) {
      const { text } = setting.key;
      if (text !== 'rates' && text !== 'concentrations') throw this.wrong(setting.key, `A noise has no setting “${text}”; it has rates and concentrations.`);
      if (found.has(text)) throw this.wrong(setting.key, `“${text}” is set twice. Keep one of the two.`);
      found.set(text, setting);
    }
    const [rates, concentrations] = [found.get('rates'), found.get('concentrations')];
    if (rates === undefined && concentrations === undefined) throw this.wrong(statement.name, `This noise does nothing. Write ${RATES}.`);
    return { seed, ...(rates === undefined ? {} : { rates: this.rates(rates) }), ...(concentrations === undefined ? {} : { concentrations: this.concentrations(concentrations) }) };
  }

  private rates(setting: Setting): RateNoise {
    const { call, distribution, size, words } = this.distribution(setting, RATES);
    let when: RateNoise['when'] = 'frozen';
    for (const word of words) {
      if (word.text !== 'frozen' && word.text !== 'dwell') throw this.wrong(word.at, `Noise on rates is frozen (drawn once) or drawn anew every dwell. Write ${RATES}.`);
      when = word.text;
    }
    let per: RateNoise['per'] = 'reaction';
    for (const { name, value } of call.named) {
      const text = word(value);
      if (name.text === 'per' && (text === 'reaction' || text === 'module')) per = text;
      else throw this.wrong(name, `“${name.text}” is not understood here. Write ${RATES}.`);
    }
    return { distribution, size, when, per };
  }

  private concentrations(setting: Setting): ConcentrationNoise {
    const { call, distribution, size, words } = this.distribution(setting, CONCENTRATIONS);
    if (words[0] !== undefined) throw this.wrong(words[0].at, `“${words[0].text}” is not understood here. Write ${CONCENTRATIONS}.`);
    let species: ConcentrationNoise['species'] = 'all';
    for (const { name, value } of call.named) {
      const text = word(value);
      if (name.text === 'every' && text === 'dwell') continue;
      if (name.text === 'species' && (text === 'all' || text === 'weights' || text === 'fast')) species = text;
      else throw this.wrong(name, `“${name.text}” is not understood here. Write ${CONCENTRATIONS}.`);
    }
    return { distribution, size, species };
  }

  private distribution(setting: Setting, example: string): { call: Call; distribution: 'lognormal' | 'normal'; size: number; words: { text: string; at: Span }[] } {
    const [call, more] = setting.values;
    if (call?.kind !== 'Call' || more !== undefined) throw this.wrong(more ?? call ?? setting.key, `Write ${example}.`);
    const distribution = call.callee.text;
    if (distribution !== 'lognormal' && distribution !== 'normal') throw this.wrong(call.callee, `Noise is lognormal or normal, not ${distribution}. Write ${example}.`);
    const [size, ...rest] = call.arguments;
    if (size?.kind !== 'Number' || !Number.isFinite(size.value)) throw this.wrong(size ?? call, `The size of the noise is a number from 0 on. Write ${example}.`);
    const words = rest.map((one) => {
      const text = word(one);
      if (text === undefined) throw this.wrong(one, `Write ${example}.`);
      return { text, at: one };
    });
    return { call, distribution, size: size.value, words };
  }
}

function word(value: Expression): string | undefined {
  return value.kind === 'Reference' && value.indices === undefined && value.rail === undefined ? value.name.text : undefined;
}

/** `noise` statements: what is noisy, as plain values, and what is wrong with them. */
import { listed, oneOf, t } from '../../l10n/index.ts';
import type { Call, Expression, NoiseStatement, Setting, Span, Unit } from '../../grammar/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { neuralSettingValue } from '../diagnostics/crn814-neural-setting-value.ts';
import { noiseIncomplete } from '../diagnostics/crn817-noise-incomplete.ts';
import { settingTwice } from '../diagnostics/crn222-setting-twice.ts';
import { unknownNeuralSetting } from '../diagnostics/crn813-unknown-setting.ts';
import type { SourceFile } from '../names/files.ts';
import { NOISE_SETTINGS } from '../names/neural-settings.ts';
import { nearest } from '../names/suggest.ts';
import { knownValue } from './scope.ts';

type Report = (diagnostic: Diagnostic) => void;

/** Rates times a random factor. */
export interface RateNoiseSpec {
  /** `lognormal`: times exp(size·N(0, 1)); `normal`: times max(0, 1 + size·N(0, 1)). */
  readonly distribution: 'lognormal' | 'normal';
  readonly size: number;
  /** Drawn once for the run, or anew for every dwell. */
  readonly when: 'frozen' | 'dwell';
  /** A factor for every reaction, or one for all that do the same to the same species, so that both rails stay alike. */
  readonly per: 'reaction' | 'module';
  /** Only reactions of this group of the network; all when left out. */
  readonly group?: 'forward' | 'backward' | 'update';
}

/** Concentrations times a random factor when a dwell begins. */
export interface ConcentrationNoiseSpec {
  readonly distribution: 'lognormal' | 'normal';
  readonly size: number;
  readonly species: 'all' | 'weights' | 'fast';
}

/** Molecules instead of concentrations. */
export interface IntrinsicNoiseSpec {
  /** Event by event, in leaps, or by the chemical Langevin equation. */
  readonly method: 'ssa' | 'tau' | 'langevin';
  readonly volume: number;
}

export interface NoiseSpec {
  readonly rates?: RateNoiseSpec;
  readonly concentrations?: ConcentrationNoiseSpec;
  readonly intrinsic?: IntrinsicNoiseSpec;
}

/** Noise of a statement; undefined when it has an error. */
export function readNoise(statement: NoiseStatement, unit: Unit, source: SourceFile, report: Report): NoiseSpec | undefined {
  return new Reader(unit, source, report).read(statement);
}

const DISTRIBUTIONS = ['lognormal', 'normal'] as const;
const RATES = 'lognormal(0.1, frozen, per: reaction)';
const KICKS = 'lognormal(0.02, every: dwell)';

class Reader {
  private fine = true;
  private readonly unit: Unit;
  private readonly source: SourceFile;
  private readonly sink: Report;

  constructor(unit: Unit, source: SourceFile, sink: Report) {
    this.unit = unit;
    this.source = source;
    this.sink = sink;
  }

  private report(diagnostic: Diagnostic): undefined {
    this.fine = false;
    this.sink(diagnostic);
    return undefined;
  }

  private place(span: Span): ReturnType<SourceFile['place']> {
    return this.source.place(this.unit, span);
  }

  private wrong(span: Span, key: string, needed: string, suggestion?: string): undefined {
    return this.report(neuralSettingValue(this.place(span), key, this.unit.text.slice(span.start, span.end), needed, suggestion));
  }

  read(statement: NoiseStatement): NoiseSpec | undefined {
    const known = NOISE_SETTINGS.map(({ name }) => name);
    const found = new Map<string, Setting>();
    for (const setting of statement.settings) {
      const key = setting.key.text;
      const before = found.get(key);
      if (!known.includes(key)) this.report(unknownNeuralSetting(this.place(setting.key), 'noise', key, nearest(key, known), known));
      else if (before !== undefined) this.report(settingTwice(this.place(setting.key), this.place(before.key), key));
      else found.set(key, setting);
    }
    const damaged = this.unit.problems.length > 0;
    const [rates, concentrations, intrinsic, volume] = ['rates', 'concentrations', 'intrinsic', 'volume'].map((key) => found.get(key));
    if (rates === undefined && concentrations === undefined && intrinsic === undefined && !damaged && this.fine) {
      if (volume === undefined) this.report(noiseIncomplete(this.place(statement.name), t('The noise {0} makes nothing noisy: add a line such as rates = {1}', statement.name.text, RATES)));
      else this.report(noiseIncomplete(this.place(volume.key), t('A volume by itself makes nothing noisy: add intrinsic = ssa or intrinsic = langevin')));
    } else if (intrinsic === undefined && volume !== undefined && !damaged) this.report(noiseIncomplete(this.place(volume.key), t('The volume belongs to intrinsic noise: add intrinsic = ssa or intrinsic = langevin, or take it out')));
    const spec: NoiseSpec = {
      ...optional('rates', rates === undefined ? undefined : this.rates(rates)),
      ...optional('concentrations', concentrations === undefined ? undefined : this.concentrations(concentrations)),
      ...optional('intrinsic', intrinsic === undefined ? undefined : this.intrinsic(intrinsic, volume)),
    };
    return this.fine && !damaged ? spec : undefined;
  }

  private rates(setting: Setting): RateNoiseSpec | undefined {
    const of = this.distribution(setting, RATES);
    if (of === undefined) return undefined;
    let when: RateNoiseSpec['when'] | undefined = 'frozen';
    for (const value of of.rest) when = this.word(value, 'rates', ['frozen', 'dwell']);
    let per: RateNoiseSpec['per'] | undefined = 'reaction';
    let group: RateNoiseSpec['group'];
    for (const { name, value } of of.call.named) {
      if (name.text === 'per') per = this.word(value, 'per', ['reaction', 'module']);
      else if (name.text === 'every') when = this.word(value, 'every', ['dwell']);
      else if (name.text === 'group') group = this.word(value, 'group', ['forward', 'backward', 'update']);
      else this.argument(name, 'rates', ['per', 'every', 'group'], RATES);
    }
    if (when === undefined || per === undefined) return undefined;
    return { distribution: of.distribution, size: of.size, when, per, ...optional('group', group) };
  }

  private concentrations(setting: Setting): ConcentrationNoiseSpec | undefined {
    const of = this.distribution(setting, KICKS);
    if (of === undefined) return undefined;
    for (const value of of.rest) this.word(value, 'concentrations', ['dwell']);
    let species: ConcentrationNoiseSpec['species'] | undefined = 'all';
    for (const { name, value } of of.call.named) {
      if (name.text === 'every') this.word(value, 'every', ['dwell']);
      else if (name.text === 'species') species = this.word(value, 'species', ['all', 'weights', 'fast']);
      else this.argument(name, 'concentrations', ['every', 'species'], KICKS);
    }
    return species === undefined ? undefined : { distribution: of.distribution, size: of.size, species };
  }

  private intrinsic(setting: Setting, volume: Setting | undefined): IntrinsicNoiseSpec | undefined {
    const [value] = setting.values;
    const method = value === undefined ? undefined : this.word(value, 'intrinsic', ['ssa', 'tau', 'langevin']);
    if (volume === undefined) {
      if (this.unit.problems.length > 0) return undefined;
      return this.report(noiseIncomplete(this.place(setting.key), t('How noisy single molecules are depends on the volume: add a line such as volume = 1000'), { ...this.place({ start: setting.end, end: setting.end }), text: '; volume = 1000' }));
    }
    const [size] = volume.values;
    if (size === undefined || size.kind === 'BadExpression') return undefined;
    const number = knownValue(size, this.source);
    if (number === undefined || !(number > 0 && number < Infinity)) return this.wrong(size, 'volume', t('a number above 0: molecules per unit of concentration'));
    return method === undefined ? undefined : { method, volume: number };
  }

  private distribution(setting: Setting, example: string): { call: Call; distribution: 'lognormal' | 'normal'; size: number; rest: readonly Expression[] } | undefined {
    const { key, values: [call, more] } = setting;
    if (call === undefined || call.kind === 'BadExpression') return undefined;
    const needed = t('a distribution such as {0}', example);
    if (call.kind !== 'Call' || more !== undefined) return this.wrong(more ?? call, key.text, needed);
    const distribution = DISTRIBUTIONS.find((name) => name === call.callee.text);
    if (distribution === undefined) return this.wrong(call.callee, key.text, t('lognormal or normal, as in {0}', example), nearest(call.callee.text, DISTRIBUTIONS));
    const [size, ...rest] = call.arguments;
    if (size === undefined) return this.wrong(call, key.text, needed);
    if (size.kind === 'BadExpression') return undefined;
    const value = knownValue(size, this.source);
    if (value === undefined || !(value >= 0 && value < Infinity)) return this.wrong(size, t(`The size of the noise`), t('a number from 0 on, as in {0}', example));
    return { call, distribution, size: value, rest };
  }

  private word<Word extends string>(value: Expression, key: string, words: readonly Word[]): Word | undefined {
    if (value.kind === 'BadExpression') return undefined;
    const text = value.kind === 'Reference' && value.indices === undefined && value.rail === undefined ? value.name.text : undefined;
    const found = words.find((word) => word === text);
    return found ?? this.wrong(value, key, oneOf(words), text === undefined ? undefined : nearest(text, words));
  }

  private argument(name: { readonly text: string } & Span, key: string, known: readonly string[], example: string): void {
    const suggestion = nearest(name.text, known);
    this.wrong(name, key, t('made with {0}, as in {1}', listed(known), example), suggestion);
  }
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } {
  return value === undefined ? {} : { [key]: value } as { readonly [key in K]?: V };
}

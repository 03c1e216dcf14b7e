/** From the text of a network to its spec, with everything that is wrong with it. */
import { oneOf, said, t } from '../../l10n/index.ts';
import type { ActivationUse, Expression, NetworkDeclaration, NetworkItem, Setting, Unit } from '../../grammar/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { activationConstantMissing } from '../diagnostics/crn716-activation-constant-missing.ts';
import { activationConstantSign } from '../diagnostics/crn718-activation-constant-sign.ts';
import { activationConstantUnknown } from '../diagnostics/crn717-activation-constant-unknown.ts';
import { activationForNonNegative } from '../diagnostics/crn720-activation-for-nonnegative.ts';
import { layerTwice } from '../diagnostics/crn727-layer-twice.ts';
import { layerWidth } from '../diagnostics/crn728-layer-width.ts';
import { noUniqueFixedPoint } from '../diagnostics/crn711-no-unique-fixed-point.ts';
import { networkIncomplete } from '../diagnostics/crn726-network-incomplete.ts';
import { neuralSettingValue } from '../diagnostics/crn814-neural-setting-value.ts';
import { settingTwice } from '../diagnostics/crn222-setting-twice.ts';
import { unknownNeuralSetting } from '../diagnostics/crn813-unknown-setting.ts';
import type { SourceFile } from '../names/files.ts';
import { NETWORK_SETTINGS, neuralSettingNamed } from '../names/neural-settings.ts';
import { nearest } from '../names/suggest.ts';
import { SPECIAL_ACTIVATIONS } from './library.ts';
import { certify } from './certificate.ts';
import { findActivation, knownValue } from './scope.ts';
import type { LayerSpec, NetworkSpec, WeightStart } from './spec.ts';

type Report = (diagnostic: Diagnostic) => void;
type Items<K extends NetworkItem['kind']> = Extract<NetworkItem, { kind: K }>;

/** Names of parameters and species that every network declares. */
const TAKEN = new Set(['κ', 'η', 'λ', 'κ_error', 'A']);

/** A network's spec without its training; undefined when it has an error. `signed`: the data decide, where the text does not. */
export function readNetwork(statement: NetworkDeclaration, unit: Unit, source: SourceFile, signed: boolean, report: Report): NetworkSpec | undefined {
  return new Reader(statement, unit, source, report).read(signed);
}

class Reader {
  private fine = true;
  private readonly statement: NetworkDeclaration;
  private readonly unit: Unit;
  private readonly source: SourceFile;
  private readonly sink: Report;

  constructor(statement: NetworkDeclaration, unit: Unit, source: SourceFile, sink: Report) {
    this.statement = statement;
    this.unit = unit;
    this.source = source;
    this.sink = sink;
  }

  private report(diagnostic: Diagnostic): undefined {
    this.sink(diagnostic);
    if (diagnostic.severity === 'error') this.fine = false;
    return undefined;
  }

  private place(span: { readonly start: number; readonly end: number }): ReturnType<SourceFile['place']> {
    return this.source.place(this.unit, span);
  }

  read(signedData: boolean): NetworkSpec | undefined {
    const { statement } = this;
    const of = <K extends NetworkItem['kind']>(kind: K): Items<K>[] => statement.items.filter((item): item is Items<K> => item.kind === kind);
    const [input] = of('input');
    const layers = of('layer');
    // A line that could not be read may have been the input or a layer.
    const damaged = this.unit.problems.length > 0;
    if (input === undefined || layers.length === 0) {
      if (!damaged) this.report(networkIncomplete(this.place(statement.name), input === undefined ? t('{0} has no input: write a line input x[2]', statement.name.text) : t('{0} has no layers: write a line layer y[1] = linear', statement.name.text)));
      return undefined;
    }
    this.names([...of('input'), ...layers]);
    const settings = this.settings(of('setting'));
    const width = this.width(input.size, input.name.text);
    const weightItems = of('weights');
    for (const item of weightItems.slice(1)) this.report(settingTwice(this.place(item), this.place(weightItems[0] ?? item), 'weights'));
    const [weightItem] = weightItems;
    const weights = weightItem === undefined ? ({ kind: 'scaled', seed: 1, unnamed: true } as const) : this.start(weightItem.value, 'weights');
    const biasText = settings.get('biases')?.values[0];
    const biases = biasText === undefined ? ({ kind: 'value', value: 0 } as const) : this.start(biasText, 'biases');
    const signed = this.word(settings.get('inputs')) ?? (signedData ? 'signed' : 'nonnegative');
    const specs = layers.map((layer): LayerSpec | undefined => {
      const units = this.width(layer.size, layer.name.text);
      const activation = this.activation(layer.activation);
      return units === undefined || activation === undefined ? undefined : { name: layer.name.text, units, activation };
    });
    const κ = this.number(settings.get('κ')) ?? 10;
    const κError = this.number(settings.get('κ_error'));
    const form = this.word(settings.get('form')) === 'constants' ? 'constants' : 'rails';
    const forward = this.word(settings.get('forward')) === 'termolecular' ? 'termolecular' : 'bimolecular';
    const forwardText = settings.get('forward')?.values[0];
    if (forward === 'termolecular' && form === 'constants' && forwardText !== undefined) {
      this.report(neuralSettingValue(this.place(forwardText), 'forward', 'termolecular', t('bimolecular where form = constants: a weight that is a rate constant takes part in no reaction')));
    }
    const loss = this.word(settings.get('loss')) === 'normalised' ? 'normalised' : 'squared';
    if (!this.fine || damaged || width === undefined || weights === undefined || biases === undefined) return undefined;
    if (specs.some((spec) => spec === undefined)) return undefined;
    return {
      name: statement.name.text, input: { name: input.name.text, size: width, signed: signed === 'signed' }, layers: specs as LayerSpec[],
      weights, biases, form, forward, loss, κ, ...(κError === undefined ? {} : { κError }), ...(statement.doc === undefined ? {} : { doc: statement.doc }),
    };
  }

  private names(items: readonly (Items<'input'> | Items<'layer'>)[]): void {
    const first = new Map<string, Items<'input'> | Items<'layer'>>();
    for (const item of items) {
      const name = item.name.text;
      const before = first.get(name);
      if (before !== undefined || TAKEN.has(name)) this.report(layerTwice(this.place(item.name), before === undefined ? undefined : this.place(before.name), name));
      else first.set(name, item);
    }
  }

  private width(size: Expression, name: string): number | undefined {
    if (size.kind === 'BadExpression') return undefined;
    const value = knownValue(size, this.source);
    if (value === undefined || !Number.isSafeInteger(value) || value < 1) return this.report(layerWidth(this.place(size), name, value));
    return value;
  }

  private settings(items: readonly Items<'setting'>[]): Map<string, Setting> {
    const found = new Map<string, Setting>();
    for (const item of items) {
      const key = item.key.text;
      const before = found.get(key);
      if (neuralSettingNamed(NETWORK_SETTINGS, key) === undefined) {
        const known = NETWORK_SETTINGS.map(({ name }) => name);
        this.report(unknownNeuralSetting(this.place(item.key), t('A network'), key, nearest(key, known), known));
      } else if (before !== undefined) this.report(settingTwice(this.place(item.key), this.place(before.key), key));
      else found.set(key, item);
    }
    return found;
  }

  private word(setting: Setting | undefined): string | undefined {
    return setting === undefined ? undefined : wordValue(setting, neuralSettingNamed(NETWORK_SETTINGS, setting.key.text)?.words ?? [], (span) => this.place(span), this.unit, (found) => { this.report(found); });
  }

  private number(setting: Setting | undefined): number | undefined {
    const spec = setting === undefined ? undefined : neuralSettingNamed(NETWORK_SETTINGS, setting.key.text);
    const value = setting?.values[0];
    if (setting === undefined || spec === undefined || value === undefined || value.kind === 'BadExpression') return undefined;
    const known = knownValue(value, this.source);
    if (known !== undefined && spec.range?.holds(known) === true) return known;
    return this.report(neuralSettingValue(this.place(value), spec.name, this.unit.text.slice(value.start, value.end), spec.range === undefined ? t('a number') : said(spec.range.words)));
  }

  private start(value: Expression, name: string): WeightStart | undefined {
    if (value.kind === 'BadExpression') return undefined;
    const refuse = (): undefined => this.report(neuralSettingValue(this.place(value), name, this.unit.text.slice(value.start, value.end), t('a number, uniform(a, b, seed: n) or normal(mean, sd, seed: n)')));
    if (value.kind !== 'Call') {
      const known = knownValue(value, this.source);
      return known === undefined || !Number.isFinite(known) ? refuse() : { kind: 'value', value: known };
    }
    const distribution = value.callee.text;
    const [a, b] = value.arguments.map((argument) => knownValue(argument, this.source));
    const seedText = value.named.find((named) => named.name.text === 'seed')?.value;
    const seed = seedText === undefined ? 1 : knownValue(seedText, this.source);
    const odd = value.arguments.length !== 2 || value.named.some((named) => named.name.text !== 'seed');
    if ((distribution !== 'uniform' && distribution !== 'normal') || odd || a === undefined || b === undefined || seed === undefined || !Number.isSafeInteger(seed)) return refuse();
    if (distribution === 'uniform' ? a > b : b < 0) return refuse();
    return { kind: 'random', distribution, a, b, seed, ...(seedText === undefined ? { unnamed: true } : {}) };
  }

  private activation(use: ActivationUse): LayerSpec['activation'] | undefined {
    const found = findActivation(this.source, use.name.text);
    if (found === undefined || found === 'broken') {
      this.fine = false; // reported where it is declared, or as undeclared
      return undefined;
    }
    const parameters = typeof found === 'string' ? (SPECIAL_ACTIVATIONS.get(found)?.parameters ?? []) : found.model.parameters;
    const constants = readConstants(use, parameters, this.source, (span) => this.place(span), (diagnostic) => { this.report(diagnostic); });
    if (typeof found === 'string') return { kind: found, constants };
    if (found.certificate.domain !== 'all') this.report(activationForNonNegative(this.place(use.name), use.name.text));
    if (!this.fine) return undefined;
    const certificate = found.certificate.unique.method === 'proven' ? found.certificate : certify(found.model, constants);
    if (!certificate.holds) return this.report(noUniqueFixedPoint(this.place(use.name), use.name.text, certificate.unique.holds ? certificate.stable.reason : certificate.unique.reason));
    return { kind: 'declared', known: { ...found, certificate }, constants };
  }
}

/** A setting that is one of a few words. */
export function wordValue(setting: Setting, words: readonly string[], place: (span: Expression) => ReturnType<SourceFile['place']>, unit: Unit, report: Report): string | undefined {
  const [value] = setting.values;
  if (value === undefined || value.kind === 'BadExpression') return undefined;
  const word = value.kind === 'Reference' && value.indices === undefined && value.rail === undefined ? value.name.text : undefined;
  if (word !== undefined && words.includes(word) && setting.values.length === 1) return word;
  const needed = oneOf(words);
  report(neuralSettingValue(place(value), setting.key.text, unit.text.slice(value.start, value.end), needed, word === undefined ? undefined : nearest(word, words)));
  return undefined;
}

/** The constants that a neuron or a layer gives its activation; what is missing or not positive is reported. */
export function readConstants(
  use: Pick<ActivationUse, 'constants'> & { readonly name: ActivationUse['name'] }, parameters: readonly { readonly name: string; readonly default?: number }[], source: SourceFile,
  place: (span: { readonly start: number; readonly end: number }) => ReturnType<SourceFile['place']>, report: Report,
): Map<string, number> {
  const values = new Map<string, number>();
  const known = parameters.map(({ name }) => name);
  for (const { name, value } of use.constants) {
    if (!known.includes(name.text)) {
      report(activationConstantUnknown(place(name), use.name.text, name.text, nearest(name.text, known), known));
      continue;
    }
    if (value.kind === 'BadExpression') continue;
    const number = knownValue(value, source);
    if (number === undefined || !(number > 0) || !Number.isFinite(number)) report(activationConstantSign(place(value), use.name.text, name.text, number));
    else values.set(name.text, number);
  }
  for (const { name, default: usual } of parameters) {
    if (use.constants.some((given) => given.name.text === name)) continue;
    if (usual === undefined) report(activationConstantMissing(place(use.name), use.name.text, name));
    else values.set(name, usual);
  }
  return new Map(known.flatMap((name) => (values.has(name) ? [[name, values.get(name) ?? NaN] as const] : [])));
}

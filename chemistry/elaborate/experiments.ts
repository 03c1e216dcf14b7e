/** `simulate` and `expect` statements, once the network is made. */
import { oneOf, said, t } from '../../l10n/index.ts';
import type { Expression, ExpectStatement, Setting, SimulateStatement, Span } from '../../grammar/index.ts';
import type { Expectation } from '../analysis.ts';
import { unknownSetting } from '../diagnostics/crn211-unknown-setting.ts';
import { settingValue } from '../diagnostics/crn212-setting-value.ts';
import { settingOutOfRange } from '../diagnostics/crn801-setting-out-of-range.ts';
import { cannotBeDrawn } from '../diagnostics/crn803-cannot-be-drawn.ts';
import { expectationFails } from '../diagnostics/crn804-expectation-fails.ts';
import { relativeToZero } from '../diagnostics/crn805-relative-to-zero.ts';
import { settingTwice } from '../diagnostics/crn222-setting-twice.ts';
import { CONCENTRATION, RATE } from '../dimensions/term.ts';
import { railOnSpecies } from '../diagnostics/crn302-rail-on-species.ts';
import { CONSTANTS } from '../names/builtins.ts';
import { nearest } from '../names/suggest.ts';
import { settingNamed, SIMULATE_SETTINGS } from '../names/settings.ts';
import type { SettingSpec } from '../names/settings.ts';
import type { Experiment, ExperimentValue, Network, Scalar } from '../network.ts';
import { bindingWords } from './binding.ts';
import { elaborateCondition } from './condition.ts';
import { checkTogether } from './experiment-settings.ts';
import { placeOf, report } from './context.ts';
import type { Context } from './context.ts';
import { elaborate, elaborateLaw } from './expression.ts';
import { declaredValue } from './fold.ts';
import { namesIn } from './modules.ts';
import { originOf } from './reaction.ts';
import { statisticOf } from './statistics.ts';

/** Decides `expect ode` and `expect conserved` on the finished network; `found` says what is the case. */
export interface Verdict {
  readonly holds: boolean;
  readonly found: string;
}
export interface Deciders {
  /** Whether the ODE of a species (or of a dual's value, W⁺ − W⁻) is identically the given right-hand side. */
  readonly ode?: (network: Network, species: Scalar, right: Scalar) => Verdict;
  /** Whether a quantity keeps its value whatever the rates are. */
  readonly conserved?: (network: Network, quantity: Scalar) => Verdict;
}

export function elaborateExperiment(statement: SimulateStatement, name: string, context: Context, network: Pick<Network, 'families' | 'units'>): Experiment {
  const settings = new Map<string, ExperimentValue>();
  const first = new Map<string, Setting>();
  for (const setting of statement.settings) {
    const key = setting.key.text;
    const spec = settingNamed(key);
    if (spec === undefined) {
      const known = SIMULATE_SETTINGS.map((other) => other.name);
      report(context, unknownSetting(placeOf(context, setting.key), key, nearest(key, known), known));
      continue;
    }
    // Beside a condition `t` is the latest end.
    const same = key === 't' && !statement.settings.some(({ key: other, condition }) => other.text === 'until' && condition !== undefined) ? 'until' : key;
    const before = first.get(same);
    if (before !== undefined) {
      report(context, settingTwice(placeOf(context, setting.key), placeOf(context, before.key), key));
      continue;
    }
    first.set(same, setting);
    const condition = setting.condition === undefined ? undefined : elaborateCondition(setting.condition, context);
    const value = condition === undefined ? readSetting(setting, spec, context) : { kind: 'condition' as const, condition };
    if (value !== undefined) settings.set(key, value);
  }
  checkTogether(first, settings, network, context);
  return { name, settings, origin: originOf(context, statement) };
}

function wordOf(value: Expression): string | undefined {
  return value.kind === 'Reference' && value.indices === undefined && value.rail === undefined ? value.name.text : undefined;
}

function readSetting(setting: Setting, spec: SettingSpec, context: Context): ExperimentValue | undefined {
  const textOf = (value: Expression): string => context.unit.text.slice(value.start, value.end);
  const [only] = setting.values;
  if (only === undefined || setting.values.some((value) => value.kind === 'BadExpression')) return undefined;
  switch (spec.kind) {
    case 'quantities':
      return { kind: 'words', items: setting.values.filter((value) => quantity(value, context)).map(textOf) };
    case 'groups': {
      const items: string[] = [];
      for (const value of setting.values) {
        const word = wordOf(value);
        if (word === undefined) report(context, settingValue(placeOf(context, value), spec.name, textOf(value), t('the name of a group')));
        else items.push(word);
      }
      return { kind: 'words', items };
    }
    case 'word':
    case 'end':
    case 'number':
      break;
  }
  const needed = oneOf([...(spec.words ?? []), ...(spec.kind === 'word' ? [] : [t('a number')])]);
  if (setting.values.length > 1) {
    const last = setting.values[setting.values.length - 1] ?? only;
    report(context, settingValue(placeOf(context, { start: only.start, end: last.end }), spec.name, t('a list'), needed));
    return undefined;
  }
  const word = wordOf(only);
  if (spec.kind !== 'number' && word !== undefined) {
    if (spec.words?.includes(word) === true) return { kind: 'word', text: word };
    const parameter = spec.kind === 'end' ? context.scope.lookup(word) : undefined;
    if (parameter === undefined) {
      report(context, settingValue(placeOf(context, only), spec.name, word, needed, nearest(word, spec.words ?? [])));
      return undefined;
    }
  }
  if (spec.kind === 'word') {
    report(context, settingValue(placeOf(context, only), spec.name, textOf(only), needed));
    return undefined;
  }
  const before = context.sink.diagnostics.length;
  const value = elaborate(only, 'value', context);
  const known = value === undefined ? undefined : declaredValue(value.scalar, context.builder.bindings);
  if (known === undefined || Number.isNaN(known)) {
    if (value !== undefined && context.sink.diagnostics.length === before) report(context, settingValue(placeOf(context, only), spec.name, textOf(only), needed));
    return undefined;
  }
  if (spec.range?.holds(known) === false) {
    report(context, settingOutOfRange(placeOf(context, only), spec.name, known, said(spec.range.words)));
    return undefined;
  }
  return { kind: 'number', value: known };
}

/** Something that can be drawn: a whole block by its name, an element, or a rail (of all elements or of one). */
function quantity(value: Expression, context: Context): boolean {
  const text = context.unit.text.slice(value.start, value.end);
  if (value.kind !== 'Reference') {
    const before = context.sink.diagnostics.length;
    if (elaborate(value, 'read', context) !== undefined || context.sink.diagnostics.length === before) {
      if (!namesUnknown(value, context)) report(context, cannotBeDrawn(placeOf(context, value), text, t('an expression')));
    }
    return false;
  }
  const binding = context.scope.lookup(value.name.text);
  if (binding === undefined && CONSTANTS.has(value.name.text)) {
    report(context, cannotBeDrawn(placeOf(context, value), text, t('a constant of the language')));
    return false;
  }
  if (binding === undefined || binding.kind === 'broken') return false;
  if (binding.kind !== 'block') {
    report(context, cannotBeDrawn(placeOf(context, value), text, bindingWords(binding)));
    return false;
  }
  if (value.rail !== undefined && !binding.dual) {
    report(context, railOnSpecies(placeOf(context, value.rail), value.name.text, binding.fixed ? 'fixed' : 'species'));
    return false;
  }
  return value.indices === undefined || elaborate(value, 'read', context) !== undefined;
}

/** Whether some name in it has nothing declared, which is reported elsewhere. */
function namesUnknown(value: Expression, context: Context): boolean {
  return namesIn(value).some((name) => {
    const binding = context.scope.lookup(name.text);
    return binding === undefined ? !CONSTANTS.has(name.text) : binding.kind === 'broken';
  });
}

const DEFAULT_TOLERANCE = 1e-6;

/** What an `expect` asks; undefined when it has an error. `network` is complete; `deciders` answer what needs no simulation. */
export function elaborateExpectation(statement: ExpectStatement, context: Context, network: Network, deciders: Deciders): Expectation | undefined {
  const { expectation } = statement;
  const shared = {
    place: placeOf(context, statement),
    text: context.unit.text.slice(statement.start, statement.end),
    ...(statement.experiment === undefined ? {} : { experiment: statement.experiment.text }),
  };
  const decided = (verdict: Verdict): Expectation => {
    if (!verdict.holds) report(context, expectationFails(placeOf(context, partOf(statement, context)), verdict.found));
    return { ...shared, check: { kind: 'decided', ...verdict } };
  };
  switch (expectation.kind) {
    case 'near':
    case 'compare': {
      const statistic = statisticOf(expectation.left, statement.experiment, context, network);
      if (statistic === 'wrong') return undefined;
      const left = statistic ?? elaborate(expectation.left, 'read', context);
      const right = elaborate(expectation.right, 'read', context);
      if (left === undefined || right === undefined) return undefined;
      const leftSide = { left: left.scalar, ...(statistic === undefined ? {} : { statistic: statistic.statistic }) };
      if (expectation.kind === 'compare') return { ...shared, check: { kind: 'compare', ...leftSide, operator: expectation.operator, right: right.scalar } };
      const within = expectation.within === undefined ? undefined : elaborate(expectation.within, 'value', context);
      if (expectation.within !== undefined && within === undefined) return undefined;
      const known = within === undefined ? DEFAULT_TOLERANCE : declaredValue(within.scalar, context.builder.bindings);
      if (known === undefined || !(known >= 0)) {
        report(context, settingValue(placeOf(context, expectation.within ?? statement), 'within', t('this'), t('a number from 0 on')));
        return undefined;
      }
      const tolerance = expectation.relative && expectation.within !== undefined ? known / 100 : known;
      if (expectation.relative && expectation.within !== undefined && declaredValue(right.scalar, context.builder.bindings) === 0) report(context, relativeToZero(placeOf(context, withinSpan(statement, expectation.right.end, context))));
      return { ...shared, check: { kind: 'near', ...leftSide, right: right.scalar, tolerance, relative: expectation.relative } };
    }
    case 'ode': {
      const species = elaborate(expectation.species, 'read', context);
      const right = elaborateLaw(expectation.right, RATE, context);
      if (species === undefined || right === undefined || deciders.ode === undefined) return undefined;
      return decided(deciders.ode(network, species.scalar, right));
    }
    case 'conserved': {
      const quantityOf = elaborateLaw(expectation.quantity, CONCENTRATION, context);
      if (quantityOf === undefined || deciders.conserved === undefined) return undefined;
      return decided(deciders.conserved(network, quantityOf));
    }
  }
}

/** What is expected, without the word `expect`. */
function partOf(statement: ExpectStatement, context: Context): Span {
  const word = /^expect\s*/u.exec(context.unit.text.slice(statement.start, statement.end))?.[0] ?? '';
  return { start: statement.start + word.length, end: statement.end };
}

/** `within 1 %` behind the right side. */
function withinSpan(statement: ExpectStatement, after: number, context: Context): Span {
  const text = context.unit.text.slice(after, statement.end);
  const found = /within[^%]*%/u.exec(text);
  return found === null ? statement : { start: after + found.index, end: after + found.index + found[0].length };
}

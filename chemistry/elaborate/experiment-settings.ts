/** Which settings of a `simulate` statement go together. */
import { t } from '../../l10n/index.ts';
import type { Setting } from '../../grammar/index.ts';
import { unitNamed } from '../dimensions/table.ts';
import { settingWithoutEffect } from '../diagnostics/crn802-setting-without-effect.ts';
import { noEndOfNoise } from '../diagnostics/crn806-no-end-of-noise.ts';
import { noVolume } from '../diagnostics/crn807-no-volume.ts';
import { noLatestEnd } from '../diagnostics/crn826-no-latest-end.ts';
import { settingNamed, STOCHASTIC_METHODS, type SettingSpec } from '../names/settings.ts';
import type { EndCondition, ExperimentValue, Network, ReactionFamily } from '../network.ts';
import { hasTime } from '../polynomial/keys.ts';
import { dependsOnTime } from '../unroll/index.ts';
import { placeOf, report, type Context } from './context.ts';

const BY_MOLECULES = `method = ${STOCHASTIC_METHODS.join(', ').replace(/, ([^,]*)$/u, ' or $1')}`;

/** @param given the settings by name (`t` counts as `until`), each as it was written first @param read their values */
export function checkTogether(given: ReadonlyMap<string, Setting>, read: ReadonlyMap<string, ExperimentValue>, network: Pick<Network, 'families' | 'units'>, context: Context): void {
  const word = (key: string): string | undefined => {
    const value = given.get(key)?.values[0];
    return value?.kind === 'Reference' && value.indices === undefined && value.rail === undefined ? value.name.text : undefined;
  };
  const method = STOCHASTIC_METHODS.find((name) => name === word('method'));
  const toFixedPoint = word('until') === 'fixed_point';
  for (const setting of given.values()) {
    const concerns = settingNamed(setting.key.text)?.concerns;
    const why = concerns === undefined ? undefined : withoutEffect(concerns, method, toFixedPoint, given.has('starts'));
    if (why !== undefined) report(context, settingWithoutEffect(placeOf(context, setting.key), setting.key.text, why));
  }
  const until = read.get('until');
  if (until?.kind === 'condition' && !given.has('t')) {
    const why = whyNeverAtRest(until.condition, method, network.families), written = given.get('until')?.condition;
    if (why !== undefined && written !== undefined) report(context, noLatestEnd(placeOf(context, written), until.condition.text, why));
  }
  if (method === undefined) return;
  const end = given.get('until')?.values[0], how = given.get('method')?.values[0];
  if (toFixedPoint && end !== undefined) report(context, noEndOfNoise(placeOf(context, end), method));
  const unit = network.units.concentration, known = unit === undefined ? undefined : unitNamed(unit);
  if (!given.has('volume') && unit !== undefined && known?.exponents['mol'] === 1 && known.exponents['m'] === -3 && how !== undefined) {
    report(context, noVolume(placeOf(context, how), unit));
  }
}

/** Why a run to a condition cannot end where the network has come to rest; undefined where it can. */
function whyNeverAtRest(condition: EndCondition, method: string | undefined, families: readonly ReactionFamily[]): string | undefined {
  if (method !== undefined) return t('With method = {0} molecules go on reacting for ever.', method);
  if (dependsOnTime(condition)) return t('This depends on time.');
  return families.some(({ rate }) => hasTime(rate.kind === 'law' ? rate.law : rate.constant)) ? t('The rates depend on time, so there is no rest.') : undefined;
}

/** Where a setting counts that does not count here. */
function withoutEffect(concerns: NonNullable<SettingSpec['concerns']>, method: string | undefined, toFixedPoint: boolean, starts: boolean): string | undefined {
  switch (concerns) {
    case 'molecules':
      return method === undefined ? t('It goes with runs molecule by molecule: {0}.', BY_MOLECULES) : undefined;
    case 'equations':
      return method === undefined ? undefined : t('It is about integrating the rate equations: method = auto, tsit5, rkc or bdf.');
    case 'fixed point':
      return toFixedPoint && method === undefined ? undefined : t('It is about runs to the fixed point: until = fixed_point.');
    case 'chance':
      return method !== undefined || starts ? undefined : t('Nothing is random here; it goes with runs molecule by molecule ({0}) and with starts.', BY_MOLECULES);
  }
}
